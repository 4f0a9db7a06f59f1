/**
 * Heartbeats and imported events into rows, with the timeline and the rollups brought along.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Heartbeat, MAX_EVENT_MS, mergeHeartbeat, splitLong } from "../core/heartbeat.ts";
import { unionSpans } from "../core/spans.ts";
import type { Classification, EventSource, Span, Subject, TimelineClass } from "../core/types.ts";
import type { Rollups, SourceOf } from "./rollups.ts";
import type { Subjects } from "./subjects.ts";
import type { Timeline } from "./timeline.ts";

interface EventRow extends Span {
  readonly id: number;
  readonly subjectId: number;
  readonly offsetMin: number;
}

/** What recording a heartbeat or importing an event did. */
export interface Recorded {
  readonly id: number;
  /** A row was added, or an event that was there grew, or it was all there already. */
  readonly change: "added" | "grown" | "none";
}

/** A row with all that it takes to make it anew. */
export interface StoredEvent extends Span {
  readonly id: number;
  readonly source: EventSource;
  /** `undefined`: this workstation. */
  readonly device?: string;
  readonly utcOffsetMin: number;
  readonly subject: Subject;
  /** The class that was given with an entry by hand. */
  readonly byHand?: Classification;
}

/** An event that was recorded elsewhere, or before. */
export type GivenEvent = Omit<StoredEvent, "id" | "utcOffsetMin"> & {
  readonly utcOffsetMin?: number;
};

/** An event's offset from UTC is not its writer's to compute. */
export type OffsetAt = (utcMs: number) => number;

export class Events {
  #last: StatementSync;
  #same: StatementSync;
  #insert: StatementSync;
  #setEnd: StatementSync;
  #delete: StatementSync;
  #within: StatementSync;
  #allWithin: StatementSync;
  #byId: StatementSync;
  /** Where the timeline is to be resolved anew. */
  #touched: Span[] = [];

