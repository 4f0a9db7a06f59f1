import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays } from "../core/day.ts";
import { addTotals, emptyTotals } from "../core/totals.ts";
import { binsOf } from "./bins.ts";
import { minutes, OPTIONS, someDay, someWeek } from "./testing.ts";

/** A range of days, with a minute more signal each. */
function range(firstDate: string, count: number) {
  const days = Array.from({ length: count }, (_, i) => ({
    date: addDays(firstDate, i),
    totals: minutes(i + 1, 1),
  }));
  const lastDate = addDays(firstDate, count - 1);
  return someWeek({ period: "range", firstDate, lastDate, days });
}

Deno.test("binsOf() has the hours of a day, and every day of a week, those to come among them", () => {
  const hours = binsOf(someDay(), OPTIONS.zone);
  assert.equal(hours.bins.length, 24);
  assert.deepEqual(hours.bins.slice(0, 2).map(({ label }) => label), ["04:00", "05:00"]);
  const days = binsOf(someWeek(), OPTIONS.zone);
  assert.deepEqual(
    days.bins.map(({ label }) => label),
    ["Mon 23", "Tue 24", "Wed 25", "Thu 26", "Fri 27", "Sat 28", "Sun 29"],
  );
});

Deno.test("binsOf() puts days together where there are too many of them", () => {
  const cases: [number, string, number][] = [
    [31, "Day by day", 31],
    [45, "Day by day", 45],
    [46, "Week by week", 7],
    [315, "Week by week", 45],
    [316, "Month by month", 11],
    [1_350, "Month by month", 45],
    [1_351, "Year by year", 4],
    [36_500, "Year by year", 100],
  ];
  for (const [count, title, columns] of cases) {
    const { bins, ...all } = binsOf(range("2020-01-01", count), OPTIONS.zone);
    assert.deepEqual([all.title, bins.length], [title, columns], `${count} days`);
  }
});

Deno.test("binsOf() loses no time, and no column is higher than the chart", () => {
  const firsts = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("1970-01-02", days));
  fc.assert(
    fc.property(firsts, fc.integer({ min: 1, max: 3_000 }), (first, count) => {
      const summary = range(first, count);
      const { bins, fullMs } = binsOf(summary, OPTIONS.zone);
      const sum = emptyTotals(), all = emptyTotals();
      for (const { totals } of bins) addTotals(sum, totals);
      for (const { totals } of summary.days) addTotals(all, totals);
      assert.deepEqual(sum, all);
      assert.ok(bins.every(({ totals }) => totals.signalMs + totals.noiseMs <= fullMs));
    }),
    { numRuns: 60 },
  );
});
