import assert from "node:assert/strict";
import { FatalError } from "../daemon/core/errors.ts";
import { parseDate, parseInstant } from "./dates.ts";
import { periodQuery } from "./commands/summary.ts";

/** 2 a.m. in a zone two hours east: still the day before, which began at 4. */
const calendar = {
  nowMs: Date.UTC(2026, 2, 2, 0, 0),
  dayStartMin: 240,
  zone: () => 2 * 3_600_000,
};

Deno.test("parseDate() takes today, yesterday and dates that the calendar has", () => {
  assert.equal(parseDate("--day", "today", calendar), "2026-03-01");
  assert.equal(parseDate("--day", "yesterday", calendar), "2026-02-28");
  assert.equal(parseDate("--day", "2024-02-29", calendar), "2024-02-29");
  for (const text of ["2026-02-29", "tomorrow", "", "2026-1-1", "01/02/2026"]) {
    assert.throws(() => parseDate("--day", text, calendar), (error: FatalError) => {
      assert.equal(error.exitCode, 2);
      return /^Cannot use --day: it is .*, allowed is today, yesterday or a date/.test(
        error.message,
      );
    });
  }
});

Deno.test("parseInstant() takes the begin or the end of a day, and times with their zone", () => {
  const parse = (text: string, edge: "begin" | "end") => parseInstant("--to", text, edge, calendar);
  assert.equal(parse("2026-03-01", "begin"), "2026-03-01T02:00:00.000Z");
  assert.equal(parse("2026-03-01", "end"), "2026-03-02T02:00:00.000Z");
  assert.equal(parse("2026-03-01T10:00+02:00", "end"), "2026-03-01T08:00:00.000Z");
  for (const text of ["2026-03-01T10:00", "2026-03-01T25:00Z", "now"]) {
    assert.throws(() => parse(text, "begin"), FatalError);
  }
});

Deno.test("periodQuery() names one period", () => {
  assert.deepEqual(periodQuery({}, calendar), { period: "day", date: "2026-03-01" });
  assert.deepEqual(periodQuery({ week: true }, calendar), { period: "week", date: "2026-03-01" });
  assert.deepEqual(periodQuery({ month: "2026-01-05" }, calendar), {
    period: "month",
    date: "2026-01-05",
  });
  assert.deepEqual(periodQuery({ from: "2026-02-01" }, calendar), {
    from: "2026-02-01T02:00:00.000Z",
    to: "2026-03-02T02:00:00.000Z",
  });
  for (const two of [{ day: true, week: true }, { week: true, from: "today" }, { to: "today" }]) {
    assert.throws(
      () => periodQuery(two as Parameters<typeof periodQuery>[0], calendar),
      FatalError,
    );
  }
});
