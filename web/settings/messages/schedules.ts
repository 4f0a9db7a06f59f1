/**
 * Set times while somebody makes one.
 * @module
 */
import { type Weekday, WEEKDAYS } from "../../../daemon/core/block_schedule.ts";
import { sendPattern } from "../../../daemon/core/send_pattern.ts";
import type { Api } from "../../api.ts";
import type { Channel } from "../../wire.ts";
import type { SummaryPeriod, WireSchedule, WireScheduleWish } from "../settings_wire.ts";

export const SCHEDULES_PATH = "/summary/schedules";

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

/** What is to be done to the list; `at` is where it stood, or is to stand. */
export type ScheduleChange =
  | { readonly kind: "add"; readonly wish: WireScheduleWish; readonly at?: number }
  | { readonly kind: "remove"; readonly wish: WireScheduleWish; readonly at: number };

/** The list after a change. @throws {Error} when the one that is meant is there no more. */
export function changedSchedules(
  schedules: readonly WireScheduleWish[],
  { kind, wish, at = schedules.length }: ScheduleChange,
): WireScheduleWish[] {
  if (kind === "add") return schedules.toSpliced(at, 0, wish);
  const place = [at, ...schedules.keys()].find((i) => schedules[i] && isSame(schedules[i], wish));
  if (place === undefined) {
    throw new Error("It was changed or removed elsewhere; the list is read again");
  }
  return schedules.toSpliced(place, 1);
}

/** Stores a change of what is stored now, which another window may have changed. @throws {ApiError}, and as above. */
export async function changeSchedules(api: Api, change: ScheduleChange): Promise<WireSchedule[]> {
  const now = await api.get<WireSchedule[]>(SCHEDULES_PATH);
  return await api.send("PUT", SCHEDULES_PATH, changedSchedules(wishes(now), change));
}

function isSame(a: WireScheduleWish, b: WireScheduleWish): boolean {
  return a.period === b.period && a.of === b.of && a.cron === b.cron &&
    a.channels.join() === b.channels.join();
}
