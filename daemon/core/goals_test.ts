import assert from "node:assert/strict";
import fc from "fast-check";
import {
  assertGoals,
  type GoalDay,
  goalText,
  isMet,
  judgeGoal,
  MAX_GOALS,
  parseGoal,
} from "./goals.ts";
import type { Goal } from "./summary.ts";

const MIN = 60_000;

function day(signal: number, noise: number, isOver = true): GoalDay {
  return {
    totals: { signalMs: signal * MIN, noiseMs: noise * MIN, neutralMs: 0, afkMs: 0 },
    isOver,
  };
}

const goals = fc.record({
  kind: fc.constantFrom("at_least" as const, "at_most" as const),
  class: fc.constantFrom("signal" as const, "noise" as const),
  minutes: fc.integer({ min: 1, max: 1440 }),
});

Deno.test("parseGoal() reads what people write", () => {
  const cases: [string, Goal][] = [
    ["at least 4 h of signal", { kind: "at_least", class: "signal", minutes: 240 }],
    ["at most 30 min of noise", { kind: "at_most", class: "noise", minutes: 30 }],
    ["At Least 1.5 hours of signal", { kind: "at_least", class: "signal", minutes: 90 }],
    ["at most 1h30m noise", { kind: "at_most", class: "noise", minutes: 90 }],
    ["  at most 1 h 5 minutes of noise ", { kind: "at_most", class: "noise", minutes: 65 }],
    ["at most 0 min of noise", { kind: "at_most", class: "noise", minutes: 0 }],
  ];
  for (const [text, goal] of cases) assert.deepEqual(parseGoal(text), goal, text);
});

Deno.test("parseGoal() refuses what is no goal in one line", () => {
  const wrong = ["", "4 h of signal", "at least of signal", "at least 4 of signal", "at least 4 h"];
  wrong.push("at least 4 h of neutral", "at least -4 h of signal", `at least ${"9".repeat(9_999)}`);
  for (const text of wrong) {
    assert.throws(() => parseGoal(text), (error: Error) => {
      assert.ok(error instanceof SyntaxError, text);
      return error.message.length < 200 && !error.message.includes("\n");
    });
  }
  for (const text of ["at least 25 h of signal", "at least 0 min of signal"]) {
    assert.throws(() => parseGoal(text), RangeError, text);
  }
});

Deno.test("parseGoal() reads back what goalText() writes", () => {
  fc.assert(fc.property(goals, (goal) => assert.deepEqual(parseGoal(goalText(goal)), { ...goal })));
});

Deno.test("assertGoals() refuses too many, and one twice", () => {
  const many = Array.from({ length: MAX_GOALS + 1 }, (_, i): Goal => ({
    kind: "at_least",
    class: "signal",
    minutes: i + 1,
  }));
  assertGoals(many.slice(1));
  assert.throws(() => assertGoals(many), /Cannot set 11 goals: allowed are 10/);
  assert.throws(() => assertGoals([many[0], many[0]]), /it is there already/);
});

Deno.test("isMet() counts of a day in progress only what cannot change any more", () => {
  const least: Goal = { kind: "at_least", class: "signal", minutes: 60 };
  const most: Goal = { kind: "at_most", class: "noise", minutes: 30 };
  const cases: [Goal, GoalDay, boolean | undefined][] = [
    [least, day(60, 0), true],
    [least, day(59, 0), false],
    [least, day(60, 0, false), true],
    [least, day(59, 0, false), undefined],
    [most, day(0, 30), true],
    [most, day(0, 31), false],
    [most, day(0, 30, false), undefined],
    [most, day(0, 31, false), false],
    // Nobody was active.
    [least, day(0, 0), undefined],
    [most, day(0, 0), undefined],
    [most, { totals: { ...day(0, 0).totals, afkMs: 600 * MIN }, isOver: true }, undefined],
    [most, { totals: { ...day(0, 0).totals, neutralMs: MIN }, isOver: true }, true],
  ];
  for (const [goal, one, met] of cases) assert.equal(isMet(goal, one), met, JSON.stringify(one));
});

Deno.test("judgeGoal() leaves out days that do not count: they neither end nor lengthen a streak", () => {
  const goal: Goal = { kind: "at_least", class: "signal", minutes: 60 };
  const days = [day(70, 0), day(0, 0), day(80, 0), day(10, 0, false)];
  const { result, isStreakOpen } = judgeGoal(goal, days, [day(5, 0), day(0, 0), day(90, 0)]);
  assert.deepEqual(result, { ...goal, metDays: 2, countedDays: 2, streakDays: 3 });
  assert.equal(isStreakOpen, false);
  assert.equal(judgeGoal(goal, days, [day(90, 0)]).isStreakOpen, true);
});

Deno.test("judgeGoal() does not care where the period begins, but for the days it counts", () => {
  const days = fc.array(
    fc.record({
      signal: fc.integer({ min: 0, max: 200 }),
      noise: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 30 },
  );
  fc.assert(fc.property(goals, days, fc.nat(30), (goal, all, cut) => {
    const told = all.map(({ signal, noise }, i) => day(signal, noise, i < all.length - 1));
    const whole = judgeGoal(goal, told, []);
    const part = judgeGoal(goal, told.slice(cut), told.slice(0, cut));
    assert.equal(part.result.streakDays, whole.result.streakDays);
    assert.equal(part.isStreakOpen, whole.isStreakOpen);
    assert.ok(part.result.metDays <= part.result.countedDays);
    assert.ok(part.result.countedDays <= told.slice(cut).length);
    // Counted by hand, from the end.
    let streak = 0;
    for (const met of told.map((one) => isMet(goal, one)).reverse()) {
      if (met === false) break;
      if (met) streak++;
    }
    assert.equal(part.result.streakDays, streak);
  }));
});
