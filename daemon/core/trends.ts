/**
 * Longer stretches of time: which dates a period has, what it is compared with, and how days were kept in a row. Pure.
 * @module
 */
import { addDays, dateOf, daySpan, type IsoDate, type Zone } from "./day.ts";
import { periodDates, PERIODS } from "./period.ts";
import type { ClassTotals, Span } from "./types.ts";

export const TREND_PERIODS = [...PERIODS, "year"] as const;
export type TrendPeriod = typeof TREND_PERIODS[number];

/** What a period is shown by: a day by hours, a year by months, the others by days. */
export type TrendUnit = "hour" | "day" | "month";

export function unitOf(period: TrendPeriod): TrendUnit {
  if (period === "day") return "hour";
  return period === "year" ? "month" : "day";
}

/** The first date of the period that holds `date`, and the first after it. */
export function trendDates(
  period: TrendPeriod,
  date: IsoDate,
): { readonly first: IsoDate; readonly after: IsoDate } {
  if (period !== "year") return periodDates(period, date);
  const year = Number(date.slice(0, 4));
  return { first: `${yearText(year)}-01-01`, after: `${yearText(year + 1)}-01-01` };
}

/** From the begin of its first day to the end of its last. */
export function trendSpan(
  period: TrendPeriod,
  date: IsoDate,
  zone: Zone,
  dayStartMin: number,
): Span & { readonly first: IsoDate; readonly after: IsoDate } {
  const { first, after } = trendDates(period, date);
  const startMs = daySpan(first, zone, dayStartMin).startMs;
  return { first, after, startMs, endMs: daySpan(after, zone, dayStartMin).startMs };
}

/**
 * The date that has in the period before the place that `date` has in its own: a day or a week earlier, the same day
 * of the month before; `undefined` when that period has no such date (30 February).
 */
export function sameDateBefore(period: TrendPeriod, date: IsoDate): IsoDate | undefined {
  if (period === "day" || period === "week") return addDays(date, period === "day" ? -1 : -7);
  const { first } = trendDates(period, date);
  const before = trendDates(period, addDays(first, -1)).first;
  const same = period === "year"
    ? before.slice(0, 4) + date.slice(4)
    : before.slice(0, 8) + date.slice(8);
  const ms = Date.parse(`${same}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(same) ? same : undefined;
}

/** What a period is compared with. */
export interface Compared {
  readonly first: IsoDate;
  readonly after: IsoDate;
  /** The whole period before, or what had passed of it when it was as old as this one is now. */
  readonly span: Span;
  readonly isPart: boolean;
}

/** The stretch of the period before that a period is fairly compared with at `nowMs`. */
export function comparedWith(
  period: TrendPeriod,
  date: IsoDate,
  nowMs: number,
  { zone, dayStartMin }: { readonly zone: Zone; readonly dayStartMin: number },
): Compared {
  const own = trendSpan(period, date, zone, dayStartMin);
  const { first, after, ...span } = trendSpan(period, addDays(own.first, -1), zone, dayStartMin);
  const whole: Compared = { first, after, span, isPart: false };
  if (nowMs >= own.endMs || nowMs < own.startMs) return whole;
  const today = dateOf(nowMs, zone, dayStartMin);
  const then = sameDateBefore(period, today);
  const startOf = (day: IsoDate) => daySpan(day, zone, dayStartMin).startMs;
  // Without such a date, the month before is over; of a year, 29 February stands at the end of its February.
  const thenMs = then !== undefined
    ? Math.min(startOf(then) + nowMs - startOf(today), startOf(addDays(then, 1)))
    : period === "year"
    ? startOf(`${first.slice(0, 4)}-03-01`)
    : span.endMs;
  const endMs = Math.min(thenMs, span.endMs);
  return { ...whole, span: { startMs: span.startMs, endMs }, isPart: endMs < span.endMs };
}

/** How something was kept from day to day. */
export interface Run {
  readonly metDays: number;
  readonly countedDays: number;
  /** Kept days in a row up to the end; days that do not count break nothing. */
  readonly streakDays: number;
  /** The longest such row that reaches into the period. */
  readonly longestDays: number;
  /** The row that reaches into the period may have begun before all days that are known. */
  readonly isOpen: boolean;
}

/**
 * Counts kept days and rows of them.
 * @param days Those of the period in order: whether each was kept; `undefined`: it does not count.
 * @param before The days before them, in order.
 */
export function runOf(
  days: readonly (boolean | undefined)[],
  before: readonly (boolean | undefined)[],
): Run {
  const earlier = before.filter((met) => met !== undefined);
  const counted = days.filter((met) => met !== undefined);
  let streakDays = earlier.length - 1 - earlier.lastIndexOf(false);
  let longestDays = 0;
  for (const met of counted) {
    streakDays = met ? streakDays + 1 : 0;
    longestDays = Math.max(longestDays, streakDays);
  }
  return {
    metDays: counted.filter((met) => met).length,
    countedDays: counted.length,
    streakDays,
    longestDays: Math.max(longestDays, streakDays),
    isOpen: !earlier.includes(false),
  };
}

/** Whether a day that is over had more signal than noise; `undefined`: it had neither, or goes on. */
export function hadMoreSignal(
  { totals, isOver }: { readonly totals: ClassTotals; readonly isOver: boolean },
): boolean | undefined {
  if (!isOver || totals.signalMs + totals.noiseMs === 0) return undefined;
  return totals.signalMs > totals.noiseMs;
}

function yearText(year: number): string {
  return String(year).padStart(4, "0");
}
