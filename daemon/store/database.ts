/**
 * Opening the database file: whose it is, how old it is, and nothing written before that is known.
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { EXIT_CODES, FatalError } from "../core/errors.ts";
import { removeIfThere } from "../os/files.ts";
import { logFor } from "../os/log.ts";
import initial from "./migrations/01_initial.sql" with { type: "text" };
import blocker from "./migrations/02_blocker.sql" with { type: "text" };
import phone from "./migrations/03_phone.sql" with { type: "text" };
import focus from "./migrations/04_focus.sql" with { type: "text" };
import messages from "./migrations/05_messages.sql" with { type: "text" };
import privacy from "./migrations/06_privacy.sql" with { type: "text" };
import trends from "./migrations/07_trends.sql" with { type: "text" };

/** "PDTR": the mark in the file's header that says it is ours. */
export const APPLICATION_ID = 0x50445452;

/** Schema steps in order; a database of `user_version` n has had the first n. */
export const MIGRATIONS: readonly string[] = [
  ...[initial, blocker, phone, focus, messages, privacy, trends],
];

/** What a file's first 100 bytes tell (sqlite.org/fileformat.html, section 1.3). */
export type HeaderKind = "absent" | "ours" | "foreign" | "damaged";

/** Reads only the header: opening the file with SQLite could already write to it. */
export function readHeader(path: string): HeaderKind {
  let header: Uint8Array;
  try {
    using file = Deno.openSync(path, { read: true });
    header = new Uint8Array(100);
    const length = file.readSync(header) ?? 0;
    if (length === 0) return "absent";
    if (length < header.length) return "damaged";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "absent";
    throw new FatalError(
      `Cannot read the database "${path}": ${(error as Error).message}`,
      EXIT_CODES.failed,
      { cause: error },
    );
  }
  if (new TextDecoder().decode(header.subarray(0, 16)) !== "SQLite format 3\0") return "damaged";
  return new DataView(header.buffer).getUint32(68) === APPLICATION_ID ? "ours" : "foreign";
}

/**
 * A new database, complete from the first moment it has its name: it is made beside `path` and renamed.
 * @throws {FatalError} when the folder cannot be written.
 */
export function createDatabase(path: string): void {
  const fresh = `${path}.new`;
  try {
    for (const leftover of [fresh, `${fresh}-wal`, `${fresh}-shm`]) removeIfThere(leftover);
    Deno.openSync(fresh, { write: true, createNew: true, mode: 0o600 }).close();
    const db = new DatabaseSync(fresh);
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    migrate(db, 0);
    db.close();
    Deno.renameSync(fresh, path);
  } catch (error) {
    throw new FatalError(
      `Cannot create the database "${path}": ${(error as Error).message}`,
      EXIT_CODES.failed,
      { cause: error },
    );
  }
}

/**
 * The writer's connection to a database of ours, migrated to this program's version.
 * @throws {FatalError} when it is of a newer version; SQLite's own error when it is damaged.
 */
export function openWriter(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000;
      PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 16777216`);
    const version = readVersion(db);
    if (version > MIGRATIONS.length) {
      throw new FatalError(
        `Cannot open database "${path}": schema version is ${version}, supported is ` +
          `${MIGRATIONS.length}; use the newer prodtracker that wrote it`,
        EXIT_CODES.failed,
      );
    }
    if (version > 0 && version < MIGRATIONS.length) {
      // A million events take some 8 s, in which nothing answers.
      const { size } = Deno.statSync(path);
      logFor("store").warn("the database is brought to this version, which may take a while", {
        ...{ path, from: version, to: MIGRATIONS.length, megabytes: Math.ceil(size / 1e6) },
      });
    }
    migrate(db, version);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A connection that cannot write. */
export function openReader(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true });
  db.exec("PRAGMA busy_timeout = 2000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000");
  return db;
}

/** The schema version of an open database. */
export function readVersion(db: DatabaseSync): number {
  return (db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
}

/** Brings the schema from `version` to the current one, each step in a transaction of its own. */
export function migrate(db: DatabaseSync, version: number): void {
  for (let step = version; step < MIGRATIONS.length; step++) {
    db.exec("BEGIN IMMEDIATE");
    try {
      db.exec(MIGRATIONS[step]);
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${step + 1}`);
      db.exec("COMMIT");
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }
}
