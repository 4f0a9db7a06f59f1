/** Notifications on a real desktop: a D-Bus session and dunst. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UnsupportedError } from "../../daemon/core/errors.ts";
import type { DesktopNotifier, Notification } from "../../daemon/core/notification.ts";
import { openDesktopNotifier } from "../../daemon/notifiers/desktop.ts";
import { waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import {
  NOTIFICATION_NEEDS,
  type NotificationSession,
  startNotificationSession,
} from "./notification_session.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const NUDGE: Notification = {
  title: "12 of 15 minutes on reddit.com",
  body: "That is noise & <b>play</b>.\nBack to work?",
  actions: [{ id: "snooze", label: "5 more minutes" }, { id: "block", label: "Block now" }],
};

function desktopTest(
  name: string,
  fn: (session: NotificationSession, notifier: DesktopNotifier) => Promise<void>,
): void {
  Deno.test({
    name: `${name}${NOTIFICATION_NEEDS.suffix}`,
    ignore: NOTIFICATION_NEEDS.ignore,
    async fn() {
      await using session = await startNotificationSession();
      const env: Record<string, string> = session.env;
      const notifier = openDesktopNotifier((name) => env[name]);
      await fn(session, notifier);
      await notifier.close();
    },
  });
}

const isUp = (session: NotificationSession, count: number) =>
  waitFor(async () => await session.upCount() === count);

desktopTest(
  "a notification is shown as given, and answers with the button",
  async (session, notifier) => {
    const shown = await notifier.show(NUDGE);
    assert.equal(shown.by, "D-Bus");
    assert.deepEqual(await session.shownThat(() => true), {
      app: "ProdTracker",
      title: NUDGE.title,
      body: "That is noise &amp; &lt;b>play&lt;/b>.\nBack to work?",
      urgency: "NORMAL",
      category: "x-prodtracker.nudge",
      desktopEntry: "prodtracker",
      expiryMs: 30_000,
    });
    await session.choose("Block now");
    assert.equal(await shown.answer, "block");
    await isUp(session, 0);
  },
);

desktopTest("one that is clicked away, or taken away, has no answer", async (session, notifier) => {
  const clicked = await notifier.show(NUDGE);
  await isUp(session, 1);
  await session.clickAway();
  assert.equal(await clicked.answer, undefined);
  const taken = await notifier.show({ ...NUDGE, isUrgent: true });
  await isUp(session, 1);
  const { urgency, expiryMs } = await session.shownThat(({ urgency }) => urgency !== "NORMAL");
  assert.deepEqual([urgency, expiryMs], ["CRITICAL", 0]);
  await taken.close();
  assert.equal(await taken.answer, undefined);
  await isUp(session, 0);
  await taken.close();
});

desktopTest(
  "several are answered each for itself, and the rest goes with the notifier",
  async (session, notifier) => {
    const all = await Promise.all(
      ["first", "second", "third"].map((id) =>
        notifier.show({ title: id, body: "", actions: [{ id, label: `Choose ${id}` }] })
      ),
    );
    await isUp(session, 3);
    await session.choose("Choose second");
    assert.equal(await all[1].answer, "second");
    await isUp(session, 2);
    await notifier.close();
    assert.deepEqual(await Promise.all(all.map(({ answer }) => answer)), [
      undefined,
      "second",
      undefined,
    ]);
    await isUp(session, 0);
  },
);

desktopTest("hostile texts are shown short and as they stand", async (session, notifier) => {
  await notifier.show({
    title: `--icon=/etc/passwd\n\x1b[31m${"x".repeat(10_000)}`,
    body: `</b><img src="file:///etc/passwd"/>&bogus;\0\u202e${
      "\ud83d\ude00\u0301".repeat(10_000)
    }\ud83d`,
  });
  const { title, body } = await session.shownThat(() => true);
  assert.match(title, /^--icon=\/etc\/passwd \ufffd\[31mx+…$/);
  assert.equal([...title].length, 100);
  assert.ok(body.startsWith('&lt;/b>&lt;img src="file:///etc/passwd"/>&amp;bogus;\ufffd'));
  assert.ok([...body].length < 300);
});

desktopTest(
  "when dunst is killed there is no answer; the next dunst is used",
  async (session, notifier) => {
    const [first, second] = await Promise.all([notifier.show(NUDGE), notifier.show(NUDGE)]);
    await session.killDunst();
    assert.deepEqual(await Promise.all([first.answer, second.answer]), [undefined, undefined]);
    await first.close();
    await session.startDunst();
    const next = await notifier.show(NUDGE);
    // It counts from 1 again: what the old one showed under this number is not meant.
    await first.close();
    await session.choose("5 more minutes");
    assert.equal(await next.answer, "snooze");
  },
);

desktopTest(
  "when the session ends there is no answer; the next session is used",
  async (session, notifier) => {
    const shown = await notifier.show(NUDGE);
    await session.killBus();
    assert.equal(await shown.answer, undefined);
    await session.startBus();
    await session.startDunst();
    const next = await notifier.show(NUDGE);
    await session.choose("Block now");
    assert.equal(await next.answer, "block");
  },
);

desktopTest(
  "a dunst that hangs is not waited for, and shows it once",
  async (session, notifier) => {
    session.signalDunst("SIGSTOP");
    await assert.rejects(notifier.show(NUDGE), (error: Error) => {
      assert.ok(error instanceof UnsupportedError);
      assert.match(
        error.message,
        /^Cannot show notifications: [^\n]+ does not answer \(no answer in 5 s\); start it anew$/,
      );
      return true;
    });
    session.signalDunst("SIGCONT");
    const shown = await notifier.show({ ...NUDGE, title: "later" });
    await session.shownThat(({ title }) => title === "later");
    await shown.close();
    assert.equal((await session.shown()).length, 1);
  },
);

/** Runs the fixture with the product's permissions; its lines. */
function start(env: Record<string, string>, notification: Notification, ...how: string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-check", "--config", join(ROOT, "deno.json")],
      ...["-P=product", join(ROOT, "tests/fixtures/show_notification.ts")],
      ...[JSON.stringify(notification), ...how],
    ],
    clearEnv: true,
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      HOME: "/nonexistent",
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  return {
    async lines() {
      const text = await new Response(child.stdout).text();
      await child.status;
      return text.trimEnd().split("\n").map((line) => JSON.parse(line));
    },
  };
}

