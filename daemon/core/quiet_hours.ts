/**
 * Hours in which nothing is said: on these days, from then to then by the local clock.
 * @module
 */
import { type Weekday, WEEKDAYS } from "./block_schedule.ts";

export interface QuietHours {
  /** Minutes after local midnight, 0..1439. */
  readonly fromMin: number;
  /** As `fromMin`; not after it means on the next day. */
  readonly toMin: number;
  /** The days on which they begin. */
  readonly days: readonly Weekday[];
}

const DAY_MIN = 24 * 60;

/** Whether something that was stored is one. */
export function isQuietHours(value: unknown): value is QuietHours {
  const { fromMin, toMin, days } = (value ?? {}) as Partial<QuietHours>;
  const isMinute = (min: unknown) =>
    Number.isInteger(min) && Number(min) >= 0 && Number(min) < DAY_MIN;
  return isMinute(fromMin) && isMinute(toMin) && Array.isArray(days) &&
    days.every((day) => WEEKDAYS.includes(day));
}

/**
 * When the quiet hours that hold now end, in minutes after local midnight; `undefined`: none hold.
 * @param localMs The reading of the local clock, as if it were UTC.
 */
export function quietUntil(
  { fromMin, toMin, days }: QuietHours,
  localMs: number,
): number | undefined {
  const nowMin = Math.floor(localMs / 60_000);
  const minute = nowMin % DAY_MIN;
  // 1970-01-01 was a Thursday.
  const today = (Math.floor(nowMin / DAY_MIN) + 3) % 7;
  const begins = (day: number) => days.includes(WEEKDAYS[(day + 7) % 7]);
  const isOvernight = toMin <= fromMin;
  if (!isOvernight) {
    return begins(today) && minute >= fromMin && minute < toMin ? toMin : undefined;
  }
  if (begins(today) && minute >= fromMin) return toMin;
  return begins(today - 1) && minute < toMin ? toMin : undefined;
}
