/**
 * How long sites were blocked on each day; pure.
 * @module
 */
import { addDays, dateOf, daySpan, type Zone } from "../../daemon/core/day.ts";
import type { WireBlock } from "./wire.ts";

export interface BlockedDay {
  /** When it begins, UTC milliseconds. */
  readonly startMs: number;
  readonly seconds: number;
}

/** How this machine's days lie. */
export interface Days {
  readonly zone: Zone;
  /** Minutes after local midnight at which a day begins. */
  readonly dayStartMin: number;
}

/**
 * Blocked time of the last `count` days, today's last; they begin when the days of all pages do. Blocks never overlap:
 * one takes the place of the other. What could not begin blocked nothing.
 */
export function blockedByDay(
  blocks: readonly WireBlock[],
  { nowMs, count, zone, dayStartMin }: Days & { readonly nowMs: number; readonly count: number },
): BlockedDay[] {
  const today = dateOf(nowMs, zone, dayStartMin);
  return Array.from({ length: count }, (_, i) => {
    const { startMs, endMs } = daySpan(addDays(today, i + 1 - count), zone, dayStartMin);
    const spans = blocks.filter(({ how }) => how !== "failed").map(({ start, ended }) =>
      Math.min(endMs, ended === null ? nowMs : Date.parse(ended)) -
      Math.max(startMs, Date.parse(start))
    );
    const ms = spans.reduce((sum, span) => sum + Math.max(0, span), 0);
    return { startMs, seconds: ms / 1000 };
  });
}

/** When days begin, told from the day that the daemon says it is; midnight while it has not. */
export function dayStartOf(from: string | undefined): number {
  if (from === undefined) return 0;
  const at = new Date(from);
  return at.getHours() * 60 + at.getMinutes();
}
