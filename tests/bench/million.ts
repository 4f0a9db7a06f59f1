/**
 * A database with many events, as a year or ten of work would leave it, made by SQL in one go.
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { APPLICATION_ID, MIGRATIONS } from "../../daemon/store/database.ts";
import { rulesVersion } from "../../daemon/rules_service.ts";

const SUBJECTS = 20_000;

/**
 * Fills a new database at `path` with `count` window events of 25 s, one after another, the last of
 * which ends at `endMs`; a tenth of them AFK. Rollups and timeline as the store would have made them.
 * @param version Of the schema. @default the newest
 */
export async function makeDatabase(
  path: string,
  count: number,
  endMs: number,
  version = MIGRATIONS.length,
): Promise<void> {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL");
  for (const migration of MIGRATIONS.slice(0, version)) db.exec(migration);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version}`);
  const lengthMs = 25_000;
  const startMs = endMs - count * lengthMs;
  db.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF");
  db.exec("BEGIN");
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${SUBJECTS})
     INSERT INTO subject (id, app, title, url, class, category, rules) SELECT i, 'app' || (i % 40), 'title of window number ' || i, '',
       CASE i % 3 WHEN 0 THEN 'signal' WHEN 1 THEN 'noise' ELSE 'neutral' END, 'category' || (i % 12), ?
     FROM n`,
  ).run(await rulesVersion([]));
  db.exec(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
     INSERT INTO event (source, device, subject_id, start_ms, end_ms, utc_offset_min)
     SELECT iif(i % 10 = 9, 'afk', 'window'), '', iif(i % 10 = 9, 0, 1 + (i * 7919) % ${SUBJECTS}),
       ${startMs} + i * ${lengthMs}, ${startMs} + (i + 1) * ${lengthMs}, 0 FROM n`,
  );
  db.exec(
    `INSERT INTO timeline SELECT start_ms, end_ms, id, subject_id FROM event ORDER BY start_ms`,
  );
  // An event of 25 s touches two buckets at most.
  db.exec(
    `CREATE TEMP TABLE piece AS
       SELECT start_ms - start_ms % 900000 AS bucket_ms, source, subject_id,
         min(end_ms, start_ms - start_ms % 900000 + 900000) - start_ms AS ms FROM event
       UNION ALL SELECT end_ms - end_ms % 900000, source, subject_id, end_ms % 900000 FROM event
         WHERE end_ms - end_ms % 900000 > start_ms AND end_ms % 900000 > 0;
     INSERT INTO rollup_subject SELECT bucket_ms, subject_id, sum(ms) FROM piece GROUP BY 1, 2;
     INSERT INTO rollup_source SELECT bucket_ms, source, '', subject_id, sum(ms) FROM piece GROUP BY 1, 2, 4;
     INSERT INTO rollup_class SELECT bucket_ms, sum(iif(class = 'signal', ms, 0)),
       sum(iif(class = 'noise', ms, 0)), sum(iif(class = 'neutral', ms, 0)), sum(iif(class = 'afk', ms, 0))
       FROM rollup_subject JOIN subject ON id = subject_id GROUP BY 1`,
  );
  if (version >= 7) {
    db.exec(
      `INSERT INTO heading (class, category) SELECT DISTINCT class, coalesce(category, '') FROM subject;
       INSERT INTO rollup_heading SELECT column1, bucket_ms - bucket_ms % column1, h.id, sum(ms)
         FROM rollup_subject JOIN subject s ON s.id = subject_id
         JOIN heading h ON h.category = coalesce(s.category, '') AND h.class = s.class,
         (VALUES (3600000), (86400000)) GROUP BY 1, 2, 3`,
    );
  }
  db.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}
