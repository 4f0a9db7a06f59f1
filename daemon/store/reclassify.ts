/**
 * Judging the past again after the rules have changed, a few hundred subjects a transaction.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { unionSpans } from "../core/spans.ts";
import type { ActivityClass, Span } from "../core/types.ts";
import type { Judge } from "./subjects.ts";
import type { Rollups } from "./rollups.ts";
import type { Timeline } from "./timeline.ts";
import type { Judged } from "./trends_rollups.ts";

interface SubjectText {
  readonly id: number;
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly class: ActivityClass;
  readonly category: string | null;
}

const BATCH_SUBJECTS = 200;
/** So many quarters of an hour whose sums change are enough for one transaction. */
const BATCH_BUCKETS = 5_000;

export class Reclassify {
  #stale: StatementSync;
  #count: StatementSync;
  #update: StatementSync;
  #bucketsOf: StatementSync;
  #phoneSpans: StatementSync;

  constructor(
    private readonly db: DatabaseSync,
    private readonly timeline: Timeline,
    private readonly rollups: Rollups,
  ) {
    // Two ranges around the current version instead of "<>", which no index can answer.
    this.#stale = db.prepare(
      `SELECT id, app, title, url, class, category FROM subject WHERE id > 0 AND by_hand = 0 AND rules < :version
       UNION ALL SELECT id, app, title, url, class, category FROM subject WHERE id > 0 AND by_hand = 0 AND rules > :version
       LIMIT ${BATCH_SUBJECTS}`,
    );
    this.#count = db.prepare(
      `SELECT (SELECT count(*) FROM subject WHERE id > 0 AND by_hand = 0 AND rules < :version) +
         (SELECT count(*) FROM subject WHERE id > 0 AND by_hand = 0 AND rules > :version) AS count`,
    );
    this.#update = db.prepare("UPDATE subject SET class = ?, category = ?, rules = ? WHERE id = ?");
    this.#bucketsOf = db.prepare("SELECT bucket_ms, ms FROM rollup_subject WHERE subject_id = ?");
    this.#phoneSpans = db.prepare(
      `SELECT start_ms AS startMs, end_ms AS endMs FROM event
       WHERE source = 'phone' AND subject_id = ? AND end_ms > start_ms`,
    );
  }

  /** How many subjects are still judged by other rules. */
  pending(version: string): number {
    return (this.#count.get({ version }) as { count: number }).count;
  }

  /** Judges the next batch; returns how many it was. To be run inside a transaction. */
  step(judge: Judge): number {
    const { version } = judge;
    const stale = this.#stale.all({ version }) as unknown as SubjectText[];
    const disputed: Span[] = [];
    let done = 0, buckets = 0;
    for (const { id, app, title, url, class: before, category } of stale) {
      const after = judge.classify({
        app: app || undefined,
        title: title || undefined,
        url: url || undefined,
      });
      buckets += this.#move(id, { class: before, category: category ?? undefined }, after);
      this.#update.run(after.class, after.category ?? null, version, id);
      // Only a distracting phone claims time: whose second it is changes with the class.
      if (after.class !== before && (after.class === "noise" || before === "noise")) {
        disputed.push(...this.#phoneSpans.all(id) as unknown as Span[]);
      }
      done++;
      if (buckets >= BATCH_BUCKETS) break;
    }
    for (const span of unionSpans(disputed)) this.timeline.resolve(span);
    this.rollups.flush();
    return done;
  }

  /** The subject's time leaves one class or category and enters another, in every bucket it is in; how many these are. */
  #move(id: number, before: Judged, after: Judged): number {
    const isOtherClass = before.class !== after.class;
    if (!isOtherClass && before.category === after.category) return 0;
    const times = this.#bucketsOf.all(id) as { bucket_ms: number; ms: number }[];
    this.rollups.headings.move(times, before, after);
    if (!isOtherClass) return times.length;
    const move = this.db.prepare(
      `UPDATE rollup_class SET ${before.class}_ms = ${before.class}_ms - ?, ${after.class}_ms = ${after.class}_ms + ?
       WHERE bucket_ms = ?`,
    );
    for (const { bucket_ms, ms } of times) move.run(ms, ms, bucket_ms);
    return times.length;
  }
}
