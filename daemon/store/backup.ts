/**
 * Copies of the database that are known to open.
 * @module
 */
import { backup, DatabaseSync } from "node:sqlite";
import { exists, removeIfThere } from "../os/files.ts";
import { integrityProblems } from "./integrity.ts";
import { readHeader } from "./database.ts";
import { extent } from "./reads.ts";

/** What a copy holds. */
export interface CopyFacts {
  readonly bytes: number;
  readonly events: number;
}

/** All pages in one step: a copy in several begins anew whenever somebody writes in between. */
const ALL_PAGES = 0x7fffffff;

/**
 * Writes a copy of the database to `path` (0600), which must not exist, and proves it by opening and
 * checking it; the file has its name only once it is proved. (`VACUUM INTO` would be compact, but Deno
 * allows it to a program with all permissions only.)
 * @throws {Error} when something stands at `path` or the copy is not whole; nothing is left behind.
 */
export async function copyDatabase(db: DatabaseSync, path: string): Promise<CopyFacts> {
  if (exists(path)) throw new Error(`Cannot write the copy "${path}": something is there already`);
  const part = `${path}.part`;
  // SQLite writes into an empty file that is there, so that its mode is ours from the first byte. What stands there
  // may be a download of somebody's, or lead elsewhere.
  try {
    Deno.openSync(part, { write: true, createNew: true, mode: 0o600 }).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    throw new Error(`Cannot write the copy "${path}": "${part}" is there already`);
  }
  try {
    await backup(db, part, { rate: ALL_PAGES });
    const copy = new DatabaseSync(part);
    copy.exec("PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON");
    stripErasures(copy);
    copy.close();
    const facts = verifyCopy(part);
    const file = Deno.openSync(part, { read: true, write: true });
    file.syncSync();
    file.close();
    Deno.renameSync(part, path);
    return facts;
  } catch (error) {
    for (const company of ["", "-journal", "-wal", "-shm"]) removeIfThere(part + company);
    throw error;
  }
}

/**
 * Takes out what was to be erased where: that names what is gone, and is pending for the database in use, not for
 * its copies.
 */
export function stripErasures(db: DatabaseSync): void {
  db.exec(
    `DELETE FROM erasure_pending;
     UPDATE erasure SET request = NULL, done_ms = asked_ms WHERE request IS NOT NULL`,
  );
}

/** Opens a copy, checks all of it, and counts. @throws {Error} when it is not a whole database of ours. */
export function verifyCopy(path: string): CopyFacts {
  if (readHeader(path) !== "ours") {
    throw new Error(`Cannot use the copy "${path}": it is not a ProdTracker database`);
  }
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    const [problem] = integrityProblems(copy);
    if (problem) throw new Error(`Cannot use the copy "${path}": ${problem}`);
    return { bytes: Deno.statSync(path).size, events: extent(copy).count };
  } finally {
    copy.close();
  }
}
