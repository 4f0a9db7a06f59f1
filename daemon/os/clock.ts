import type { Clock } from "../core/ports.ts";

/** The machine's clocks: `Date.now` for the time of day, CLOCK_MONOTONIC for durations. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monoMs: () => performance.now(),
};
