/**
 * How long a block holds, by two clocks.
 * @module
 */
import type { Clock } from "../core/ports.ts";

/** How often the clocks are looked at: a timer alone stands still while the machine sleeps. */
const TICK_MS = 1_000;

/** A clock that stands this long before the block's own start has been set back. */
const SET_BACK_MS = 60_000;

export interface BlockTimes {
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
}

/**
 * Whether a block that is found is over. One whose end cannot be read is, and one that seems to begin in
 * the future: how long it has held cannot be known then.
 */
export function isOver({ startMs, endMs }: BlockTimes, nowMs: number): boolean {
  return endMs === undefined || nowMs >= endMs ||
    (startMs !== undefined && nowMs < startMs - SET_BACK_MS);
}

/**
 * Resolves to `true` when a block ends, to `false` when `stillThere` says that it is gone before. It ends
 * by the first of both clocks: the wall clock counts sleep, the other is not moved by setting the time.
 */
export async function holdUntil(
  endMs: number,
  { clock, stillThere, wait }: {
    readonly clock: Clock;
    readonly stillThere: () => boolean;
    readonly wait: (ms: number) => Promise<void>;
  },
): Promise<boolean> {
  const monoEndMs = clock.monoMs() + endMs - clock.nowMs();
  while (true) {
    const leftMs = Math.min(endMs - clock.nowMs(), monoEndMs - clock.monoMs());
    if (leftMs <= 0) return true;
    await wait(Math.min(leftMs, TICK_MS));
    if (!stillThere()) return false;
  }
}
