import assert from "node:assert/strict";
import type { FatalError } from "../daemon/core/errors.ts";
import { parseMoment, parseSpan } from "./edit_times.ts";

/** Half past ten in the morning, in a zone two hours east. */
const calendar = {
  nowMs: Date.UTC(2026, 2, 2, 8, 30),
  dayStartMin: 240,
  zone: () => 2 * 3_600_000,
};

Deno.test("parseMoment() takes a time of the clock as the last one", () => {
  const parse = (text: string) => parseMoment("--at", text, calendar);
  assert.equal(parse("10:30"), "2026-03-02T08:30:00.000Z");
  assert.equal(parse("9:05"), "2026-03-02T07:05:00.000Z");
  assert.equal(parse("23:15:30"), "2026-03-01T21:15:30.000Z");
  assert.equal(parse("yesterday 13:00"), "2026-03-01T11:00:00.000Z");
  assert.equal(parse("2026-02-28 0:00"), "2026-02-27T22:00:00.000Z");
  assert.equal(parse("2026-02-28T12:00+01:00"), "2026-02-28T11:00:00.000Z");
  assert.equal(parse("now"), "2026-03-02T08:30:00.000Z");
});

Deno.test("parseSpan() takes the end as the first one after the begin, and now by default", () => {
  const parse = (from: string, to?: string) => {
    const span = parseSpan(from, to, calendar);
    return [span.from.slice(8, 16), span.to.slice(8, 16)];
  };
  assert.deepEqual(parse("9:00", "10:00"), ["02T07:00", "02T08:00"]);
  assert.deepEqual(parse("22:00", "23:00"), ["01T20:00", "01T21:00"]);
  assert.deepEqual(parse("23:00", "1:00"), ["01T21:00", "01T23:00"]);
  assert.deepEqual(parse("9:00"), ["02T07:00", "02T08:30"]);
  assert.deepEqual(parse("yesterday 13:00", "14:00"), ["01T11:00", "01T12:00"]);
  assert.deepEqual(parse("yesterday", "yesterday"), ["01T02:00", "02T02:00"]);
});

Deno.test("parseMoment() names the option and what is allowed", () => {
  for (
    const text of ["25:00", "13:60", "1pm", "", "yesterday 25:00", "soon 13:00", "13:00 13:00"]
  ) {
    assert.throws(() => parseMoment("--at", text, calendar), (error: FatalError) => {
      assert.equal(error.exitCode, 2);
      return /^Cannot use --at: it is .*, allowed is a time such as 13:00/.test(error.message);
    });
  }
});
