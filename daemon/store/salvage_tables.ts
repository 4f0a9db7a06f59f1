/**
 * What a damaged database holds besides events: rows are brought over as they are.
 * @module
 */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";

/** Tables in an order in which no row needs a later one, and by what each is read from either end. */
const TABLES: Readonly<Record<string, string>> = {
  block: "id",
  block_list: "name",
  block_schedule: "position",
  phone_device: "id",
  phone_heartbeat: "id",
  phone_used: "digest",
  focus_session: "id",
  focus_span: "session_id",
  focus_calibration: "camera",
  focus_send: "session_id",
  setting: "name",
  message: "id",
  loop_step: "id",
  note: "id",
  edit: "id",
  pause: "start_ms",
  screenshot: "id",
  erasure: "id",
  erasure_pending: "erasure_id",
  copy_elsewhere: "path",
};

/** Rows that grow: the damaged database's are newer than those of the copy that it is brought into. */
const GROWING: ReadonlySet<string> = new Set([
  ...["focus_session", "focus_span", "focus_calibration", "focus_send"],
  ...["setting", "message", "loop_step"],
  ...["note", "edit", "pause", "screenshot", "erasure", "erasure_pending", "copy_elsewhere"],
]);

export type TableRow = Readonly<Record<string, SQLInputValue>>;

/** Some rows of one table. */
export interface TableRows {
  readonly table: string;
  readonly rows: readonly TableRow[];
}

const ROWS_AT_ONCE = 1_000;

/** Every row that can be read from the beginning of each table up to damage, and from its end down to it. */
export function* readTables(db: DatabaseSync): Generator<TableRows> {
  for (const [table, key] of Object.entries(TABLES)) {
    for (const direction of ["ASC", "DESC"]) {
      let isWhole = false;
      let rows: TableRow[] = [];
      try {
        const query = `SELECT * FROM ${table} NOT INDEXED ORDER BY ${key} ${direction}`;
        for (const row of db.prepare(query).iterate()) {
          rows.push(row);
          if (rows.length === ROWS_AT_ONCE) {
            yield { table, rows };
            rows = [];
          }
        }
        isWhole = true;
      } catch { /* damaged from here on, or a table that an older version did not have */ }
      if (rows.length > 0) yield { table, rows };
      if (isWhole) break;
    }
  }
}

/**
 * What a copy that takes the damaged database's place has of SMS that wait: they may have been sent since. The
 * damaged one's rows, where they can be read, know better.
 */
export function doubtWaitingSms(db: DatabaseSync): void {
  db.prepare(
    `UPDATE message SET state = 'unknown', next_ms = NULL, content = NULL, error = ?
     WHERE channel = 'sms' AND state IN ('waiting', 'sending')`,
  ).run("The database was damaged; it may have arrived, and is not sent again");
}

/** Adds rows that were read; what is there already and does not grow, or does not fit, is left out. */
export function addRows(db: DatabaseSync, { table, rows }: TableRows): void {
  const otherwise = GROWING.has(table) ? "REPLACE" : "IGNORE";
  for (const row of rows) {
    const names = Object.keys(row);
    const marks = names.map(() => "?").join(", ");
    try {
      db.prepare(`INSERT OR ${otherwise} INTO ${table} (${names.join(", ")}) VALUES (${marks})`)
        .run(...Object.values(row));
    } catch (error) {
      // A full disk undoes the transaction: that is not this row's fault.
      if (!db.isTransaction) throw error;
    }
  }
}
