/**
 * Heartbeats and imported events into rows, with the timeline and the rollups brought along.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Heartbeat, mergeHeartbeat, splitLong } from "../core/heartbeat.ts";
import { unionSpans } from "../core/spans.ts";
import type { EventSource, Span } from "../core/types.ts";
import type { Rollups } from "./rollups.ts";
import type { SubjectRow, Subjects } from "./subjects.ts";
import type { Timeline } from "./timeline.ts";

interface EventRow extends Span {
  readonly id: number;
  readonly subjectId: number;
}

/** What recording a heartbeat or importing an event did. */
export interface Recorded {
  readonly id: number;
  /** A row was added, or an event that was there grew, or it was all there already. */
  readonly change: "added" | "grown" | "none";
}

/** An event's offset from UTC is not its writer's to compute. */
export type OffsetAt = (utcMs: number) => number;

export class Events {
  #last: StatementSync;
  #same: StatementSync;
  #insert: StatementSync;
  #setEnd: StatementSync;

  constructor(
    db: DatabaseSync,
    private readonly subjects: Subjects,
    private readonly timeline: Timeline,
    private readonly rollups: Rollups,
    private readonly offsetMinAt: OffsetAt,
  ) {
    const row = "id, subject_id AS subjectId, start_ms AS startMs, end_ms AS endMs";
    // Not the newest of all: after a clock was turned back, the newest lies in the future.
    this.#last = db.prepare(
      `SELECT ${row} FROM event WHERE source = ? AND device = ? AND start_ms <= ?
       ORDER BY start_ms DESC, id DESC LIMIT 1`,
    );
    this.#same = db.prepare(
      `SELECT ${row} FROM event WHERE source = ? AND device = ? AND start_ms = ? AND subject_id = ?`,
    );
    this.#insert = db.prepare(
      `INSERT INTO event (source, device, subject_id, start_ms, end_ms, utc_offset_min)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#setEnd = db.prepare("UPDATE event SET end_ms = ? WHERE id = ?");
  }

  /**
   * Stores heartbeats in order: each grows the last event of its source or begins one. Beats longer
   * than an event may be are stored as several events, of which the last is returned.
   */
  record(beats: readonly Heartbeat[]): Recorded[] {
    const touched: Span[] = [];
    const recorded = beats.map((beat) => {
      const { source, device = "" } = beat;
      const subject = this.subjects.rowOf(source === "afk" ? "afk" : beat.subject);
      let result: Recorded | undefined;
      for (const part of splitLong(beat)) {
        const last = this.#last.get(source, device, part.startMs) as unknown as
          | EventRow
          | undefined;
        const merged = last?.subjectId === subject.id
          ? mergeHeartbeat({ ...beat, ...last }, { ...beat, ...part })
          : undefined;
        result = last && merged
          ? this.#grow(last, merged.endMs, source, device, subject, touched)
          : this.#add(part, source, device, subject, this.offsetMinAt(part.startMs), touched);
      }
      return result!;
    });
    this.#settle(touched);
    return recorded;
  }

  /** Stores events that were recorded elsewhere, as they are; what is there already is left alone. */
  import(
    events: readonly (Omit<Heartbeat, "pulsetimeMs"> & { readonly utcOffsetMin?: number })[],
  ): Recorded[] {
    const touched: Span[] = [];
    const recorded = events.map((event) => {
      const { source, device = "", utcOffsetMin } = event;
      const subject = this.subjects.rowOf(source === "afk" ? "afk" : event.subject);
      const offsetMin = utcOffsetMin ?? this.offsetMinAt(event.startMs);
      return this.#add(event, source, device, subject, offsetMin, touched);
    });
    this.#settle(touched);
    return recorded;
  }

  #add(
    span: Span,
    source: EventSource,
    device: string,
    subject: SubjectRow,
    offsetMin: number,
    touched: Span[],
  ): Recorded {
    const same = this.#same.get(source, device, span.startMs, subject.id) as unknown as
      | EventRow
      | undefined;
    if (same) return this.#grow(same, span.endMs, source, device, subject, touched);
    const { startMs, endMs } = span;
    const added = this.#insert.run(source, device, subject.id, startMs, endMs, offsetMin);
    this.rollups.addSource(span, source, device, subject);
    touched.push(span);
    return { id: Number(added.lastInsertRowid), change: "added" };
  }

  #grow(
    row: EventRow,
    endMs: number,
    source: EventSource,
    device: string,
    subject: SubjectRow,
    touched: Span[],
  ): Recorded {
    if (endMs <= row.endMs) return { id: row.id, change: "none" };
    const grown = { startMs: row.endMs, endMs };
    this.#setEnd.run(endMs, row.id);
    this.rollups.addSource(grown, source, device, subject);
    // Spans that wait to be resolved may lie under this one: then the order must be kept.
    const done = touched.length === 0 && this.timeline.extendNewest(row.id, subject, grown);
    if (!done) touched.push(grown);
    return { id: row.id, change: "grown" };
  }

  #settle(touched: Span[]): void {
    for (const span of unionSpans(touched)) this.timeline.resolve(span);
    this.rollups.flush();
  }
}
