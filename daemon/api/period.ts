/**
 * The spans of time that queries name: a date, a range, or a count of days.
 * @module
 */
import * as z from "zod";
import { addDays, dateOf, daySpan, isIsoDate } from "../core/day.ts";
import type { Span } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { queryInstant } from "./wire.ts";

/** A calendar date in a query. */
export const queryDate = () => z.string().refine(isIsoDate, "must be a date such as 2026-01-31");

/** `from` and `to`, either of which may be left out. */
export const rangeFields = () => ({
  from: queryInstant().optional(),
  to: queryInstant().optional(),
});

type Calendar = Pick<ApiDeps, "clock" | "zone" | "dayStartMin">;

/** Today's date. */
export function today({ clock, zone, dayStartMin }: Calendar): string {
  return dateOf(clock.nowMs(), zone, dayStartMin);
}

/** The span of one date, today's when none is named. */
export function spanOfDate(date: string | undefined, calendar: Calendar): Span & { date: string } {
  const day = date ?? today(calendar);
  return { date: day, ...daySpan(day, calendar.zone, calendar.dayStartMin) };
}

/**
 * The range that a query names; `fallback` fills in what it leaves out.
 * @throws {HttpError} 422 when it ends before it begins or spans more than 100 years.
 */
export function spanOfRange(query: { from?: number; to?: number }, fallback: Span): Span {
  const span = { startMs: query.from ?? fallback.startMs, endMs: query.to ?? fallback.endMs };
  if (span.endMs <= span.startMs) {
    throw new HttpError(422, "wrong_value", `Cannot use the range: "to" must be after "from"`);
  }
  if (span.endMs - span.startMs > 100 * 366 * 86_400_000) {
    throw new HttpError(422, "wrong_value", "Cannot use the range: it is longer than 100 years");
  }
  return span;
}

/** The last `days` days, today included. */
export function lastDays(days: number, calendar: Calendar): Span {
  const date = today(calendar);
  const { zone, dayStartMin } = calendar;
  return {
    startMs: daySpan(addDays(date, 1 - days), zone, dayStartMin).startMs,
    endMs: daySpan(date, zone, dayStartMin).endMs,
  };
}
