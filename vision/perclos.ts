/**
 * How much of the last minute the eyes were closed, and whether that is drowsy.
 *
 * PERCLOS is the share of time in a minute in which the lids are at least 80 % closed (Wierwille et al., 1994); it
 * means slow closures, "droops", not blinks (Dinges and Grace, FHWA-MCRT-98-006, 1998). So we leave out closures
 * that are short enough for a blink: a classifier's "closed" begins before 80 %, which would make dry eyes drowsy.
 * Time in which the eyes could not be judged is in neither part of the fraction.
 * @module
 */

/** The window's length, in whole seconds. */
const WINDOW_S = 60;

/** Judged time that it takes to say anything, in milliseconds. */
export const MIN_JUDGED_MS = 20_000;

/**
 * PERCLOS from which somebody is drowsy, and below which no longer.
 *
 * Wierwille et al. took 0.15 for drowsy and below 0.075 for awake, between them for questionable; we let go at 0.1.
 */
export const DROWSY_FROM = 0.15;
export const DROWSY_UNTIL = 0.1;

interface Second {
  /** Seconds since the epoch, or whatever the times count from. */
  readonly second: number;
  readonly judgedMs: number;
  readonly closedMs: number;
}

export interface LidCount {
  /** Past seconds in order; those that have left the window may still be among them. */
  readonly past: readonly Second[];
  readonly current: Second;
  /** Of `past`, what lies in the window. */
  readonly judgedMs: number;
  readonly closedMs: number;
  /** Share 0..1; `undefined` while the eyes were judged for too short a time. */
  readonly perclos: number | undefined;
  readonly isDrowsy: boolean;
}

export const NO_LIDS: LidCount = {
  past: [],
  current: { second: -Infinity, judgedMs: 0, closedMs: 0 },
  judgedMs: 0,
  closedMs: 0,
  perclos: undefined,
  isDrowsy: false,
};

/** Counts time up to `atMs` in which the eyes were judged, and closed time, which may be known late. */
export function countLids(
  before: LidCount,
  atMs: number,
  { judgedMs, closedMs }: Pick<LidCount, "judgedMs" | "closedMs">,
): LidCount {
  const second = Math.floor(atMs / 1000);
  const count = second === before.current.second ? before : turnTo(before, second);
  const current = {
    second,
    judgedMs: count.current.judgedMs + judgedMs,
    closedMs: count.current.closedMs + closedMs,
  };
  const allJudgedMs = count.judgedMs + current.judgedMs;
  const perclos = allJudgedMs < MIN_JUDGED_MS
    ? undefined
    // A closure that is counted late may lie a little before the window.
    : Math.min(1, (count.closedMs + current.closedMs) / allJudgedMs);
  const isDrowsy = perclos !== undefined &&
    perclos >= (before.isDrowsy ? DROWSY_UNTIL : DROWSY_FROM);
  return { ...count, current, perclos, isDrowsy };
}

/** Begins another second: once a second is the only time at which more than a few numbers are copied. */
function turnTo(count: LidCount, second: number): LidCount {
  // What lies ahead is of a clock that has been turned back since.
  const past = [...count.past, count.current]
    .filter((one) => one.second > second - WINDOW_S && one.second < second);
  let judgedMs = 0, closedMs = 0;
  for (const one of past) {
    judgedMs += one.judgedMs;
    closedMs += one.closedMs;
  }
  return { ...count, past, current: { second, judgedMs: 0, closedMs: 0 }, judgedMs, closedMs };
}
