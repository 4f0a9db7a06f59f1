/**
 * Notes: words about a moment or a span, whose changes are edits like any other.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { EditRecord, Note, NoteChange } from "../core/edit.ts";
import { NotFoundError } from "../core/errors.ts";
import type { Span } from "../core/types.ts";
import type { Access } from "./blocks.ts";
import { editRecord, type EditRow, insertEdit, writeEdit } from "./edits_rows.ts";

/** A note, and the edit that made it what it is. */
export interface NoteEdited {
  readonly note: Note;
  readonly edit: EditRecord;
}

interface NoteRow {
  readonly id: number;
  readonly startMs: number;
  readonly endMs: number | null;
  readonly text: string;
}

const COLUMNS = "id, start_ms AS startMs, end_ms AS endMs, text";

export class Notes {
  constructor(private readonly db: Access) {}

  /** Notes about a span or a moment in it, oldest first. */
  list({ startMs, endMs }: Span, limit: number): Note[] {
    const rows = this.db.read((db) =>
      db.prepare(
        `SELECT ${COLUMNS} FROM note WHERE start_ms < :endMs AND coalesce(end_ms, start_ms + 1) > :startMs
         ORDER BY start_ms, id LIMIT :limit`,
      ).all({ startMs, endMs, limit })
    );
    return (rows as unknown as NoteRow[]).map(noteOf);
  }

  add(note: Omit<Note, "id">, nowMs: number): Promise<NoteEdited> {
    return writeEdit(this.db, (db) => {
      const { startMs, endMs = null, text } = note;
      const { lastInsertRowid } = db.prepare(
        "INSERT INTO note (start_ms, end_ms, text) VALUES (?, ?, ?)",
      ).run(startMs, endMs, text);
      const row = { id: Number(lastInsertRowid), startMs, endMs, text };
      return this.#journal(db, undefined, row, nowMs);
    });
  }

  /** Without a begin its time stays. @throws {NotFoundError} when there is no such note. */
  change(id: number, { text, ...span }: NoteChange, nowMs: number): Promise<NoteEdited> {
    return writeEdit(this.db, (db) => {
      const before = noteRow(db, id);
      const { startMs, endMs = null } = span.startMs === undefined ? before : span;
      const after = { id, startMs, endMs, text };
      put(db, after);
      return this.#journal(db, before, after, nowMs);
    });
  }

  /** @throws {NotFoundError} when there is no such note. */
  remove(id: number, nowMs: number): Promise<NoteEdited> {
    return writeEdit(this.db, (db) => {
      const before = noteRow(db, id);
      db.prepare("DELETE FROM note WHERE id = ?").run(id);
      return this.#journal(db, before, undefined, nowMs);
    });
  }

  /** Takes an edit of a note back, or makes it again. To be run inside a transaction. */
  swap(db: DatabaseSync, { removed, added }: EditRow, what: "undo" | "redo"): void {
    const [from, to] = what === "undo" ? [added, removed] : [removed, added];
    for (const { id } of JSON.parse(from) as NoteRow[]) {
      db.prepare("DELETE FROM note WHERE id = ?").run(id);
    }
    for (const row of JSON.parse(to) as NoteRow[]) put(db, row);
  }

  #journal(
    db: DatabaseSync,
    before: NoteRow | undefined,
    after: NoteRow | undefined,
    atMs: number,
  ): NoteEdited {
    const note = (after ?? before)!;
    const both = [before ?? note, note];
    const span = {
      startMs: Math.min(...both.map(({ startMs }) => startMs)),
      endMs: Math.max(...both.map(({ startMs, endMs }) => endMs ?? startMs)),
    };
    const edit = insertEdit(db, { ...span, kind: "note", request: { note: note.id }, atMs });
    db.prepare("UPDATE edit SET removed = ?, added = ? WHERE id = ?")
      .run(JSON.stringify(before ? [before] : []), JSON.stringify(after ? [after] : []), edit.id);
    return { note: noteOf(note), edit: editRecord(edit) };
  }
}

function put(db: DatabaseSync, { id, startMs, endMs, text }: NoteRow): void {
  db.prepare("INSERT OR REPLACE INTO note (id, start_ms, end_ms, text) VALUES (?, ?, ?, ?)")
    .run(id, startMs, endMs, text);
}

function noteRow(db: DatabaseSync, id: number): NoteRow {
  const row = db.prepare(`SELECT ${COLUMNS} FROM note WHERE id = ?`).get(id);
  if (!row) throw new NotFoundError(`Cannot find note ${id}`);
  return row as unknown as NoteRow;
}

function noteOf({ id, startMs, endMs, text }: NoteRow): Note {
  return { id, startMs, ...endMs !== null && { endMs }, text };
}
