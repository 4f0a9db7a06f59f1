/**
 * The last traces. SQLite's secure_delete overwrites what is deleted, but when rows move between pages, what a
 * page held stays in its unused bytes (measured: of 10 700 texts, 23 were still in the file after every row was
 * deleted). So tables of texts are written anew: a page that is given up is overwritten as a whole.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";

/** Tables that hold texts of what was observed or written down, none of them large. */
const TEXTS = [
  ...["subject", "note", "edit", "loop_step", "screenshot", "message", "block", "heading"],
  ...["erasure", "erasure_pending"],
];
/** The rest, for a database that was written to before secure_delete. */
const OLD_TEXTS = ["setting", "rule", "block_list", "phone_device"];
/** Heartbeats may be many: some thousands at a time. */
const BEATS_AT_ONCE = 5_000;
const FILL_BYTES = 1_000_000;

/** Writes tables anew, in a transaction of its own; to be called outside of any. */
export function rebuildTables(db: DatabaseSync, tables: readonly string[]): void {
  // Within a transaction this would do nothing; with it on, each subject would be sought in all events.
  db.exec("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");
  try {
    for (const table of tables) {
      db.exec(
        `CREATE TEMP TABLE kept AS SELECT * FROM main.${table}; DELETE FROM main.${table};
         INSERT INTO main.${table} SELECT * FROM kept; DROP TABLE kept`,
      );
    }
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  } finally {
    db.exec("PRAGMA foreign_keys = ON");
  }
}

/**
 * What rebuilds a database, in steps of which each takes care of its transaction; between them others may write.
 * The first time in a database that lived before secure_delete, all of its texts and its unused pages are.
 */
export function* rebuildSteps(db: DatabaseSync): Generator<void> {
  const isOld = db.prepare("SELECT 1 FROM meta WHERE key = 'remnants'").get() !== undefined;
  rebuildTables(db, isOld ? [...TEXTS, ...OLD_TEXTS] : TEXTS);
  yield;
  yield* rebuildHeartbeats(db, isOld);
  if (!isOld) return;
  yield* fillUnused(db);
  db.exec("DELETE FROM meta WHERE key = 'remnants'");
}

/**
 * Many heartbeats by ranges. Pages at a range's edges are not given up, so that all is gone over twice, and the
 * second time no edge lies where one lay before. The root page is never given up: while it held rows, without
 * secure_delete, it may hold them still.
 */
function* rebuildHeartbeats(db: DatabaseSync, isOld: boolean): Generator<void> {
  const { first, last } = db.prepare(
    "SELECT coalesce(min(id), 0) AS first, coalesce(max(id), 0) AS last FROM phone_heartbeat",
  ).get() as { first: number; last: number };
  if (isOld || last - first < BEATS_AT_ONCE) return rebuildTables(db, ["phone_heartbeat"]);
  for (const offset of [0, BEATS_AT_ONCE / 2]) {
    for (let from = first - offset; from <= last; from += BEATS_AT_ONCE) {
      const range = `id >= ${from} AND id < ${from + BEATS_AT_ONCE}`;
      transact(
        db,
        `CREATE TEMP TABLE kept AS SELECT * FROM main.phone_heartbeat WHERE ${range};
         DELETE FROM main.phone_heartbeat WHERE ${range};
         INSERT INTO main.phone_heartbeat SELECT * FROM kept; DROP TABLE kept`,
      );
      yield;
    }
  }
}

/** Uses every page that is on the list of unused ones, which overwrites it, and gives it up again. */
function* fillUnused(db: DatabaseSync): Generator<void> {
  const unused = () =>
    (db.prepare("PRAGMA freelist_count").get() as { freelist_count: number }).freelist_count;
  const pageSize = (db.prepare("PRAGMA page_size").get() as { page_size: number }).page_size;
  // A row longer than what is left would make the file grow; the last page takes one that just fits.
  const bytesOf = (pages: number) =>
    pages === 1 ? pageSize - 200 : Math.min(FILL_BYTES, (pages - 1) * (pageSize - 4));
  if (unused() === 0) return;
  db.exec("CREATE TABLE IF NOT EXISTS filler (id INTEGER PRIMARY KEY, zeros BLOB NOT NULL)");
  for (let pages = unused(); pages > 0; pages = unused()) {
    db.exec(`INSERT INTO filler (zeros) VALUES (zeroblob(${bytesOf(pages)}))`);
    yield;
  }
  while (db.prepare("SELECT 1 FROM filler LIMIT 1").get() !== undefined) {
    db.exec("DELETE FROM filler WHERE id = (SELECT min(id) FROM filler)");
    yield;
  }
  db.exec("DROP TABLE filler");
}

/**
 * Empties the WAL and cuts it to nothing; `false`: somebody reads, and what they read is still needed. Waits for
 * them `waitMs` at most, which nobody can write meanwhile.
 */
export function emptyLog(db: DatabaseSync, waitMs = 100): boolean {
  db.exec(`PRAGMA busy_timeout = ${waitMs}`);
  try {
    const row = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get() as { busy: number };
    return row.busy === 0;
  } finally {
    db.exec("PRAGMA busy_timeout = 2000");
  }
}

function transact(db: DatabaseSync, sql: string): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec(sql);
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
