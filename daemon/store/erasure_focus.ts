/**
 * Focus sessions within a span that is erased: what lies inside goes, what reaches out keeps the rest.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { createTally, type FocusSpan, tally } from "../core/focus.ts";
import { spansWithout } from "../core/spans.ts";
import type { Span } from "../core/types.ts";
import type { Rollups } from "./rollups.ts";

const SESSIONS_AT_ONCE = 20;

interface SessionRow {
  readonly id: number;
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly how: string | null;
}

/**
 * Takes `span` out of the next sessions behind the id `after`; returns the last of them, `undefined` when there is
 * none. To be run inside a transaction.
 */
export function eraseFocus(
  db: DatabaseSync,
  rollups: Rollups,
  { span, after }: { readonly span: Span; readonly after: number },
): number | undefined {
  const sessions = db.prepare(
    `SELECT id, source, start_ms AS startMs, end_ms AS endMs, how FROM focus_session
     WHERE id > ? AND start_ms < ? AND end_ms >= ? ORDER BY id LIMIT ${SESSIONS_AT_ONCE}`,
  ).all(after, span.endMs, span.startMs) as unknown as SessionRow[];
  for (const session of sessions) eraseOf(db, rollups, session, span);
  rollups.flush();
  db.exec(
    `DELETE FROM rollup_focus
     WHERE focused_ms = 0 AND unfocused_ms = 0 AND no_face_ms = 0 AND uncertain_ms = 0`,
  );
  return sessions.at(-1)?.id;
}

function eraseOf(db: DatabaseSync, rollups: Rollups, session: SessionRow, span: Span): void {
  const { id } = session;
  const spans = db.prepare(
    `SELECT start_ms AS startMs, end_ms AS endMs, state FROM focus_span WHERE session_id = ?
     ORDER BY start_ms`,
  ).all(id) as unknown as FocusSpan[];
  const remove = db.prepare("DELETE FROM focus_span WHERE session_id = ? AND start_ms = ?");
  const insert = db.prepare("INSERT INTO focus_span VALUES (?, ?, ?, ?)");
  const left: FocusSpan[] = [];
  for (const each of spans) {
    const { state } = each;
    const startMs = Math.max(each.startMs, span.startMs), endMs = Math.min(each.endMs, span.endMs);
    if (endMs <= startMs) {
      left.push(each);
      continue;
    }
    if (session.source !== "file") rollups.focus.addSpan(id, { startMs, endMs, state }, -1);
    remove.run(id, each.startMs);
    for (const rest of spansWithout(each, [span])) {
      insert.run(id, rest.startMs, rest.endMs, state);
      left.push({ ...rest, state });
    }
  }
  // What is joined with the timeline must be taken back before the session is gone.
  rollups.flush();
  const isInside = session.startMs >= span.startMs && session.endMs <= span.endMs;
  if (left.length === 0 && session.how !== null && (spans.length > 0 || isInside)) {
    db.prepare("DELETE FROM focus_send WHERE session_id = ?").run(id);
    db.prepare("DELETE FROM rollup_focus_subject WHERE session_id = ?").run(id);
    db.prepare("DELETE FROM focus_session WHERE id = ?").run(id);
    return;
  }
  const counted = left.reduce(tally, createTally());
  const { totalMs, focusedMs, unfocusedMs, noFaceMs, uncertainMs, ...rest } = counted.totals;
  // One that runs has its end where it was: its next spans are to follow that.
  const endMs = session.how === null ? session.endMs : left.at(-1)?.endMs ?? session.endMs;
  const startMs = isWithin(session.startMs, span)
    ? Math.min(left[0]?.startMs ?? endMs, endMs)
    : session.startMs;
  db.prepare(
    `UPDATE focus_session SET start_ms = ?, end_ms = ?, total_ms = ?, focused_ms = ?, unfocused_ms = ?,
       no_face_ms = ?, uncertain_ms = ?, breaks = ?, longest_streak_ms = ?, tally = ? WHERE id = ?`,
  ).run(
    ...[startMs, endMs, totalMs, focusedMs, unfocusedMs, noFaceMs, uncertainMs],
    ...[rest.breaks, rest.longestStreakMs, JSON.stringify(counted), id],
  );
}

function isWithin(ms: number, { startMs, endMs }: Span): boolean {
  return ms >= startMs && ms < endMs;
}
