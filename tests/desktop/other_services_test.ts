/** Desktops that can less than dunst, or do it in another order. */
import assert from "node:assert/strict";
import { openDesktopNotifier } from "../../daemon/notifiers/desktop.ts";
import { waitFor } from "../daemon_process.ts";
import {
  NOTIFICATION_NEEDS,
  type NotificationSession,
  startNotificationSession,
} from "./notification_session.ts";
import { startStandIn } from "./stand_in_service.ts";

const NUDGE = {
  title: "Noise",
  body: "<b>a</b> & b",
  actions: [{ id: "snooze", label: "5 more minutes" }, { id: "block", label: "Block now" }],
};

/** A session in which nothing shows notifications yet. */
function serviceTest(
  name: string,
  fn: (address: string, session: NotificationSession) => Promise<void>,
): void {
  Deno.test({
    name: `${name}${NOTIFICATION_NEEDS.suffix}`,
    ignore: NOTIFICATION_NEEDS.ignore,
    async fn() {
      await using session = await startNotificationSession();
      await session.killDunst();
      await fn(session.env.DBUS_SESSION_BUS_ADDRESS, session);
    },
  });
}

const CAPABILITIES: readonly [can: string[], title: string, body: string, buttons: number][] = [
  [[], "Noise: <b>a</b> & b", "", 0],
  [["body"], "Noise", "<b>a</b> & b", 0],
  [["body", "body-markup"], "Noise", "&lt;b>a&lt;/b> &amp; b", 0],
  [["body", "actions"], "Noise", "<b>a</b> & b", 2],
];

for (const [capabilities, title, body, buttons] of CAPABILITIES) {
  serviceTest(
    `a service that can ${capabilities.join(", ") || "nothing"} gets no more`,
    async (address) => {
      using service = await startStandIn(address, { capabilities });
      const notifier = openDesktopNotifier(() => address);
      const shown = await notifier.show(NUDGE);
      const [app, replaces, icon, ...given] = service.notified[0];
      assert.deepEqual([app, replaces, icon], ["ProdTracker", 0, ""]);
      assert.deepEqual(given.slice(0, 2), [title, body]);
      const labels = ["snooze", "5 more minutes", "block", "Block now"];
      assert.deepEqual(given[2], labels.slice(0, 2 * buttons));
      await shown.close();
      assert.deepEqual(service.closed, [41]);
    },
  );
}

serviceTest("an answer in the same breath as the number is not lost", async (address) => {
  using _service = await startStandIn(address, {
    capabilities: ["actions"],
    onNotify: (id, service) => service.signal("ActionInvoked", id, "block"),
  });
  const notifier = openDesktopNotifier(() => address);
  assert.equal(await (await notifier.show(NUDGE)).answer, "block");
  await notifier.close();
});

serviceTest("what ran out has no answer", async (address) => {
  using service = await startStandIn(address, { capabilities: ["actions"] });
  const notifier = openDesktopNotifier(() => address);
  const { answer } = await notifier.show(NUDGE);
  service.signal("NotificationClosed", 41, 1);
  assert.equal(await answer, undefined);
  await notifier.close();
});

serviceTest("other numbers and other programs answer for nobody", async (address) => {
  using service = await startStandIn(address, { capabilities: ["actions"] });
  using stranger = await startStandIn(address, { capabilities: [], ownsName: false });
  const notifier = openDesktopNotifier(() => address);
  const { answer } = await notifier.show(NUDGE);
  stranger.signal("ActionInvoked", 41, "block");
  stranger.signal("NotificationClosed", 41, 1);
  await stranger.delivered();
  service.signal("ActionInvoked", 42, "block");
  await (await notifier.show({ title: "another", body: "" })).close();
  service.signal("ActionInvoked", 41, "snooze");
  assert.equal(await answer, "snooze");
  await notifier.close();
});

serviceTest(
  "a service that hands over to another has no answers any more",
  async (address, session) => {
    const service = await startStandIn(address, { capabilities: ["actions"] });
    const notifier = openDesktopNotifier(() => address);
    const { answer } = await notifier.show(NUDGE);
    service[Symbol.dispose]();
    assert.equal(await answer, undefined);
    await session.startDunst();
    const shown = await notifier.show(NUDGE);
    await waitFor(async () => await session.upCount() === 1);
    await shown.close();
  },
);
