/**
 * How long a block still has, told from its end and the daemon's word on how long that is; pure.
 * @module
 */
import type { WireBlock, WireBlockStatus } from "./wire.ts";

/** Clocks that differ by less are one: seconds are rounded up, and an answer takes its time. */
const SAME_MS = 3_000;

/** When it ends, an emergency included; `null` while nothing is blocked, or where nobody knows. */
export function endOf({ block, unknown }: WireBlockStatus): string | null {
  if (block !== null) return endOfBlock(block);
  return unknown?.end ?? null;
}

export function endOfBlock({ end, emergency_end }: WireBlock): string {
  return emergency_end ?? end;
}

/**
 * How far the daemon's clock is ahead of this browser's, in milliseconds: on another device they may differ, and a
 * countdown by the wrong one would be off by all of it. 0 when they agree within three seconds.
 */
export function clockAheadMs(status: WireBlockStatus, heardMs: number): number {
  const end = endOf(status);
  if (end === null || status.remaining_seconds === null) return 0;
  // A block that is over has no less than nothing left, whatever the clocks say.
  if (status.remaining_seconds === 0) return 0;
  const aheadMs = Date.parse(end) - status.remaining_seconds * 1000 - heardMs;
  return Math.abs(aheadMs) <= SAME_MS ? 0 : aheadMs;
}

/** Whole seconds until `end`, never less than 0. */
export function secondsLeft(end: string, nowMs: number, aheadMs: number): number {
  return Math.max(0, Math.ceil((Date.parse(end) - nowMs - aheadMs) / 1000));
}

/** How much of a block has gone by, 0..1. */
export function shareGone({ start, end }: { start: string; end: string }, leftS: number): number {
  const lengthS = (Date.parse(end) - Date.parse(start)) / 1000;
  if (!(lengthS > 0)) return 1;
  return Math.min(1, Math.max(0, 1 - leftS / lengthS));
}

/** "1:04:09", "24:09", "0:09". */
export function countdownText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
