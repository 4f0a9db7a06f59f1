import assert from "node:assert/strict";
import fc from "fast-check";
import { ASKED_MS, judgeLock, type LockInput, type LockState } from "./presence_lock.ts";

function player() {
  let state: LockState = { words: {} };
  let monoMs = 0;
  return {
    play(input: LockInput) {
      const step = judgeLock(state, input, monoMs);
      state = step.state;
      return step;
    },
    say(source: string, isLocked: boolean | undefined) {
      return this.play({ kind: "word", source, isLocked }).isLocked;
    },
    wait: (ms: number) => monoMs += ms,
  };
}

Deno.test("judgeLock() believes whoever says that it is locked, and knows nothing of what nobody says", () => {
  const p = player();
  assert.equal(p.play({ kind: "due" }).isLocked, undefined);
  assert.equal(p.say("logind", false), false);
  assert.equal(p.say("gnome", true), true);
  assert.equal(p.say("logind", undefined), true);
  assert.equal(p.say("gnome", undefined), undefined);
});

Deno.test("judgeLock() drops a request to lock that nothing comes of", () => {
  const p = player();
  p.say("logind", false);
  const asked = p.play({ kind: "asked", toLock: true });
  assert.deepEqual([asked.isLocked, asked.dueInMs], [true, ASKED_MS]);
  p.wait(ASKED_MS - 1);
  assert.equal(p.play({ kind: "due" }).isLocked, true);
  p.wait(1);
  assert.deepEqual(p.play({ kind: "due" }).isLocked, false);
});

Deno.test("judgeLock() follows who locks as it was asked to, also when that is undone at once", () => {
  const p = player();
  p.play({ kind: "asked", toLock: true });
  assert.equal(p.say("gnome", false), true);
  const { isLocked, dueInMs } = p.play({ kind: "word", source: "gnome", isLocked: true });
  assert.deepEqual([isLocked, dueInMs], [true, undefined]);
  assert.equal(p.say("gnome", false), false);
});

Deno.test("judgeLock() is locked exactly while somebody says so, or asked not long ago", () => {
  const input = fc.oneof(
    fc.record({
      kind: fc.constant("word" as const),
      source: fc.constantFrom("a", "b"),
      isLocked: fc.constantFrom(true, false, undefined),
    }),
    fc.record({ kind: fc.constant("asked" as const), toLock: fc.boolean() }),
    fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 9_000 }) }),
  );
  fc.assert(fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
    const p = player();
    const words = new Map<string, boolean | undefined>();
    let askedAgoMs = Infinity;
    for (const given of inputs) {
      if (given.kind === "wait") {
        p.wait(given.ms);
        askedAgoMs += given.ms;
      } else if (given.kind === "word") words.set(given.source, given.isLocked);
      else if (given.toLock) askedAgoMs = 0;
      else askedAgoMs = Infinity;
      const { isLocked, dueInMs } = p.play(given.kind === "wait" ? { kind: "due" } : given);
      const said = [...words.values()];
      if (said.includes(true)) assert.equal(isLocked, true);
      else if (askedAgoMs >= ASKED_MS) {
        assert.equal(dueInMs === undefined || isLocked === true, true);
      }
      if (isLocked && !said.includes(true)) assert.ok(dueInMs !== undefined, "locked for ever");
    }
    p.wait(ASKED_MS);
    const { isLocked } = p.play({ kind: "due" });
    const said = [...words.values()];
    const expected = said.includes(true) ? true : said.includes(false) ? false : undefined;
    assert.equal(isLocked, expected);
  }));
});
