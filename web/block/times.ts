/**
 * Moments in words, beside another moment; in the person's own locale and zone.
 * @module
 */
import { formatClock, LOCALE } from "../format.ts";

const dayOf = new Intl.DateTimeFormat(LOCALE, {
  weekday: "short",
  day: "numeric",
  month: "short",
});
const withYear = new Intl.DateTimeFormat(LOCALE, {
  year: "numeric",
  day: "numeric",
  month: "short",
});

/** "14:05" on the same day, "tomorrow 06:00", "yesterday 22:30", else "Wed, 21 Jan, 09:00". */
export function momentWords(iso: string, nowMs: number): string {
  const at = new Date(iso);
  const clock = formatClock(iso);
  const days = daysBetween(new Date(nowMs), at);
  if (days === 0) return clock;
  if (days === 1) return `tomorrow ${clock}`;
  if (days === -1) return `yesterday ${clock}`;
  const isNear = Math.abs(days) < 180;
  return `${(isNear ? dayOf : withYear).format(at)}, ${clock}`;
}

/** "14:05 to 15:05", the day before the first, and before the second where it is another. */
export function spanWords(span: { start: string; end: string }, nowMs: number): string {
  const start = momentWords(span.start, nowMs);
  const end = new Date(span.end).toDateString() === new Date(span.start).toDateString()
    ? formatClock(span.end)
    : momentWords(span.end, nowMs);
  return `${start} to ${end}`;
}

/** "09:00" in the way people write it here: "9:00 AM". */
export function timeOfDayWords(time: string): string {
  return formatClock(new Date(`2001-01-01T${time}:00`).toISOString());
}

/** Whole local days from one to the other, by the calendar. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (midnight(to) - midnight(from)) / 86_400_000;
}
