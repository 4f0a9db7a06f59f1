import type { Clock } from "../core/ports.ts";

/** The machine's clocks: `Date.now` for the time of day, CLOCK_MONOTONIC for durations. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monoMs: () => performance.now(),
};

/** How much time went by since the machine was started, counted in a way that nobody can set. */
export interface UpClock {
  /** Milliseconds; sleep included where `countsSleep`. */
  upMs(): number;
  /** Whether the system says how long it has been up. */
  readonly countsSleep: boolean;
}

/** How far the two clocks below may be apart before a sleep is what explains it. */
const SLEEP_MS = 1_500;

/**
 * The system's count of whole seconds, sleep included, made fine by the clock that only runs while the
 * machine is awake.
 */
export function createUpClock(
  monoMs = systemClock.monoMs,
  uptimeS: () => number = () => Deno.osUptime(),
): UpClock {
  const read = () => {
    try {
      return uptimeS() * 1000;
    } catch {
      return undefined;
    }
  };
  let aheadMs: number | undefined;
  return {
    countsSleep: read() !== undefined,
    upMs() {
      const runMs = monoMs(), upMs = read();
      if (upMs === undefined) return runMs;
      if (aheadMs === undefined || Math.abs(runMs + aheadMs - upMs) > SLEEP_MS) {
        aheadMs = upMs - runMs;
      }
      return runMs + aheadMs;
    },
  };
}
