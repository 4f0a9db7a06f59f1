/**
 * Changes by hand, with what it takes to undo them.
 *
 * An entry is an event of source "manual", which has the timeline to itself, with a class of its own. A deletion
 * hides (see `event_rows.ts`), and an entry hides older entries under it, so that undoing brings back what was
 * there, whatever has been recorded since.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type {
  Change,
  Deletion,
  EditKind,
  EditPlace,
  EditRecord,
  EditRequest,
  Entry,
} from "../core/edit.ts";
import { ConflictError, NotFoundError } from "../core/errors.ts";
import type { ClassTotals, Span } from "../core/types.ts";
import type { Access } from "./blocks.ts";
import { dismissAway } from "./edits_away.ts";
import { countEvents, type Piece, pieces, sumPieces, visibleEvent } from "./edits_reads.ts";
import { Notes } from "./edits_notes.ts";
import {
  COLUMNS,
  editRecord,
  type EditRow,
  editRow,
  insertEdit,
  refuseBeneath,
  type StoredRequest,
  writeEdit,
} from "./edits_rows.ts";
import type { BaseRow } from "./event_rows.ts";
import type { Events, HiddenTarget } from "./events.ts";

/** What an edit touches. */
export interface Touched {
  readonly span: Span;
  readonly events: number;
  /** Time of the resolved timeline. */
  readonly totals: ClassTotals;
}

/** Which edits to list: those that touch a span, newest first. */
export interface EditQuery {
  readonly span: Span;
  /** Only edits before this one. */
  readonly beforeId?: number;
  readonly limit: number;
}

export class Edits {
  readonly notes: Notes;

  constructor(private readonly db: Access, private readonly events: Events) {
    this.notes = new Notes(db);
  }

  /** Edits that touch a span, newest first. */
  list({ span, beforeId = Number.MAX_SAFE_INTEGER, limit }: EditQuery): EditRecord[] {
    const rows = this.db.read((db) =>
      db.prepare(
        `SELECT ${COLUMNS} FROM edit WHERE id < :beforeId AND end_ms >= :startMs AND start_ms < :endMs
         ORDER BY id DESC LIMIT :limit`,
      ).all({ ...span, beforeId, limit })
    );
    return (rows as unknown as EditRow[]).map(editRecord);
  }

  /** The newest edit that was not undone. */
  newest(): EditRecord | undefined {
    const row = this.db.read((db) =>
      db.prepare(`SELECT ${COLUMNS} FROM edit WHERE undone_ms IS NULL ORDER BY id DESC LIMIT 1`)
        .get()
    );
    return row && editRecord(row as unknown as EditRow);
  }

  /** Does not ask about a time away again. */
  dismissAway(span: Span, nowMs: number): Promise<void> {
    return dismissAway(this.db, span, nowMs);
  }

  /** Writes an entry down; older entries give way to it. */
  add({ startMs, endMs, title, class: cls, category }: Entry, nowMs: number): Promise<EditRecord> {
    const request = { title, class: cls, category };
    return this.#make("add", { span: { startMs, endMs } }, request, nowMs);
  }

  /**
   * Makes something else of recorded time.
   * @throws {RangeError} when there is nothing to be changed; {@linkcode NotFoundError} for an event that is not
   * there.
   */
  change({ span, event, ...request }: Change, nowMs: number): Promise<EditRecord> {
    const asked = { ...request, ...event !== undefined && { event } };
    return this.#make("change", { span, event }, asked, nowMs);
  }

  /**
   * Takes time out of the record until it is undone, also what is told of it later.
   * @throws {NotFoundError} for an event that is not there.
   */
  remove({ span, event, source }: Deletion, nowMs: number): Promise<EditRecord> {
    const request = {
      ...source !== undefined && { source, target: { source } },
      ...event !== undefined && { event },
    };
    return this.#make("delete", { span, event }, request, nowMs);
  }

