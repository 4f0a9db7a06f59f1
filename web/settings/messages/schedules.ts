/**
 * Set times while somebody makes one.
 * @module
 */
import { type Weekday, WEEKDAYS } from "../../../daemon/core/block_schedule.ts";
import { sendPattern } from "../../../daemon/core/send_pattern.ts";
import type { Channel } from "../../wire.ts";
import type { SummaryPeriod, WireSchedule, WireScheduleWish } from "../settings_wire.ts";

/** What is chosen so far. */
export interface ScheduleDraft {
  readonly period: SummaryPeriod;
  readonly of: WireScheduleWish["of"];
  readonly at: string;
  /** Of a day's summary. */
  readonly days: readonly Weekday[];
  /** In place of time and days. */
  readonly pattern: string | undefined;
  readonly channels: readonly Channel[];
}

/** What a new one begins as: each day's, that evening. */
export const NEW_SCHEDULE: ScheduleDraft = {
  period: "day",
  of: "current",
  at: "21:00",
  days: WEEKDAYS,
  pattern: undefined,
  channels: ["email"],
};

/** What is to be kept; `undefined`: something is missing. A wrong pattern is for the daemon to tell. */
export function wishOf(draft: ScheduleDraft): WireScheduleWish | undefined {
  const { period, of, at, days, pattern, channels } = draft;
  if (channels.length === 0) return undefined;
  const common = { period, of, channels: [...channels] };
  if (pattern !== undefined) {
    return pattern.trim() === "" ? undefined : { ...common, cron: pattern.trim() };
  }
  if (at === "" || period === "day" && days.length === 0) return undefined;
  const isPrevious = of === "previous";
  const times = period === "day" ? { at, days } : { at };
  return { ...common, cron: sendPattern(period, times, { isPrevious }) };
}

/** Schedules as the daemon takes them back. */
export function wishes(schedules: readonly WireSchedule[]): WireScheduleWish[] {
  return schedules.map(({ next: _, ...wish }) => wish);
}
