/**
 * The questions that are answered from the database; each is a function of a connection, so that the
 * quick ones run beside the writer and the slow ones in the reader worker.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { daysOf, type IsoDate, localClock, localZone, weekdayOf } from "../core/day.ts";
import { BUCKET_MS, bucketOf } from "../core/spans.ts";
import { addTotals, addToTotals, emptyTotals } from "../core/totals.ts";
import type {
  ActivityEvent,
  ClassTotals,
  EventSource,
  Span,
  TimelineClass,
} from "../core/types.ts";

/** Totals of one rollup bucket. */
export interface BucketTotals extends ClassTotals {
  readonly bucketMs: number;
}

/** One cell of the heat map. */
export interface HeatCell extends ClassTotals {
  /** Monday = 1 … Sunday = 7, of the day (as `PRODTRACKER_DAY_START` cuts it) the hour belongs to. */
  readonly weekday: number;
  /** Hour of the local clock, 0..23. */
  readonly hour: number;
}

/** What a page of events is asked for; newest first. */
export interface EventQuery {
  readonly span?: Partial<Span>;
  readonly source?: EventSource;
  readonly class?: TimelineClass;
  /** Only events before this one in the order. */
  readonly before?: { readonly startMs: number; readonly id: number };
  readonly limit: number;
}

const EVENT_COLUMNS = `e.id, e.start_ms AS startMs, e.end_ms AS endMs,
  e.utc_offset_min AS utcOffsetMin, e.source, e.device, s.app, s.title, s.url, s.class, s.category`;

/** Rows leave SQLite with "" and null for what is absent. */
export function toEvent(row: unknown): ActivityEvent {
  const { app, title, url, category, device, ...rest } = row as ActivityEvent;
  return {
    ...rest,
    app: app || undefined,
    title: title || undefined,
    url: url || undefined,
    category: category ?? undefined,
    device: device || undefined,
  };
}

/** Totals of the rollup buckets that begin inside a span, in order; buckets without time are left out. */
export function buckets(db: DatabaseSync, span: Span): BucketTotals[] {
  return db.prepare(
    `SELECT bucket_ms AS bucketMs, signal_ms AS signalMs, noise_ms AS noiseMs,
       neutral_ms AS neutralMs, afk_ms AS afkMs
     FROM rollup_class WHERE bucket_ms >= ? AND bucket_ms < ? ORDER BY bucket_ms`,
  ).all(span.startMs, span.endMs) as unknown as BucketTotals[];
}

/** Time per class within a span: whole buckets from the rollups, both edges from the timeline. */
export function totals(db: DatabaseSync, span: Span): ClassTotals {
  const sum = emptyTotals();
  if (span.endMs <= span.startMs) return sum;
  const firstMs = bucketOf(span.startMs + BUCKET_MS - 1), lastMs = bucketOf(span.endMs);
  if (lastMs <= firstMs) {
    addEdge(db, span, sum);
    return sum;
  }
  const row = db.prepare(
    `SELECT sum(signal_ms) AS signalMs, sum(noise_ms) AS noiseMs, sum(neutral_ms) AS neutralMs,
       sum(afk_ms) AS afkMs FROM rollup_class WHERE bucket_ms >= ? AND bucket_ms < ?`,
  ).get(firstMs, lastMs) as unknown as Record<keyof ClassTotals, number | null>;
  for (const key of Object.keys(sum) as (keyof ClassTotals)[]) sum[key] += row[key] ?? 0;
  addEdge(db, { startMs: span.startMs, endMs: firstMs }, sum);
  addEdge(db, { startMs: lastMs, endMs: span.endMs }, sum);
  return sum;
}

function addEdge(db: DatabaseSync, span: Span, sum: ClassTotals): void {
  if (span.endMs <= span.startMs) return;
  const rows = db.prepare(
    `SELECT t.start_ms AS startMs, t.end_ms AS endMs, s.class FROM timeline t
     JOIN subject s ON s.id = t.subject_id
     WHERE t.start_ms >= coalesce((SELECT max(start_ms) FROM timeline WHERE start_ms <= :startMs), :startMs)
       AND t.start_ms < :endMs AND t.end_ms > :startMs`,
  ).all({ ...span }) as unknown as (Span & { class: TimelineClass })[];
  for (const row of rows) {
    const ms = Math.min(row.endMs, span.endMs) - Math.max(row.startMs, span.startMs);
    addToTotals(sum, row.class, ms);
  }
}

