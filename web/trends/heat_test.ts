/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { HEAT_LEVELS, heatOf, weekdayCounts } from "./heat.ts";

const cell = (weekday: number, hour: number, signal: number, noise = 0) => ({
  ...{ weekday, hour, signal_seconds: signal, noise_seconds: noise },
  ...{ neutral_seconds: 10, afk_seconds: 999 },
});

Deno.test("heatOf() begins with the day, and averages over the days that were there", () => {
  const trends = {
    heat: [cell(1, 9, 600, 60), cell(1, 3, 60), cell(2, 9, 300)],
    first_date: "2026-11-01",
    last_date: "2026-11-30",
    today: "2026-11-10",
    day_start_minutes: 240,
  };
  // From Wednesday the 4th to Tuesday the 10th: one of each.
  const heat = heatOf(trends, "signal", "2026-11-04");
  assert.equal(heat.isAverage, false);
  assert.equal(heat.mostSeconds, 600);
  assert.deepEqual(heat.rows[0].map(({ hour }) => hour).slice(0, 3), [4, 5, 6]);
  assert.deepEqual(heat.rows[0][5], { weekday: 1, hour: 9, seconds: 600, level: HEAT_LEVELS });
  assert.deepEqual(heat.rows[0][23], { weekday: 1, hour: 3, seconds: 60, level: 1 });
  assert.equal(heat.rows[1][5].level, 3);
  assert.equal(heat.rows[6][5].level, 0);
  // From the 1st: two Mondays and two Tuesdays.
  const longer = heatOf(trends, "all", "2026-01-01");
  assert.equal(longer.isAverage, true);
  assert.equal(longer.rows[0][5].seconds, 335);
});

Deno.test("weekdayCounts() counts both ends", () => {
  assert.deepEqual(weekdayCounts("2026-11-26", "2026-11-26"), [0, 0, 0, 1, 0, 0, 0]);
  assert.deepEqual(weekdayCounts("2026-01-01", "2026-12-31"), [52, 52, 52, 53, 52, 52, 52]);
  assert.deepEqual(weekdayCounts("2026-11-27", "2026-11-26"), [0, 0, 0, 0, 0, 0, 0]);
});
