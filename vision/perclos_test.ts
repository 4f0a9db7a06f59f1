import assert from "node:assert/strict";
import fc from "fast-check";
import { countLids, DROWSY_FROM, DROWSY_UNTIL, MIN_JUDGED_MS, NO_LIDS } from "./perclos.ts";

/** Counts 100 ms at a time: `lids` says closed, open or not judged. */
function count(
  lids: (atMs: number) => boolean | undefined,
  seconds: number,
  before = NO_LIDS,
  fromMs = 0,
) {
  let counted = before;
  for (let atMs = fromMs + 100; atMs <= fromMs + seconds * 1000; atMs += 100) {
    const closed = lids(atMs);
    counted = countLids(counted, atMs, {
      judgedMs: closed === undefined ? 0 : 100,
      closedMs: closed ? 100 : 0,
    });
  }
  return counted;
}

Deno.test("countLids() says nothing before 20 s were judged, and then the share of closed time", () => {
  assert.equal(count(() => true, MIN_JUDGED_MS / 1000 - 1).perclos, undefined);
  assert.equal(count(() => true, MIN_JUDGED_MS / 1000).perclos, 1);
  assert.equal(count(() => false, 60).perclos, 0);
  const { perclos } = count((atMs) => atMs % 10_000 < 2_000, 60);
  // The window moves second by second.
  assert.ok(Math.abs(perclos! - 0.2) < 0.02);
});

Deno.test("countLids() leaves time out that could not be judged", () => {
  const half = count((atMs) => atMs % 2_000 < 1_000 ? undefined : atMs % 10_000 < 2_000, 60);
  assert.ok(Math.abs(half.perclos! - 0.2) < 0.02);
  const gone = count(() => undefined, 41, count(() => true, 60), 60_000);
  assert.equal(gone.perclos, undefined);
  assert.equal(gone.isDrowsy, false);
});

Deno.test("countLids() forgets what is over a minute ago, also after a long gap", () => {
  const awake = count(() => false, 61, count(() => true, 60), 60_000);
  assert.equal(awake.perclos, 0);
  assert.ok(awake.past.length <= 60);
  const later = countLids(count(() => true, 60), 10_000_000, { judgedMs: 0, closedMs: 0 });
  assert.deepEqual([later.judgedMs, later.perclos, later.isDrowsy], [0, undefined, false]);
});

Deno.test("countLids() is drowsy from 0.15 on and until it falls below 0.1", () => {
  let counted = count(() => false, 60);
  const seen: [perclos: number, isDrowsy: boolean][] = [];
  for (let second = 60; second < 240; second++) {
    counted = count(() => second < 80, 1, counted, second * 1000);
    seen.push([counted.perclos!, counted.isDrowsy]);
  }
  const on = seen.findIndex(([, isDrowsy]) => isDrowsy);
  assert.ok(seen[on][0] >= DROWSY_FROM && seen[on - 1][0] < DROWSY_FROM);
  const off = seen.findLastIndex(([, isDrowsy]) => isDrowsy);
  assert.ok(seen[off][0] >= DROWSY_UNTIL && seen[off][0] < DROWSY_FROM);
  assert.ok(seen[off + 1][0] < DROWSY_UNTIL);
  assert.ok(seen.slice(on, off).every(([, isDrowsy]) => isDrowsy), "once on and once off");
});

Deno.test("countLids() is what a list of the last minute gives", () => {
  const step = fc.record({
    ms: fc.integer({ min: 1, max: 2_000 }),
    judged: fc.boolean(),
    closed: fc.boolean(),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    let counted = NO_LIDS, atMs = 0;
    const all: { second: number; judgedMs: number; closedMs: number }[] = [];
    for (const { ms, judged, closed } of steps) {
      atMs += ms;
      const one = { judgedMs: judged ? ms : 0, closedMs: judged && closed ? ms : 0 };
      counted = countLids(counted, atMs, one);
      const second = Math.floor(atMs / 1000);
      all.push({ second, ...one });
      const inside = all.filter((entry) => entry.second > second - 60);
      const judgedMs = inside.reduce((sum, entry) => sum + entry.judgedMs, 0);
      const closedMs = inside.reduce((sum, entry) => sum + entry.closedMs, 0);
      assert.equal(counted.perclos, judgedMs < MIN_JUDGED_MS ? undefined : closedMs / judgedMs);
    }
  }));
});
