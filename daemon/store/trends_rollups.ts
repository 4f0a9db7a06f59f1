/**
 * Sums of the timeline by heading (class and category) and UTC hour or day: coarse enough that a year of them is read in
 * milliseconds, fine enough that local days are whole ones of them and some quarters.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Classification, TimelineClass } from "../core/types.ts";

/** Widths of these buckets, in milliseconds: a day and an hour. */
export const HEADING_WIDTHS_MS = [86_400_000, 3_600_000] as const;

const [DAY_MS, HOUR_MS] = HEADING_WIDTHS_MS;
/** The first moment from which these sums are true is kept under this name while they are not true throughout. */
const TRUE_FROM = "headings_true_from";

/** How a subject is judged, as its row has it. */
export interface Judged {
  readonly class: TimelineClass;
  readonly category?: Classification["category"];
}

interface CountedHour {
  readonly hourMs: number;
  readonly class: TimelineClass;
  readonly category: string | null;
  readonly ms: number;
}

/** The moment from which the sums of whole days and hours are true; usually all are. */
export function headingsTrueFrom(db: DatabaseSync): number {
  const row = db.prepare("SELECT CAST(value AS INTEGER) AS ms FROM meta WHERE key = ?")
    .get(TRUE_FROM) as { ms: number } | undefined;
  return row?.ms ?? -Infinity;
}

/** Collects changes in memory and writes each touched row once. */
export class HeadingRollups {
  #changes = new Map<string, [widthMs: number, bucketMs: number, headingId: number, ms: number]>();
  #ofSubject: StatementSync;
  #find: StatementSync;
  #make: StatementSync;
  #add: StatementSync;
  #take: StatementSync;
  #drop: StatementSync;
  #lastDay: StatementSync;
  #dropSpan: StatementSync;
  #countSpan: StatementSync;
  #setTrueFrom: StatementSync;
  #trust: StatementSync;

