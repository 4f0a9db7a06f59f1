/**
 * Goals for a day, and how they were kept. Pure.
 * @module
 */
import type { Goal, GoalResult } from "./summary.ts";
import type { ClassTotals } from "./types.ts";

/** As many as one can have. */
export const MAX_GOALS = 10;

/** A day's whole length, in minutes. */
const MAX_MINUTES = 24 * 60;

/** A day with its times; `isOver`: nothing more will come. */
export interface GoalDay {
  readonly totals: ClassTotals;
  readonly isOver: boolean;
}

/**
 * The goal that `text` names: "at least 4 h of signal", "at most 30 min of noise", "at most 1 h 30 min noise".
 * @throws {SyntaxError} when it is none; {@linkcode RangeError} when no day could keep or break it.
 */
export function parseGoal(text: string): Goal {
  const form =
    /^\s*at\s+(least|most)\s+(?:(\d+(?:\.\d+)?)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?\s+(?:of\s+)?(signal|noise)\s*$/i;
  const [, bound, hours, minutes, cls] = form.exec(text) ?? [];
  if (bound === undefined || (hours === undefined && minutes === undefined)) {
    throw new SyntaxError(
      `Cannot read the goal ${JSON.stringify(text.slice(0, 60))}: ` +
        'write it as "at least 4 h of signal" or "at most 30 min of noise"',
    );
  }
  const goal: Goal = {
    kind: bound.toLowerCase() === "least" ? "at_least" : "at_most",
    class: cls.toLowerCase() as Goal["class"],
    minutes: Math.round(Number(hours ?? 0) * 60) + Number(minutes ?? 0),
  };
  assertGoal(goal);
  return goal;
}

/** @throws {RangeError} when no day could keep it, or none could break it. */
export function assertGoal(goal: Goal): void {
  const { kind, minutes } = goal;
  const leastMinutes = kind === "at_least" ? 1 : 0;
  if (Number.isInteger(minutes) && minutes >= leastMinutes && minutes <= MAX_MINUTES) return;
  throw new RangeError(
    `Cannot set the goal: it is ${minutes} minutes, allowed is ${leastMinutes} to ${MAX_MINUTES}`,
  );
}

/** @throws {RangeError} for too many of them, for one twice, or for one that {@linkcode assertGoal} refuses. */
export function assertGoals(goals: readonly Goal[]): void {
  if (goals.length > MAX_GOALS) {
    throw new RangeError(`Cannot set ${goals.length} goals: allowed are ${MAX_GOALS}`);
  }
  const texts = new Set<string>();
  for (const goal of goals) {
    assertGoal(goal);
    const text = goalText(goal);
    if (texts.has(text)) throw new RangeError(`Cannot set the goal "${text}": it is there already`);
    texts.add(text);
  }
}

/** "at least 4 h of signal"; {@linkcode parseGoal} reads it back. */
export function goalText({ kind, class: cls, minutes }: Goal): string {
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  const time = [
    ...hours > 0 ? [`${hours} h`] : [],
    ...rest > 0 || hours === 0 ? [`${rest} min`] : [],
  ];
  return `${kind === "at_least" ? "at least" : "at most"} ${time.join(" ")} of ${cls}`;
}

/**
 * Whether a day kept a goal; `undefined`: the day does not count. Days on which nobody was active do not. Of one that
 * is not over, what cannot change any more counts: an `at_least` once it is met, an `at_most` once it is broken.
 */
export function isMet(goal: Goal, { totals, isOver }: GoalDay): boolean | undefined {
  if (totals.signalMs + totals.noiseMs + totals.neutralMs === 0) return undefined;
  const ms = goal.class === "signal" ? totals.signalMs : totals.noiseMs;
  const limitMs = goal.minutes * 60_000;
  const met = goal.kind === "at_least" ? ms >= limitMs : ms <= limitMs;
  const isSettled = isOver || met === (goal.kind === "at_least");
  return isSettled ? met : undefined;
}

/**
 * How a goal was kept.
 * @param days Those of the period, in order.
 * @param before The days before them, in order: streaks go on into them.
 * @returns The result, and whether the streak may have begun even before the first of all these days.
 */
export function judgeGoal(
  goal: Goal,
  days: readonly GoalDay[],
  before: readonly GoalDay[],
): { readonly result: GoalResult; readonly isStreakOpen: boolean } {
  const verdicts = days.map((day) => isMet(goal, day)).filter((met) => met !== undefined);
  const earlier = before.map((day) => isMet(goal, day)).filter((met) => met !== undefined);
  const all = [...earlier, ...verdicts];
  const brokenAt = all.lastIndexOf(false);
  const result: GoalResult = {
    ...goal,
    metDays: verdicts.filter((met) => met).length,
    countedDays: verdicts.length,
    streakDays: all.length - 1 - brokenAt,
  };
  return { result, isStreakOpen: brokenAt === -1 };
}
