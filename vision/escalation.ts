/**
 * How loudly somebody who is unfocused is told so.
 *
 * ```text
 * state    focused ├──── unfocused ────────────────────┤ focused
 * alert       0    ├─ 1 ─┤├──── 2 ────┤├────── 3 ──────┤    0
 *                  0      2 s          8 s   of unfocused time
 * ```
 * With the look-away time of 3 s before it that is 3, 5 and 11 s after the head turned, as Euro NCAP's protocol for
 * driver engagement and openpilot have it. Nobody is scolded for a break: `no_face` and `uncertain` raise nothing.
 * They do not take an alert back at once either, else a face that comes and goes would set it off again and again.
 * @module
 */
import type { AttentionState } from "./types.ts";

/** 0: none; 1: the indicator; 2: sound and banner; 3: a desktop notification. */
export type AlertLevel = 0 | 1 | 2 | 3;

/** Unfocused time from which the levels 1, 2 and 3 hold, in milliseconds. */
export const ALERT_AFTER_MS = [0, 2_000, 8_000] as const;

/** How long an alert stands while nobody can tell whether it is heeded, in milliseconds. */
export const ALERT_HOLD_MS = 10_000;

export interface Escalation {
  readonly level: AlertLevel;
  /** Unfocused time since the last focus. */
  readonly unfocusedMs: number;
  /** Time since then in which nothing could be told, since the last that could. */
  readonly untoldMs: number;
}

export const NO_ALERT: Escalation = { level: 0, unfocusedMs: 0, untoldMs: 0 };

/** The escalation in `state`, after `ms` that counted as `heldState`. */
export function escalate(
  before: Escalation,
  state: AttentionState,
  heldState: AttentionState,
  ms: number,
): Escalation {
  if (state === "focused") return NO_ALERT;
  if (state === "unfocused") {
    const unfocusedMs = before.unfocusedMs + (heldState === "unfocused" ? ms : 0);
    return { level: levelAt(unfocusedMs), unfocusedMs, untoldMs: 0 };
  }
  if (before.level === 0) return before;
  const untoldMs = before.untoldMs + ms;
  return untoldMs > ALERT_HOLD_MS ? NO_ALERT : { ...before, untoldMs };
}

function levelAt(unfocusedMs: number): AlertLevel {
  const [, second, third] = ALERT_AFTER_MS;
  return unfocusedMs >= third ? 3 : unfocusedMs >= second ? 2 : 1;
}
