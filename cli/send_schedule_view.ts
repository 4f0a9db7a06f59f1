/**
 * Schedules of summaries: as people type them, and as they are shown.
 * @module
 */
import { EXIT_CODES, FatalError } from "../daemon/core/errors.ts";
import { patternTimes, sendPattern } from "../daemon/core/send_pattern.ts";
import { dim } from "./style.ts";
import { table } from "./table.ts";
import { type Day, DAYS } from "./weekdays.ts";
import type { WireSendSchedule } from "./wire.ts";
import { clock, shortDay } from "./words.ts";

export const PERIODS = ["day", "week", "month"] as const;

export interface ScheduleTimes {
  readonly period: typeof PERIODS[number];
  readonly previous: boolean;
  readonly at?: string;
  readonly days?: readonly Day[];
  readonly cron?: string;
}

/**
 * The pattern for what was typed. Without days: every day; a week on its last day, or the first after it; a month
 * likewise.
 * @throws {FatalError} with exit code 2 when it is not said when, or twice.
 */
export function cronOf({ period, previous, at, days, cron }: ScheduleTimes): string {
  if (cron !== undefined) {
    if (at === undefined && days === undefined) return cron.trim();
    throw wrong("Cannot use --cron with --at or --days: the pattern says when");
  }
  if (at === undefined) throw wrong("Cannot add a schedule: say when with --at or --cron");
  if (days !== undefined && period === "month") {
    throw wrong("Cannot use --days with a month: name the day of the month with --cron");
  }
  return sendPattern(period, { at, days }, { isPrevious: previous });
}

/** The schedules as a table. */
export function scheduleTable(schedules: readonly WireSendSchedule[], width: number): string[] {
  const columns = [
    { title: "#", align: "right" as const },
    { title: "summary of" },
    { title: "when", shrinkTo: 9 },
    { title: "by" },
    { title: "next" },
  ];
  const rows = schedules.map(({ period, of, cron, channels, next }, i) => [
    { text: String(i + 1), paint: dim },
    of === "current" ? `the ${period}` : `the ${period} before`,
    whenOf(cron),
    channels.map((channel) => channel === "email" ? "mail" : "SMS").join(" and "),
    next === null ? "never" : `${shortDay(localDate(next))} ${clock(next)}`,
  ]);
  return table(columns, rows, width);
}

/** "21:00 mon tue"; a pattern that says more than that is shown as it is. */
function whenOf(cron: string): string {
  const times = patternTimes(cron);
  if (times === undefined) return cron;
  const { at, days } = times;
  return days.length === DAYS.length ? `${at} every day` : `${at} ${days.join(" ")}`;
}

function localDate(instant: string): string {
  const at = new Date(instant);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

function wrong(message: string): FatalError {
  return new FatalError(message, EXIT_CODES.wrongUsage);
}