desktopTest(
  "with the product's permissions the bus is found where a service finds it",
  async (session) => {
    const child = start({ XDG_RUNTIME_DIR: session.runtimeDir }, NUDGE, "answer");
    await session.shownThat(() => true);
    await session.choose("Block now");
    assert.deepEqual(await child.lines(), [{ by: "D-Bus" }, { answer: "block" }]);
  },
);

desktopTest("telling keeps no process alive, and what it showed stays", async (session) => {
  assert.deepEqual(await start(session.env, NUDGE, "tell").lines(), ["told"]);
  assert.equal(await session.upCount(), 1);
  const { title, expiryMs } = await session.shownThat(() => true);
  assert.deepEqual([title, expiryMs], [NUDGE.title, 10_000]);
});

const NOTIFY_SEND = needs("notify-send");

function fallbackTest(name: string, fn: (session: NotificationSession) => Promise<void>): void {
  Deno.test({
    name: `${name}${NOTIFICATION_NEEDS.suffix}${NOTIFY_SEND.suffix}`,
    ignore: NOTIFICATION_NEEDS.ignore || NOTIFY_SEND.ignore,
    async fn() {
      await using session = await startNotificationSession();
      await fn(session);
    },
  });
}

fallbackTest("notify-send shows it where the bus is not found, with buttons", async (session) => {
  const nudge = { ...NUDGE, body: "Größe \\n & <b>\\x41</b>", isUrgent: true };
  const child = start(session.env, nudge, "answer", "without-dbus");
  const { expiryMs, body, ...shown } = await session.shownThat(() => true);
  assert.equal(body, "Größe \\n &amp; &lt;b>\\x41&lt;/b>");
  assert.deepEqual(shown, {
    app: "ProdTracker",
    title: NUDGE.title,
    urgency: "CRITICAL",
    category: "x-prodtracker.nudge",
    desktopEntry: "prodtracker",
  });
  assert.equal(expiryMs, 0);
  await session.choose("5 more minutes");
  assert.deepEqual(await child.lines(), [{ by: "notify-send" }, { answer: "snooze" }]);
});

fallbackTest("notify-send's notification is clicked away, and has no answer", async (session) => {
  const child = start(session.env, NUDGE, "answer", "without-dbus");
  await session.shownThat(() => true);
  await isUp(session, 1);
  await session.clickAway();
  assert.deepEqual(await child.lines(), [{ by: "notify-send" }, { answer: null }]);
});

fallbackTest("notify-send's notification is taken away with the notifier", async (session) => {
  const child = start(session.env, NUDGE, "close", "without-dbus");
  assert.deepEqual(await child.lines(), [{ by: "notify-send" }, { answer: null }]);
  assert.equal((await session.shownThat(() => true)).title, NUDGE.title);
  assert.equal(await session.upCount(), 0);
});

fallbackTest("an old notify-send shows it without buttons", async (session) => {
  const bin = join(session.runtimeDir, "bin");
  await Deno.mkdir(bin);
  const real = (await session.x.output("which", "notify-send")).trim();
  await Deno.writeTextFile(
    join(bin, "notify-send"),
    `#!/bin/sh
case "$*" in
  *--action*) echo "Unknown option" >&2; exit 1;;
  --help) ${real} --help | grep -v -e --action;;
  *) exec ${real} "$@";;
esac
`,
    { mode: 0o755 },
  );
  const env = { ...session.env, PATH: `${bin}:${Deno.env.get("PATH")}` };
  const child = start(env, NUDGE, "answer", "without-dbus");
  assert.deepEqual(await child.lines(), [{ by: "notify-send" }, { answer: null }]);
  assert.equal((await session.shownThat(() => true)).title, NUDGE.title);
  assert.equal(await session.upCount(), 1);
});

fallbackTest("where nothing works it is said in one line, with the remedy", async (session) => {
  const cannot = async (env: Record<string, string>) => {
    const [{ name, message }, ...rest] = await start(env, NUDGE, "answer").lines();
    assert.equal(name, "UnsupportedError");
    assert.deepEqual(rest, []);
    return message;
  };
  const none = "Cannot show notifications: there is no D-Bus session, and notify-send ";
  const remedy = "; start it inside a desktop session (DBUS_SESSION_BUS_ADDRESS says where it is)";
  const said = await cannot({ XDG_RUNTIME_DIR: "/nonexistent" });
  assert.ok(said.startsWith(`${none}says: `) && said.endsWith(remedy), said);
  assert.equal(said.split("\n").length, 1);
  assert.ok((await cannot({ DBUS_SESSION_BUS_ADDRESS: "disabled:" })).startsWith(none));
  assert.ok(
    (await cannot({ DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" })).startsWith(none),
  );
  const empty = join(session.runtimeDir, "empty");
  await Deno.mkdir(empty);
  assert.equal(await cannot({ PATH: empty }), `${none}is not there${remedy}`);
  await session.killDunst();
  const noService = await cannot(session.env);
  assert.match(
    noService,
    /^Cannot show notifications: no program of this desktop shows notifications, and notify-send says: [^\n]+; start one \(Debian, Ubuntu: sudo apt install dunst\)$/,
  );
});
