import assert from "node:assert/strict";
import fc from "fast-check";
import { daySpan, localZone } from "../../daemon/core/day.ts";
import { zoneOf } from "../../daemon/core/testing.ts";
import { blockedByDay, dayStartOf } from "./blocked_by_day.ts";
import type { WireBlock } from "./wire.ts";

const now = new Date(2026, 2, 31, 15).getTime();
const HOUR = 3_600_000;

function block(startMs: number, endMs: number | null, how: WireBlock["how"] = "time") {
  const ended = endMs === null ? null : new Date(endMs).toISOString();
  return { start: new Date(startMs).toISOString(), ended, how } as WireBlock;
}

Deno.test("blockedByDay() cuts where days begin, counts what runs until now, and no failure", () => {
  const four = new Date(2026, 2, 31, 4).getTime();
  const blocks = [
    block(now - HOUR, null, null),
    block(four - 2 * HOUR, four + HOUR),
    block(now - 3 * HOUR, now - 2 * HOUR, "failed"),
  ];
  const days = blockedByDay(blocks, { nowMs: now, count: 3, zone: localZone, dayStartMin: 240 });
  assert.deepEqual(days.map(({ seconds }) => seconds), [0, 7_200, 7_200]);
  assert.equal(days[2].startMs, four);
  assert.equal(dayStartOf(new Date(four).toISOString()), 240);
});

Deno.test("the days together have all of the time since the first of them", () => {
  // The clocks go forward in between.
  const zone = zoneOf("Europe/Berlin");
  const span = fc.tuple(fc.integer({ min: 0, max: 25 * 24 }), fc.integer({ min: 0, max: 24 }));
  fc.assert(fc.property(fc.array(span, { maxLength: 10 }), (spans) => {
    const blocks = spans.map(([backH, lengthH]) => {
      const startMs = now - backH * HOUR;
      return block(startMs, Math.min(now, startMs + lengthH * HOUR));
    });
    const days = blockedByDay(blocks, { nowMs: now, count: 14, zone, dayStartMin: 240 });
    const total = days.reduce((sum, { seconds }) => sum + seconds, 0);
    const wanted = blocks.map(({ start, ended }) =>
      Math.max(0, Date.parse(ended!) - Math.max(days[0].startMs, Date.parse(start))) / 1000
    ).reduce((sum, seconds) => sum + seconds, 0);
    assert.ok(Math.abs(total - wanted) < 1e-6, `${total}, not ${wanted}`);
  }));
});

Deno.test("blockedByDay() has the days that all pages have, before they begin as after", () => {
  const zone = zoneOf("Europe/Berlin");
  for (const date of ["2026-03-28", "2026-03-29", "2026-10-25"]) {
    const { startMs, endMs } = daySpan(date, zone, 240);
    const blocks = [block(startMs - HOUR, endMs)];
    const [before, today] = blockedByDay(blocks, {
      ...{ nowMs: endMs - 1, count: 2, zone, dayStartMin: 240 },
    });
    assert.equal(today.startMs, startMs);
    assert.deepEqual([before.seconds, today.seconds], [3_600, (endMs - startMs) / 1000]);
  }
});
