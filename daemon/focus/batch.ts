/**
 * Whether a batch of a session's spans is taken, and as what: pure.
 *
 * ```text
 * stored      ├──── 1 ────┤├──── 2 ────┤
 * comes late               ├──── 2 ────┤           known: nothing is counted twice
 * clipped                          ╎├──── 3 ────┤  begins up to a second too early: cut there
 * a pause                                    ├──── 3 ────┤
 * ```
 * @module
 */
import { ConflictError } from "../core/errors.ts";
import type { FocusSpan } from "../core/focus.ts";
import type { FocusRecord, FocusState } from "../core/focus_session.ts";

/** Some seconds of a session; the spans follow one another from the start. */
export interface Batch {
  readonly sequence: number;
  readonly startMs: number;
  readonly spans: readonly { readonly state: FocusState; readonly seconds: number }[];
}

/** How far a batch may reach behind the end of the one before: clocks are read twice. */
const OVERLAP_MS = 1_000;
/** How far beyond now it may end. */
const AHEAD_MS = 60_000;
/** The longest pause of a session, a lunch break's and more; what comes later is another session. */
export const MAX_PAUSE_MS = 4 * 3_600_000;

/**
 * The spans to add to `session`, in order, none empty, none before its end; `"known"` when they are in it
 * already; or why not: a {@linkcode ConflictError} when they do not fit what is there, a `RangeError` when
 * their times cannot be.
 * @param newestId The session that was begun last.
 */
export function judgeBatch(
  session: FocusRecord,
  { sequence, startMs, spans }: Batch,
  { nowMs, newestId }: { readonly nowMs: number; readonly newestId: number },
): FocusSpan[] | "known" | Error {
  if (sequence <= session.sequence) return "known";
  if (session.how === "ended") return new ConflictError("Cannot add to the session: it has ended");
  if (session.id !== newestId && session.source !== "file") {
    return new ConflictError("Cannot add to the session: another has begun since");
  }
  const expected = session.sequence + 1;
  if (sequence !== expected) {
    return new ConflictError(
      `Cannot add batch ${sequence} to the session: batch ${expected} comes next`,
    );
  }
  const pauseMs = startMs - session.endMs;
  if (pauseMs < -OVERLAP_MS) {
    return new RangeError(
      `Cannot use "start": it lies ${-pauseMs / 1000} s before the end of what was recorded`,
    );
  }
  if (pauseMs > MAX_PAUSE_MS) {
    return new ConflictError(
      `Cannot add to the session: a pause lasts at most ${MAX_PAUSE_MS / 3_600_000} hours`,
    );
  }
  const placed = place(startMs, session.endMs, spans);
  const aheadMs = placed.endMs - nowMs;
  if (aheadMs > AHEAD_MS) {
    return new RangeError(`Cannot use the spans: they end ${aheadMs / 1000} s after now`);
  }
  return placed.spans;
}

/** Spans from `startMs` on, to the millisecond, without what lies before `notBeforeMs`. */
function place(
  startMs: number,
  notBeforeMs: number,
  spans: Batch["spans"],
): { readonly spans: FocusSpan[]; readonly endMs: number } {
  const placed: FocusSpan[] = [];
  let seconds = 0, fromMs = startMs;
  for (const span of spans) {
    // Rounded from the start on: nothing adds up.
    seconds += span.seconds;
    const endMs = startMs + Math.round(seconds * 1000);
    const beginMs = Math.max(fromMs, notBeforeMs);
    if (endMs > beginMs) placed.push({ startMs: beginMs, endMs, state: span.state });
    fromMs = endMs;
  }
  return { spans: placed, endMs: fromMs };
}
