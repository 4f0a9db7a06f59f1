/**
 * Days, weeks from Monday and months as spans of time.
 * @module
 */
import { addDays, daySpan, type IsoDate, weekdayOf, type Zone } from "./day.ts";
import type { Span } from "./types.ts";

export const PERIODS = ["day", "week", "month"] as const;
export type PeriodName = typeof PERIODS[number];

/** The first date of the period that holds `date`, and the first after it. */
export function periodDates(
  period: PeriodName,
  date: IsoDate,
): { readonly first: IsoDate; readonly after: IsoDate } {
  if (period === "day") return { first: date, after: addDays(date, 1) };
  if (period === "week") {
    const first = addDays(date, 1 - weekdayOf(date));
    return { first, after: addDays(first, 7) };
  }
  const first = `${date.slice(0, 7)}-01`;
  return { first, after: `${addDays(first, 31).slice(0, 7)}-01` };
}

/** From the begin of its first day to the end of its last. */
export function periodSpan(
  period: PeriodName,
  date: IsoDate,
  zone: Zone,
  dayStartMin: number,
): Span {
  const { first, after } = periodDates(period, date);
  return {
    startMs: daySpan(first, zone, dayStartMin).startMs,
    endMs: daySpan(after, zone, dayStartMin).startMs,
  };
}
