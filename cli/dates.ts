/**
 * Dates and times as people type them.
 * @module
 */
import { addDays, dateOf, daySpan, isIsoDate, localZone, type Zone } from "../daemon/core/day.ts";
import { EXIT_CODES, FatalError } from "../daemon/core/errors.ts";

/** When and where "today" is. */
export interface Calendar {
  readonly nowMs: number;
  readonly dayStartMin: number;
  readonly zone: Zone;
}

/** The calendar of this machine, now. */
export function calendarOf({ dayStartMin }: { readonly dayStartMin: number }): Calendar {
  return { nowMs: Date.now(), dayStartMin, zone: localZone };
}

/**
 * The date that `text` names: "today", "yesterday" or `YYYY-MM-DD`.
 * @throws {FatalError} with exit code 2 naming the option and what is allowed.
 */
export function parseDate(option: string, text: string, calendar: Calendar): string {
  const date = namedDate(text, calendar);
  if (date !== undefined) return date;
  throw wrong(option, text, "today, yesterday or a date such as 2026-01-31");
}

/**
 * The moment that `text` names, as ISO 8601 UTC: an instant with its zone; or a date as in
 * {@linkcode parseDate}, of which `edge` says whether its begin or its end is meant.
 * @throws {FatalError} with exit code 2 naming the option and what is allowed.
 */
export function parseInstant(
  option: string,
  text: string,
  edge: "begin" | "end",
  calendar: Calendar,
): string {
  const date = namedDate(text, calendar);
  if (date !== undefined) {
    const { startMs, endMs } = daySpan(date, calendar.zone, calendar.dayStartMin);
    return new Date(edge === "begin" ? startMs : endMs).toISOString();
  }
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(
    text,
  );
  const ms = isInstant ? Date.parse(text) : NaN;
  if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  const allowed = "today, yesterday, a date such as 2026-01-31 or a time such as 2026-01-31T09:30Z";
  throw wrong(option, text, allowed);
}

function namedDate(text: string, { nowMs, zone, dayStartMin }: Calendar): string | undefined {
  if (text === "today") return dateOf(nowMs, zone, dayStartMin);
  if (text === "yesterday") return addDays(dateOf(nowMs, zone, dayStartMin), -1);
  return isIsoDate(text) ? text : undefined;
}

function wrong(option: string, text: string, allowed: string): FatalError {
  const shown = JSON.stringify(text.slice(0, 40));
  return new FatalError(
    `Cannot use ${option}: it is ${shown}, allowed is ${allowed}`,
    EXIT_CODES.wrongUsage,
  );
}
