import assert from "node:assert/strict";
import fc from "fast-check";
import { blockedByDay } from "./blocked_by_day.ts";
import type { WireBlock } from "./wire.ts";

const now = new Date(2026, 2, 31, 15).getTime();
const HOUR = 3_600_000;

function block(startMs: number, endMs: number | null, how: WireBlock["how"] = "time") {
  const ended = endMs === null ? null : new Date(endMs).toISOString();
  return { start: new Date(startMs).toISOString(), ended, how } as WireBlock;
}

Deno.test("blockedByDay() cuts at local midnight, counts what runs until now, and no failure", () => {
  const midnight = new Date(2026, 2, 31).getTime();
  const blocks = [
    block(now - HOUR, null, null),
    block(midnight - 2 * HOUR, midnight + HOUR),
    block(now - 3 * HOUR, now - 2 * HOUR, "failed"),
  ];
  const days = blockedByDay(blocks, now, 3);
  assert.deepEqual(days.map(({ seconds }) => seconds), [0, 7_200, 7_200]);
  assert.equal(days[2].startMs, midnight);
});

Deno.test("the days together have all of the time since the first of them", () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 25 * 24 }), fc.integer({ min: 0, max: 24 }));
  fc.assert(fc.property(fc.array(span, { maxLength: 10 }), (spans) => {
    const blocks = spans.map(([backH, lengthH]) => {
      const startMs = now - backH * HOUR;
      return block(startMs, Math.min(now, startMs + lengthH * HOUR));
    });
    const days = blockedByDay(blocks, now, 14);
    const total = days.reduce((sum, { seconds }) => sum + seconds, 0);
    const wanted = blocks.map(({ start, ended }) =>
      Math.max(0, Date.parse(ended!) - Math.max(days[0].startMs, Date.parse(start))) / 1000
    ).reduce((sum, seconds) => sum + seconds, 0);
    assert.ok(Math.abs(total - wanted) < 1e-6, `${total}, not ${wanted}`);
  }));
});
