import assert from "node:assert/strict";
import { UnsupportedError } from "./core/errors.ts";
import type { DesktopNotifier, Notification } from "./core/notification.ts";
import { DesktopNotices, type NoticeOptions } from "./loop_notices.ts";

/** A desktop on which a test clicks; each notification waits until it may come up. */
class Desktop implements DesktopNotifier {
  readonly up: (Notification & { choose(id: string | undefined): void; isClosed: boolean })[] = [];
  hindrance: string | undefined;
  gate = Promise.resolve();
  closed = 0;

  async show(notification: Notification) {
    await this.gate;
    if (this.hindrance !== undefined) throw new UnsupportedError(this.hindrance);
    const answer = Promise.withResolvers<string | undefined>();
    const shown = { ...notification, choose: answer.resolve, isClosed: false };
    this.up.push(shown);
    return {
      by: "memory",
      answer: answer.promise,
      close: () => {
        shown.isClosed = true;
        answer.resolve(undefined);
        return Promise.resolve();
      },
    };
  }

  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }
}

/** Lets all that waits only for promises go on. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function scene() {
  const desktop = new Desktop();
  const answers: string[] = [];
  let opened = 0, told = 0;
  const notices = new DesktopNotices(() => {
    opened++;
    return Promise.resolve(desktop);
  });
  const options: NoticeOptions = {
    moreMinutes: 5,
    answer: (answer) => {
      answers.push(answer);
      return Promise.resolve();
    },
    onHindrance: () => told++,
  };
  return { desktop, answers, notices, options, opened: () => opened, told: () => told };
}

const NUDGE = { title: "10 of 15 minutes on reddit.com", body: "Back?" };

Deno.test("DesktopNotices opens the desktop with the first notice, and hears its buttons", async () => {
  const { desktop, answers, notices, options, opened } = scene();
  assert.equal(opened(), 0);
  notices.show(1, NUDGE, options);
  await settle();
  const [shown] = desktop.up;
  assert.equal(shown.title, NUDGE.title);
  assert.deepEqual(shown.actions, [
    { id: "snooze", label: "5 more minutes" },
    { id: "block", label: "Block now" },
  ]);
  shown.choose("snooze");
  await settle();
  notices.show(2, NUDGE, { ...options, moreMinutes: 1 });
  await settle();
  assert.equal(desktop.up[1].actions![0].label, "1 more minute");
  desktop.up[1].choose("block");
  await settle();
  notices.show(3, NUDGE, options);
  await settle();
  desktop.up[2].choose(undefined);
  await settle();
  assert.deepEqual(answers, ["snooze", "block"], "one that is closed is no answer");
  assert.equal(opened(), 1);
});

Deno.test("DesktopNotices has no buttons where there is nothing to answer", async () => {
  const { desktop, notices, options } = scene();
  notices.show(1, NUDGE, { ...options, moreMinutes: undefined });
  await settle();
  assert.deepEqual(desktop.up[0].actions, []);
});

Deno.test("DesktopNotices tells what came of a click that failed", async () => {
  const { desktop, notices, options } = scene();
  const answer = () => Promise.reject(new Error("Cannot block: no right; run block setup"));
  notices.show(1, NUDGE, { ...options, answer });
  await settle();
  desktop.up[0].choose("block");
  await settle();
  assert.equal(desktop.up[1].body, "Cannot block: no right; run block setup");
  assert.equal(notices.hindrance, undefined);
});

Deno.test("DesktopNotices shows one at a time, also when one comes up late", async () => {
  const { desktop, answers, notices, options } = scene();
  const gate = Promise.withResolvers<void>();
  desktop.gate = gate.promise;
  notices.show(1, NUDGE, options);
  notices.show(2, { ...NUDGE, title: "second" }, options);
  gate.resolve();
  await settle();
  assert.deepEqual(desktop.up.map(({ title, isClosed }) => [title, isClosed]), [
    [NUDGE.title, true],
    ["second", false],
  ]);
  notices.clear();
  await settle();
  assert.ok(desktop.up[1].isClosed);
  assert.deepEqual(answers, []);
});

Deno.test("DesktopNotices says why nothing is shown, until something is", async () => {
  const { desktop, notices, options, told } = scene();
  desktop.hindrance = "Cannot show notifications: no session";
  notices.show(1, NUDGE, options);
  await settle();
  assert.equal(notices.hindrance, "Cannot show notifications: no session");
  assert.equal(told(), 1);
  desktop.hindrance = undefined;
  notices.show(2, NUDGE, options);
  await settle();
  assert.equal(notices.hindrance, undefined);
  await notices.close();
  assert.ok(desktop.up[0].isClosed);
  assert.equal(desktop.closed, 1);
});

Deno.test("DesktopNotices that showed nothing has nothing to close", async () => {
  const { notices, opened } = scene();
  await notices.close();
  assert.equal(opened(), 0);
});
