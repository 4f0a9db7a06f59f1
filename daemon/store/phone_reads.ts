/**
 * What phones told, read; functions of a connection, as in `reads.ts`. Classes are those that the past is judged
 * by, and what edits hide is left out.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { BUCKET_MS } from "../core/spans.ts";
import { addToTotals, emptyTotals } from "../core/totals.ts";
import type { ActivityClass, ClassTotals, Span } from "../core/types.ts";
import type { BucketTotals } from "./reads.ts";
import { NAME_SQL } from "./subjects.ts";

/** A program of a phone, and how long it was in front. */
export interface PhoneApp {
  /** `undefined`: the screen was on, with an app that the phone does not name. */
  readonly app?: string;
  readonly class: ActivityClass;
  readonly category?: string;
  readonly ms: number;
}

/** What one device told of a span. */
export interface PhoneDay {
  /** Those with any time, in order. */
  readonly buckets: readonly BucketTotals[];
  /** Most time first. */
  readonly apps: readonly PhoneApp[];
}

/** A program that phones told of, whichever they are. */
export interface SeenPhoneApp extends PhoneApp {
  /** The end of the quarter of an hour in which it was in front last. */
  readonly lastMs: number;
}

interface Row {
  readonly bucketMs: number;
  readonly app: string;
  readonly class: ActivityClass;
  readonly category: string | null;
  readonly ms: number;
}

/** One device's time in the buckets that begin inside a span. */
export function phoneDay(db: DatabaseSync, device: string, span: Span): PhoneDay {
  // Each bucket is looked up by its key: what windows came to lies between those of phones.
  const rows = db.prepare(
    `WITH RECURSIVE bucket (ms) AS (
       SELECT :startMs UNION ALL SELECT ms + ${BUCKET_MS} FROM bucket WHERE ms + ${BUCKET_MS} < :endMs)
     SELECT bucket.ms AS bucketMs, ${NAME_SQL} AS app, s.class, s.category, r.ms
     FROM bucket CROSS JOIN rollup_source r
       ON r.bucket_ms = bucket.ms AND r.source = 'phone' AND r.device = :device
     JOIN subject s ON s.id = r.subject_id WHERE r.ms > 0 ORDER BY 1`,
  ).all({ startMs: span.startMs, endMs: span.endMs, device }) as unknown as Row[];
  const buckets = new Map<number, ClassTotals>();
  for (const { bucketMs, class: cls, ms } of rows) {
    const totals = buckets.get(bucketMs) ?? emptyTotals();
    addToTotals(totals, cls, ms);
    buckets.set(bucketMs, totals);
  }
  const apps = byApp(rows, () => ({}));
  return {
    buckets: [...buckets].map(([bucketMs, totals]) => ({ bucketMs, ...totals })),
    apps,
  };
}

/** The programs that phones told of within a span, most time first. */
export function phoneApps(db: DatabaseSync, span: Span): SeenPhoneApp[] {
  const rows = db.prepare(
    `WITH RECURSIVE bucket (ms) AS (
       SELECT :startMs UNION ALL SELECT ms + ${BUCKET_MS} FROM bucket WHERE ms + ${BUCKET_MS} < :endMs)
     SELECT ${NAME_SQL} AS app, s.class, s.category, sum(r.ms) AS ms, max(bucket.ms) AS bucketMs
     FROM bucket CROSS JOIN rollup_source r ON r.bucket_ms = bucket.ms AND r.source = 'phone'
     JOIN subject s ON s.id = r.subject_id GROUP BY s.id HAVING sum(r.ms) > 0`,
  ).all({ startMs: span.startMs, endMs: span.endMs }) as unknown as Row[];
  return byApp(rows, (group) => ({
    lastMs: Math.max(...group.map(({ bucketMs }) => bucketMs)) + BUCKET_MS,
  }));
}

/** Rows by program, most time first; one that was judged in several ways stands under that with the most time. */
function byApp<T>(rows: readonly Row[], more: (group: readonly Row[]) => T): (PhoneApp & T)[] {
  const apps = [...Map.groupBy(rows, ({ app }) => app)].map(([app, group]) => {
    const { class: cls, category } = largest(group);
    return {
      ...(app !== "" && { app }),
      class: cls,
      ...(category !== null && { category }),
      ms: group.reduce((sum, { ms }) => sum + ms, 0),
      ...more(group),
    };
  });
  return apps.toSorted((a, b) => b.ms - a.ms || ((a.app ?? "") < (b.app ?? "") ? -1 : 1));
}

function largest(group: readonly Row[]): Row {
  const sums = Map.groupBy(group, ({ class: cls, category }) => `${cls} ${category}`);
  const sumOf = (rows: readonly Row[]) => rows.reduce((sum, { ms }) => sum + ms, 0);
  return [...sums.values()].reduce((most, each) => sumOf(each) > sumOf(most) ? each : most)[0];
}
