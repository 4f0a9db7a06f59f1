import assert from "node:assert/strict";
import fc from "fast-check";
import { BUCKET_MS } from "./spans.ts";
import { addDays, dateOf, daySpan, isIsoDate, localHours, weekdayOf } from "./day.ts";
import { zoneOf } from "./testing.ts";

/** With both clock changes, half-hour and three-quarter-hour offsets, half-hour changes, and none. */
const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "UTC",
];
const HOUR_MS = 3_600_000;

for (const name of ZONES) {
  const zone = zoneOf(name);
  Deno.test(`daySpan() over two years in ${name}: the days meet, and begin on a bucket`, () => {
    for (let date = "2026-01-01"; date < "2028-01-01"; date = addDays(date, 1)) {
      const span = daySpan(date, zone, 240);
      assert.equal(span.endMs, daySpan(addDays(date, 1), zone, 240).startMs, date);
      assert.equal(span.startMs % BUCKET_MS, 0, date);
      const hours = (span.endMs - span.startMs) / HOUR_MS;
      assert.ok([23, 23.5, 24, 24.5, 25].includes(hours), `${date} has ${hours} hours`);
      assert.equal(dateOf(span.startMs, zone, 240), date);
      assert.equal(dateOf(span.endMs - 1, zone, 240), date);
    }
  });

  Deno.test(`localHours() over two years in ${name}: no gap, no overlap, none over an hour`, () => {
    for (let date = "2026-01-01"; date < "2028-01-01"; date = addDays(date, 1)) {
      const span = daySpan(date, zone, 0);
      let endMs = span.startMs;
      for (const hour of localHours(span, zone)) {
        assert.equal(hour.startMs, endMs, date);
        assert.ok(hour.endMs > hour.startMs && hour.endMs - hour.startMs <= HOUR_MS, date);
        endMs = hour.endMs;
      }
      assert.equal(endMs, span.endMs, date);
    }
  });
}

Deno.test("daySpan() has 23 and 25 hours where Berlin's clocks change, 23.5 and 24.5 on Lord Howe", () => {
  const hours = (date: string, name: string) => {
    const span = daySpan(date, zoneOf(name), 0);
    return (span.endMs - span.startMs) / HOUR_MS;
  };
  assert.equal(hours("2026-03-29", "Europe/Berlin"), 23);
  assert.equal(hours("2026-10-25", "Europe/Berlin"), 25);
  assert.equal(hours("2026-10-04", "Australia/Lord_Howe"), 23.5);
  assert.equal(hours("2026-04-05", "Australia/Lord_Howe"), 24.5);
});

Deno.test("daySpan() begins a day whose start the clocks skip at the change", () => {
  // Berlin, 29 March 2026: 02:00 becomes 03:00, at 01:00 UTC.
  assert.equal(
    daySpan("2026-03-29", zoneOf("Europe/Berlin"), 150).startMs,
    Date.parse("2026-03-29T01:00:00Z"),
  );
});

Deno.test("dateOf() finds the day that holds any moment, for any start of the day", () => {
  const minutes = fc.integer({ min: 0, max: 95 }).map((quarters) => quarters * 15);
  const moment = fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2035-01-01") });
  fc.assert(
    fc.property(moment, fc.constantFrom(...ZONES.map(zoneOf)), minutes, (ms, zone, dayStartMin) => {
      const span = daySpan(dateOf(ms, zone, dayStartMin), zone, dayStartMin);
      assert.ok(ms >= span.startMs && ms < span.endMs);
    }),
  );
});

Deno.test("isIsoDate() takes calendar dates only", () => {
  assert.ok(isIsoDate("2028-02-29"));
  for (const text of ["2027-02-29", "2027-13-01", "27-01-01", "2027-1-1", "", "0000-00-00"]) {
    assert.ok(!isIsoDate(text), text);
  }
});

Deno.test("weekdayOf() counts from Monday", () => {
  assert.equal(weekdayOf("2026-11-23"), 1);
  assert.equal(weekdayOf("2026-11-29"), 7);
});
