import assert from "node:assert/strict";
import fc from "fast-check";
import type { Heartbeat } from "./heartbeat.ts";
import {
  FALL_ASLEEP_MS,
  type Instant,
  JUMP_TOLERANCE_MS,
  PROOF_INTERVAL_MS,
  record,
  type RecorderInput,
  type RecorderState,
} from "./recorder.ts";

/** Plays inputs with two clocks; `at` moves both, `jump` only the time of day. */
function player(startMs = 1_000_000) {
  let state: RecorderState = {};
  const clock = { nowMs: startMs, monoMs: 500 };
  const beats: Heartbeat[] = [];
  return {
    beats,
    get state() {
      return state;
    },
    clock,
    wait(ms: number) {
      clock.nowMs += ms;
      clock.monoMs += ms;
    },
    play(input: RecorderInput) {
      const step = record(state, input, { ...clock } as Instant);
      state = step.state;
      beats.push(...step.beats);
      return step;
    },
    window(app: string | undefined) {
      return this.play({ kind: "window", atMs: clock.nowMs, window: app ? { app } : undefined });
    },
    /** Beats as `app start-end`, relative to the start. */
    spans() {
      return beats.map((b) =>
        `${b.source === "afk" ? "AFK" : b.subject.app} ${b.startMs - startMs}-${
          b.endMs - startMs
        }` +
        (b.pulsetimeMs === undefined ? " new" : "")
      );
    },
  };
}

Deno.test("record() stores a focus change at once and proves it every five seconds", () => {
  const p = player();
  assert.equal(p.window("A").tickInMs, PROOF_INTERVAL_MS);
  p.wait(5_000);
  p.play({ kind: "tick" });
  p.wait(2_000);
  p.window("B");
  assert.deepEqual(p.spans(), ["A 0-0", "A 0-5000", "A 5000-7000", "B 7000-7000"]);
});

Deno.test("record() ends the window's time where the change was seen, not where it was handled", () => {
  const p = player();
  p.window("A");
  p.wait(1_000);
  p.play({ kind: "window", atMs: p.clock.nowMs - 40, window: { app: "B" } });
  assert.deepEqual(p.spans(), ["A 0-0", "A 0-960", "B 960-1000"]);
});

Deno.test("record() dates AFK back to the last input, writes nothing meanwhile, ends it on return", () => {
  const p = player();
  p.window("A");
  p.wait(5_000);
  p.play({ kind: "tick" });
  p.wait(1_000);
  const away = p.play({ kind: "afk", atMs: p.clock.nowMs - 4_000 });
  assert.equal(away.tickInMs, undefined);
  p.wait(60_000);
  assert.deepEqual(p.window("B").beats, []);
  p.wait(1_000);
  p.play({ kind: "not-afk", atMs: p.clock.nowMs });
  assert.deepEqual(p.spans(), [
    "A 0-0",
    "A 0-5000",
    "A 5000-6000",
    "AFK 2000-6000 new",
    "AFK 6000-67000",
    "B 67000-67000",
  ]);
});

Deno.test("record() does not date AFK back before the last return", () => {
  const p = player();
  p.window("A");
  p.play({ kind: "afk", atMs: p.clock.nowMs });
  p.wait(10_000);
  p.play({ kind: "not-afk", atMs: p.clock.nowMs });
  p.wait(1_000);
  p.play({ kind: "afk", atMs: p.clock.nowMs - 9_000 });
  assert.equal(p.spans().at(-1), "AFK 10000-11000 new");
});

Deno.test("record() ends a window's event at its last proof when the machine slept", () => {
  const p = player();
  p.window("A");
  p.wait(5_000);
  p.play({ kind: "tick" });
  p.wait(1_000);
  p.clock.nowMs += 8 * 3_600_000;
  p.play({ kind: "tick" });
  assert.deepEqual(p.spans(), ["A 0-0", "A 0-5000", "A 28806000-28806000 new"]);
});

Deno.test("record() ends a window's event when the clock is turned back", () => {
  const p = player();
  p.window("A");
  p.wait(4_000);
  p.clock.nowMs -= 3_600_000;
  p.play({ kind: "tick" });
  assert.deepEqual(p.spans(), ["A 0-0", "A -3596000--3596000 new"]);
});

Deno.test("record() does not date AFK back into a sleep", () => {
  const p = player(0);
  p.play({ kind: "not-afk", atMs: 0 });
  p.window("A");
  const tick = (times: number) => {
    for (let i = 0; i < times; i++) {
      p.wait(5_000);
      p.play({ kind: "tick" });
    }
  };
  tick(20);
  p.clock.nowMs += 3_600_000;
  tick(16);
  // The last input was before the sleep, as far as the server's own counter knows.
  p.play({ kind: "afk", atMs: p.clock.nowMs - 180_000 });
  const afk = p.beats.findLast(({ source }) => source === "afk")!;
  assert.equal(afk.startMs, 3_705_000);
  assert.equal(afk.endMs, 3_780_000);
});

