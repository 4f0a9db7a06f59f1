/**
 * Lists whose rows people name by their numbers.
 * @module
 */
import { EXIT_CODES, FatalError } from "../daemon/core/errors.ts";

/**
 * `rows` without the one of that number, counted from 1; `what` is one of them: "schedule".
 * @throws {FatalError} with exit code 2 when there is no such row.
 */
export function withoutNumber<T>(rows: readonly T[], number: string, what: string): T[] {
  const index = /^\d{1,3}$/.test(number) ? Number(number) - 1 : -1;
  if (index in rows) return rows.toSpliced(index, 1);
  const allowed = rows.length === 0 ? "there is none" : `allowed is 1 to ${rows.length}`;
  throw new FatalError(
    `Cannot remove ${what} ${JSON.stringify(number)}: ${allowed}`,
    EXIT_CODES.wrongUsage,
  );
}
