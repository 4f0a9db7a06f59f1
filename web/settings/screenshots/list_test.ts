/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { byDay, localDate, neighboursOf, spanOfLocalDay } from "./list.ts";
import type { WireScreenshot } from "./wire.ts";

const picture = (id: number, at: string): WireScreenshot => ({
  ...{ id, at, reason: "command", event_id: null, monitor: "screen" },
  ...{ width_px: 800, height_px: 600, bytes: 1 },
});
const times = fc.array(
  fc.date({ min: new Date("2024-01-01"), max: new Date("2027-01-01"), noInvalidDate: true }),
  { maxLength: 30 },
);

Deno.test("byDay() keeps every picture, in order, each in the day that it lies in", () => {
  fc.assert(fc.property(times, (dates) => {
    const sorted = dates.toSorted((a, b) => b.getTime() - a.getTime());
    const pictures = sorted.map((date, i) => picture(i, date.toISOString()));
    const days = byDay(pictures);
    assert.deepEqual(days.flatMap((day) => day.pictures), pictures);
    assert.equal(new Set(days.map(({ date }) => date)).size, days.length);
    for (const day of days) {
      const { from, to } = spanOfLocalDay(day.date);
      for (const { at } of day.pictures) assert.ok(from <= at && at < to, `${at} on ${day.date}`);
    }
  }));
});

Deno.test("spanOfLocalDay() has days follow one another without a gap", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000 }), (offset) => {
    const noon = new Date(2024, 0, 1 + offset, 12), next = new Date(2024, 0, 2 + offset, 12);
    const [today, tomorrow] = [noon, next].map((date) => localDate(date.toISOString()));
    assert.equal(spanOfLocalDay(today).to, spanOfLocalDay(tomorrow).from);
  }));
});

Deno.test("neighboursOf() ends at both ends, and knows none of what is not there", () => {
  const list = [3, 2, 1].map((id) => picture(id, "2026-01-31T09:00:00Z"));
  const ids = (id: number) => {
    const { newer, older } = neighboursOf(list, id);
    return [newer?.id, older?.id];
  };
  assert.deepEqual([ids(3), ids(2), ids(1), ids(9)], [
    [undefined, 2],
    [3, 1],
    [2, undefined],
    [undefined, undefined],
  ]);
});