Deno.test("record() counts of an AFK with sleep in it only what the machine was awake", () => {
  const p = player();
  p.window("A");
  p.play({ kind: "afk", atMs: p.clock.nowMs });
  p.wait(600_000);
  p.clock.nowMs += 8 * 3_600_000;
  p.play({ kind: "not-afk", atMs: p.clock.nowMs });
  assert.equal(p.spans().at(-2), "AFK 0-600000");
});

Deno.test("record() does not count a gap in which the process stood still", () => {
  const p = player();
  p.window("A");
  p.wait(60_000);
  p.play({ kind: "tick" });
  assert.deepEqual(p.spans(), ["A 0-0", "A 60000-60000 new"]);
});

Deno.test("record() closes the window's event when its watcher is lost, and AFK when idle's is", () => {
  const p = player();
  p.window("A");
  p.wait(3_000);
  assert.equal(p.play({ kind: "lost", watches: "window" }).tickInMs, undefined);
  assert.deepEqual(p.spans(), ["A 0-0", "A 0-3000"]);
  p.window("B");
  p.play({ kind: "afk", atMs: p.clock.nowMs });
  p.wait(1_000);
  assert.equal(p.play({ kind: "lost", watches: "idle" }).tickInMs, PROOF_INTERVAL_MS);
  assert.equal(p.state.afk, undefined);
});

Deno.test("record() ends AFK when the person came back, where that is learned late", () => {
  const p = player();
  p.window("A");
  p.play({ kind: "afk", atMs: p.clock.nowMs });
  p.wait(60_000);
  p.play({ kind: "not-afk", atMs: p.clock.nowMs - 8_000 });
  assert.deepEqual(p.spans().slice(-2), ["AFK 0-52000", "A 52000-60000"]);
  assert.equal(p.state.afkSinceMs, p.clock.nowMs - 8_000);
});

Deno.test("record() does not take back what is stored as AFK, and no window from before it was in front", () => {
  const p = player();
  p.window("A");
  p.wait(10_000);
  p.play({ kind: "afk", atMs: p.clock.nowMs - 4_000 });
  p.wait(3_000);
  p.play({ kind: "not-afk", atMs: p.clock.nowMs - 9_000 });
  assert.deepEqual(p.spans().slice(-2), ["AFK 10000-10000", "A 10000-13000"]);
  p.play({ kind: "afk", atMs: p.clock.nowMs });
  p.wait(20_000);
  p.window("B");
  p.wait(2_000);
  p.play({ kind: "not-afk", atMs: p.clock.nowMs - 9_000 });
  assert.deepEqual(p.spans().slice(-2), ["AFK 13000-26000", "B 33000-35000"]);
});

Deno.test("record() does not date a return back over a sleep", () => {
  const p = player();
  p.window("A");
  p.play({ kind: "afk", atMs: p.clock.nowMs });
  p.wait(60_000);
  p.clock.nowMs += 3_600_000;
  p.play({ kind: "not-afk", atMs: p.clock.nowMs - 8_000 });
  assert.deepEqual(p.spans().slice(-2), ["AFK 0-60000", "A 3660000-3660000"]);
});

Deno.test("record() ends what is open where a sleep begins, and begins anew where it ends", () => {
  const p = player();
  p.window("A");
  p.wait(3_000);
  assert.equal(p.play({ kind: "sleep", atMs: p.clock.nowMs - 10 }).tickInMs, FALL_ASLEEP_MS);
  p.wait(800);
  p.clock.nowMs += 3_600_000;
  p.wait(200);
  assert.deepEqual(p.play({ kind: "tick" }).beats, []);
  assert.equal(p.play({ kind: "wake", atMs: p.clock.nowMs }).tickInMs, PROOF_INTERVAL_MS);
  assert.deepEqual(p.spans(), ["A 0-0", "A 0-2990", "A 3604000-3604000 new"]);
  assert.equal(p.state.windowSinceMs, p.clock.nowMs);
});

Deno.test("record() ends AFK where a sleep begins; what is told in the sleep is true after it", () => {
  const p = player();
  p.window("A");
  p.play({ kind: "afk", atMs: p.clock.nowMs });
  p.wait(600_000);
  p.play({ kind: "sleep", atMs: p.clock.nowMs });
  p.clock.nowMs += 3_600_000;
  p.wait(500);
  assert.deepEqual(p.window("B").beats, []);
  p.play({ kind: "wake", atMs: p.clock.nowMs });
  p.wait(2_000);
  p.play({ kind: "not-afk", atMs: p.clock.nowMs - 5_000 });
  assert.deepEqual(p.spans().slice(3), [
    "AFK 0-600000",
    "AFK 4200500-4200500 new",
    "AFK 4200500-4200500",
    "B 4200500-4202500 new",
  ]);
});

