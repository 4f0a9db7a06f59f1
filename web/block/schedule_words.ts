/**
 * Schedules in words; pure.
 * @module
 */
import { type Weekday, WEEKDAYS } from "../../daemon/core/block_schedule.ts";
import { lengthWords } from "./length.ts";
import type { WireSchedule } from "./wire.ts";

export const DAY_NAMES: Readonly<
  Record<Weekday, { readonly short: string; readonly long: string }>
> = {
  mon: { short: "Mon", long: "Monday" },
  tue: { short: "Tue", long: "Tuesday" },
  wed: { short: "Wed", long: "Wednesday" },
  thu: { short: "Thu", long: "Thursday" },
  fri: { short: "Fri", long: "Friday" },
  sat: { short: "Sat", long: "Saturday" },
  sun: { short: "Sun", long: "Sunday" },
};

/** Days that follow each other, the week being a ring: its first and its last. */
export type DayRun = readonly [first: Weekday, last: Weekday];

/** The runs that `days` are made of, in the order of the week; a run over its end comes last. */
export function dayRuns(days: readonly Weekday[]): DayRun[] {
  const has = (at: number) => days.includes(WEEKDAYS[(at + 7) % 7]);
  if (WEEKDAYS.every((day) => days.includes(day))) return [["mon", "sun"]];
  return WEEKDAYS.flatMap((first, start): DayRun[] => {
    if (!has(start) || has(start - 1)) return [];
    let end = start;
    while (has(end + 1)) end++;
    return [[first, WEEKDAYS[end % 7]]];
  });
}

/** "every day", "Mon to Fri", "Sat and Sun", "Mon, Wed and Fri". */
export function daysWords(days: readonly Weekday[], how: "short" | "long" = "short"): string {
  const name = (day: Weekday) => DAY_NAMES[day][how];
  const parts = dayRuns(days).flatMap(([first, last]) => {
    const length = (WEEKDAYS.indexOf(last) - WEEKDAYS.indexOf(first) + 7) % 7 + 1;
    if (length === 7) return ["every day"];
    if (length === 1) return [name(first)];
    if (length === 2) return [name(first), name(last)];
    return [`${name(first)} to ${name(last)}`];
  });
  return inARow(parts);
}

/** "a", "a and b", "a, b and c". */
export function inARow(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** How long a turn lasts, in minutes, where no clock is set forward or back in it. */
export function turnMinutes({ from, to }: Pick<WireSchedule, "from" | "to">): number {
  const minutes = minutesOf(to) - minutesOf(from);
  return minutes > 0 ? minutes : minutes + 24 * 60;
}

/** Whether it ends on the day after it began. */
export function endsNextDay({ from, to }: Pick<WireSchedule, "from" | "to">): boolean {
  return minutesOf(to) <= minutesOf(from);
}

/** "3 h 30 min", or "8 h, until the next day". */
export function turnLengthWords(schedule: Pick<WireSchedule, "from" | "to">): string {
  const length = lengthWords(turnMinutes(schedule));
  return endsNextDay(schedule) ? `${length}, until the next day` : length;
}

/** Whether two schedules say the same, whatever order their days, lists and sites stand in. */
export function isSameSchedule(one: WireSchedule, other: WireSchedule): boolean {
  const key = ({ days, from, to, lists, domains, strict }: WireSchedule) =>
    JSON.stringify([
      [...days].sort(),
      ...[from, to, strict],
      [...lists].sort(),
      [...domains].sort(),
    ]);
  return key(one) === key(other);
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Why a schedule cannot be kept as it is; `undefined`: it can. */
export function scheduleProblem(
  { days, from, to }: Pick<WireSchedule, "days" | "from" | "to">,
): string | undefined {
  if (days.length === 0) return "Choose at least one day.";
  if (!TIME.test(from) || !TIME.test(to)) return "Say from when to when.";
  return undefined;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
