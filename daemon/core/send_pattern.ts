/**
 * Patterns of cron for what people choose, and back.
 * @module
 */
import { type Weekday, WEEKDAYS } from "./block_schedule.ts";
import type { PeriodName } from "./period.ts";

/** When a summary is to be sent, as people choose it. */
export interface SendTimes {
  /** `HH:MM` by the local clock. */
  readonly at: string;
  /** `undefined`: every day; of a week its last, or the first after it; of a month likewise. */
  readonly days?: readonly Weekday[];
}

/**
 * The pattern: minute, hour, day of the month, month, day of the week.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sendPattern("day", { at: "21:00", days: ["mon", "sun"] }), "0 21 * * 0,1");
 * assert.equal(sendPattern("month", { at: "20:30" }), "30 20 L * *");
 * ```
 * @throws {RangeError} for days of the week with a month.
 */
export function sendPattern(
  period: PeriodName,
  { at, days }: SendTimes,
  { isPrevious = false }: { readonly isPrevious?: boolean } = {},
): string {
  const [hour, minute] = at.split(":").map(Number);
  if (days === undefined) {
    if (period === "month") return `${minute} ${hour} ${isPrevious ? "1" : "L"} * *`;
    if (period === "week") return `${minute} ${hour} * * ${isPrevious ? "1" : "0"}`;
    return `${minute} ${hour} * * *`;
  }
  if (period === "month") throw new RangeError("Cannot send a month's summary on days of the week");
  const isAll = days.length === WEEKDAYS.length;
  // Sunday is 0.
  const numbers = days.map((day) => (WEEKDAYS.indexOf(day) + 1) % 7).sort();
  return `${minute} ${hour} * * ${isAll ? "*" : numbers.join(",")}`;
}

/** What a pattern means where that is a time on some days; `undefined`: it says more than that. */
export function patternTimes(cron: string): Required<SendTimes> | undefined {
  const simple = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-6](?:-[0-6])?(?:,[0-6](?:-[0-6])?)*)$/.exec(
    cron,
  );
  if (!simple) return undefined;
  const [, minute, hour, days] = simple;
  if (Number(minute) > 59 || Number(hour) > 23) return undefined;
  const at = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (days === "*") return { at, days: WEEKDAYS };
  const named = new Set<Weekday>();
  for (const part of days.split(",")) {
    const [first, last = first] = part.split("-").map(Number);
    if (last < first) return undefined;
    for (let day = first; day <= last; day++) named.add(WEEKDAYS[(day + 6) % 7]);
  }
  return { at, days: WEEKDAYS.filter((day) => named.has(day)) };
}
