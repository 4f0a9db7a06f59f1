import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays, dateOf, daySpan, isIsoDate } from "./day.ts";
import { zoneOf } from "./testing.ts";
import {
  comparedWith,
  hadMoreSignal,
  runOf,
  sameDateBefore,
  TREND_PERIODS,
  trendDates,
  trendSpan,
} from "./trends.ts";

const dates = fc.integer({ min: 1, max: 40_000 }).map((days) => addDays("1973-01-01", days));
const periods = fc.constantFrom(...TREND_PERIODS);
const berlin = zoneOf("Europe/Berlin");

Deno.test("trendDates() gives periods that follow one another without a gap and hold their date", () => {
  fc.assert(fc.property(dates, periods, (date, period) => {
    const { first, after } = trendDates(period, date);
    assert.ok(first <= date && date < after);
    assert.equal(trendDates(period, after).first, after);
    assert.equal(trendDates(period, addDays(first, -1)).after, first);
  }));
});

Deno.test("sameDateBefore() names the same place in the period before, or none", () => {
  const cases = [
    ["day", "2026-03-01", "2026-02-28"],
    ["week", "2026-03-02", "2026-02-23"],
    ["month", "2026-03-28", "2026-02-28"],
    ["month", "2026-03-29", undefined],
    ["month", "2026-01-31", "2025-12-31"],
    ["year", "2024-02-29", undefined],
    ["year", "2026-11-26", "2025-11-26"],
  ] as const;
  for (const [period, date, wanted] of cases) {
    assert.equal(sameDateBefore(period, date), wanted, `${period} ${date}`);
  }
});

Deno.test("comparedWith() gives a whole period to one that is over, and as much as has passed to another", () => {
  const over = comparedWith("week", "2026-03-20", Date.parse("2026-04-01T00:00:00Z"), {
    zone: berlin,
    dayStartMin: 240,
  });
  assert.deepEqual(
    [over.first, over.after, over.isPart, over.span],
    ["2026-03-09", "2026-03-16", false, {
      startMs: Date.parse("2026-03-09T03:00:00Z"),
      endMs: Date.parse("2026-03-16T03:00:00Z"),
    }],
  );
  // Monday 12:00 summer time, a day after the clocks were set; the Monday before: 12:00 winter time.
  const { span, isPart } = comparedWith(
    "week",
    "2026-03-30",
    Date.parse("2026-03-30T10:00:00Z"),
    { zone: berlin, dayStartMin: 240 },
  );
  assert.equal(new Date(span.endMs).toISOString(), "2026-03-23T11:00:00.000Z");
  assert.equal(isPart, true);
  const long = comparedWith("month", "2026-03-31", Date.parse("2026-03-31T10:00:00Z"), {
    zone: berlin,
    dayStartMin: 0,
  });
  assert.deepEqual([long.isPart, long.first, long.after], [false, "2026-02-01", "2026-03-01"]);
  // 29 February: two months are not compared with twelve.
  const leap = comparedWith("year", "2028-02-29", Date.parse("2028-02-29T10:00:00Z"), {
    zone: berlin,
    dayStartMin: 240,
  });
  assert.equal(leap.isPart, true);
  assert.equal(new Date(leap.span.endMs).toISOString(), "2027-03-01T03:00:00.000Z");
});

Deno.test("comparedWith() stays inside the period before, whenever it is asked", () => {
  fc.assert(
    fc.property(dates, periods, fc.nat(86_399_999), fc.nat(95), (date, period, ms, quarter) => {
      const dayStartMin = quarter * 15;
      const own = trendSpan(period, date, berlin, dayStartMin);
      const nowMs = daySpan(date, berlin, dayStartMin).startMs + ms;
      const { span, after } = comparedWith(period, date, nowMs, { zone: berlin, dayStartMin });
      assert.equal(after, own.first);
      assert.ok(span.startMs <= span.endMs && span.endMs <= own.startMs);
      assert.ok(isIsoDate(dateOf(span.startMs, berlin, dayStartMin)));
    }),
    { numRuns: 60 },
  );
});

Deno.test("runOf() counts rows over days that do not count, and over the begin of the period", () => {
  const _ = undefined;
  const cases = [
    { days: [], before: [], wanted: [0, 0, 0, 0, true] },
    { days: [true, _, true], before: [], wanted: [2, 2, 2, 2, true] },
    {
      days: [true, true, false, true],
      before: [true, false, true, _],
      wanted: [3, 4, 1, 3, false],
    },
    { days: [_], before: [false, true, true], wanted: [0, 0, 2, 2, false] },
    { days: [false], before: [true, true], wanted: [0, 1, 0, 0, true] },
  ];
  for (const { days, before, wanted } of cases) {
    const run = runOf(days, before);
    assert.deepEqual(
      [run.metDays, run.countedDays, run.streakDays, run.longestDays, run.isOpen],
      wanted,
    );
  }
});

Deno.test("runOf() is the same wherever a period begins, but for what lies before it", () => {
  const verdicts = fc.array(fc.constantFrom(true, false, undefined), { maxLength: 30 });
  fc.assert(fc.property(verdicts, fc.nat(30), (all, cut) => {
    const whole = runOf(all, []), late = runOf(all.slice(cut), all.slice(0, cut));
    assert.equal(late.streakDays, whole.streakDays);
    assert.ok(late.longestDays <= whole.longestDays && late.longestDays >= late.streakDays);
    assert.ok(late.metDays <= late.countedDays);
  }));
});

Deno.test("hadMoreSignal() waits for the end of the day", () => {
  const totals = { signalMs: 2, noiseMs: 1, neutralMs: 0, afkMs: 0 };
  assert.equal(hadMoreSignal({ totals, isOver: false }), undefined);
  assert.equal(hadMoreSignal({ totals, isOver: true }), true);
  assert.equal(hadMoreSignal({ totals: { ...totals, noiseMs: 2 }, isOver: true }), false);
  const idle = { ...totals, signalMs: 0, noiseMs: 0 };
  assert.equal(hadMoreSignal({ totals: idle, isOver: true }), undefined);
});
