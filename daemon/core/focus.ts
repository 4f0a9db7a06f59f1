/**
 * What a focus session comes to: states into spans, spans into totals. Pure; shared by the page, the terminal and
 * the daemon.
 *
 * ```text
 * state     ├──── focused ────┤? ├ focused ┤├ unf. ┤├───── no_face ─────┤   (pause)   ├ focused ┤
 * streak    ├──── 1st, the ? left out ─────┤                                          ├── 2nd ──┤
 * break                                             ├ counted at 60 s, with the pause ┤
 * ```
 * `uncertain` (?) is counted as such and is evidence of nothing else: it neither ends nor lengthens a streak or an
 * absence.
 * @module
 */
import type { AttentionState } from "../../vision/types.ts";
import type { Span } from "./types.ts";

export { SpanBuilder, type StateAt, stateSpans } from "./focus_spans.ts";

/** One state all through a span; times are integer milliseconds UTC. */
export interface FocusSpan extends Span {
  readonly state: AttentionState;
}

/** What a session came to so far. The four states add up to `totalMs`; pauses are in none of them. */
export interface FocusTotals {
  readonly totalMs: number;
  readonly focusedMs: number;
  readonly unfocusedMs: number;
  readonly noFaceMs: number;
  readonly uncertainMs: number;
  /** Absences of a minute, and pauses; an absence with a pause in it is one. */
  readonly breaks: number;
  /** The most focused time between two moments that were not. */
  readonly longestStreakMs: number;
}

/** Totals, and what is open at their end; plain data that survives JSON. */
export interface FocusTally {
  readonly totals: FocusTotals;
  /** The end of the last span; absent before the first. */
  readonly endMs?: number;
  /** Focused time of the streak that is open. */
  readonly streakMs: number;
  /** `no_face` time of the absence that is open. */
  readonly absentMs: number;
  /** Whether the absence that is open has been counted as a break. */
  readonly onBreak: boolean;
}

/** An absence from this length on is a break. */
export const BREAK_MS = 60_000;

/** A longer gap between two spans is a pause, and a pause is a break. */
export const PAUSE_GAP_MS = 1_000;

/** The field of {@linkcode FocusTotals} that counts a state. */
const COUNTED_IN = {
  focused: "focusedMs",
  unfocused: "unfocusedMs",
  no_face: "noFaceMs",
  uncertain: "uncertainMs",
} as const satisfies Record<AttentionState, keyof FocusTotals>;

/** A tally of nothing. */
export function createTally(): FocusTally {
  const totals = {
    totalMs: 0,
    focusedMs: 0,
    unfocusedMs: 0,
    noFaceMs: 0,
    uncertainMs: 0,
    breaks: 0,
    longestStreakMs: 0,
  };
  return { totals, streakMs: 0, absentMs: 0, onBreak: false };
}

/**
 * `before` with one more span counted. However a session is cut into spans, the totals are the same; an empty
 * span changes nothing.
 *
 * @throws {RangeError} when the span begins before the last one ended, or ends before it begins
 */
export function tally(before: FocusTally, { startMs, endMs, state }: FocusSpan): FocusTally {
  const { totals, endMs: lastMs = startMs } = before;
  if (!(startMs >= lastMs) || !(endMs >= startMs)) {
    throw new RangeError(
      `Cannot count a span from ${startMs} to ${endMs}: the last one ended at ${lastMs}`,
    );
  }
  if (startMs === endMs) return before;
  const ms = endMs - startMs;
  const paused = startMs - lastMs > PAUSE_GAP_MS;
  let { streakMs, absentMs, onBreak } = before;
  let { breaks } = totals;
  if (paused) {
    streakMs = 0;
    if (!onBreak) breaks++;
    onBreak = true;
  }
  if (state === "focused") streakMs += ms;
  else if (state !== "uncertain") streakMs = 0;
  if (state === "no_face") absentMs += ms;
  else if (state !== "uncertain") {
    absentMs = 0;
    onBreak = false;
  }
  if (absentMs >= BREAK_MS && !onBreak) {
    breaks++;
    onBreak = true;
  }
  return {
    totals: {
      ...totals,
      totalMs: totals.totalMs + ms,
      [COUNTED_IN[state]]: totals[COUNTED_IN[state]] + ms,
      breaks,
      longestStreakMs: Math.max(totals.longestStreakMs, streakMs),
    },
    endMs,
    streakMs,
    absentMs,
    onBreak,
  };
}

/** The totals of spans in order. @throws as {@linkcode tally} does */
export function totalsOf(spans: Iterable<FocusSpan>): FocusTotals {
  let counted = createTally();
  for (const span of spans) counted = tally(counted, span);
  return counted.totals;
}

/**
 * Focused time in percent of the time that could be judged (focused, unfocused, no face), 0..100 with one decimal;
 * `null`, never a plausible 0, when there is none.
 */
export function focusPercent(
  { focusedMs, unfocusedMs, noFaceMs }: Pick<
    FocusTotals,
    "focusedMs" | "unfocusedMs" | "noFaceMs"
  >,
): number | null {
  const judgedMs = focusedMs + unfocusedMs + noFaceMs;
  return judgedMs > 0 ? Math.round(focusedMs / judgedMs * 1000) / 10 : null;
}

/** One minute of the clock, and the time per state within it. */
export interface FocusMinute {
  /** A multiple of 60 000. */
  readonly startMs: number;
  readonly focusedMs: number;
  readonly unfocusedMs: number;
  readonly noFaceMs: number;
  readonly uncertainMs: number;
}

const MINUTE_MS = 60_000;

/** Time per state by minutes of the clock, of spans in order; minutes without any are left out. */
export function minutesOf(spans: Iterable<FocusSpan>): FocusMinute[] {
  const minutes: { -readonly [K in keyof FocusMinute]: number }[] = [];
  for (const { startMs, endMs, state } of spans) {
    for (let fromMs = startMs; fromMs < endMs;) {
      const minuteMs = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS;
      const toMs = Math.min(endMs, minuteMs + MINUTE_MS);
      let minute = minutes.at(-1);
      if (minute?.startMs !== minuteMs) {
        minute = { startMs: minuteMs, focusedMs: 0, unfocusedMs: 0, noFaceMs: 0, uncertainMs: 0 };
        minutes.push(minute);
      }
      minute[COUNTED_IN[state]] += toMs - fromMs;
      fromMs = toMs;
    }
  }
  return minutes;
}
