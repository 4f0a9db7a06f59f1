/**
 * Rows of events: as they were recorded, and what edits leave of them to be seen.
 *
 * ```text
 * recorded   ├─────────────── A (id 7) ───────────────┤      event_whole
 * hidden            ├─ edit 1 ─┤    ├─ edit 2 ─┤            event_hidden
 * seen       ├─ 7 ──┤          ├─ 9 ┤          ├─ 10 ─┤      event, with whole_id 7
 * ```
 * An event that no edit touches is one row of `event`, with `whole_id` 0. What is recorded, merged or replaced
 * later goes by what was recorded, as if there were no edits: so undoing one leaves what there would have been.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { spansWithout, unionSpans } from "../core/spans.ts";
import type { EventSource, Span, TimelineClass } from "../core/types.ts";
import { type EventSql, prepareEventSql } from "./event_sql.ts";
import type { Rollups, SourceOf } from "./rollups.ts";
import type { Timeline } from "./timeline.ts";

/** An event as it was recorded. */
export interface BaseRow extends Span {
  readonly id: number;
  readonly source: EventSource;
  readonly device: string;
  readonly subjectId: number;
  readonly offsetMin: number;
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly class: TimelineClass;
  readonly category: string | null;
  readonly byHand: number;
  /** 1: some of it, or all, is hidden. */
  readonly isWhole: number;
}

/** A part of an event that an edit hides. */
export interface Hidden extends Span {
  readonly editId: number;
}

/** What recording a heartbeat or importing an event did. */
export interface Recorded {
  readonly id: number;
  /** A row was added, or an event that was there grew, or it was all there already (or is hidden). */
  readonly change: "added" | "grown" | "none";
}

export class EventRows {
  readonly #sql: EventSql;
  /** Where the timeline is to be resolved anew. */
  #touched: Span[] = [];

  constructor(
    db: DatabaseSync,
    private readonly timeline: Timeline,
    private readonly rollups: Rollups,
  ) {
    this.#sql = prepareEventSql(db);
  }

