/**
 * What edits look at: pieces of the timeline, and the events that are to be seen.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { MAX_EVENT_MS } from "../core/heartbeat.ts";
import { addToTotals, emptyTotals } from "../core/totals.ts";
import type { ClassTotals, EventSource, Span, TimelineClass } from "../core/types.ts";

/** A piece of the resolved timeline, and what it was. */
export interface Piece extends Span {
  readonly class: TimelineClass;
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
  readonly category?: string;
}

/** Only what a source saw, or one event. */
export interface Meant {
  readonly source?: string;
  readonly event?: number;
}

const PIECES =
  `FROM timeline t JOIN event e ON e.id = t.event_id JOIN subject s ON s.id = t.subject_id
  WHERE t.start_ms >= coalesce((SELECT max(start_ms) FROM timeline WHERE start_ms <= :startMs), :startMs)
    AND t.start_ms < :endMs AND t.end_ms > :startMs
    AND (:source IS NULL OR e.source = :source) AND (:event IS NULL OR e.id = :event)`;

/** The pieces of the timeline within a span, cut to it, in order. */
export function pieces(db: DatabaseSync, span: Span, { source, event }: Meant = {}): Piece[] {
  const rows = db.prepare(
    `SELECT max(t.start_ms, :startMs) AS startMs, min(t.end_ms, :endMs) AS endMs, s.class, s.app, s.title,
       s.url, s.category
     ${PIECES} ORDER BY t.start_ms`,
  ).all(given(span, { source, event }));
  return (rows as unknown as (Piece & { category: string | null })[]).map((row) => ({
    ...row,
    app: row.app || undefined,
    title: row.title || undefined,
    url: row.url || undefined,
    category: row.category ?? undefined,
  }));
}

/** Time of the timeline by class within a span. */
export function sumPieces(db: DatabaseSync, span: Span, meant: Meant = {}): ClassTotals {
  const rows = db.prepare(
    `SELECT s.class, sum(min(t.end_ms, :endMs) - max(t.start_ms, :startMs)) AS ms
     ${PIECES} GROUP BY s.class`,
  ).all(given(span, meant)) as unknown as { class: TimelineClass; ms: number }[];
  const totals = emptyTotals();
  for (const row of rows) addToTotals(totals, row.class, row.ms);
  return totals;
}

/** How many events reach into a span. */
export function countEvents(db: DatabaseSync, span: Span, meant: Meant = {}): number {
  const row = db.prepare(
    `SELECT count(*) AS count FROM event
     WHERE start_ms < :endMs AND start_ms > :startMs - ${MAX_EVENT_MS}
       AND (end_ms > :startMs OR start_ms >= :startMs)
       AND (:source IS NULL OR source = :source) AND (:event IS NULL OR id = :event)`,
  ).get(given(span, meant));
  return (row as { count: number }).count;
}

/**
 * Where an event lies; one of no length has the millisecond that it was seen in. `undefined`: there is none to be seen
 * with that id.
 */
export function visibleEvent(db: DatabaseSync, id: number): Span | undefined {
  const row = db.prepare(
    "SELECT start_ms AS startMs, max(end_ms, start_ms + 1) AS endMs FROM event WHERE id = ?",
  ).get(id);
  return row as (Span & Record<string, never>) | undefined;
}

/** The spans of one source's events that are to be seen within a span, cut to it, oldest first. */
export function sourceSpans(db: DatabaseSync, span: Span, source: EventSource): Span[] {
  return db.prepare(
    `SELECT max(start_ms, :startMs) AS startMs, min(end_ms, :endMs) AS endMs FROM event
     WHERE source = :source AND device = '' AND start_ms < :endMs
       AND start_ms > :startMs - ${MAX_EVENT_MS} AND end_ms > :startMs ORDER BY start_ms`,
  ).all({ startMs: span.startMs, endMs: span.endMs, source }) as unknown as Span[];
}

function given({ startMs, endMs }: Span, { source, event }: Meant) {
  return { startMs, endMs, source: source ?? null, event: event ?? null };
}
