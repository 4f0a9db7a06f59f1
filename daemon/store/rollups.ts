/**
 * The sums that answers are made of, kept true in the transaction that changes what they sum.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { EventSource, Span, TimelineClass } from "../core/types.ts";
import { byBucket } from "../core/spans.ts";
import { FocusRollups } from "./focus_rollups.ts";
import type { SubjectRow } from "./subjects.ts";
import { HeadingRollups } from "./trends_rollups.ts";

/** Who saw something, and what it was. */
export interface SourceOf {
  readonly source: EventSource;
  readonly device: string;
  readonly subject: SubjectRow;
}

/** Collects changes in memory and writes each touched row once. */
export class Rollups {
  #classes = new Map<number, Record<TimelineClass, number>>();
  #subjects = new Map<string, [bucketMs: number, subjectId: number, ms: number]>();
  #sources = new Map<string, [number, EventSource, string, number, number]>();
  #addClass: StatementSync;
  #addSubject: StatementSync;
  #dropSubject: StatementSync;
  #addSource: StatementSync;
  #dropSource: StatementSync;
  /** What focus sessions came to: they are joined with the timeline. */
  readonly focus: FocusRollups;
  /** The timeline by hour and heading. */
  readonly headings: HeadingRollups;

  constructor(db: DatabaseSync) {
    this.focus = new FocusRollups(db);
    this.headings = new HeadingRollups(db);
    this.#addClass = db.prepare(
      `INSERT INTO rollup_class VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         signal_ms = signal_ms + excluded.signal_ms, noise_ms = noise_ms + excluded.noise_ms,
         neutral_ms = neutral_ms + excluded.neutral_ms, afk_ms = afk_ms + excluded.afk_ms`,
    );
    this.#addSubject = db.prepare(
      "INSERT INTO rollup_subject VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET ms = ms + excluded.ms",
    );
    this.#dropSubject = db.prepare(
      "DELETE FROM rollup_subject WHERE bucket_ms = ? AND subject_id = ? AND ms = 0",
    );
    this.#addSource = db.prepare(
      "INSERT INTO rollup_source VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ms = ms + excluded.ms",
    );
    this.#dropSource = db.prepare(
      `DELETE FROM rollup_source WHERE bucket_ms = ? AND source = ? AND device = ? AND subject_id = ?
         AND ms = 0`,
    );
  }

  /** Counts a span of the resolved timeline for a subject (`sign` 1) or takes it back (-1). */
  addTimeline(span: Span, subject: SubjectRow, sign: 1 | -1): void {
    for (const [bucketMs, lengthMs] of byBucket(span)) {
      let classes = this.#classes.get(bucketMs);
      if (!classes) {
        this.#classes.set(bucketMs, classes = { signal: 0, noise: 0, neutral: 0, afk: 0 });
      }
      classes[subject.class] += sign * lengthMs;
      const key = `${bucketMs} ${subject.id}`;
      const entry = this.#subjects.get(key);
      if (entry) entry[2] += sign * lengthMs;
      else this.#subjects.set(key, [bucketMs, subject.id, sign * lengthMs]);
    }
    this.focus.addTimeline(span, subject.id, sign);
  }

  /** Counts a span that one source saw (`sign` 1), whatever the timeline makes of it, or takes it back (-1). */
  addSource(
    span: Span,
    { source, device, subject }: SourceOf,
    sign: 1 | -1 = 1,
  ): void {
    for (const [bucketMs, lengthMs] of byBucket(span)) {
      const key = `${bucketMs} ${source} ${device} ${subject.id}`;
      const entry = this.#sources.get(key);
      if (entry) entry[4] += sign * lengthMs;
      else this.#sources.set(key, [bucketMs, source, device, subject.id, sign * lengthMs]);
    }
  }

  /** Writes what was collected; what cancelled out is not written. */
  flush(): void {
    for (const [bucketMs, { signal, noise, neutral, afk }] of this.#classes) {
      if (signal || noise || neutral || afk) {
        this.#addClass.run(bucketMs, signal, noise, neutral, afk);
      }
    }
    this.headings.addSubjects(this.#subjects.values());
    this.headings.flush();
    for (const [bucketMs, subjectId, ms] of this.#subjects.values()) {
      if (ms !== 0) this.#addSubject.run(bucketMs, subjectId, ms);
      if (ms < 0) this.#dropSubject.run(bucketMs, subjectId);
    }
    for (const entry of this.#sources.values()) {
      const [bucketMs, source, device, subjectId, ms] = entry;
      if (ms !== 0) this.#addSource.run(...entry);
      if (ms < 0) this.#dropSource.run(bucketMs, source, device, subjectId);
    }
    this.focus.flush();
    this.discard();
  }

  /** Forgets what was collected: its transaction was undone. */
  discard(): void {
    this.#classes.clear();
    this.#subjects.clear();
    this.#sources.clear();
    this.focus.discard();
    this.headings.discard();
  }
}
