/**
 * What SQLite's result codes mean to a caller.
 * @module
 */
import { UnavailableError } from "../core/errors.ts";

const CODES: Record<number, string> = {
  5: "it is locked by another program",
  7: "there is not enough memory",
  8: "it is read-only",
  10: "the disk reported an error",
  11: "it is damaged",
  13: "the disk is full",
  14: "it cannot be opened",
  26: "it is not a database",
};

/** SQLite's own words: what `exec()` throws has them, but no code. */
const MESSAGES: readonly (readonly [start: string, code: number])[] = [
  ["database is locked", 5],
  ["out of memory", 7],
  ["attempt to write a readonly database", 8],
  ["disk I/O error", 10],
  ["database disk image is malformed", 11],
  ["malformed database schema", 11],
  ["database or disk is full", 13],
  ["unable to open database file", 14],
  ["file is not a database", 26],
];

/** SQLite's primary result code, or `undefined` for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  const { code, errcode, message } = (error ?? {}) as Record<string, unknown>;
  if (typeof errcode === "number") return errcode & 0xff;
  if (code !== "ERR_SQLITE_ERROR") return undefined;
  return MESSAGES.find(([start]) => String(message).startsWith(start))?.[1];
}

/** Whether the file itself is broken, so that trying again cannot help. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error) ?? sqliteCode((error as Error)?.cause);
  return code === 11 || code === 26;
}

/** The error to hand on: {@linkcode UnavailableError} when the database cannot serve, else the same. */
export function storeError(action: string, error: unknown): unknown {
  const reason = CODES[sqliteCode(error) ?? -1];
  return reason ? new UnavailableError(`Cannot ${action}: ${reason}`, { cause: error }) : error;
}
