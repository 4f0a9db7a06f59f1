/**
 * Focus sessions in a line.
 * @module
 */
import type { WireFocusSession, WireFocusTotals } from "./wire.ts";
import { count, duration, percent } from "./words.ts";

/** "21 min focused of 25 min (84 %), 1 break": a session that runs. */
export function runningFocus(session: WireFocusSession): string {
  const { total_seconds, planned_minutes, breaks } = session;
  if (total_seconds === 0) return "has just begun";
  const left = (planned_minutes ?? 0) * 60 - total_seconds;
  return [
    shareWords(session),
    ...(breaks > 0 ? [count(breaks, "break")] : []),
    ...(left > 0 ? [`${duration(left)} to go`] : []),
  ].join(", ");
}

/** "1 h 50 min focused of 2 h 10 min (84 %) in 5 sessions"; `undefined` when there were none. */
export function focusTotals(totals: WireFocusTotals): string | undefined {
  if (totals.total_seconds === 0) return undefined;
  // A session that began the day before counts its time here, and itself there.
  const sessions = totals.sessions > 0 ? ` in ${count(totals.sessions, "session")}` : "";
  return `${shareWords(totals)}${sessions}`;
}

function shareWords(
  { focused_seconds, total_seconds, focus_percent }: Pick<
    WireFocusTotals,
    "focused_seconds" | "total_seconds" | "focus_percent"
  >,
): string {
  const share = focus_percent === null ? "" : ` (${percent(focus_percent / 100)})`;
  return `${duration(focused_seconds)} focused of ${duration(total_seconds)}${share}`;
}
