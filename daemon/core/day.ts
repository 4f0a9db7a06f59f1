/**
 * Days as people live them: from one `PRODTRACKER_DAY_START` to the next, in local time.
 * @module
 */
import type { Span } from "./types.ts";

/** A calendar date, `YYYY-MM-DD`. */
export type IsoDate = string;

/** Milliseconds to add to UTC to get a zone's local time at a moment; east is positive. */
export type Zone = (utcMs: number) => number;

/** This machine's zone. `Intl` would know all of them, for 6 MB of memory. */
export const localZone: Zone = (utcMs) => -new Date(utcMs).getTimezoneOffset() * 60_000;

/**
 * The moment at which a local clock shows a time, in UTC milliseconds. A time that a clock change
 * skips is taken as the moment of the change; one that it repeats, as the first of the two.
 * @param localMs The wanted reading of the local clock, as if it were UTC.
 */
export function localToUtcMs(zone: Zone, localMs: number): number {
  const dayMs = 86_400_000;
  const before = zone(localMs - dayMs);
  const after = zone(localMs + dayMs);
  const early = localMs - Math.max(before, after), late = localMs - Math.min(before, after);
  for (const candidate of [early, late]) {
    if (candidate + zone(candidate) === localMs) return candidate;
  }
  // Skipped: the change lies between the two readings; find its moment.
  let low = early, high = late;
  const offsetBefore = zone(low);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone(middle) === offsetBefore) low = middle;
    else high = middle;
  }
  return high;
}

/** The date `days` after `date`. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whether `text` is a date that the calendar has, from 1970 to 9999. */
export function isIsoDate(text: string): text is IsoDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "1970-01-02" || text > "9999-12-30") return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/**
 * The span of a day that begins at `dayStartMin` local time: 23 or 25 hours when a clock changes.
 * @param dayStartMin Minutes after local midnight, 0..1439.
 */
export function daySpan(date: IsoDate, zone: Zone, dayStartMin: number): Span {
  const startOf = (day: IsoDate) =>
    localToUtcMs(zone, Date.parse(`${day}T00:00:00Z`) + dayStartMin * 60_000);
  return { startMs: startOf(date), endMs: startOf(addDays(date, 1)) };
}

/** The date of the day that `nowMs` belongs to. */
export function dateOf(nowMs: number, zone: Zone, dayStartMin: number): IsoDate {
  const localMs = nowMs + zone(nowMs) - dayStartMin * 60_000;
  const guess = new Date(localMs).toISOString().slice(0, 10);
  // A clock change between the day's start and now shifts the guess by a day at most.
  for (const date of [addDays(guess, -1), guess, addDays(guess, 1)]) {
    const span = daySpan(date, zone, dayStartMin);
    if (nowMs >= span.startMs && nowMs < span.endMs) return date;
  }
  return guess;
}

/** Weekday of a date, Monday = 1 … Sunday = 7. */
export function weekdayOf(date: IsoDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7 + 1;
}

/**
 * Reads the local clock anywhere in a span: UTC milliseconds to local ones. The zone is asked twice when
 * no clock changes in the span, else for every quarter of an hour: asking it is what takes the time.
 */
export function localClock(span: Span, zone: Zone): (utcMs: number) => number {
  const offsetMs = zone(span.startMs);
  const steady = span.endMs - span.startMs <= 2 * 86_400_000 &&
    zone(span.endMs) === offsetMs;
  if (steady) return (utcMs) => utcMs + offsetMs;
  return (utcMs) => utcMs + zone(utcMs);
}

/** The whole hours of the local clock that a span touches, cut to the span, in order. */
export function localHours(span: Span, zone: Zone): Span[] {
  const hourMs = 3_600_000;
  const clock = localClock(span, zone);
  const local = (ms: number) => Math.floor(clock(ms) / hourMs);
  const hours: Span[] = [];
  let startMs = span.startMs;
  while (startMs < span.endMs) {
    // Walk in quarters: a zone such as Lord Howe's changes by half an hour in the middle of one.
    const hour = local(startMs);
    let endMs = Math.floor(startMs / 900_000) * 900_000 + 900_000;
    while (endMs < span.endMs && local(endMs) === hour && endMs - startMs < hourMs) {
      endMs += 900_000;
    }
    hours.push({ startMs, endMs: Math.min(endMs, span.endMs) });
    startMs = endMs;
  }
  return hours;
}

/** The days that a span touches, in order. */
export function* daysOf(
  span: Span,
  zone: Zone,
  dayStartMin: number,
): Generator<Span & { readonly date: IsoDate }> {
  let date = dateOf(span.startMs, zone, dayStartMin);
  let day = daySpan(date, zone, dayStartMin);
  while (day.startMs < span.endMs) {
    yield { date, ...day };
    date = addDays(date, 1);
    day = { startMs: day.endMs, endMs: daySpan(date, zone, dayStartMin).endMs };
  }
}