  /** What a deletion would touch. @throws {NotFoundError} for an event that is not there. */
  plan({ span, event, source }: Deletion): Touched {
    return this.db.read((db) => {
      return touched(db, this.#spanOf(db, { span, event }), { event, source });
    });
  }

  /**
   * Takes an edit back.
   * @throws {NotFoundError} when there is none; {@linkcode ConflictError} when it is undone already, or a later edit
   * of the same time is not.
   */
  undo(id: number, nowMs: number): Promise<EditRecord> {
    return writeEdit(this.db, (db) => {
      const row = editRow(db, id);
      if (row.undoneMs !== null) {
        throw new ConflictError(`Cannot undo edit ${id}: it is undone already`);
      }
      refuseBeneath(db, row, "undo");
      if (row.kind === "note") this.notes.swap(db, row, "undo");
      else {
        this.events.takeBack(id, JSON.parse(row.added) as number[], row);
        this.events.settle();
      }
      db.prepare("UPDATE edit SET undone_ms = ? WHERE id = ?").run(nowMs, id);
      return editRecord({ ...row, undoneMs: nowMs });
    });
  }

  /**
   * Makes an edit again that was undone, on what is there now.
   * @throws as {@linkcode undo}; {@linkcode RangeError} when there is nothing to be changed any more.
   */
  redo(id: number): Promise<EditRecord> {
    return writeEdit(this.db, (db) => {
      const row = editRow(db, id);
      if (row.undoneMs === null) {
        throw new ConflictError(`Cannot redo edit ${id}: it was not undone`);
      }
      refuseBeneath(db, row, "redo");
      if (row.kind === "note") this.notes.swap(db, row, "redo");
      else this.#carryOut(db, id, this.#plan(db, row.kind, row, JSON.parse(row.request)));
      db.prepare("UPDATE edit SET undone_ms = NULL WHERE id = ?").run(id);
      return editRecord({ ...row, undoneMs: null });
    });
  }

  /**
   * Hides anew what the deletions in force have hidden: a salvage brings it back from a copy that is older than they.
   * Entries stay, as nothing tells which of them came later; so do single events, whose numbers stand for others.
   */
  hideAgain(): Promise<void> {
    return this.db.write((db) => {
      const rows = db.prepare(
        `SELECT ${COLUMNS} FROM edit
         WHERE kind = 'delete' AND undone_ms IS NULL AND request->>'event' IS NULL ORDER BY id`,
      ).all() as unknown as EditRow[];
      for (const { id, startMs, endMs, request } of rows) {
        const { source } = JSON.parse(request) as StoredRequest;
        this.events.hide(
          [{ startMs, endMs }],
          id,
          (row) => row.source !== "manual" && (source ?? row.source) === row.source,
        );
      }
      this.events.settle();
    });
  }

  #make(
    kind: Exclude<EditKind, "note">,
    place: EditPlace,
    asked: StoredRequest,
    nowMs: number,
  ): Promise<EditRecord> {
    return writeEdit(this.db, (db) => {
      const span = this.#spanOf(db, place);
      const target = kind === "delete" && asked.event !== undefined
        ? { target: targetOf(this.#stored(asked.event)) }
        : undefined;
      const request = { ...asked, ...target };
      const plan = this.#plan(db, kind, span, request);
      const row = insertEdit(db, { kind, ...span, request, atMs: nowMs });
      this.#carryOut(db, row.id, plan);
      return editRecord(row);
    });
  }

  /** What an edit is to do; nothing is changed before this is known. */
  #plan(
    db: DatabaseSync,
    kind: Exclude<EditKind, "note">,
    { startMs, endMs }: Span,
    request: StoredRequest,
  ): Plan {
    const span = { startMs, endMs };
    const { event, source } = request;
    if (kind === "delete") {
      const base = event === undefined ? undefined : this.#stored(event).id;
      const isMeant = (row: BaseRow) =>
        (source ?? row.source) === row.source && (base ?? row.id) === row.id;
      return { hidden: [span], isMeant, entries: [] };
    }
    const entries = kind === "add"
      ? [entryOf(span, request)]
      : joined(changed(pieces(db, span, { event }), request));
    if (entries.length === 0) {
      const hint = request.includeAfk ? "" : "; time away changes with include_afk only";
      throw new RangeError(`Cannot change the span: nothing is recorded in it${hint}`);
    }
    // Older entries give way.
    return { hidden: entries, isMeant: (row) => row.source === "manual", entries };
  }

  #carryOut(db: DatabaseSync, id: number, { hidden, isMeant, entries }: Plan): void {
    this.events.hide(hidden, id, isMeant);
    const added = entries.map(({ startMs, endMs, app, title, url, class: cls, category }) =>
      this.events.enter({
        ...{ startMs, endMs, source: "manual", subject: { app, title, url } },
        byHand: { class: cls, category },
      })
    );
    this.events.settle();
    db.prepare("UPDATE edit SET added = ? WHERE id = ?").run(JSON.stringify(added), id);
  }

  #spanOf(db: DatabaseSync, { span, event }: EditPlace): Span {
    if (event === undefined) return span!;
    const found = visibleEvent(db, event);
    if (!found) throw new NotFoundError(`Cannot find event ${event}`);
    return found;
  }

  #stored(event: number): BaseRow {
    const row = this.events.stored(event);
    if (!row) throw new NotFoundError(`Cannot find event ${event}`);
    return row;
  }
}

interface Plan {
  /** Where events that are meant are hidden. */
  readonly hidden: readonly Span[];
  readonly isMeant: (row: BaseRow) => boolean;
  readonly entries: readonly Entered[];
}

interface Entered extends Span {
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
  readonly class: Entry["class"];
  readonly category?: string;
}

function entryOf(span: Span, { title, class: cls = "neutral", category }: EditRequest): Entered {
  return { ...span, title, class: cls, category: category ?? undefined };
}

/** The pieces of the timeline as a change makes them; what it does not name stays. */
function changed(found: readonly Piece[], request: EditRequest): Entered[] {
  return found.filter((piece) => piece.class !== "afk" || request.includeAfk).map((piece) => {
    const cls = request.class ?? piece.class;
    if (cls === "afk") throw new RangeError("Cannot change time away without a class");
    const { startMs, endMs, app, url } = piece;
    const category = request.category === undefined
      ? piece.category
      : request.category ?? undefined;
    return { startMs, endMs, app, url, title: request.title ?? piece.title, class: cls, category };
  });
}

/** Neighbours that are the same become one entry. */
function joined(entries: readonly Entered[]): Entered[] {
  const result: Entered[] = [];
  for (const entry of entries) {
    const last = result.at(-1);
    const isSame = last?.endMs === entry.startMs && last.app === entry.app &&
      last.title === entry.title && last.url === entry.url && last.class === entry.class &&
      last.category === entry.category;
    if (isSame) result[result.length - 1] = { ...last, endMs: entry.endMs };
    else result.push(entry);
  }
  return result;
}

function targetOf({ source, device, subjectId }: BaseRow): HiddenTarget {
  return { source, device, subject: subjectId };
}

/** What a span has to be seen, all of it or of one source or event. */
function touched(
  db: DatabaseSync,
  span: Span,
  meant: { readonly event?: number; readonly source?: string },
): Touched {
  return { span, events: countEvents(db, span, meant), totals: sumPieces(db, span, meant) };
}
