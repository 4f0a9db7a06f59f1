/**
 * What focus sessions came to, kept true in the transaction that changes it: by quarter of an hour, and by
 * session with what was in front.
 *
 * ```text
 * spans of a session   ├── focused ──┤├ unfocused ┤├─── focused ───┤
 * timeline             ├──── editor ────┤  ├─ afk ─┤├── browser ─────┤
 * ```
 * Spans and timeline come in any order: each looks for the other when it comes or goes.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  emptyFocusTimes,
  type FocusState,
  type FocusTimes,
  recordedMs,
  TIME_OF,
} from "../core/focus_session.ts";
import { byBucket } from "../core/spans.ts";
import type { Span } from "../core/types.ts";

/** A session that somebody sat through; a film is nobody's time, and counts only for itself. */
export const LIVED = "source <> 'file'";

/** No span of a session is longer: that bounds the search for what covers a moment. */
export const MAX_FOCUS_SPAN_MS = 3_600_000;

interface SpanRow extends Span {
  readonly sessionId: number;
  readonly state: FocusState;
}

/** Collects changes in memory and writes each touched row once. */
export class FocusRollups {
  #buckets = new Map<number, FocusTimes>();
  #subjects = new Map<string, { sessionId: number; subjectId: number; times: FocusTimes }>();
  /** Where there are spans at all; too wide after a rollback, which does no harm. */
  #extent: { startMs: number; endMs: number } | undefined;
  #statements: ReturnType<typeof prepare> | undefined;

  constructor(private readonly db: DatabaseSync) {}

  /** Counts a piece of the resolved timeline (`sign` 1) or takes it back (-1). */
  addTimeline({ startMs, endMs }: Span, subjectId: number, sign: 1 | -1): void {
    const extent = this.#extent ??= readExtent(this.db);
    // Nearly always: no session runs, or what came is older than all.
    if (startMs >= extent.endMs || endMs <= extent.startMs) return;
    const spans = this.#prepared().spans.all({ startMs, endMs }) as unknown as SpanRow[];
    for (const span of spans) {
      const ms = Math.min(span.endMs, endMs) - Math.max(span.startMs, startMs);
      this.#addSubject(span.sessionId, subjectId, span.state, sign * ms);
    }
  }

  /** Counts a span of a session, which is new (`sign` 1), or takes back one that goes (-1). */
  addSpan(
    sessionId: number,
    span: Span & { readonly state: FocusState },
    sign: 1 | -1 = 1,
  ): void {
    const { startMs, endMs, state } = span;
    const extent = this.#extent ??= readExtent(this.db);
    extent.startMs = Math.min(extent.startMs, startMs);
    extent.endMs = Math.max(extent.endMs, endMs);
    for (const [bucketMs, lengthMs] of byBucket(span)) {
      let times = this.#buckets.get(bucketMs);
      if (!times) this.#buckets.set(bucketMs, times = emptyFocusTimes());
      times[TIME_OF[state]] += sign * lengthMs;
    }
    const pieces = this.#prepared().timeline.all({ startMs, endMs }) as unknown as (Span & {
      subjectId: number;
    })[];
    for (const piece of pieces) {
      const ms = Math.min(piece.endMs, endMs) - Math.max(piece.startMs, startMs);
      this.#addSubject(sessionId, piece.subjectId, state, sign * ms);
    }
  }

  #addSubject(sessionId: number, subjectId: number, state: FocusState, ms: number): void {
    const key = `${sessionId} ${subjectId}`;
    let entry = this.#subjects.get(key);
    if (!entry) {
      this.#subjects.set(key, entry = { sessionId, subjectId, times: emptyFocusTimes() });
    }
    entry.times[TIME_OF[state]] += ms;
  }

  /** Writes what was collected; what cancelled out is not written. */
  flush(): void {
    if (this.#buckets.size === 0 && this.#subjects.size === 0) return;
    const { addBucket, addSubject, dropSubject } = this.#prepared();
    for (const [bucketMs, times] of this.#buckets) addBucket.run(bucketMs, ...columns(times));
    for (const { sessionId, subjectId, times } of this.#subjects.values()) {
      if (columns(times).every((ms) => ms === 0)) continue;
      addSubject.run(sessionId, subjectId, ...columns(times));
      if (recordedMs(times) < 0) dropSubject.run(sessionId, subjectId);
    }
    this.discard();
  }

  /** Forgets what was collected: its transaction was undone. */
  discard(): void {
    this.#buckets.clear();
    this.#subjects.clear();
  }

  /** Prepared when there is a session. */
  #prepared() {
    return this.#statements ??= prepare(this.db);
  }
}

/** In the order of the tables' columns. */
function columns({ focusedMs, unfocusedMs, noFaceMs, uncertainMs }: FocusTimes): number[] {
  return [focusedMs, unfocusedMs, noFaceMs, uncertainMs];
}

function readExtent(db: DatabaseSync): { startMs: number; endMs: number } {
  const row = db.prepare(
    `SELECT (SELECT min(start_ms) FROM focus_session) AS startMs,
       (SELECT max(end_ms) FROM focus_session) AS endMs`,
  ).get() as { startMs: number | null; endMs: number | null };
  return { startMs: row.startMs ?? Infinity, endMs: row.endMs ?? -Infinity };
}

const ADDED = ["focused_ms", "unfocused_ms", "no_face_ms", "uncertain_ms"]
  .map((column) => `${column} = ${column} + excluded.${column}`).join(", ");

function prepare(db: DatabaseSync): Record<
  "spans" | "timeline" | "addBucket" | "addSubject" | "dropSubject",
  StatementSync
> {
  return {
    spans: db.prepare(
      `SELECT p.session_id AS sessionId, p.start_ms AS startMs, p.end_ms AS endMs, p.state
       FROM focus_span p INDEXED BY focus_span_end JOIN focus_session f ON f.id = p.session_id
       WHERE p.end_ms > :startMs AND p.end_ms <= :endMs + ${MAX_FOCUS_SPAN_MS} AND p.start_ms < :endMs
         AND f.${LIVED}`,
    ),
    timeline: db.prepare(
      `SELECT start_ms AS startMs, end_ms AS endMs, subject_id AS subjectId FROM timeline
       WHERE start_ms >= coalesce((SELECT max(start_ms) FROM timeline WHERE start_ms <= :startMs), :startMs)
         AND start_ms < :endMs AND end_ms > :startMs`,
    ),
    addBucket: db.prepare(
      `INSERT INTO rollup_focus VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ${ADDED}`,
    ),
    addSubject: db.prepare(
      `INSERT INTO rollup_focus_subject VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ${ADDED}`,
    ),
    dropSubject: db.prepare(
      `DELETE FROM rollup_focus_subject WHERE session_id = ? AND subject_id = ?
         AND focused_ms = 0 AND unfocused_ms = 0 AND no_face_ms = 0 AND uncertain_ms = 0`,
    ),
  };
}
