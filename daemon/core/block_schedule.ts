/**
 * Blocks that begin by themselves: on these days, from then to then by the local clock.
 * @module
 */
import { addDays, type IsoDate, localToUtcMs, weekdayOf, type Zone } from "./day.ts";
import type { Span } from "./types.ts";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = typeof WEEKDAYS[number];

export interface BlockSchedule {
  /** The days on which it begins. */
  readonly days: readonly Weekday[];
  /** Minutes after local midnight, 0..1439. */
  readonly fromMin: number;
  /** As `fromMin`; not after it means on the next day. */
  readonly toMin: number;
  readonly lists: readonly string[];
  readonly domains: readonly string[];
  readonly strict: boolean;
}

/** The time that a schedule wants blocked on the day that begins on `date`; `undefined` on other days. */
export function scheduledSpan(
  { days, fromMin, toMin }: Pick<BlockSchedule, "days" | "fromMin" | "toMin">,
  date: IsoDate,
  zone: Zone,
): Span | undefined {
  if (!days.includes(WEEKDAYS[weekdayOf(date) - 1])) return undefined;
  const at = (day: IsoDate, minutes: number) =>
    localToUtcMs(zone, Date.parse(`${day}T00:00:00Z`) + minutes * 60_000);
  const startMs = at(date, fromMin);
  const endMs = at(toMin > fromMin ? date : addDays(date, 1), toMin);
  // A clock change can swallow all of it.
  return endMs > startMs ? { startMs, endMs } : undefined;
}

/** A schedule's turn: that of which schedule, by its place in the list, and when. */
export interface Turn extends Span {
  readonly index: number;
}

/**
 * The turn that holds now (of several, the one that ends last) and the moment at which the next one
 * begins, within eight days; each `undefined` when there is none.
 */
export function turnsAt(
  schedules: readonly BlockSchedule[],
  nowMs: number,
  zone: Zone,
): { readonly now: Turn | undefined; readonly next: Turn | undefined } {
  const today = new Date(nowMs + zone(nowMs)).toISOString().slice(0, 10);
  let now: Turn | undefined, next: Turn | undefined;
  for (let day = -1; day <= 8; day++) {
    const date = addDays(today, day);
    schedules.forEach((schedule, index) => {
      const span = scheduledSpan(schedule, date, zone);
      if (!span || span.endMs <= nowMs) return;
      if (span.startMs <= nowMs) {
        if (!now || span.endMs > now.endMs) now = { ...span, index };
      } else if (!next || span.startMs < next.startMs) {
        next = { ...span, index };
      }
    });
  }
  return { now, next };
}