/** Time per weekday and local hour over a span; cells without time are left out. */
export function heatmap(
  db: DatabaseSync,
  span: Span,
  dayStartMin: number,
): HeatCell[] {
  const cells = new Map<number, HeatCell>();
  for (const { day, inside } of byDay(db, span, dayStartMin)) {
    const clock = localClock(day, localZone);
    for (const { bucketMs, ...times } of inside) {
      const weekday = weekdayOf(day.date), hour = new Date(clock(bucketMs)).getUTCHours();
      const key = weekday * 24 + hour;
      let cell = cells.get(key);
      if (!cell) cells.set(key, cell = { weekday, hour, ...emptyTotals() });
      addTotals(cell, times);
    }
  }
  return [...cells.values()].sort((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}

/** The days of a span that have any time, with their totals. */
export function activeDays(
  db: DatabaseSync,
  span: Span,
  dayStartMin: number,
): { date: IsoDate; totals: ClassTotals }[] {
  return byDay(db, span, dayStartMin).map(({ day, inside }) => {
    const sum = emptyTotals();
    for (const bucket of inside) addTotals(sum, bucket);
    return { date: day.date, totals: sum };
  });
}

/** A span's buckets by the day they belong to; days without any are left out. */
function byDay(db: DatabaseSync, span: Span, dayStartMin: number) {
  const all = buckets(db, span);
  const groups: { day: Span & { date: IsoDate }; inside: BucketTotals[] }[] = [];
  if (all.length === 0) return groups;
  const used = { startMs: all[0].bucketMs, endMs: all[all.length - 1].bucketMs + BUCKET_MS };
  let next = 0;
  for (const day of daysOf(used, localZone, dayStartMin)) {
    const first = next;
    while (next < all.length && all[next].bucketMs < day.endMs) next++;
    if (next > first) groups.push({ day, inside: all.slice(first, next) });
  }
  return groups;
}

/** Events by the newest start first. */
export function events(db: DatabaseSync, query: EventQuery): ActivityEvent[] {
  const where: string[] = [];
  const args: Record<string, string | number> = { limit: query.limit };
  const add = (condition: string, name: string, value: string | number | undefined) => {
    if (value === undefined) return;
    where.push(condition);
    args[name] = value;
  };
  add("e.start_ms < :endMs", "endMs", query.span?.endMs);
  add("e.end_ms > :startMs", "startMs", query.span?.startMs);
  // No event lasts longer than a day; so the scan ends soon after the span's start.
  add("e.start_ms > :earliestMs", "earliestMs", earliest(query.span?.startMs));
  add("e.source = :source", "source", query.source);
  add("s.class = :class", "class", query.class);
  if (query.before) {
    add("(e.start_ms, e.id) < (:beforeMs, :beforeId)", "beforeMs", query.before.startMs);
    args.beforeId = query.before.id;
  }
  return db.prepare(
    `SELECT ${EVENT_COLUMNS} FROM event e JOIN subject s ON s.id = e.subject_id
     ${where.length ? `WHERE ${where.join(" AND ")}` : ""}
     ORDER BY e.start_ms DESC, e.id DESC LIMIT :limit`,
  ).all(args).map(toEvent);
}

function earliest(startMs: number | undefined): number | undefined {
  return startMs === undefined ? undefined : startMs - 86_400_001;
}

/** Events by the oldest start first, after a position: the pages of an export. */
export function eventsAfter(
  db: DatabaseSync,
  span: Span,
  after: { readonly startMs: number; readonly id: number } | undefined,
  limit: number,
): ActivityEvent[] {
  return db.prepare(
    `SELECT ${EVENT_COLUMNS} FROM event e JOIN subject s ON s.id = e.subject_id
     WHERE (e.start_ms, e.id) > (:afterMs, :afterId) AND e.start_ms < :endMs
     ORDER BY e.start_ms, e.id LIMIT :limit`,
  ).all({
    afterMs: after?.startMs ?? span.startMs,
    afterId: after?.id ?? -1,
    endMs: span.endMs,
    limit,
  }).map(toEvent);
}

/** Events by id; ids that are not there are left out. */
export function eventsById(db: DatabaseSync, ids: readonly number[]): ActivityEvent[] {
  const statement = db.prepare(
    `SELECT ${EVENT_COLUMNS} FROM event e JOIN subject s ON s.id = e.subject_id WHERE e.id = ?`,
  );
  return ids.map((id) => statement.get(id)).filter((row) => row !== undefined).map(toEvent);
}

/** How many events there are, and since when. */
export function extent(db: DatabaseSync): { count: number; firstMs?: number } {
  const row = db.prepare("SELECT count(*) AS count, min(start_ms) AS firstMs FROM event").get() as {
    count: number;
    firstMs: number | null;
  };
  return { count: row.count, firstMs: row.firstMs ?? undefined };
}

/** Until when a window counts; `undefined`: there is none. */
export function lastThereMs(db: DatabaseSync): number | undefined {
  const row = db.prepare(
    `SELECT t.end_ms AS endMs FROM timeline t JOIN event e ON e.id = t.event_id
     WHERE e.source = 'window' ORDER BY t.start_ms DESC LIMIT 1`,
  ).get() as { endMs: number } | undefined;
  return row?.endMs;
}

/** The begin of the first bucket with any time; `undefined`: there is none. */
export function firstBucket(db: DatabaseSync): number | undefined {
  const row = db.prepare("SELECT min(bucket_ms) AS firstMs FROM rollup_class").get() as {
    firstMs: number | null;
  };
  return row.firstMs ?? undefined;
}
