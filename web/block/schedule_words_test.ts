import assert from "node:assert/strict";
import fc from "fast-check";
import { type Weekday, WEEKDAYS } from "../../daemon/core/block_schedule.ts";
import {
  dayRuns,
  daysWords,
  endsNextDay,
  inARow,
  isSameSchedule,
  scheduleProblem,
  turnMinutes,
} from "./schedule_words.ts";

const WORDS: readonly [days: readonly Weekday[], words: string][] = [
  [[...WEEKDAYS], "every day"],
  [["mon", "tue", "wed", "thu", "fri"], "Mon to Fri"],
  [["sun", "sat"], "Sat and Sun"],
  [["mon", "wed", "fri"], "Mon, Wed and Fri"],
  [["tue"], "Tue"],
  [["fri", "sat", "sun", "mon"], "Fri to Mon"],
  [["sun", "mon"], "Sun and Mon"],
  [["mon", "tue", "wed", "sat"], "Mon to Wed and Sat"],
  [[], ""],
];

Deno.test("daysWords() says days as people do", () => {
  for (const [days, words] of WORDS) assert.equal(daysWords(days), words);
  assert.equal(daysWords(["mon", "wed"], "long"), "Monday and Wednesday");
});

const someDays = fc.subarray([...WEEKDAYS]);

Deno.test("dayRuns() are exactly the days, each once, and as few as can be", () => {
  fc.assert(fc.property(someDays, (days) => {
    const runs = dayRuns(days);
    const told = runs.flatMap(([first, last]) => {
      const start = WEEKDAYS.indexOf(first);
      const length = (WEEKDAYS.indexOf(last) - start + 7) % 7 + 1;
      return Array.from({ length }, (_, i) => WEEKDAYS[(start + i) % 7]);
    });
    assert.deepEqual([...told].sort(), [...days].sort());
    // Between two runs there is always a day that is not meant.
    const isEnd = (at: number) =>
      days.includes(WEEKDAYS[at]) && !days.includes(WEEKDAYS[(at + 1) % 7]);
    const ends = WEEKDAYS.filter((_, at) => isEnd(at)).length;
    assert.equal(runs.length, days.length === 7 ? 1 : ends);
  }));
});

Deno.test("turnMinutes() lasts more than nothing and at most a day, and ends when it says", () => {
  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
  fc.assert(fc.property(time, time, (from, to) => {
    const minutes = turnMinutes({ from, to });
    assert.ok(minutes > 0 && minutes <= 1_440);
    const at = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
    assert.equal((at(from) + minutes) % 1_440, at(to));
    assert.equal(endsNextDay({ from, to }), at(from) + minutes >= 1_440);
  }));
});

const schedule = {
  days: ["mon", "tue"] as Weekday[],
  from: "09:00",
  to: "12:30",
  lists: ["news", "social"],
  domains: [],
  strict: false,
};

Deno.test("isSameSchedule() goes by what is said, not by the order", () => {
  const turned = { ...schedule, days: ["tue", "mon"] as Weekday[], lists: ["social", "news"] };
  assert.ok(isSameSchedule(schedule, turned));
  assert.ok(!isSameSchedule(schedule, { ...schedule, strict: true }));
  assert.ok(!isSameSchedule(schedule, { ...schedule, to: "12:31" }));
});

Deno.test("scheduleProblem() wants a day and two times", () => {
  assert.equal(scheduleProblem(schedule), undefined);
  assert.match(scheduleProblem({ ...schedule, days: [] })!, /day/);
  assert.match(scheduleProblem({ ...schedule, from: "" })!, /when/);
  assert.match(scheduleProblem({ ...schedule, to: "24:00" })!, /when/);
});

Deno.test("inARow() puts an and before the last", () => {
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(inARow), [
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
});
