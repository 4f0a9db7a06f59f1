/**
 * Heartbeats and imported events into rows, with the timeline and the rollups brought along.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { ConflictError } from "../core/errors.ts";
import { type Heartbeat, MAX_EVENT_MS, mergeHeartbeat, splitLong } from "../core/heartbeat.ts";
import type { Classification, EventSource, Span, Subject } from "../core/types.ts";
import { type BaseRow, EventRows, type Hidden, ofRow, type Recorded } from "./event_rows.ts";
import type { Rollups, SourceOf } from "./rollups.ts";
import type { Subjects } from "./subjects.ts";
import type { Timeline } from "./timeline.ts";

export type { Recorded } from "./event_rows.ts";

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

/** What a deletion by hand is about besides its span; all that is given must be so. */
export interface HiddenTarget {
  readonly source?: EventSource;
  readonly device?: string;
  readonly subject?: number;
}

export class Events {
  readonly #rows: EventRows;
  #deletions: StatementSync;

  constructor(
    db: DatabaseSync,
    private readonly subjects: Subjects,
    timeline: Timeline,
    rollups: Rollups,
    private readonly offsetMinAt: OffsetAt,
  ) {
    this.#rows = new EventRows(db, timeline, rollups);
    this.#deletions = db.prepare(
      `SELECT id AS editId, start_ms AS startMs, end_ms AS endMs, request->>'target' AS target
       FROM edit WHERE end_ms > ? AND start_ms < ? AND kind = 'delete' AND undone_ms IS NULL`,
    );
  }

  /**
   * Stores heartbeats in order: each grows the last event of its source or begins one. Beats longer
   * than an event may be are stored as several events, of which the last is returned. What was deleted by hand
   * does not come back with them.
   */
  record(beats: readonly Heartbeat[]): Recorded[] {
    const recorded = beats.map((beat) => {
      const { source, device = "" } = beat;
      const subject = this.subjects.rowOf(source === "afk" ? "afk" : beat.subject);
      const of = { source, device, subject };
      let result: Recorded | undefined;
      for (const part of splitLong(beat)) {
        const last = this.#rows.last(source, device, part.startMs);
        // Equal subjects have equal data: theirs need not be read.
        const merged = last?.subjectId === subject.id
          ? mergeHeartbeat({ ...beat, startMs: last.startMs, endMs: last.endMs }, {
            ...beat,
            ...part,
          })
          : undefined;
        result = last && merged ? this.#grow(last, merged.endMs, of) : this.#addNew(part, of);
      }
      return result!;
    });
    this.settle();
    return recorded;
  }

  /**
   * Stores events that were recorded elsewhere, as they are; what is there already, or was until it was deleted by
   * hand, is left alone.
   */
  import(events: readonly GivenEvent[]): Recorded[] {
    const recorded = events.map((event) => {
      const { source, device = "", utcOffsetMin, byHand } = event;
      const subject = this.subjects.rowOf(source === "afk" ? "afk" : event.subject, byHand);
      const of = { source, device, subject };
      const same = this.#rows.same(of, event.startMs);
      if (same) return this.#rows.grow(same, event.endMs, of);
      if (this.#rows.covers(of, event)) return { id: 0, change: "none" } as const;
      const offsetMin = utcOffsetMin ?? this.offsetMinAt(event.startMs);
      return this.#rows.add(event, of, { offsetMin });
    });
    this.settle();
    return recorded;
  }

  /** Adds an event by hand, whatever else is there, and returns its id; see {@linkcode settle}. */
  enter(event: GivenEvent): number {
    const { source, device = "", byHand } = event;
    const of = { source, device, subject: this.subjects.rowOf(event.subject, byHand) };
    return this.#rows.add(event, of, { offsetMin: this.offsetMinAt(event.startMs) }).id;
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
    for (const row of this.#rows.ofSource(source, device, span)) this.#rows.cut(row, span);
    for (const { startMs, endMs, app } of spans) {
      const subject = this.subjects.rowOf({ app });
      const of = { source, device, subject };
      const last = this.#rows.last(source, device, startMs);
      const joins = last?.subjectId === subject.id && last.endMs >= startMs &&
        endMs - last.startMs <= MAX_EVENT_MS;
      if (joins) this.#grow(last, endMs, of);
      else this.#addNew({ startMs, endMs }, of);
    }
  }

  /**
   * The events that reach into a span, and those without length in it, oldest first: as they were recorded, also
   * those that were deleted by hand, which can be undone.
   */
  within(span: Span): StoredEvent[] {
    return this.#rows.within(span).map(storedEvent);
  }

  /**
   * Takes `span` out of every event for good, or out of those that `isMeant` names, whether they were deleted by
   * hand or not; events that reach out of it keep what lies outside. {@linkcode settle} brings the timeline along.
   */
  cut(span: Span, isMeant: (event: StoredEvent) => boolean = () => true): void {
    for (const row of this.#rows.within(span)) {
      if (!isMeant(storedEvent(row))) continue;
      if (row.endMs === row.startMs) this.#rows.remove(row);
      else this.#rows.cut(row, span);
    }
  }

  /**
   * Gives events another subject, or removes those whose new one is `undefined`; ids that are not there are left
   * out, and that of a piece stands for the whole event. {@linkcode settle} brings the timeline along.
   */
  restate(ids: readonly number[], subjectOf: (event: StoredEvent) => Subject | undefined): void {
    for (const id of ids) {
      const row = this.#rows.byId(id);
      if (!row) continue;
      const event = storedEvent(row);
      const subject = subjectOf(event);
      const hidden = this.#rows.hiddenOf(row);
      this.#rows.remove(row);
      if (!subject) continue;
      const of = { ...ofRow(row), subject: this.subjects.rowOf(subject, event.byHand) };
      const same = this.#rows.same(of, row.startMs);
      if (same) this.#rows.join(same, { endMs: row.endMs, hidden }, of);
      else this.#rows.add(row, of, { offsetMin: row.offsetMin, id: row.id, hidden });
    }
  }

  /** The event with that id, or the one of which a piece has it, with what is hidden of it. */
  stored(id: number): BaseRow | undefined {
    return this.#rows.byId(id);
  }

  /** Hides what of the events lies in spans, which are in order, on account of an edit; see {@linkcode settle}. */
  hide(spans: readonly Span[], editId: number, isMeant: (row: BaseRow) => boolean): void {
    const whole = { startMs: spans[0].startMs, endMs: spans[spans.length - 1].endMs };
    for (const row of this.#rows.within(whole)) {
      if (!isMeant(row)) continue;
      for (const span of spans) {
        if (span.startMs <= row.endMs && span.endMs >= row.startMs) {
          this.#rows.hide(row, span, editId);
        }
      }
    }
  }

  /**
   * Takes an edit back: what it entered within `span` goes, what it has hidden is there again; see
   * {@linkcode settle}.
   * @throws {ConflictError} when not all of it is there: after a salvage, numbers stand for other events.
   */
  takeBack(editId: number, entered: readonly number[], span: Span): void {
    for (const id of entered) {
      const row = this.#rows.byId(id);
      const isEntered = row?.source === "manual" && row.startMs >= span.startMs &&
        row.endMs <= span.endMs;
      if (!isEntered) {
        throw new ConflictError(
          `Cannot undo edit ${editId}: what it entered is no longer there as it was; delete the time instead`,
        );
      }
      this.#rows.remove(row);
    }
    this.#rows.unhide(editId);
  }

  /** Resolves the timeline wherever something changed, and writes the rollups; see {@linkcode EventRows.settle}. */
  settle(joinMs?: number): void {
    this.#rows.settle(joinMs);
  }

  /** Forgets what waits to be settled: its transaction was undone. */
  discard(): void {
    this.#rows.discard();
  }

  #addNew(span: Span, of: SourceOf): Recorded {
    const same = this.#rows.same(of, span.startMs);
    if (same) return this.#grow(same, span.endMs, of);
    const offsetMin = this.offsetMinAt(span.startMs);
    return this.#rows.add(span, of, { offsetMin, hidden: this.#deleted(span, of) });
  }

  #grow(row: BaseRow, endMs: number, of: SourceOf): Recorded {
    const hidden = endMs > row.endMs ? this.#deleted({ startMs: row.endMs, endMs }, of) : [];
    return this.#rows.grow(row, endMs, of, hidden);
  }

  /** What of a span was deleted by hand before it was recorded: a phone tells late, an open event goes on. */
  #deleted(span: Span, { source, device, subject }: SourceOf): Hidden[] {
    const atLeastMs = Math.max(span.endMs, span.startMs + 1);
    const found = this.#deletions.all(span.startMs, atLeastMs) as unknown as (Hidden & {
      target: string | null;
    })[];
    return found.filter(({ target }) => {
      const meant: HiddenTarget = target === null ? {} : JSON.parse(target);
      return (meant.source ?? source) === source && (meant.device ?? device) === device &&
        (meant.subject ?? subject.id) === subject.id;
    }).map(({ editId, startMs, endMs }) => ({
      editId,
      startMs: Math.max(startMs, span.startMs),
      endMs: Math.min(endMs, span.endMs),
    }));
  }
}

function storedEvent(row: BaseRow): StoredEvent {
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
