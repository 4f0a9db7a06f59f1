/**
 * Summaries that are sent by themselves: which one, when, and never twice.
 *
 *     time ──o────o────o────o────o──────────o──▶      o: when it is to be sent
 *                 since     off……………………… on, now      only the latest since then is made up for
 * @module
 */
import { addDays, dateOf, type Zone } from "./day.ts";
import type { Channel } from "./messages.ts";
import { periodDates, type PeriodName } from "./period.ts";

export interface SendSchedule {
  readonly period: PeriodName;
  /** The period that its time lies in, or the one before. */
  readonly of: "current" | "previous";
  /** Minute, hour, day of the month, month, day of the week, by the local clock. */
  readonly cron: string;
  readonly channels: readonly Channel[];
}

/** How far a schedule has come. */
export interface SendProgress {
  /** What was to be sent up to here is settled. */
  readonly sinceMs: number;
  /** The times that were seen to, the newest last: a clock that is set back comes by them again. */
  readonly doneMs: readonly number[];
}

export interface KeptSchedule extends SendSchedule, SendProgress {}

/** When a pattern comes up by the local clock. */
export interface Occurrences {
  /** The last time up to and with `atMs`; `undefined`: never before. */
  latest(cron: string, atMs: number): number | undefined;
  /** The first time after `afterMs`; `undefined`: never again. */
  next(cron: string, afterMs: number): number | undefined;
}

/** What was missed by longer is not made up for. */
const CATCH_UP_MS = 7 * 86_400_000;
const MOST_DONE = 20;

/** The time for which a schedule is to send now: the latest of those that are not settled yet. */
export function dueTime(
  kept: KeptSchedule,
  nowMs: number,
  occurrences: Occurrences,
): number | undefined {
  const latestMs = occurrences.latest(kept.cron, nowMs);
  if (latestMs === undefined || latestMs <= kept.sinceMs) return undefined;
  if (nowMs - latestMs >= CATCH_UP_MS || kept.doneMs.includes(latestMs)) return undefined;
  return latestMs;
}

/** How far it has come once it was seen to `dueMs`. */
export function settled<T extends SendProgress>(kept: T, dueMs: number): T {
  const doneMs = [...kept.doneMs.filter((ms) => ms !== dueMs), dueMs].slice(-MOST_DONE);
  return { ...kept, sinceMs: dueMs, doneMs };
}

/**
 * How far it has come by a clock that was set back: what lies before is settled, what comes again is known by its
 * time. Else, and for a clock that was only corrected, `kept` itself.
 */
export function afterClockChange<T extends SendProgress>(kept: T, nowMs: number): T {
  return kept.sinceMs > nowMs + 1_000 ? { ...kept, sinceMs: nowMs } : kept;
}

/** Schedules as they are to be kept: those that were there already go on where they were. */
export function keepSchedules(
  schedules: readonly SendSchedule[],
  before: readonly KeptSchedule[],
  { nowMs, occurrences }: { readonly nowMs: number; readonly occurrences: Occurrences },
): KeptSchedule[] {
  return schedules.map((schedule) => {
    const { period, of, cron, channels } = schedule;
    const known = before.find((kept) => nameOf(kept) === nameOf(schedule));
    const latestMs = occurrences.latest(cron, nowMs);
    const fresh = { sinceMs: nowMs, doneMs: latestMs === undefined ? [] : [latestMs] };
    const { sinceMs, doneMs } = known ?? fresh;
    return { period, of, cron, channels, sinceMs, doneMs };
  });
}

/** What tells one schedule from another. */
export function nameOf({ period, of, cron, channels }: SendSchedule): string {
  return [period, of, cron, [...channels].sort()].join(" ");
}

/** A date in the period that a schedule tells of at one of its times. */
export function dateToSend(
  { period, of }: SendSchedule,
  atMs: number,
  { zone, dayStartMin }: { readonly zone: Zone; readonly dayStartMin: number },
): string {
  const date = dateOf(atMs, zone, dayStartMin);
  return of === "current" ? date : addDays(periodDates(period, date).first, -1);
}
