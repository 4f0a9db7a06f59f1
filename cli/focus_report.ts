/**
 * What a session came to, as text or as JSON.
 * @module
 */
import { focusPercent, type FocusTotals } from "../daemon/core/focus.ts";
import { SENDING, type Told, toldLines } from "./focus_telling.ts";
import { summaryView } from "./focus_view.ts";
import { note, print, printJson, terminal } from "./output.ts";
import { dim, red } from "./style.ts";
import { clean } from "./text.ts";
import type { WireFocusSession } from "./wire.ts";

/** The last line of `--json`; the four states add up to the total to the millisecond. */
export function wireSummary(totals: FocusTotals) {
  return {
    total_seconds: totals.totalMs / 1000,
    focused_seconds: totals.focusedMs / 1000,
    unfocused_seconds: totals.unfocusedMs / 1000,
    no_face_seconds: totals.noFaceMs / 1000,
    uncertain_seconds: totals.uncertainMs / 1000,
    breaks: totals.breaks,
    longest_streak_seconds: totals.longestStreakMs / 1000,
    focus_percent: focusPercent(totals),
  };
}

/** The totals of a session as the daemon keeps it. */
export function totalsOf(session: WireFocusSession): FocusTotals {
  const ms = (seconds: number) => Math.round(seconds * 1000);
  return {
    totalMs: ms(session.total_seconds),
    focusedMs: ms(session.focused_seconds),
    unfocusedMs: ms(session.unfocused_seconds),
    noFaceMs: ms(session.no_face_seconds),
    uncertainMs: ms(session.uncertain_seconds),
    breaks: session.breaks,
    longestStreakMs: ms(session.longest_streak_seconds),
  };
}

/** What became of keeping a session. */
export type Kept =
  | { readonly session: WireFocusSession }
  /** It could not be saved, or not all of it. */
  | { readonly error: Error };

export interface ReportOptions {
  readonly json: boolean;
  /** What becomes of telling it by mail and SMS; never rejects. @default it is told to nobody else */
  readonly told?: Promise<Told>;
  /** No daemon stays behind. */
  readonly isAlone?: boolean;
}

/** Prints what a session came to; as it is kept, or as it was seen here when that failed. */
export async function report(
  seen: FocusTotals,
  kept: Kept,
  { json, told, isAlone = false }: ReportOptions,
): Promise<void> {
  const totals = "session" in kept ? totalsOf(kept.session) : seen;
  if (!json) print(...summaryView(totals, terminal.columns));
  if ("error" in kept) {
    const reason = clean(kept.error.message).replace(/^Cannot (.)/, "cannot $1");
    note(red(`The session could not be saved: ${reason}`));
  } else if (!json) note(dim(`Saved as session ${kept.session.id}; focus history shows them all`));
  if (told && terminal.stderr) note(SENDING);
  const what = await told;
  if (what) toldLines(what, isAlone).forEach(note);
  if (!json) return;
  const messages = what && ("messages" in what ? what.messages : []);
  printJson({ summary: wireSummary(totals), messages }, 0);
}