Deno.test("record() hears of a sleep when it is over: what was proved before it counts", () => {
  const p = player();
  p.window("A");
  p.wait(5_000);
  p.play({ kind: "tick" });
  p.wait(1_000);
  p.clock.nowMs += 3_600_000;
  p.play({ kind: "sleep", atMs: p.clock.nowMs });
  p.play({ kind: "wake", atMs: p.clock.nowMs });
  assert.deepEqual(p.spans(), ["A 0-0", "A 0-5000", "A 3606000-3606000 new"]);
});

Deno.test("record() goes on when the machine stays awake and nobody says so", () => {
  const p = player();
  p.window("A");
  p.play({ kind: "sleep", atMs: p.clock.nowMs });
  p.wait(FALL_ASLEEP_MS - 1);
  assert.equal(p.play({ kind: "tick" }).tickInMs, 1);
  p.wait(1);
  p.play({ kind: "tick" });
  p.wait(1_000);
  p.play({ kind: "stop" });
  assert.deepEqual(p.spans().slice(2), ["A 30000-30000 new", "A 30000-31000"]);
});

Deno.test("record() dates nothing back before it began again, and joins nothing from before", () => {
  const p = player();
  p.window("A");
  p.wait(1_000);
  p.play({ kind: "stop" });
  p.wait(3_000);
  p.play({ kind: "start" });
  p.window("A");
  p.wait(1_000);
  p.play({ kind: "afk", atMs: p.clock.nowMs - 60_000 });
  assert.deepEqual(p.spans().slice(2), ["A 4000-4000 new", "A 4000-5000", "AFK 4000-5000 new"]);
});

Deno.test("record() stores no AFK twice when the idle watcher comes back and says it again", () => {
  const p = player();
  p.window("A");
  p.wait(60_000);
  p.play({ kind: "afk", atMs: p.clock.nowMs - 60_000 });
  p.play({ kind: "lost", watches: "idle" });
  p.wait(500);
  p.play({ kind: "afk", atMs: p.clock.nowMs - 60_500 });
  assert.equal(p.spans().at(-1), "AFK 60000-60500 new");
});

Deno.test("record() proves what is open when the daemon stops", () => {
  const p = player();
  p.window("A");
  p.wait(1_234);
  p.play({ kind: "stop" });
  assert.equal(p.spans().at(-1), "A 0-1234");
  assert.deepEqual(p.state, {});
});

const inputArbitrary = fc.record({
  waitMs: fc.integer({ min: 0, max: 9_000 }),
  sleepMs: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    fc.integer({ min: 0, max: 10_000_000 }),
  ),
  what: fc.constantFrom(
    ...["A", "B", "", "afk", "not-afk", "tick", "lost window", "lost idle"],
    ...["sleep", "wake", "start"] as const,
  ),
  backMs: fc.integer({ min: 0, max: 20_000 }),
});

Deno.test("record() never claims more than the time that ran, and no second twice per source", () => {
  fc.assert(fc.property(fc.array(inputArbitrary, { maxLength: 80 }), (steps) => {
    const p = player();
    const startMs = p.clock.nowMs, startMono = p.clock.monoMs;
    // What is too short to be told from a clock that is being set right.
    let unseenMs = 0;
    for (const { waitMs, sleepMs, what, backMs } of steps) {
      p.wait(waitMs);
      p.clock.nowMs += sleepMs;
      if (sleepMs <= JUMP_TOLERANCE_MS) unseenMs += sleepMs;
      const atMs = p.clock.nowMs;
      if (what === "afk") p.play({ kind: "afk", atMs: atMs - backMs });
      else if (what === "not-afk") p.play({ kind: "not-afk", atMs: atMs - backMs });
      else if (what === "tick") p.play({ kind: "tick" });
      else if (what === "sleep" || what === "wake") p.play({ kind: what, atMs });
      else if (what === "start") p.play({ kind: "start" });
      else if (what === "lost window") p.play({ kind: "lost", watches: "window" });
      else if (what === "lost idle") p.play({ kind: "lost", watches: "idle" });
      else p.window(what || undefined);
    }
    p.play({ kind: "stop" });
    const windowBeats = p.beats.filter((b) => b.source === "window");
    let afkEndMs = -Infinity;
    for (const b of p.beats) {
      assert.ok(Number.isInteger(b.startMs) && Number.isInteger(b.endMs), "a fraction");
      if (b.source === "afk") afkEndMs = Math.max(afkEndMs, b.endMs);
      else assert.ok(b.startMs === b.endMs || b.startMs >= afkEndMs, "a window in stored AFK");
    }
    let endMs = startMs, claimedMs = 0;
    for (const b of windowBeats) {
      assert.ok(b.endMs >= b.startMs && b.startMs >= endMs, "beats overlap or run backwards");
      assert.ok(b.endMs <= p.clock.nowMs, "a beat ends in the future");
      claimedMs += b.endMs - b.startMs;
      endMs = b.endMs;
    }
    const ranMs = p.clock.monoMs - startMono;
    assert.ok(claimedMs <= ranMs + unseenMs, "more was claimed than the machine ran");
  }));
});
