/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { ApiError } from "../api.ts";
import type { WireMessage } from "../wire.ts";
import { afterChange, isSettled, NO_WISH, type SendWish, Telling } from "./telling.ts";

const MAIL: SendWish = { email: true, sms: false }, BOTH: SendWish = { email: true, sms: true };
const MESSAGE: WireMessage = {
  ...{ id: 1, channel: "email", topic: "focus 7", recipient: "a@b.test", state: "sent", tries: 1 },
  ...{ created: "2026-11-26T14:30:00.000Z", changed: "2026-11-26T14:30:02.000Z" },
  ...{ next_try: null, error: null },
};

/** A daemon that answers as it is told to, and remembers what it was asked. */
class Daemon {
  readonly asked: SendWish[] = [];
  answers: (readonly WireMessage[] | Error)[] = [];
  noted: SendWish[] = [];
  problems: (string | undefined)[] = [];

  telling(noted = NO_WISH): Telling {
    return new Telling({
      noted,
      retryMs: 0,
      ask: (wish) => {
        this.asked.push(wish);
        const answer = this.answers.shift() ?? [];
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
      onNoted: (wish) => this.noted.push(wish),
      onProblem: (reason) => this.problems.push(reason),
    });
  }
}

const unreachable = () => new TypeError("fetch failed");
const refusal = (status: number, code?: string) => new ApiError(`no: ${status}`, status, code);

Deno.test("Telling notes what is wanted last, once, and again when nobody answered", async () => {
  const daemon = new Daemon();
  daemon.answers = [unreachable(), refusal(500)];
  const telling = daemon.telling();
  telling.note(MAIL);
  await telling.note(BOTH);
  await telling.note(BOTH);
  // The first was on its way when the second was wanted.
  assert.deepEqual(daemon.asked, [MAIL, BOTH, BOTH]);
  assert.deepEqual(daemon.noted, [BOTH]);
  assert.deepEqual(telling.noted, BOTH);
  await telling.note(NO_WISH);
  assert.deepEqual(daemon.asked.at(-1), NO_WISH);
});

Deno.test("Telling asks nothing where nothing is wanted", async () => {
  const daemon = new Daemon();
  const telling = daemon.telling();
  await telling.note(NO_WISH);
  assert.equal(await telling.settle(NO_WISH), undefined);
  assert.deepEqual(daemon.asked, []);
});

Deno.test("Telling says why a wish is refused, and does not ask again", async () => {
  for (const error of [refusal(401), refusal(422), refusal(503, "unavailable")]) {
    const daemon = new Daemon();
    daemon.answers = [error, error];
    const telling = daemon.telling();
    await telling.note(MAIL);
    assert.deepEqual(daemon.problems, [error.message]);
    assert.deepEqual(await telling.settle(MAIL), { is: "refused", reason: error.message });
    assert.equal(daemon.asked.length, 2);
  }
});

Deno.test("Telling tells what became of it, over a daemon that is away for a while", async () => {
  const daemon = new Daemon();
  daemon.answers = [unreachable(), refusal(502), [MESSAGE]];
  assert.deepEqual(await daemon.telling(MAIL).settle(MAIL), { is: "told", messages: [MESSAGE] });
  assert.equal(daemon.asked.length, 3);
});

Deno.test("Telling takes a wish back that the daemon has noted", async () => {
  const daemon = new Daemon();
  assert.equal(await daemon.telling(MAIL).settle(NO_WISH), undefined);
  assert.deepEqual(daemon.asked, [NO_WISH]);
});

Deno.test("Telling stops when the page turns to another session", async () => {
  const daemon = new Daemon();
  const telling = daemon.telling();
  daemon.answers = Array.from({ length: 1_000 }, unreachable);
  const settled = telling.settle(MAIL);
  await new Promise((resolve) => setTimeout(resolve, 1));
  telling.leave();
  assert.equal(await settled, undefined);
  assert.ok(daemon.asked.length < 1_000);
});

Deno.test("isSettled() and afterChange() follow each message to its end", () => {
  const waiting: WireMessage = {
    ...{ ...MESSAGE, id: 2, state: "waiting", error: "451 busy" },
    next_try: "2026-11-26T14:35:00.000Z",
  };
  const messages = [MESSAGE, waiting];
  assert.equal(isSettled({ is: "told", messages }), false);
  assert.equal(isSettled({ is: "sending" }), false);
  assert.equal(isSettled({ is: "refused", reason: "x" }), true);
  assert.equal(isSettled(undefined), true);
  assert.equal(afterChange(messages, { id: 2, channel: "email", state: "waiting" })[1], waiting);
  assert.deepEqual(afterChange(messages, { id: 9, channel: "sms", state: "sent" }), messages);
  const after = afterChange(messages, { id: 2, channel: "email", state: "sent" });
  assert.deepEqual([after[1].state, after[1].next_try], ["sent", null]);
  assert.equal(isSettled({ is: "told", messages: after }), true);
});
