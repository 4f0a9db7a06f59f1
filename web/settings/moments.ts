/**
 * Moments and sizes as the settings tell them, in the person's own locale.
 * @module
 */
import { formatClock, LOCALE } from "../format.ts";

const shortDay = new Intl.DateTimeFormat(LOCALE, {
  weekday: "short",
  day: "numeric",
  month: "short",
});
const fullDay = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium" });
const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** "14:05" of today, "Fri 23 Jan, 14:05" of this year, "23 Jan 2025, 14:05" of another. */
export function formatMoment(iso: string, now = new Date()): string {
  const at = new Date(iso);
  if (at.toDateString() === now.toDateString()) return formatClock(iso);
  const isThisYear = at.getFullYear() === now.getFullYear();
  return `${(isThisYear ? shortDay : fullDay).format(at)}, ${formatClock(iso)}`;
}

/** "512 bytes", "34 KB", "1.2 MB"; of a thousand each, as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const units = ["KB", "MB", "GB", "TB"];
  let value = bytes / 1_000, at = 0;
  // What rounds to a thousand is one of the next.
  while (value >= 999.95 && at < units.length - 1) {
    value /= 1_000;
    at++;
  }
  return `${oneDigit.format(value)} ${units[at]}`;
}
