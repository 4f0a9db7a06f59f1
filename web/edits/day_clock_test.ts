/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { daySpan, type Zone } from "../../daemon/core/day.ts";
import { clockText, dateAt, momentAt, readRange } from "./day_clock.ts";

const HOUR_MS = 3_600_000;
const UTC: Zone = () => 0;
/** Two hours ahead until one in the morning (UTC) of 25 October 2026, then one: 02:00 to 03:00 comes twice. */
const AUTUMN: Zone = (ms) => (ms < Date.UTC(2026, 9, 25, 1) ? 2 : 1) * HOUR_MS;
const day = daySpan("2026-03-11", UTC, 240);
const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 11, hour, minute);

Deno.test("momentAt() finds times after midnight in the day that they belong to", () => {
  assert.equal(momentAt("13:05", day, { zone: UTC }), at(13, 5));
  assert.equal(momentAt("01:30:10", day, { zone: UTC }), at(25, 30) + 10_000);
  assert.equal(momentAt("04:00", day, { zone: UTC }), day.startMs);
  assert.equal(momentAt("04:00", day, { zone: UTC, afterMs: at(23) }), day.endMs);
  for (const text of ["", "24:00", "9:00", "12:60", "noon"]) {
    assert.equal(momentAt(text, day, { zone: UTC }), undefined, text);
  }
});

Deno.test("momentAt() gives what clockText() shows, in any zone and on days when clocks change", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(UTC, AUTUMN, () => -5.75 * HOUR_MS),
      fc.integer({ min: 0, max: 86_399 }),
      fc.constantFrom("2026-10-24", "2026-10-25", "2026-07-01"),
      (zone, second, date) => {
        const span = daySpan(date, zone, 240);
        const text = clockText(span.startMs + second * 1000, zone);
        const found = momentAt(text, span, { zone })!;
        assert.equal(clockText(found, zone), text);
        assert.ok(found >= span.startMs && found <= span.startMs + second * 1000);
      },
    ),
  );
});

Deno.test("readRange() keeps what was not touched to the millisecond", () => {
  const given = { startMs: at(10, 2) + 11_345, endMs: at(10, 14) + 5_001 };
  const typed = { from: "10:02:11", to: "10:14:05", given };
  const rest = { zone: UTC, nowMs: at(20) };
  assert.deepEqual(readRange(typed, day, rest), { span: given });
  assert.deepEqual(readRange({ ...typed, to: "10:30:00" }, day, rest), {
    span: { startMs: given.startMs, endMs: at(10, 30) },
  });
  assert.deepEqual(
    readRange({ ...typed, from: "10:20:00" }, day, rest).problem,
    "It must end after it began.",
  );
  assert.match(readRange({ ...typed, from: "" }, day, rest).problem!, /began/);
  assert.match(readRange({ ...typed, to: "" }, day, rest).problem!, /ended/);
  assert.match(readRange({ ...typed, to: "21:00" }, day, rest).problem!, /still to come/);
});

Deno.test("dateAt() is exact, also on the other side of a clock change", () => {
  const known = { startMs: day.startMs, zone: UTC };
  assert.equal(dateAt(day.startMs, known), "2026-03-11");
  assert.equal(dateAt(day.startMs - 1, known), "2026-03-10");
  assert.equal(dateAt(day.endMs, known), "2026-03-12");
  // Seen in winter, summer's days begin an hour sooner.
  const winter = { startMs: daySpan("2026-11-02", AUTUMN, 240).startMs, zone: AUTUMN };
  for (const date of ["2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26"]) {
    const { startMs, endMs } = daySpan(date, AUTUMN, 240);
    for (const ms of [startMs, endMs - 1]) assert.equal(dateAt(ms, winter), date);
  }
});

Deno.test("momentAt() knows the hour that comes twice, and the one that never does", () => {
  const night = daySpan("2026-10-24", AUTUMN, 240);
  const first = Date.UTC(2026, 9, 25, 0, 30), second = first + HOUR_MS;
  assert.equal(momentAt("02:30", night, { zone: AUTUMN }), first);
  assert.equal(momentAt("02:10", night, { zone: AUTUMN, afterMs: first }), second - 20 * 60_000);
  assert.equal(momentAt("02:30", night, { zone: AUTUMN, afterMs: first }), second);
  const spring: Zone = (ms) => (ms < Date.UTC(2026, 2, 29, 1) ? 1 : 2) * HOUR_MS;
  assert.equal(momentAt("02:30", daySpan("2026-03-28", spring, 240), { zone: spring }), undefined);
});