  constructor(private readonly db: DatabaseSync) {
    this.#ofSubject = db.prepare("SELECT class, category FROM subject WHERE id = ?");
    this.#find = db.prepare("SELECT id FROM heading WHERE category = ? AND class = ?");
    this.#make = db.prepare("INSERT INTO heading (category, class) VALUES (?, ?)");
    this.#add = db.prepare(
      `INSERT INTO rollup_heading VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET ms = ms + excluded.ms`,
    );
    this.#take = db.prepare(
      `UPDATE rollup_heading SET ms = ms + ? WHERE width_ms = ? AND bucket_ms = ? AND heading_id = ?
       RETURNING ms`,
    );
    this.#drop = db.prepare(
      "DELETE FROM rollup_heading WHERE width_ms = ? AND bucket_ms = ? AND heading_id = ?",
    );
    this.#lastDay = db.prepare(
      `SELECT max(bucket_ms - bucket_ms % ${DAY_MS}) AS ms FROM (
         SELECT max(bucket_ms) AS bucket_ms FROM rollup_subject WHERE bucket_ms < :ms UNION ALL
         SELECT max(bucket_ms) FROM rollup_heading WHERE width_ms = ${DAY_MS} AND bucket_ms < :ms)`,
    );
    this.#dropSpan = db.prepare(
      "DELETE FROM rollup_heading WHERE width_ms = ? AND bucket_ms >= ? AND bucket_ms < ?",
    );
    this.#countSpan = db.prepare(
      `SELECT r.bucket_ms - r.bucket_ms % ${HOUR_MS} AS hourMs, s.class, s.category, sum(r.ms) AS ms
       FROM rollup_subject r NOT INDEXED CROSS JOIN subject s ON s.id = r.subject_id
       WHERE r.bucket_ms >= ? AND r.bucket_ms < ? GROUP BY 1, 2, 3`,
    );
    this.#setTrueFrom = db.prepare(
      `INSERT INTO meta VALUES ('${TRUE_FROM}', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
    );
    this.#trust = db.prepare(`DELETE FROM meta WHERE key = '${TRUE_FROM}'`);
  }

  /**
   * Says that these sums no longer follow what subjects are judged as, until {@linkcode rebuild} has been through them:
   * readers count by quarters. What is judged otherwise lies all over the years, and moving it bit by bit writes every
   * row a hundred times (measured, 1 M events, 900 000 quarters moved: 17 to 39 s, counted anew 2 s).
   */
  distrust(): void {
    this.#setTrueFrom.run(`${Number.MAX_SAFE_INTEGER}`);
  }

  /** Whether any sum is to be counted anew. */
  get areTrue(): boolean {
    return headingsTrueFrom(this.db) === -Infinity;
  }

  /** Whether none of these sums counts, so that nothing is to be moved among them. */
  get areDistrusted(): boolean {
    return headingsTrueFrom(this.db) === Number.MAX_SAFE_INTEGER;
  }

  /**
   * Counts the sums of the newest day anew that are not true; `false`: there was none. To be run inside a transaction
   * and flushed, once no subject waits to be judged.
   */
  rebuild(): boolean {
    const beforeMs = headingsTrueFrom(this.db);
    if (beforeMs === -Infinity) return false;
    const { ms: dayMs } = this.#lastDay.get({ ms: beforeMs }) as { ms: number | null };
    if (dayMs === null) {
      this.#trust.run();
      return false;
    }
    const endMs = dayMs + DAY_MS;
    for (const widthMs of HEADING_WIDTHS_MS) this.#dropSpan.run(widthMs, dayMs, endMs);
    const rows = this.#countSpan.all(dayMs, endMs) as unknown as CountedHour[];
    const headings = new Map<string, number>();
    for (const { hourMs, class: cls, category, ms } of rows) {
      const key = `${cls} ${category ?? ""}`;
      let headingId = headings.get(key);
      if (headingId === undefined) {
        headingId = this.#headingOf({ class: cls, category: category ?? undefined });
        headings.set(key, headingId);
      }
      this.#count(hourMs, headingId, ms);
    }
    this.#setTrueFrom.run(`${dayMs}`);
    return true;
  }

  /** Counts times of subjects by the quarters they lie in, under what each subject is judged as now. */
  addSubjects(changes: Iterable<readonly [bucketMs: number, subjectId: number, ms: number]>): void {
    const headings = new Map<number, number | undefined>();
    for (const [bucketMs, subjectId, ms] of changes) {
      if (ms === 0) continue;
      if (!headings.has(subjectId)) headings.set(subjectId, this.#headingOfSubject(subjectId));
      const headingId = headings.get(subjectId);
      if (headingId !== undefined) this.#count(bucketMs, headingId, ms);
    }
  }

  /** Moves a subject's times, by the quarters they lie in, from one heading to another. */
  move(
    times: readonly { readonly bucket_ms: number; readonly ms: number }[],
    before: Judged,
    after: Judged,
  ): void {
    if (times.length === 0) return;
    const from = this.#headingOf(before), to = this.#headingOf(after);
    if (from === to) return;
    for (const { bucket_ms, ms } of times) {
      this.#count(bucket_ms, from, -ms);
      this.#count(bucket_ms, to, ms);
    }
  }

  /** Writes what was collected; what cancelled out is not written. */
  flush(): void {
    const changes = [...this.#changes.values()].filter(([, , , ms]) => ms !== 0);
    // In the table's order: neighbours are on one page.
    changes.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    for (const [widthMs, bucketMs, headingId, ms] of changes) {
      if (ms > 0) {
        this.#add.run(widthMs, bucketMs, headingId, ms);
        continue;
      }
      const left = this.#take.get(ms, widthMs, bucketMs, headingId) as { ms: number } | undefined;
      if (left?.ms === 0) this.#drop.run(widthMs, bucketMs, headingId);
    }
    this.discard();
  }

  /** Forgets what was collected: its transaction was undone. */
  discard(): void {
    this.#changes.clear();
  }

  #count(quarterMs: number, headingId: number, ms: number): void {
    for (const widthMs of HEADING_WIDTHS_MS) {
      const bucketMs = Math.floor(quarterMs / widthMs) * widthMs;
      const key = `${widthMs} ${bucketMs} ${headingId}`;
      const entry = this.#changes.get(key);
      if (entry) entry[3] += ms;
      else this.#changes.set(key, [widthMs, bucketMs, headingId, ms]);
    }
  }

  #headingOfSubject(subjectId: number): number | undefined {
    const judged = this.#ofSubject.get(subjectId) as
      | { class: TimelineClass; category: string | null }
      | undefined;
    return judged && this.#headingOf({ ...judged, category: judged.category ?? undefined });
  }

  // Nothing is remembered between transactions: one that is undone takes the headings it made with it.
  #headingOf({ class: cls, category = "" }: Judged): number {
    const found = this.#find.get(category, cls) as { id: number } | undefined;
    return found?.id ?? Number(this.#make.run(category, cls).lastInsertRowid);
  }
}

/** Forgets headings that no time stands under any more: a category may be a word of what was erased. */
export function dropUnusedHeadings(db: DatabaseSync): void {
  db.exec("DELETE FROM heading WHERE id NOT IN (SELECT heading_id FROM rollup_heading)");
}
