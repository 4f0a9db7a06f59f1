import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays, dateOf, weekdayOf } from "./day.ts";
import { periodDates, PERIODS, periodSpan } from "./period.ts";
import { zoneOf } from "./testing.ts";

Deno.test("periodDates() has the week from Monday and the whole month", () => {
  assert.deepEqual(periodDates("day", "2026-02-28"), { first: "2026-02-28", after: "2026-03-01" });
  assert.deepEqual(periodDates("week", "2026-01-01"), { first: "2025-12-29", after: "2026-01-05" });
  assert.deepEqual(periodDates("month", "2028-02-29"), {
    ...{ first: "2028-02-01", after: "2028-03-01" },
  });
  assert.deepEqual(periodDates("month", "2026-12-31"), {
    ...{ first: "2026-12-01", after: "2027-01-01" },
  });
});

const date = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("1990-01-01", days));

Deno.test("periodDates() holds its date, and the next period begins where it ends", () => {
  fc.assert(fc.property(fc.constantFrom(...PERIODS), date, (period, date) => {
    const { first, after } = periodDates(period, date);
    assert.ok(first <= date && date < after);
    assert.deepEqual(periodDates(period, first), { first, after });
    assert.equal(periodDates(period, after).first, after);
    if (period === "week") assert.equal(weekdayOf(first), 1);
  }));
});

Deno.test("periodSpan() begins and ends with days, whatever the clocks do meanwhile", () => {
  for (const name of ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"]) {
    const zone = zoneOf(name);
    const month = periodSpan("month", "2026-10-25", zone, 240);
    assert.equal(dateOf(month.startMs, zone, 240), "2026-10-01");
    assert.equal(dateOf(month.startMs - 1, zone, 240), "2026-09-30");
    assert.equal(dateOf(month.endMs - 1, zone, 240), "2026-10-31");
    assert.equal(dateOf(month.endMs, zone, 240), "2026-11-01");
  }
  const week = periodSpan("week", "2026-10-25", zoneOf("Europe/Berlin"), 240);
  assert.equal((week.endMs - week.startMs) / 3_600_000, 7 * 24 + 1);
});
