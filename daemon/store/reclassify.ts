/**
 * Judging the past again after the rules have changed, some subjects a transaction.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { unionSpans } from "../core/spans.ts";
import type { ActivityClass, Classification, Span } from "../core/types.ts";
import type { Judge } from "./subjects.ts";
import type { Rollups } from "./rollups.ts";
import type { Timeline } from "./timeline.ts";

interface SubjectText {
  readonly id: number;
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly class: ActivityClass;
  readonly category: string | null;
}

interface Move extends SubjectText {
  readonly after: Classification;
}

/** So many quarters of an hour are moved from heading to heading at a time; more are counted anew, later. */
const MOVED_QUARTERS = 500;
const CLASSES = ["signal", "noise", "neutral"] as const;

export class Reclassify {
  #stale: StatementSync;
  #count: StatementSync;
  #update: StatementSync;
  #quartersOf: StatementSync;
  #countQuarters: StatementSync;
  #addMoved: StatementSync;
  #moveClasses: StatementSync;
  #forgetMoved: StatementSync;
  #hasPhones: StatementSync;
  #phoneSpans: StatementSync;

  constructor(
    db: DatabaseSync,
    private readonly timeline: Timeline,
    private readonly rollups: Rollups,
  ) {
    // Two ranges around the current version instead of "<>", which no index can answer.
    this.#stale = db.prepare(
      `SELECT id, app, title, url, class, category FROM subject WHERE id > 0 AND by_hand = 0 AND rules < :version
       UNION ALL SELECT id, app, title, url, class, category FROM subject WHERE id > 0 AND by_hand = 0 AND rules > :version
       LIMIT :limit`,
    );
    this.#count = db.prepare(
      `SELECT (SELECT count(*) FROM subject WHERE id > 0 AND by_hand = 0 AND rules < :version) +
         (SELECT count(*) FROM subject WHERE id > 0 AND by_hand = 0 AND rules > :version) AS count`,
    );
    this.#update = db.prepare("UPDATE subject SET class = ?, category = ?, rules = ? WHERE id = ?");
    this.#quartersOf = db.prepare("SELECT bucket_ms, ms FROM rollup_subject WHERE subject_id = ?");
    // Each class: -1 where time leaves it, 1 where it enters.
    db.exec(
      `CREATE TEMP TABLE moved (subject_id INTEGER PRIMARY KEY, signal INTEGER, noise INTEGER, neutral INTEGER)`,
    );
    this.#addMoved = db.prepare("INSERT INTO moved VALUES (?, ?, ?, ?)");
    this.#countQuarters = db.prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM moved m CROSS JOIN rollup_subject r
         ON r.subject_id = m.subject_id LIMIT ${MOVED_QUARTERS + 1})`,
    );
    // Summed before it is written: each row once, in the table's order.
    this.#moveClasses = db.prepare(
      `UPDATE rollup_class SET signal_ms = signal_ms + d.signal, noise_ms = noise_ms + d.noise,
         neutral_ms = neutral_ms + d.neutral
       FROM (SELECT r.bucket_ms, sum(r.ms * m.signal) AS signal, sum(r.ms * m.noise) AS noise,
           sum(r.ms * m.neutral) AS neutral
         FROM moved m CROSS JOIN rollup_subject r ON r.subject_id = m.subject_id
         WHERE m.signal <> 0 OR m.noise <> 0 OR m.neutral <> 0 GROUP BY 1) d
       WHERE d.bucket_ms = rollup_class.bucket_ms`,
    );
    this.#forgetMoved = db.prepare("DELETE FROM moved");
    // Where no phone ever told anything, looking through each subject's events for it would be a quarter of the work.
    this.#hasPhones = db.prepare(
      "SELECT 1 FROM event INDEXED BY event_identity WHERE source = 'phone' LIMIT 1",
    );
    this.#phoneSpans = db.prepare(
      `SELECT start_ms AS startMs, end_ms AS endMs FROM event
       WHERE source = 'phone' AND subject_id = ? AND end_ms > start_ms`,
    );
  }

  /** How many subjects are still judged by other rules. */
  pending(version: string): number {
    return (this.#count.get({ version }) as { count: number }).count;
  }

  /** Judges the next `limit` subjects at most; returns how many it was. To be run inside a transaction. */
  step(judge: Judge, limit: number): number {
    const { version } = judge;
    const stale = this.#stale.all({ version, limit }) as unknown as SubjectText[];
    const moves: Move[] = [];
    const disputed: Span[] = [];
    const hasPhones = this.#hasPhones.get() !== undefined;
    for (const subject of stale) {
      const { id, app, title, url, class: before, category } = subject;
      const after = judge.classify({
        app: app || undefined,
        title: title || undefined,
        url: url || undefined,
      });
      this.#update.run(after.class, after.category ?? null, version, id);
      const isOtherClass = after.class !== before;
      if (isOtherClass || (after.category ?? null) !== category) moves.push({ ...subject, after });
      // Only a distracting phone claims time: whose second it is changes with the class.
      if (hasPhones && isOtherClass && (after.class === "noise" || before === "noise")) {
        disputed.push(...this.#phoneSpans.all(id) as unknown as Span[]);
      }
    }
    if (moves.length > 0) this.#move(moves);
    for (const span of unionSpans(disputed)) this.timeline.resolve(span);
    this.rollups.flush();
    return stale.length;
  }

  /** The subjects' time leaves one class or category and enters another, in every bucket it is in. */
  #move(moves: readonly Move[]): void {
    for (const { id, class: before, after } of moves) {
      const signs = CLASSES.map((cls) => Number(cls === after.class) - Number(cls === before));
      this.#addMoved.run(id, ...signs);
    }
    this.#moveClasses.run();
    const { headings } = this.rollups;
    if (!headings.areDistrusted) {
      const { count } = this.#countQuarters.get() as { count: number };
      if (count > MOVED_QUARTERS) headings.distrust();
      else {
        for (const { id, class: cls, category, after } of moves) {
          const quarters = this.#quartersOf.all(id) as { bucket_ms: number; ms: number }[];
          headings.move(quarters, { class: cls, category: category ?? undefined }, after);
        }
      }
    }
    this.#forgetMoved.run();
  }
}