  constructor(
    db: DatabaseSync,
    private readonly subjects: Subjects,
    private readonly timeline: Timeline,
    private readonly rollups: Rollups,
    private readonly offsetMinAt: OffsetAt,
  ) {
    const row = "id, subject_id AS subjectId, start_ms AS startMs, end_ms AS endMs, " +
      "utc_offset_min AS offsetMin";
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
    this.#delete = db.prepare("DELETE FROM event WHERE id = ?");
    this.#within = db.prepare(
      `SELECT e.id, e.subject_id AS subjectId, e.start_ms AS startMs, e.end_ms AS endMs,
         e.utc_offset_min AS offsetMin, s.class
       FROM event e JOIN subject s ON s.id = e.subject_id
       WHERE e.source = ?1 AND e.device = ?2 AND e.start_ms < ?4
         AND e.start_ms > ?3 - ${MAX_EVENT_MS} AND e.end_ms > ?3`,
    );
    const whole = `e.id, e.source, e.device, e.subject_id AS subjectId, e.start_ms AS startMs,
      e.end_ms AS endMs, e.utc_offset_min AS offsetMin, s.app, s.title, s.url, s.class, s.category,
      s.by_hand AS byHand FROM event e JOIN subject s ON s.id = e.subject_id`;
    this.#allWithin = db.prepare(
      `SELECT ${whole} WHERE e.start_ms < :endMs AND e.start_ms > :startMs - ${MAX_EVENT_MS}
         AND (e.end_ms > :startMs OR e.start_ms >= :startMs) ORDER BY e.start_ms, e.id`,
    );
    this.#byId = db.prepare(`SELECT ${whole} WHERE e.id = ?`);
  }

  /**
   * Stores heartbeats in order: each grows the last event of its source or begins one. Beats longer
   * than an event may be are stored as several events, of which the last is returned.
   */
  record(beats: readonly Heartbeat[]): Recorded[] {
    const recorded = beats.map((beat) => {
      const { source, device = "" } = beat;
      const subject = this.subjects.rowOf(source === "afk" ? "afk" : beat.subject);
      const of = { source, device, subject };
      let result: Recorded | undefined;
      for (const part of splitLong(beat)) {
        const last = this.#last.get(source, device, part.startMs) as unknown as
          | EventRow
          | undefined;
        const merged = last?.subjectId === subject.id
          ? mergeHeartbeat({ ...beat, ...last }, { ...beat, ...part })
          : undefined;
        result = last && merged
          ? this.#grow(last, merged.endMs, of)
          : this.#add(part, of, this.offsetMinAt(part.startMs));
      }
      return result!;
    });
    this.settle();
    return recorded;
  }

  /** Stores events that were recorded elsewhere, as they are; what is there already is left alone. */
  import(events: readonly GivenEvent[]): Recorded[] {
    const recorded = events.map((event) => {
      const { source, device = "", utcOffsetMin, byHand } = event;
      const subject = this.subjects.rowOf(source === "afk" ? "afk" : event.subject, byHand);
      const offsetMin = utcOffsetMin ?? this.offsetMinAt(event.startMs);
      return this.#add(event, { source, device, subject }, offsetMin);
    });
    this.settle();
    return recorded;
  }

  /**
   * Lets `spans`, in order, be all that a source saw within `span`; {@linkcode settle} brings the timeline
   * along. Events that reach out of the span keep what lies outside.
   */
  replace(
    span: Span,
    source: EventSource,
    device: string,
    spans: readonly (Span & { readonly app: string | undefined })[],
  ): void {
    const found = this.#within.all(source, device, span.startMs, span.endMs);
    for (const row of found as unknown as (EventRow & { class: TimelineClass })[]) {
      const subject = { id: row.subjectId, class: row.class };
      this.#cut(row, span, { source, device, subject });
    }
    for (const { startMs, endMs, app } of spans) {
      const subject = this.subjects.rowOf({ app });
      const of = { source, device, subject };
      const last = this.#last.get(source, device, startMs) as unknown as EventRow | undefined;
      const joins = last?.subjectId === subject.id && last.endMs >= startMs &&
        endMs - last.startMs <= MAX_EVENT_MS;
      if (joins) this.#grow(last, endMs, of);
      else this.#add({ startMs, endMs }, of, this.offsetMinAt(startMs));
    }
  }

  /** The events that reach into a span, and those without length in it, oldest first. */
  within(span: Span): StoredEvent[] {
    return (this.#allWithin.all({ ...span }) as unknown as WholeRow[]).map(storedEvent);
  }

  /**
   * Takes `span` out of every event, or out of those that `isMeant` names; events that reach out of it keep what
   * lies outside. {@linkcode settle} brings the timeline along.
   */
  cut(span: Span, isMeant: (event: StoredEvent) => boolean = () => true): void {
    for (const row of this.#allWithin.all({ ...span }) as unknown as WholeRow[]) {
      if (!isMeant(storedEvent(row))) continue;
      if (row.endMs === row.startMs) this.#delete.run(row.id);
      else this.#cut(row, span, ofRow(row));
    }
  }

  /**
   * Gives events another subject, or removes those whose new one is `undefined`; ids that are not there are left
   * out. {@linkcode settle} brings the timeline along.
   */
  restate(ids: readonly number[], subjectOf: (event: StoredEvent) => Subject | undefined): void {
    for (const id of ids) {
      const row = this.#byId.get(id) as unknown as WholeRow | undefined;
      const event = row && storedEvent(row);
      if (!row || !event) continue;
      const subject = subjectOf(event);
      this.rollups.addSource(row, ofRow(row), -1);
      this.#touched.push({ startMs: row.startMs, endMs: row.endMs });
      this.#delete.run(id);
      if (!subject) continue;
      const of = { ...ofRow(row), subject: this.subjects.rowOf(subject, event.byHand) };
      this.#add(row, of, row.offsetMin);
    }
  }

  /** Resolves the timeline wherever something changed, and writes the rollups. */
  settle(): void {
    const touched = this.#touched;
    this.#touched = [];
    for (const span of unionSpans(touched)) this.timeline.resolve(span);
    this.rollups.flush();
  }

  /** Forgets what waits to be settled: its transaction was undone. */
  discard(): void {
    this.#touched = [];
  }

  /** Takes `span` out of an event, which may leave a part before it and one behind it. */
  #cut(row: EventRow, span: Span, of: SourceOf): void {
    const startMs = Math.max(row.startMs, span.startMs), endMs = Math.min(row.endMs, span.endMs);
    if (endMs <= startMs) return;
    // What lies behind becomes another event: its timeline changes hands too.
    const taken = { startMs, endMs: Math.max(endMs, row.endMs) };
    this.rollups.addSource(taken, of, -1);
    this.#touched.push(taken);
    if (row.startMs < startMs) this.#setEnd.run(startMs, row.id);
    else this.#delete.run(row.id);
    const { offsetMin } = row;
    if (row.endMs > endMs) this.#add({ startMs: endMs, endMs: row.endMs }, of, offsetMin);
  }

  #add(span: Span, of: SourceOf, offsetMin: number): Recorded {
    const { source, device, subject } = of;
    const same = this.#same.get(source, device, span.startMs, subject.id) as unknown as
      | EventRow
      | undefined;
    if (same) return this.#grow(same, span.endMs, of);
    const { startMs, endMs } = span;
    const added = this.#insert.run(source, device, subject.id, startMs, endMs, offsetMin);
    this.rollups.addSource(span, of);
    this.#touched.push(span);
    return { id: Number(added.lastInsertRowid), change: "added" };
  }

  #grow(row: EventRow, endMs: number, of: SourceOf): Recorded {
    if (endMs <= row.endMs) return { id: row.id, change: "none" };
    const grown = { startMs: row.endMs, endMs };
    this.#setEnd.run(endMs, row.id);
    this.rollups.addSource(grown, of);
    // Spans that wait to be resolved may lie under this one: then the order must be kept.
    const done = this.#touched.length === 0 &&
      this.timeline.extendNewest(row.id, of.subject, grown);
    if (!done) this.#touched.push(grown);
    return { id: row.id, change: "grown" };
  }
}

interface WholeRow extends EventRow {
  readonly source: EventSource;
  readonly device: string;
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly class: TimelineClass;
  readonly category: string | null;
  readonly byHand: number;
}

function ofRow({ source, device, subjectId, class: cls }: WholeRow): SourceOf {
  return { source, device, subject: { id: subjectId, class: cls } };
}

function storedEvent(row: WholeRow): StoredEvent {
  const { id, startMs, endMs, source, app, title, url } = row;
  return {
    ...{ id, source, startMs, endMs },
    device: row.device || undefined,
    utcOffsetMin: row.offsetMin,
    subject: { app: app || undefined, title: title || undefined, url: url || undefined },
    byHand: row.byHand === 1
      ? { class: row.class as Classification["class"], category: row.category ?? undefined }
      : undefined,
  };
}
