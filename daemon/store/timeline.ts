/**
 * The resolved timeline in the database: re-resolved only where something changed.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { MAX_EVENT_MS } from "../core/heartbeat.ts";
import { type Claim, resolveTimeline, type Segment } from "../core/timeline.ts";
import type { Span } from "../core/types.ts";
import type { Rollups } from "./rollups.ts";
import type { SubjectRow } from "./subjects.ts";

interface Row extends Segment, SubjectRow {}
type ClaimRow = Claim & { readonly subjectId: number };

export class Timeline {
  #claims: StatementSync;
  #overlapping: StatementSync;
  #remove: StatementSync;
  #insert: StatementSync;
  #setEnd: StatementSync;
  #before: StatementSync;
  #after: StatementSync;
  #newest: StatementSync;
  #rival: StatementSync;

  constructor(db: DatabaseSync, private readonly rollups: Rollups) {
    this.#claims = db.prepare(
      `SELECT e.id, iif(e.whole_id > 0, e.whole_id, e.id) AS rank, e.source, e.start_ms AS startMs,
         e.end_ms AS endMs, e.subject_id AS subjectId, s.class
       FROM event e INDEXED BY event_end JOIN subject s ON s.id = e.subject_id
       WHERE e.end_ms > :startMs AND e.end_ms <= :endMs + ${MAX_EVENT_MS} AND e.start_ms < :endMs`,
    );
    this.#overlapping = db.prepare(
      `SELECT t.start_ms AS startMs, t.end_ms AS endMs, t.event_id AS eventId, s.id, s.class
       FROM timeline t JOIN subject s ON s.id = t.subject_id
       WHERE t.start_ms >= coalesce((SELECT max(start_ms) FROM timeline WHERE start_ms <= :startMs), :startMs)
         AND t.start_ms < :endMs AND t.end_ms > :startMs`,
    );
    this.#remove = db.prepare("DELETE FROM timeline WHERE start_ms = ?");
    this.#insert = db.prepare("INSERT INTO timeline VALUES (?, ?, ?, ?)");
    this.#setEnd = db.prepare("UPDATE timeline SET end_ms = ? WHERE start_ms = ?");
    this.#before = db.prepare(
      `SELECT start_ms AS startMs, end_ms AS endMs, event_id AS eventId FROM timeline
       WHERE start_ms < ? ORDER BY start_ms DESC LIMIT 1`,
    );
    this.#newest = db.prepare(
      `SELECT start_ms AS startMs, end_ms AS endMs, event_id AS eventId FROM timeline
       ORDER BY start_ms DESC LIMIT 1`,
    );
    this.#rival = db.prepare(
      "SELECT 1 FROM event INDEXED BY event_end WHERE end_ms > ? AND start_ms < ? AND id <> ? LIMIT 1",
    );
    this.#after = db.prepare(
      "SELECT start_ms AS startMs, end_ms AS endMs, event_id AS eventId FROM timeline WHERE start_ms = ?",
    );
  }

  /**
   * Lets an event that has grown by `span` have it, when that is the end of the timeline and nobody
   * else claims it: what every proof of the window in front is, at a third of the work.
   * @returns whether it was so; if not, nothing was changed.
   */
  extendNewest(eventId: number, subject: SubjectRow, span: Span): boolean {
    const newest = this.#newest.get() as unknown as Segment | undefined;
    if (newest?.eventId !== eventId || newest.endMs !== span.startMs) return false;
    if (this.#rival.get(span.startMs, span.endMs, eventId)) return false;
    this.#setEnd.run(span.endMs, newest.startMs);
    this.rollups.addTimeline(span, subject, 1);
    return true;
  }

  /** Makes the timeline of `span` anew from the events that touch it, and the rollups with it. */
  resolve(span: Span): void {
    if (span.endMs <= span.startMs) return;
    const claims = this.#claims.all({ ...span }) as unknown as ClaimRow[];
    const segments = resolveTimeline(span, claims);
    this.#clear(span);
    if (segments.length === 0) return;
    const byId = new Map(claims.map((claim) => [claim.id, claim]));
    for (const segment of segments) {
      const { subjectId, class: cls } = byId.get(segment.eventId)!;
      this.rollups.addTimeline(segment, { id: subjectId, class: cls }, 1);
    }
    this.#write(segments, (eventId) => byId.get(eventId)!.subjectId);
  }

  #clear(span: Span): void {
    for (const row of this.#overlapping.all({ ...span }) as unknown as Row[]) {
      const startMs = Math.max(row.startMs, span.startMs);
      const endMs = Math.min(row.endMs, span.endMs);
      this.rollups.addTimeline({ startMs, endMs }, row, -1);
      if (row.startMs < span.startMs) this.#setEnd.run(span.startMs, row.startMs);
      else this.#remove.run(row.startMs);
      if (row.endMs > span.endMs) this.#insert.run(span.endMs, row.endMs, row.eventId, row.id);
    }
  }

  /** Inserts segments, joined with what they continue on either side. */
  #write(segments: Segment[], subjectOf: (eventId: number) => number): void {
    const first = segments[0], last = segments[segments.length - 1];
    const before = this.#before.get(first.startMs) as unknown as Segment | undefined;
    const after = this.#after.get(last.endMs) as unknown as Segment | undefined;
    let lastEndMs = last.endMs;
    if (after?.eventId === last.eventId) {
      this.#remove.run(after.startMs);
      lastEndMs = after.endMs;
    }
    for (const segment of segments) {
      const endMs = segment === last ? lastEndMs : segment.endMs;
      if (
        segment === first && before?.endMs === first.startMs && before.eventId === first.eventId
      ) {
        this.#setEnd.run(endMs, before.startMs);
      } else {
        this.#insert.run(segment.startMs, endMs, segment.eventId, subjectOf(segment.eventId));
      }
    }
  }
}
