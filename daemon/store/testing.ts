/**
 * What the store's tests share.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { type Judge, Store, type StoreOptions } from "./mod.ts";

/** Judges by the app's first letter: s is signal, n noise, the rest neutral. */
export const LETTER_JUDGE: Judge = {
  version: "letters",
  classify: ({ app = "" }) => ({
    class: app.startsWith("s") ? "signal" : app.startsWith("n") ? "noise" : "neutral",
    category: app || undefined,
  }),
};

/** A store in a directory of its own, closed and removed at the end of the scope. */
export function temporaryStore(options: Partial<StoreOptions> = {}) {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-store-" });
  const path = options.path ?? join(dir, "prodtracker.db");
  const store = new Store({
    judge: LETTER_JUDGE,
    offsetMinAt: () => 60,
    nowMs: () => 0,
    copies: () => [],
    ...options,
    path,
  });
  return {
    dir,
    path,
    store,
    async [Symbol.asyncDispose]() {
      try {
        await store.close();
      } catch { /* the test closed it */ }
      Deno.removeSync(dir, { recursive: true });
    },
  };
}

/** The timeline and all rollups as they must be, counted from the rows they are made of. */
export function scan(db: DatabaseSync) {
  const rows = (sql: string) => db.prepare(sql).all().map((row) => ({ ...row }));
  return {
    overlaps: rows(
      `SELECT start_ms FROM (SELECT start_ms, lag(end_ms) OVER (ORDER BY start_ms) AS before_ms
       FROM timeline) WHERE before_ms > start_ms`,
    ),
    subjects: rows(
      `WITH RECURSIVE bucket (bucket_ms, start_ms, end_ms, subject_id) AS (
         SELECT start_ms - start_ms % 900000, start_ms, end_ms, subject_id FROM timeline
         UNION ALL SELECT bucket_ms + 900000, start_ms, end_ms, subject_id FROM bucket
         WHERE bucket_ms + 900000 < end_ms)
       SELECT bucket_ms, subject_id, sum(min(end_ms, bucket_ms + 900000) - max(start_ms, bucket_ms)) AS ms
       FROM bucket GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    sources: rows(
      `WITH RECURSIVE bucket (bucket_ms, start_ms, end_ms, source, device, subject_id) AS (
         SELECT start_ms - start_ms % 900000, start_ms, end_ms, source, device, subject_id
         FROM event WHERE end_ms > start_ms
         UNION ALL SELECT bucket_ms + 900000, start_ms, end_ms, source, device, subject_id FROM bucket
         WHERE bucket_ms + 900000 < end_ms)
       SELECT bucket_ms, source, device, subject_id,
         sum(min(end_ms, bucket_ms + 900000) - max(start_ms, bucket_ms)) AS ms
       FROM bucket GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    ),
    classes: rows(
      `SELECT bucket_ms, sum(iif(class = 'signal', ms, 0)) AS signal_ms,
         sum(iif(class = 'noise', ms, 0)) AS noise_ms, sum(iif(class = 'neutral', ms, 0)) AS neutral_ms,
         sum(iif(class = 'afk', ms, 0)) AS afk_ms
       FROM rollup_subject JOIN subject ON id = subject_id GROUP BY 1 ORDER BY 1`,
    ),
    headings: rows(
      `SELECT column1 AS width_ms, bucket_ms - bucket_ms % column1 AS bucket_ms, coalesce(category, '') AS category,
         class, sum(ms) AS ms
       FROM rollup_subject JOIN subject ON id = subject_id, (VALUES (3600000), (86400000))
       GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    ),
  };
}

/** The rollups as they are. */
export function stored(db: DatabaseSync) {
  const rows = (sql: string) => db.prepare(sql).all().map((row) => ({ ...row }));
  return {
    overlaps: [],
    subjects: rows("SELECT * FROM rollup_subject ORDER BY 1, 2"),
    sources: rows("SELECT * FROM rollup_source ORDER BY 1, 2, 3, 4"),
    classes: rows(
      `SELECT * FROM rollup_class WHERE signal_ms + noise_ms + neutral_ms + afk_ms > 0 ORDER BY 1`,
    ),
    headings: rows(
      `SELECT width_ms, bucket_ms, category, class, ms FROM rollup_heading JOIN heading ON id = heading_id
       ORDER BY 1, 2, 3, 4`,
    ),
  };
}

/** A bucket's or a row's time by state, as columns. */
const BY_STATE = ["focused", "unfocused", "no_face", "uncertain"]
  .map((state) => `sum(iif(state = '${state}', ms, 0)) AS ${state}_ms`).join(", ");

/** The rollups of focus sessions as they must be, counted from their spans and the timeline. */
export function scanFocus(db: DatabaseSync) {
  const rows = (sql: string) => db.prepare(sql).all().map((row) => ({ ...row }));
  return {
    buckets: rows(
      `WITH RECURSIVE bucket (bucket_ms, start_ms, end_ms, state) AS (
         SELECT start_ms - start_ms % 900000, start_ms, end_ms, state FROM focus_span
         UNION ALL SELECT bucket_ms + 900000, start_ms, end_ms, state FROM bucket
         WHERE bucket_ms + 900000 < end_ms),
       piece AS (SELECT bucket_ms, state,
         min(end_ms, bucket_ms + 900000) - max(start_ms, bucket_ms) AS ms FROM bucket)
       SELECT bucket_ms, ${BY_STATE} FROM piece GROUP BY 1 ORDER BY 1`,
    ),
    subjects: rows(
      `WITH piece AS (SELECT f.session_id, t.subject_id, f.state,
         min(t.end_ms, f.end_ms) - max(t.start_ms, f.start_ms) AS ms
         FROM focus_span f JOIN timeline t ON t.start_ms < f.end_ms AND t.end_ms > f.start_ms)
       SELECT session_id, subject_id, ${BY_STATE} FROM piece GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
  };
}

/** The same as they are. */
export function storedFocus(db: DatabaseSync) {
  const rows = (sql: string) => db.prepare(sql).all().map((row) => ({ ...row }));
  return {
    buckets: rows("SELECT * FROM rollup_focus ORDER BY 1"),
    subjects: rows("SELECT * FROM rollup_focus_subject ORDER BY 1, 2"),
  };
}
