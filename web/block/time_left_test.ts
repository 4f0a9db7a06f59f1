import assert from "node:assert/strict";
import fc from "fast-check";
import { clockAheadMs, countdownText, endOf, secondsLeft, shareGone } from "./time_left.ts";
import type { WireBlock, WireBlockStatus } from "./wire.ts";

const START = Date.parse("2026-01-14T09:00:00.000Z");
const iso = (ms: number) => new Date(ms).toISOString();

function status(leftS: number | null, endMs: number, block: Partial<WireBlock> = {}) {
  return {
    active: true,
    block: { start: iso(START), end: iso(endMs), emergency_end: null, ...block },
    remaining_seconds: leftS,
    unknown: null,
    next: null,
  } as WireBlockStatus;
}

Deno.test("countdownText() has hours only when there are some", () => {
  const cases = [
    [0, "0:00"],
    [9, "0:09"],
    [60, "1:00"],
    [1_449, "24:09"],
    [3_600, "1:00:00"],
    [3_849, "1:04:09"],
    [86_400, "24:00:00"],
  ] as const;
  for (const [seconds, text] of cases) assert.equal(countdownText(seconds), text);
});

Deno.test("endOf() is an emergency's end when one was declared, and that of an unknown block", () => {
  const endMs = START + 3_600_000;
  assert.equal(endOf(status(10, endMs)), iso(endMs));
  assert.equal(endOf(status(10, endMs, { emergency_end: iso(START + 5_000) })), iso(START + 5_000));
  const none = { active: false, block: null, remaining_seconds: null, unknown: null, next: null };
  assert.equal(endOf(none), null);
  const unknown = { end: iso(endMs), name_count: 3 };
  assert.equal(endOf({ ...none, active: true, unknown }), iso(endMs));
});

Deno.test("clockAheadMs() sees a clock that is off, and none in what rounding and the way take", () => {
  const endMs = START + 600_000;
  assert.equal(clockAheadMs(status(600, endMs), START), 0);
  assert.equal(clockAheadMs(status(600, endMs), START + 1_500), 0);
  assert.equal(clockAheadMs(status(600, endMs), START - 3_600_000), 3_600_000);
  assert.equal(clockAheadMs(status(600, endMs), START + 60_000), -60_000);
  assert.equal(clockAheadMs(status(null, endMs), START + 60_000), 0);
  // It was over long ago: nothing can be told from that.
  assert.equal(clockAheadMs(status(0, endMs), endMs + 900_000), 0);
});

Deno.test("what is left by the page is what the daemon says, whatever clock the browser has", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 86_400 }),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: 0, max: 90_000_000 }),
      (leftS, offMs, laterMs) => {
        const endMs = START + leftS * 1000;
        const heardMs = START - offMs;
        const aheadMs = clockAheadMs(status(leftS, endMs), heardMs);
        const left = secondsLeft(iso(endMs), heardMs + laterMs, aheadMs);
        const wanted = Math.max(0, leftS - laterMs / 1000);
        assert.ok(Math.abs(left - wanted) <= 4, `${left}, not ${wanted}`);
        assert.ok(Number.isInteger(left));
      },
    ),
  );
});

Deno.test("shareGone() goes from 0 to 1 and no further", () => {
  const block = { start: iso(START), end: iso(START + 100_000) };
  assert.equal(shareGone(block, 100), 0);
  assert.equal(shareGone(block, 25), 0.75);
  assert.equal(shareGone(block, 0), 1);
  assert.equal(shareGone(block, 500), 0);
  assert.equal(shareGone({ start: block.end, end: block.end }, 0), 1);
});
