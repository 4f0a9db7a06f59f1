/**
 * From evidence to states: how long something must be seen until it counts.
 *
 * ```text
 * evidence  f f f f a a f f a a a a a a a a f f      f focused, a away, from `focused` on
 * used up   ________/‾\___/‾‾‾‾‾‾‾‾|______________    of the look-away time; focus gives it back three times as fast
 * state     ────── focused ────────├ unfocused ┤─ focused
 * ```
 * Only `focused` forgives: from every other state the next one begins as soon as its evidence is sure.
 * @module
 */
import type { Evidence } from "./evidence.ts";
import type { AttentionState } from "./types.ts";
import type { Verdict } from "./verdict.ts";

/** How long evidence must last until a state begins, in milliseconds. */
export const CONFIRM_MS = 300;

/** No state is shorter, but for the last: the fastest flapping there is. */
export const MIN_DWELL_MS = 300;

/** How long a face that was there must be missed until nobody is there: detectors lose one now and then. */
export const LEFT_MS = 1_000;

/**
 * How much faster focus gives look-away time back than looking away uses it up.
 *
 * Source: openpilot's driver monitoring, where awareness recovers 1.25 to 5 times as fast as it decays.
 */
export const RECOVERY_FACTOR = 3;

/** Evidence of many things, none of it sure, is `uncertain` after this time; longer than any gap between frames. */
export const MIXED_MS = 2_500;

/** Where a session stands. */
export interface Course {
  readonly state: AttentionState;
  readonly sinceMs: number;
  readonly reason: Verdict["reason"];
  /** What is being seen, since when, and since when for the same reason. */
  readonly seen: Verdict;
  readonly seenSinceMs: number;
  readonly reasonSinceMs: number;
  /** Whether a face that is missed was lost while it looked away: the glance goes on. */
  readonly lostInGlance: boolean;
  /** How much of the look-away time has been used up, 0..lookAwayMs. */
  readonly awayMs: number;
  /** When something was seen last that goes with the state. */
  readonly supportedMs: number;
}

/** The course at the first evidence: nothing is sure yet, for `reason` unless the evidence has its own. */
export function beginCourse({ atMs, verdict }: Evidence, reason: Verdict["reason"]): Course {
  return {
    state: "uncertain",
    sinceMs: atMs,
    reason: verdict?.state === "uncertain" ? verdict.reason : reason,
    seen: verdict ?? { state: "uncertain", reason },
    seenSinceMs: atMs,
    reasonSinceMs: atMs,
    lostInGlance: false,
    awayMs: 0,
    supportedMs: atMs,
  };
}

/** The course after `evidence`, which came after `before`. */
export function follow(
  course: Course,
  before: Evidence,
  evidence: Evidence,
  lookAwayMs: number,
): Course {
  const { atMs } = evidence;
  const seen = see(course, evidence);
  const awayMs = use(course, before, evidence, lookAwayMs);
  const now: Course = { ...course, ...seen, awayMs };
  const isSupported = seen.seen.state === course.state || isForgiven(now);
  const next: Course = isSupported ? { ...now, supportedMs: atMs } : now;
  // Lids that may be blinking confirm nothing either.
  if (evidence.verdict && atMs - course.sinceMs >= MIN_DWELL_MS) {
    if (isDue(next, atMs, lookAwayMs)) return enter(next, next.seen, atMs);
    if (next.state !== "uncertain" && atMs - next.supportedMs >= MIXED_MS) {
      return enter(next, { state: "uncertain", reason: undefined }, atMs);
    }
  }
  // What unfocused is for has been waited for already; doubts change from frame to frame.
  const patienceMs = course.state === "unfocused" ? 0 : CONFIRM_MS;
  const isSettled = next.seen.state === course.state && atMs - next.reasonSinceMs >= patienceMs;
  return isSettled ? { ...next, reason: next.seen.reason } : next;
}

type Seen = Pick<Course, "seen" | "seenSinceMs" | "reasonSinceMs" | "lostInGlance">;

/** What is being seen, with the evidence added. */
function see(course: Course, { verdict, sinceMs, atMs }: Evidence): Seen {
  const { seen, seenSinceMs, reasonSinceMs, lostInGlance } = course;
  if (!verdict) return { seen, seenSinceMs, reasonSinceMs, lostInGlance };
  if (verdict.state === seen.state) {
    const isSame = verdict.reason === seen.reason;
    return {
      seen: verdict,
      seenSinceMs,
      reasonSinceMs: isSame ? reasonSinceMs : atMs,
      lostInGlance,
    };
  }
  return {
    seen: verdict,
    seenSinceMs: sinceMs,
    reasonSinceMs: sinceMs,
    lostInGlance: verdict.state === "no_face" && seen.state === "unfocused",
  };
}

/** How much of the look-away time is used up after the time from `before` to `evidence`. */
function use(course: Course, before: Evidence, evidence: Evidence, lookAwayMs: number): number {
  const ms = evidence.atMs - before.atMs;
  const isAway = before.verdict?.state === "unfocused" ||
    (before.verdict?.state === "no_face" && isForgiven(course));
  let awayMs = course.awayMs;
  if (isAway) awayMs += ms;
  else if (before.verdict?.state === "focused") awayMs -= RECOVERY_FACTOR * ms;
  // A closure that turns out to be no blink counts from its beginning.
  else if (!before.verdict && evidence.verdict) awayMs += evidence.atMs - evidence.sinceMs;
  return Math.min(lookAwayMs, Math.max(0, awayMs));
}

/** Whether what is seen is part of a glance that `focused` still forgives. */
function isForgiven({ state, seen, lostInGlance }: Course): boolean {
  return state === "focused" && (seen.state === "unfocused" || lostInGlance);
}

/** Whether what is seen has been seen for long enough to become the state. */
function isDue(course: Course, atMs: number, lookAwayMs: number): boolean {
  const { state, seen, seenSinceMs, awayMs } = course;
  if (seen.state === state) return false;
  const lastedMs = atMs - seenSinceMs;
  if (lastedMs < CONFIRM_MS) return false;
  if (isForgiven(course)) return awayMs >= lookAwayMs;
  const wasThere = state === "focused" || state === "unfocused";
  return seen.state !== "no_face" || !wasThere || lastedMs >= LEFT_MS;
}

function enter(course: Course, { state, reason }: Verdict, atMs: number): Course {
  return {
    ...course,
    state,
    reason,
    sinceMs: atMs,
    supportedMs: atMs,
    // Who comes back to the desk begins anew.
    awayMs: state === "no_face" ? 0 : course.awayMs,
  };
}
