/**
 * How long sites were blocked on each day; pure.
 * @module
 */
import type { WireBlock } from "./wire.ts";

export interface BlockedDay {
  /** Local midnight at its beginning, UTC milliseconds. */
  readonly startMs: number;
  readonly seconds: number;
}

/**
 * Blocked time of the last `count` local days, today's last. Blocks never overlap: one takes the place of the other.
 * What could not begin blocked nothing.
 */
export function blockedByDay(
  blocks: readonly WireBlock[],
  nowMs: number,
  count: number,
): BlockedDay[] {
  const today = new Date(nowMs);
  const midnight = (back: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).getTime();
  return Array.from({ length: count }, (_, i) => {
    const startMs = midnight(count - 1 - i);
    const endMs = midnight(count - 2 - i);
    const spans = blocks.filter(({ how }) => how !== "failed").map(({ start, ended }) =>
      Math.min(endMs, ended === null ? nowMs : Date.parse(ended)) -
      Math.max(startMs, Date.parse(start))
    );
    const ms = spans.reduce((sum, span) => sum + Math.max(0, span), 0);
    return { startMs, seconds: ms / 1000 };
  });
}
