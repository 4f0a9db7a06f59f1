/**
 * The journal of edits: its rows, and which of them stand on others.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { EditKind, EditRecord, EditRequest } from "../core/edit.ts";
import { ConflictError, NotFoundError } from "../core/errors.ts";
import type { Span } from "../core/types.ts";
import type { Access } from "./blocks.ts";
import type { HiddenTarget } from "./events.ts";

/** What was asked, and whom a deletion is about, for what is recorded later. */
export type StoredRequest = EditRequest & { readonly target?: HiddenTarget };

/** A row of `edit`. */
export interface EditRow extends Span {
  readonly id: number;
  readonly atMs: number;
  readonly kind: EditKind;
  /** JSON, like the two below. */
  readonly request: string;
  /** The notes that it took away. */
  readonly removed: string;
  /** The ids of the events, or the notes, that it put there. */
  readonly added: string;
  readonly undoneMs: number | null;
}

export const COLUMNS =
  `id, at_ms AS atMs, kind, start_ms AS startMs, end_ms AS endMs, request, removed, added,
  undone_ms AS undoneMs`;

/**
 * Makes an edit in a transaction. What is refused is no failure of the database, so `work` says it before it
 * changes anything, and the transaction goes through.
 * @throws what `work` throws.
 */
export async function writeEdit<T>(db: Access, work: (db: DatabaseSync) => T): Promise<T> {
  const result = await db.write((inside): { value: T } | { refusal: Error } => {
    try {
      return { value: work(inside) };
    } catch (error) {
      const isRefusal = error instanceof NotFoundError || error instanceof ConflictError ||
        error instanceof RangeError;
      if (isRefusal) return { refusal: error };
      throw error;
    }
  });
  if ("refusal" in result) throw result.refusal;
  return result.value;
}

/** Writes an edit down. */
export function insertEdit(
  db: DatabaseSync,
  { kind, startMs, endMs, request, atMs }: Span & {
    readonly kind: EditKind;
    readonly request: StoredRequest;
    readonly atMs: number;
  },
): EditRow {
  const text = JSON.stringify(request);
  const { lastInsertRowid } = db.prepare(
    `INSERT INTO edit (at_ms, kind, start_ms, end_ms, request, removed, added)
     VALUES (?, ?, ?, ?, ?, '[]', '[]')`,
  ).run(atMs, kind, startMs, endMs, text);
  const id = Number(lastInsertRowid);
  const nothing = { removed: "[]", added: "[]", undoneMs: null };
  return { id, atMs, kind, startMs, endMs, request: text, ...nothing };
}

/** @throws {NotFoundError} when there is no such edit. */
export function editRow(db: DatabaseSync, id: number): EditRow {
  const row = db.prepare(`SELECT ${COLUMNS} FROM edit WHERE id = ?`).get(id);
  if (!row) throw new NotFoundError(`Cannot find edit ${id}`);
  return row as unknown as EditRow;
}

/**
 * An edit that a later one stands on stays as it is while that one does.
 * @throws {ConflictError} naming the later one.
 */
export function refuseBeneath(db: DatabaseSync, row: EditRow, what: "undo" | "redo"): void {
  const { id, startMs, endMs } = row;
  const note = row.kind === "note" ? (JSON.parse(row.request) as EditRequest).note! : undefined;
  const later = (note === undefined
    ? db.prepare(
      `SELECT id FROM edit WHERE id > :id AND undone_ms IS NULL AND kind <> 'note'
         AND start_ms < :endMs AND end_ms > :startMs ORDER BY id DESC LIMIT 1`,
    ).get({ id, startMs, endMs })
    : db.prepare(
      `SELECT id FROM edit WHERE id > :id AND undone_ms IS NULL AND kind = 'note'
         AND request->>'note' = :note ORDER BY id DESC LIMIT 1`,
    ).get({ id, note })) as { id: number } | undefined;
  if (!later) return;
  const about = note === undefined ? "the same time" : "the same note";
  throw new ConflictError(
    `Cannot ${what} edit ${id}: edit ${later.id} changed ${about} after it; undo that one first`,
  );
}

/** A row as the rest of the program knows it. */
export function editRecord(row: EditRow): EditRecord {
  const { id, atMs, kind, startMs, endMs, undoneMs } = row;
  const { target: _, ...request } = JSON.parse(row.request) as StoredRequest;
  return { id, atMs, kind, startMs, endMs, request, ...undoneMs !== null && { undoneMs } };
}
