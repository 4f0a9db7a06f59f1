/**
 * Times by heading (class and category) in any span, exact to the millisecond: whole days and hours from the coarse sums,
 * whole quarters at the edges from the fine ones, the rest from the timeline.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { BUCKET_MS } from "../core/spans.ts";
import type { ClassTotals, Span, TimelineClass } from "../core/types.ts";
import { addToTotals, emptyTotals } from "../core/totals.ts";
import { HEADING_WIDTHS_MS, headingsTrueFrom } from "./trends_rollups.ts";

interface HeadingTime {
  readonly category: string;
  readonly class: TimelineClass;
  readonly ms: number;
}

/** Sums of whole buckets of a width. */
type Level = readonly [widthMs: number, sums: StatementSync];

export class HeadingReader {
  /** From coarse to fine. */
  #levels: readonly Level[];
  /** Without those that do not count before `#trueFromMs`. */
  #fineLevels: readonly Level[];
  #trueFromMs: number;

  /** Good for one look at the database: within one transaction. */
  constructor(db: DatabaseSync) {
    this.#trueFromMs = headingsTrueFrom(db);
    const coarse = HEADING_WIDTHS_MS.map((widthMs): Level => [
      widthMs,
      db.prepare(
        `SELECT h.category, h.class, sum(r.ms) AS ms
         FROM rollup_heading r CROSS JOIN heading h ON h.id = r.heading_id
         WHERE r.width_ms = ${widthMs} AND r.bucket_ms >= :startMs AND r.bucket_ms < :endMs
         GROUP BY r.heading_id`,
      ),
    ]);
    const quarters = db.prepare(
      `SELECT coalesce(s.category, '') AS category, s.class, sum(r.ms) AS ms
       FROM rollup_subject r NOT INDEXED CROSS JOIN subject s ON s.id = r.subject_id
       WHERE r.bucket_ms >= :startMs AND r.bucket_ms < :endMs GROUP BY 1, 2`,
    );
    const moments = db.prepare(
      `SELECT coalesce(s.category, '') AS category, s.class,
         sum(min(t.end_ms, :endMs) - max(t.start_ms, :startMs)) AS ms
       FROM timeline t JOIN subject s ON s.id = t.subject_id
       WHERE t.start_ms >= coalesce((SELECT max(start_ms) FROM timeline WHERE start_ms <= :startMs), :startMs)
         AND t.start_ms < :endMs AND t.end_ms > :startMs GROUP BY 1, 2`,
    );
    this.#fineLevels = [[BUCKET_MS, quarters], [1, moments]];
    this.#levels = [...coarse, ...this.#fineLevels];
  }

  /** Time per class by category within a span, '' standing for none; AFK is not among them. */
  of(span: Span): Map<string, ClassTotals> {
    const times = new Map<string, ClassTotals>();
    const { startMs, endMs } = span;
    const trueFromMs = Math.min(Math.max(startMs, this.#trueFromMs), endMs);
    this.#add(times, { startMs, endMs: trueFromMs }, this.#fineLevels);
    this.#add(times, { startMs: trueFromMs, endMs }, this.#levels);
    return times;
  }

  /** Counts what the first of the levels covers whole, and both edges by the next finer one. */
  #add(
    times: Map<string, ClassTotals>,
    { startMs, endMs }: Span,
    [level, ...finer]: readonly Level[],
  ): void {
    if (endMs <= startMs) return;
    const [widthMs, sums] = level;
    const firstMs = Math.ceil(startMs / widthMs) * widthMs;
    const lastMs = Math.floor(endMs / widthMs) * widthMs;
    if (lastMs <= firstMs) return this.#add(times, { startMs, endMs }, finer);
    const rows = sums.all({ startMs: firstMs, endMs: lastMs }) as unknown as HeadingTime[];
    for (const { category, class: cls, ms } of rows) {
      if (cls === "afk") continue;
      const sum = times.get(category) ?? emptyTotals();
      addToTotals(sum, cls, ms);
      times.set(category, sum);
    }
    if (finer.length === 0) return;
    this.#add(times, { startMs, endMs: firstMs }, finer);
    this.#add(times, { startMs: lastMs, endMs }, finer);
  }
}
