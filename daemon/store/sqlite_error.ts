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

/** SQLite's primary result code, or `undefined` for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === "number" ? code & 0xff : undefined;
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