  /** The event of a source that began last, at or before a moment. */
  last(source: EventSource, device: string, atMs: number): BaseRow | undefined {
    const args = [source, device, atMs] as const;
    return later(one(this.#sql.lastPlain, ...args), one(this.#sql.lastWhole, ...args));
  }

  /** The event with that identity. */
  same({ source, device, subject }: SourceOf, startMs: number): BaseRow | undefined {
    const args = [source, device, startMs, subject.id] as const;
    return one(this.#sql.samePlain, ...args) ?? one(this.#sql.sameWhole, ...args);
  }

  /**
   * Whether such an event is a piece of one that is there, or was when an edit hid some of it: one that is to be
   * seen, or what the last event began before it covers.
   */
  covers({ source, device, subject }: SourceOf, { startMs, endMs }: Span): boolean {
    if (this.#sql.piece.get(source, device, startMs, subject.id, endMs) !== undefined) return true;
    const last = this.last(source, device, startMs);
    return last?.subjectId === subject.id && last.endMs >= endMs;
  }

  /** The event with that id, or the one of which a piece has it. */
  byId(id: number): BaseRow | undefined {
    return one(this.#sql.byIdPlain, id) ?? one(this.#sql.byIdWhole, id);
  }

  /** The events that reach into a span, and those without length in it, oldest first. */
  within(span: Span): BaseRow[] {
    return this.#sql.within.all({ ...span }) as unknown as BaseRow[];
  }

  /** Those of one source with any length in a span. */
  ofSource(source: EventSource, device: string, { startMs, endMs }: Span): BaseRow[] {
    return this.#sql.ofSource.all({ source, device, startMs, endMs }) as unknown as BaseRow[];
  }

  /** Adds an event, parts of which may be hidden; `id`: one that is free. */
  add(
    span: Span,
    of: SourceOf,
    { offsetMin, id, hidden = [] }: {
      readonly offsetMin: number;
      readonly id?: number;
      readonly hidden?: readonly Hidden[];
    },
  ): Recorded {
    const { source, device, subject } = of;
    const rowId = id ?? this.#nextId();
    const { startMs, endMs } = span;
    const values = [rowId, source, device, subject.id, startMs, endMs, offsetMin] as const;
    if (hidden.length === 0) {
      this.#sql.insert.run(...values, 0);
      this.#changed(span, of, 1);
      return { id: rowId, change: "added" };
    }
    this.#sql.insertWhole.run(...values);
    for (const part of hidden) this.#insertHidden(rowId, part);
    const seen = this.#show(rowId, of);
    return { id: seen ?? rowId, change: seen === undefined ? "none" : "added" };
  }

  /** Lets an event end later; `hidden` are the parts of what is new that are hidden. */
  grow(row: BaseRow, endMs: number, of: SourceOf, hidden: readonly Hidden[] = []): Recorded {
    if (endMs <= row.endMs) return { id: row.id, change: "none" };
    if (row.isWhole === 0 && hidden.length === 0) {
      this.#sql.setEnd.run(endMs, row.id);
      this.#grown(row.id, { startMs: row.endMs, endMs }, of);
      return { id: row.id, change: "grown" };
    }
    if (row.isWhole === 0) this.#toWhole(row);
    this.#sql.setEndWhole.run(endMs, row.id);
    for (const part of hidden) this.#insertHidden(row.id, part);
    const seen = this.#show(row.id, of);
    return { id: seen ?? row.id, change: seen === undefined ? "none" : "grown" };
  }

  /** Lets an event be one with another that began when it did: of both is hidden what neither of them shows. */
  join(
    row: BaseRow,
    { endMs, hidden }: { readonly endMs: number; readonly hidden: readonly Hidden[] },
    of: SourceOf,
  ): void {
    if (row.isWhole === 0 && hidden.length === 0) {
      this.grow(row, endMs, of);
      return;
    }
    const own = this.hiddenOf(row), { id, startMs, offsetMin } = row;
    const shown = spansWithout(row, own), otherShown = spansWithout({ startMs, endMs }, hidden);
    const both = [...without(own, otherShown), ...without(hidden, shown)];
    this.remove(row);
    this.add({ startMs, endMs: Math.max(row.endMs, endMs) }, of, { id, offsetMin, hidden: both });
  }

  /** Takes `span` out of an event for good; what lies behind it becomes another event. */
  cut(row: BaseRow, span: Span): void {
    const of = ofRow(row);
    const startMs = Math.max(row.startMs, span.startMs), endMs = Math.min(row.endMs, span.endMs);
    if (endMs <= startMs) return;
    const hidden = this.hiddenOf(row);
    if (row.isWhole === 0 && row.startMs < startMs) {
      this.#sql.setEnd.run(startMs, row.id);
      this.#changed({ startMs, endMs: row.endMs }, of, -1);
    } else this.remove(row);
    for (const part of spansWithout(row, [span])) {
      const isFirst = part.startMs === row.startMs;
      if (isFirst && row.isWhole === 0) continue;
      const inside = hidden.map((each) => clipped(each, part)).filter((each) => each !== undefined);
      const twin = isFirst ? undefined : this.same(of, part.startMs);
      const more = { offsetMin: row.offsetMin, id: isFirst ? row.id : undefined, hidden: inside };
      if (twin) this.grow(twin, part.endMs, of);
      else this.add(part, of, more);
    }
  }

  /** Removes an event for good. */
  remove(row: BaseRow): void {
    const of = ofRow(row);
    if (row.isWhole === 0) {
      this.#sql.delete.run(row.id);
      this.#changed(row, of, -1);
      return;
    }
    for (const piece of this.#pieces(row.id)) {
      this.#sql.delete.run(piece.id);
      this.#changed(piece, of, -1);
    }
    this.#sql.deleteHidden.run(row.id);
    this.#sql.deleteWhole.run(row.id);
  }

  /** Hides what of an event lies in `span`, on account of an edit. */
  hide(row: BaseRow, span: Span, editId: number): void {
    const part = clipped({ ...span, editId }, row);
    if (!part) return;
    if (row.isWhole === 0) this.#toWhole(row);
    if (row.isWhole === 0 && part.startMs === row.startMs && part.endMs === row.endMs) {
      // Most of what a deletion of a day is about: nothing of it is left, at half the work.
      this.#insertHidden(row.id, part);
      this.#sql.delete.run(row.id);
      return this.#changed(row, ofRow(row), -1);
    }
    this.#insertHidden(row.id, part);
    this.#show(row.id, ofRow(row));
  }

  /** Shows again what an edit has hidden. */
  unhide(editId: number): void {
    const ids = this.#sql.hiddenBy.all(editId) as { id: number }[];
    this.#sql.deleteHiddenBy.run(editId);
    for (const { id } of ids) {
      const row = one(this.#sql.byIdWhole, id);
      if (row) this.#show(id, ofRow(row));
    }
  }

  /** What is hidden of an event. */
  hiddenOf(row: BaseRow): Hidden[] {
    return row.isWhole === 0 ? [] : this.#sql.hidden.all(row.id) as unknown as Hidden[];
  }

  /**
   * Resolves the timeline wherever something changed, and writes the rollups. Changes that are at most `joinMs`
   * apart are resolved with what lies between them: each time costs a search through a day of events.
   */
  settle(joinMs = 0): void {
    const touched = this.#touched.map(({ startMs, endMs }) => ({
      startMs,
      endMs: endMs > startMs ? endMs + joinMs : endMs,
    }));
    this.#touched = [];
    for (const { startMs, endMs } of unionSpans(touched)) {
      this.timeline.resolve({ startMs, endMs: endMs - joinMs });
    }
    this.rollups.flush();
  }

  /** Forgets what waits to be settled: its transaction was undone. */
  discard(): void {
    this.#touched = [];
  }

  /** Ids are shared, so that an event can have its own again when nothing of it is hidden any more. */
  #nextId(): number {
    return (this.#sql.nextId.get() as { id: number }).id;
  }

  #pieces(wholeId: number): (Span & { readonly id: number })[] {
    return this.#sql.pieces.all(wholeId) as unknown as (Span & { id: number })[];
  }

  #insertHidden(id: number, { editId, startMs, endMs }: Hidden): void {
    this.#sql.insertHidden.run(id, editId, startMs, endMs);
  }

  #toWhole({ id }: BaseRow): void {
    this.#sql.copyToWhole.run(id);
    this.#sql.setWholeId.run(id);
  }

