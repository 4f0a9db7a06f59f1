import assert from "node:assert/strict";
import fc from "fast-check";
import { type Weekday, WEEKDAYS } from "./block_schedule.ts";
import { patternTimes, sendPattern } from "./send_pattern.ts";

Deno.test("sendPattern() is a time on days, or a period's last or first day", () => {
  const cases: [string, string][] = [
    [sendPattern("day", { at: "21:05" }), "5 21 * * *"],
    [sendPattern("day", { at: "07:30", days: ["tue", "sat"] }), "30 7 * * 2,6"],
    [sendPattern("day", { at: "07:30", days: [...WEEKDAYS] }), "30 7 * * *"],
    [sendPattern("week", { at: "08:00" }), "0 8 * * 0"],
    [sendPattern("week", { at: "08:00" }, { isPrevious: true }), "0 8 * * 1"],
    [sendPattern("month", { at: "20:00" }), "0 20 L * *"],
    [sendPattern("month", { at: "20:00" }, { isPrevious: true }), "0 20 1 * *"],
  ];
  for (const [pattern, expected] of cases) assert.equal(pattern, expected);
  assert.throws(() => sendPattern("month", { at: "20:00", days: ["mon"] }), RangeError);
});

Deno.test("patternTimes() reads what sendPattern() wrote, and nothing that says more", () => {
  const time = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) =>
    parts.map((part) => String(part).padStart(2, "0")).join(":")
  );
  const days = fc.uniqueArray(fc.constantFrom<Weekday>(...WEEKDAYS), { minLength: 1 })
    .map((chosen) => WEEKDAYS.filter((day) => chosen.includes(day)));
  fc.assert(fc.property(time, days, fc.constantFrom("day", "week"), (at, days, period) => {
    assert.deepEqual(patternTimes(sendPattern(period, { at, days })), { at, days });
  }));
  assert.deepEqual(patternTimes("30 7 * * 2-4,0"), {
    at: "07:30",
    days: ["tue", "wed", "thu", "sun"],
  });
  for (
    const cron of [
      "0 8 * * 5-2",
      "61 8 * * *",
      "0 24 * * *",
      "0 20 L * *",
      "*/5 * * * *",
      "0 8 * * 7",
      "0 8 1 1 *",
      "",
    ]
  ) {
    assert.equal(patternTimes(cron), undefined, cron);
  }
});
