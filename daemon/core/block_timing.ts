/**
 * How long a block still has: pure, from two clocks of which either may be wrong.
 *
 * The wall clock may be set by anybody. The other one counts the time since the machine was started,
 * sleep included, and cannot be set; it begins anew with every start of the machine.
 *
 *     asked for 60 min  ├───────────────────────────────────────┤
 *     up clock          ├─ 20 ─┤ the clock is set ├──── 40 ─────┤ over
 *     wall clock        ├─ 20 ─┤ 3 h ahead        ├──── 40 ─────┤
 *
 * While one process looks on, a strict block ends by the up clock alone: a clock that is set neither shortens
 * nor lengthens it. Any other ends by whichever clock says first that it is over. Across a restart the machine
 * may have been off, which only the wall clock saw: then whichever clock says that more time went by is
 * believed for a strict block too, so that nothing stays blocked for longer than asked.
 * @module
 */

/** What both clocks say at one moment. */
export interface Moment {
  /** UTC milliseconds. */
  readonly wallMs: number;
  /** Milliseconds since the machine was started, sleep included. */
  readonly upMs: number;
}

/** Where a block stands in time. */
export interface Timing {
  readonly lengthMs: number;
  /** How much of it has gone by at `seen`. */
  readonly elapsedMs: number;
  readonly seen: Moment;
  /** When it ends by the wall clock as that stood at `seen`. */
  readonly endMs: number;
  /** It is over when the wall clock says so as well. */
  readonly byClock: boolean;
  /** Since an emergency end was asked for; at least this much has gone by. `undefined`: it was not. */
  readonly emergencyMs?: number;
}

/** How long one waits between asking for an emergency end and getting it. */
export const EMERGENCY_WAIT_MS = 5 * 60_000;
/** Clocks that differ by less were not set; the up clock may count in whole seconds. */
export const SAME_MS = 5_000;

/** A block of `lengthMs` that begins now. */
export function beginTiming(now: Moment, lengthMs: number, strict: boolean): Timing {
  const endMs = now.wallMs + lengthMs;
  return { lengthMs, elapsedMs: 0, seen: now, endMs, byClock: !strict };
}

/**
 * The same block, later. `watched`: this process has been looking on since `seen`, with an up clock that
 * counts sleep. `endMs` moves only when the wall clock was set, and never where that decides (`byClock`).
 */
export function advance(timing: Timing, now: Moment, watched: boolean): Timing {
  const { seen, lengthMs, endMs, byClock } = timing;
  // An up clock that went back began anew: the machine was started, and has been up for so long since. Another
  // process may read it as a second less, which is no start.
  const wasStarted = now.upMs < seen.upMs - SAME_MS;
  const upMs = wasStarted ? now.upMs : Math.max(0, now.upMs - seen.upMs);
  const wallMs = Math.max(0, now.wallMs - seen.wallMs);
  const agree = Math.abs(upMs - wallMs) <= SAME_MS;
  const wentByMs = watched ? upMs : agree ? wallMs : Math.max(upMs, wallMs);
  const elapsedMs = timing.elapsedMs + wentByMs;
  const newEndMs = now.wallMs + lengthMs - elapsedMs;
  return {
    ...timing,
    elapsedMs,
    seen: now,
    endMs: !byClock && Math.abs(newEndMs - endMs) > SAME_MS ? newEndMs : endMs,
    // Only what is certain counts here: a clock that is set must not shorten the wait.
    ...(timing.emergencyMs === undefined ? {} : { emergencyMs: timing.emergencyMs + upMs }),
  };
}

/** The same block with an emergency end asked for; asking again does not begin the wait anew. */
export function askEmergency(timing: Timing): Timing {
  return { ...timing, emergencyMs: timing.emergencyMs ?? 0 };
}

/** What is left at `seen`, in milliseconds; not more than 0: it is over. */
export function remainingMs(timing: Timing): number {
  const { lengthMs, elapsedMs, byClock, endMs, seen, emergencyMs } = timing;
  let leftMs = lengthMs - elapsedMs;
  if (byClock) leftMs = Math.min(leftMs, endMs - seen.wallMs);
  if (emergencyMs !== undefined) leftMs = Math.min(leftMs, EMERGENCY_WAIT_MS - emergencyMs);
  return leftMs;
}

/** When it ends by the wall clock, an emergency end included. */
export function endsAtMs(timing: Timing): number {
  return Math.min(timing.endMs, timing.seen.wallMs + remainingMs(timing));
}

/** Whether it is over because an emergency end was asked for, and would not be otherwise. */
export function endedByEmergency(timing: Timing): boolean {
  const { emergencyMs: _, ...without } = timing;
  return remainingMs(timing) <= 0 && remainingMs(without) > 0;
}