  /**
   * Brings the pieces of an event that are to be seen along with what is hidden of it; returns the id of the last
   * piece that was added or grew.
   */
  #show(id: number, of: SourceOf): number | undefined {
    const row = one(this.#sql.byIdWhole, id)!;
    const hidden = this.hiddenOf(row);
    const wanted = spansWithout(row, hidden);
    const starts = new Map(wanted.map((span) => [span.startMs, span.endMs]));
    const pieces = this.#pieces(id);
    if (hidden.length === 0 && pieces.length === 0) return this.#showAgain(row, of);
    let seen: number | undefined;
    for (const piece of pieces) {
      const endMs = starts.get(piece.startMs);
      if (endMs === undefined) {
        this.#sql.delete.run(piece.id);
        this.#changed(piece, of, -1);
        continue;
      }
      starts.delete(piece.startMs);
      if (endMs === piece.endMs) continue;
      this.#sql.setEnd.run(endMs, piece.id);
      if (endMs > piece.endMs) {
        this.#grown(piece.id, { startMs: piece.endMs, endMs }, of);
        seen = piece.id;
      } else this.#changed({ startMs: endMs, endMs: piece.endMs }, of, -1);
    }
    let isFree = !this.#sql.isPieceId.get(id);
    for (const [startMs, endMs] of starts) {
      seen = isFree ? id : this.#nextId();
      isFree = false;
      const { offsetMin, source, device, subjectId } = row;
      this.#sql.insert.run(...[seen, source, device, subjectId, startMs, endMs, offsetMin], id);
      this.#changed({ startMs, endMs }, of, 1);
    }
    if (hidden.length === 0) this.#toPlain(row, of);
    return seen;
  }

  /** An event of which nothing was to be seen is to be seen whole. */
  #showAgain(row: BaseRow, of: SourceOf): number {
    this.#sql.deleteWhole.run(row.id);
    const twin = one(this.#sql.samePlain, of.source, of.device, row.startMs, of.subject.id);
    if (twin) return this.grow(twin, row.endMs, of).id;
    const { id, source, device, subjectId, startMs, endMs, offsetMin } = row;
    this.#sql.insert.run(...[id, source, device, subjectId, startMs, endMs, offsetMin], 0);
    this.#changed(row, of, 1);
    return id;
  }

  /** Nothing of an event is hidden any more: its one piece is the event again, by its own id. */
  #toPlain(row: BaseRow, of: SourceOf): void {
    this.#sql.deleteWhole.run(row.id);
    const twin = one(this.#sql.samePlain, of.source, of.device, row.startMs, of.subject.id);
    if (!twin) {
      const [piece] = this.#pieces(row.id);
      this.#sql.setId.run(row.id, piece.id);
      if (piece.id !== row.id) this.#touched.push({ startMs: row.startMs, endMs: row.endMs });
      return;
    }
    for (const piece of this.#pieces(row.id)) {
      this.#sql.delete.run(piece.id);
      this.#changed(piece, of, -1);
    }
    this.grow(twin, row.endMs, of);
  }

  #changed({ startMs, endMs }: Span, of: SourceOf, sign: 1 | -1): void {
    this.rollups.addSource({ startMs, endMs }, of, sign);
    this.#touched.push({ startMs, endMs });
  }

  #grown(id: number, span: Span, of: SourceOf): void {
    this.rollups.addSource(span, of);
    // Spans that wait to be resolved may lie under this one: then the order must be kept.
    const done = this.#touched.length === 0 && this.timeline.extendNewest(id, of.subject, span);
    if (!done) this.#touched.push(span);
  }
}

/** Who saw an event, and what it was. */
export function ofRow({ source, device, subjectId, class: cls }: BaseRow): SourceOf {
  return { source, device, subject: { id: subjectId, class: cls } };
}

/** The part of a hidden span in another; without length when that has none; `undefined`: they do not meet. */
function clipped({ editId, ...span }: Hidden, whole: Span): Hidden | undefined {
  const startMs = Math.max(span.startMs, whole.startMs);
  const endMs = Math.min(span.endMs, whole.endMs);
  const isMoment = whole.startMs === whole.endMs && startMs === endMs;
  return endMs > startMs || isMoment && endMs >= span.startMs && startMs < span.endMs
    ? { editId, startMs, endMs }
    : undefined;
}

function without(hidden: readonly Hidden[], shown: readonly Span[]): Hidden[] {
  return hidden.flatMap((part) =>
    spansWithout(part, shown).map((left) => ({ ...left, editId: part.editId }))
  );
}

function one(statement: StatementSync, ...args: (string | number)[]): BaseRow | undefined {
  return statement.get(...args) as unknown as BaseRow | undefined;
}

function later(a: BaseRow | undefined, b: BaseRow | undefined): BaseRow | undefined {
  if (!a || !b) return a ?? b;
  return (b.startMs - a.startMs || b.id - a.id) > 0 ? b : a;
}
