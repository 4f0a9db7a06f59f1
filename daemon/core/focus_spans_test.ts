import assert from "node:assert/strict";
import fc from "fast-check";
import { totalsOf } from "./focus.ts";
import {
  MAX_HOLD_MS,
  MAX_SILENCE_MS,
  SpanBuilder,
  type StateAt,
  stateSpans,
} from "./focus_spans.ts";

/** Spans as `state from-to`, in milliseconds. */
function told(seen: readonly [atMs: number, state: StateAt["state"]][], untilMs?: number) {
  return stateSpans(seen.map(([atMs, state]) => ({ atMs, state })), untilMs)
    .map(({ startMs, endMs, state }) => `${state} ${startMs}-${endMs}`);
}

Deno.test("stateSpans() holds a state until the next one is seen", () => {
  assert.deepEqual(
    told([[0, "focused"], [200.4, "focused"], [400, "unfocused"], [600, "no_face"]]),
    [
      "focused 0-400",
      "unfocused 400-600",
    ],
  );
  assert.deepEqual(told([[0, "focused"]], 250), ["focused 0-250"]);
  assert.deepEqual(told([]), []);
});

Deno.test("stateSpans() calls uncertain what nobody saw, and a pause what lasted over a minute", () => {
  assert.deepEqual(
    told([[0, "focused"], [2_000, "focused"], [4_001, "focused"], [5_000, "focused"]]),
    [
      "focused 0-2000",
      "uncertain 2000-4001",
      "focused 4001-5000",
    ],
  );
  assert.deepEqual(
    told([[0, "focused"], [1_000, "focused"], [61_001, "focused"], [62_000, "focused"]]),
    [
      "focused 0-1000",
      "focused 61001-62000",
    ],
  );
  assert.deepEqual(told([[0, "no_face"]], 60_000), ["uncertain 0-60000"]);
});

Deno.test("stateSpans() counts no time twice when the clock is turned back", () => {
  assert.deepEqual(told([[1_000, "focused"], [500, "unfocused"], [1_500, "unfocused"]]), [
    "unfocused 1000-1500",
  ]);
});

Deno.test("SpanBuilder's batches add up to the session's length, whenever they are taken", () => {
  const step = fc.record({
    // In tenths, so that fractions of a millisecond come up.
    waitMs: fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 0, max: 5_000 }).map((tenths) => tenths / 10) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 * MAX_SILENCE_MS }) },
    ),
    state: fc.constantFrom("focused", "unfocused", "no_face", "uncertain"),
    take: fc.boolean(),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const builder = new SpanBuilder();
    const seen: StateAt[] = [];
    const batches = [];
    let atMs = 1_000, pausedMs = 0, lastMs = atMs;
    for (const { waitMs, state, take } of steps) {
      atMs += waitMs;
      const nowMs = Math.round(atMs);
      if (seen.length > 0 && nowMs - lastMs > MAX_SILENCE_MS) pausedMs += nowMs - lastMs;
      lastMs = nowMs;
      builder.add(atMs, state);
      seen.push({ atMs, state });
      if (take) batches.push(builder.take());
    }
    batches.push(builder.take());
    const all = batches.flat();
    const totals = totalsOf(all);
    const lengthMs = seen.length === 0 ? 0 : lastMs - Math.round(seen[0].atMs);
    assert.equal(totals.totalMs, lengthMs - pausedMs);
    assert.deepEqual(totals, totalsOf(stateSpans(seen)));
    for (const batch of batches) {
      for (const [i, { startMs, endMs, state }] of batch.entries()) {
        assert.ok(endMs > startMs && Number.isInteger(startMs) && Number.isInteger(endMs));
        const before = batch[i - 1];
        if (before?.endMs === startMs) assert.notEqual(before.state, state);
        else assert.ok(!before || startMs - before.endMs > MAX_SILENCE_MS);
      }
    }
  }));
});

Deno.test("stateSpans() attributes to a state only what was seen within the hold", () => {
  const seen: [number, StateAt["state"]][] = [[0, "focused"], [MAX_HOLD_MS, "unfocused"]];
  assert.deepEqual(told(seen), [`focused 0-${MAX_HOLD_MS}`]);
});
