import type { DatabaseSync } from "node:sqlite";
import { isDamage } from "./sqlite_error.ts";

/** What SQLite's full check finds wrong, at most ten lines; none when all is well. */
export function integrityProblems(db: DatabaseSync): string[] {
  try {
    const rows = db.prepare("PRAGMA integrity_check(10)").all() as { integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((line) => line !== "ok");
  } catch (error) {
    // Some damage stops the check itself.
    if (isDamage(error)) return [(error as Error).message];
    throw error;
  }
}
