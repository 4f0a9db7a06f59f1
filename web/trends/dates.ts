/**
 * The daemon's calendar dates in the person's words.
 * @module
 */
import type { TrendPeriod } from "../../daemon/core/trends.ts";
import type { WireTrendColumn, WireTrends } from "./wire.ts";
import { formatClock, LOCALE } from "../format.ts";

const UTC = { timeZone: "UTC" } as const;
const longDay = new Intl.DateTimeFormat(LOCALE, { ...UTC, dateStyle: "full" });
const range = new Intl.DateTimeFormat(LOCALE, { ...UTC, dateStyle: "long" });
const month = new Intl.DateTimeFormat(LOCALE, { ...UTC, month: "long", year: "numeric" });
const monthAlone = new Intl.DateTimeFormat(LOCALE, { ...UTC, month: "long" });
const monthShort = new Intl.DateTimeFormat(LOCALE, { ...UTC, month: "short" });
const year = new Intl.DateTimeFormat(LOCALE, { ...UTC, year: "numeric" });
const weekdayShort = new Intl.DateTimeFormat(LOCALE, { ...UTC, weekday: "short" });
const weekdayLong = new Intl.DateTimeFormat(LOCALE, { ...UTC, weekday: "long" });
const dayAndMonth = new Intl.DateTimeFormat(LOCALE, {
  ...{ ...UTC, weekday: "short", day: "numeric", month: "short" },
});
const localHour = new Intl.DateTimeFormat(LOCALE, { hour: "numeric" });
const hour = new Intl.DateTimeFormat(LOCALE, { ...UTC, hour: "numeric" });

/** "Thursday 26 November 2026", "23–29 November 2026", "November 2026", "2026". */
export function periodName(period: TrendPeriod, firstDate: string, lastDate: string): string {
  const first = at(firstDate);
  if (period === "day") return longDay.format(first);
  if (period === "week") return range.formatRange(first, at(lastDate));
  return (period === "month" ? month : year).format(first);
}

/** "the day before", "October", "2025": what a period is compared with. */
export function previousName({ period, previous }: WireTrends): string {
  if (period === "day") return "the day before";
  if (period === "week") return "the week before";
  return (period === "month" ? monthAlone : year).format(at(previous.first_date));
}

/** Under a column, and aloud. */
export function columnNames(
  unit: WireTrends["unit"],
  period: TrendPeriod,
  column: WireTrendColumn,
): { readonly name: string; readonly spoken: string } {
  if (unit === "hour") {
    const spoken = `${formatClock(column.start)} to ${formatClock(column.end)}`;
    return { name: localHour.format(new Date(column.start)), spoken };
  }
  const date = at(column.date);
  if (unit === "month") return { name: monthShort.format(date), spoken: month.format(date) };
  const name = period === "week" ? weekdayShort.format(date) : String(date.getUTCDate());
  return { name, spoken: dayAndMonth.format(date) };
}

/** Monday = 1. */
export function weekdayName(weekday: number, length: "short" | "long" = "long"): string {
  // 1 January 2024 was a Monday.
  return (length === "short" ? weekdayShort : weekdayLong).format(Date.UTC(2024, 0, weekday));
}

/** "09", "9 AM" */
export function hourName(hourOfDay: number): string {
  return hour.format(Date.UTC(2024, 0, 1, hourOfDay));
}

/** "Thu 26 Nov" */
export function sayDate(date: string): string {
  return dayAndMonth.format(at(date));
}

function at(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}
