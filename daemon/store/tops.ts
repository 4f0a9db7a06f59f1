/**
 * What took the time, read; functions of a connection, as in `reads.ts`.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { addToTotals, emptyTotals } from "../core/totals.ts";
import type { ClassTotals, Span, TimelineClass } from "../core/types.ts";
import { NAME_SQL } from "./subjects.ts";

/** A row of a top list. */
export interface TopItem {
  /** `undefined`: without a name (no category, no title). */
  readonly name?: string;
  /** The one with the most of its time. */
  readonly class: TimelineClass;
  readonly ms: number;
  /** Its time by class. */
  readonly totals: ClassTotals;
}

/**
 * What took the most time in the buckets of a span, most first, AFK aside. A name that was judged in
 * several classes (an app whose titles differ) stands once, under the class with the most of its time.
 */
export function top(
  db: DatabaseSync,
  span: Span,
  by: "app" | "title" | "category",
  limit: number,
): TopItem[] {
  const column = { app: NAME_SQL, title: "s.title", category: "coalesce(s.category, '')" }[by];
  const rows = db.prepare(
    `${SUBJECT_TIMES} SELECT ${column} AS name, s.class, sum(t.ms) AS ms
     FROM times t JOIN subject s ON s.id = t.subject_id GROUP BY 1, 2`,
  ).all(span.startMs, span.endMs) as unknown as NamedTime[];
  return topOf(rows, limit);
}

/** The same by app and by category, counted in one go. */
export function topAppsAndCategories(
  db: DatabaseSync,
  span: Span,
  limit: number,
): { apps: TopItem[]; categories: TopItem[] } {
  const rows = db.prepare(
    `${SUBJECT_TIMES} SELECT ${NAME_SQL} AS app, coalesce(s.category, '') AS category, s.class, sum(t.ms) AS ms
     FROM times t JOIN subject s ON s.id = t.subject_id GROUP BY 1, 2, 3`,
  ).all(
    span.startMs,
    span.endMs,
  ) as unknown as (Omit<NamedTime, "name"> & { app: string; category: string })[];
  return {
    apps: topOf(rows.map((row) => ({ ...row, name: row.app })), limit),
    categories: topOf(rows.map((row) => ({ ...row, name: row.category })), limit),
  };
}

/** Summed by subject first: texts are then looked up once, not once a bucket. */
const SUBJECT_TIMES = `WITH times AS MATERIALIZED (
  SELECT subject_id, sum(ms) AS ms FROM rollup_subject NOT INDEXED
  WHERE bucket_ms >= ? AND bucket_ms < ? AND subject_id > 0 GROUP BY 1)`;

interface NamedTime {
  readonly name: string;
  readonly class: TimelineClass;
  readonly ms: number;
}

function topOf(rows: readonly NamedTime[], limit: number): TopItem[] {
  const byName = new Map<string, Map<TimelineClass, number>>();
  for (const { name, class: cls, ms } of rows) {
    const classes = byName.get(name) ?? new Map<TimelineClass, number>();
    byName.set(name, classes.set(cls, (classes.get(cls) ?? 0) + ms));
  }
  const items = [...byName].map(([name, classes]) => {
    const [largest] = [...classes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const ms = [...classes.values()].reduce((sum, each) => sum + each, 0);
    return { name, class: largest[0], ms, classes };
  });
  return items.filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms || (a.name < b.name ? -1 : 1)).slice(0, limit)
    .map(({ name, classes, ...rest }) => {
      const totals = emptyTotals();
      for (const [cls, ms] of classes) addToTotals(totals, cls, ms);
      return { name: name || undefined, ...rest, totals };
    });
}

/** What phones told of in the buckets of a span, by device: all of it, and what of it was noise; most first. */
export function phoneTimes(
  db: DatabaseSync,
  span: Span,
): { device: string; ms: number; noiseMs: number }[] {
  if (!db.prepare("SELECT 1 FROM event WHERE source = 'phone' LIMIT 1").get()) return [];
  // By its key from bucket to bucket: all that windows came to lies between what phones told.
  return db.prepare(
    `WITH RECURSIVE bucket (ms) AS (
       SELECT min(bucket_ms) FROM rollup_source WHERE bucket_ms >= :startMs
       UNION ALL
       SELECT (SELECT min(bucket_ms) FROM rollup_source WHERE bucket_ms > bucket.ms) FROM bucket
       WHERE bucket.ms < :endMs)
     SELECT r.device, sum(r.ms) AS ms, sum(iif(s.class = 'noise', r.ms, 0)) AS noiseMs
     FROM bucket CROSS JOIN rollup_source r ON r.bucket_ms = bucket.ms AND r.source = 'phone'
     JOIN subject s ON s.id = r.subject_id
     WHERE bucket.ms < :endMs GROUP BY 1 HAVING sum(r.ms) > 0 ORDER BY 2 DESC, 1`,
  ).all({ ...span }) as unknown as { device: string; ms: number; noiseMs: number }[];
}
