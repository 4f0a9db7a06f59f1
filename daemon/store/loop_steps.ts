/**
 * The loop's steps in the database, and the last minutes that it decides on.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { FocusState } from "../core/focus_session.ts";
import type { PastStep } from "../core/loop_resume.ts";
import type { EventSource, Span, TimelineClass } from "../core/types.ts";
import type { Access } from "./blocks.ts";

/** A step that was taken, or would have been. */
export interface LoopStepRecord extends PastStep {
  readonly id: number;
  /** What held it back, or why it failed. */
  readonly reason?: string;
  readonly answeredMs?: number;
  /** The block that it, or the answer to it, began. */
  readonly blockId?: number;
}

/** A piece of the resolved timeline and what was in front. */
export interface TimelineRow extends Span {
  readonly source: EventSource;
  readonly device: string;
  readonly subjectId: number;
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly class: TimelineClass;
}

const COLUMNS = `id, at_ms AS atMs, rule, step, outcome, explanation, reason, answer,
  answered_ms AS answeredMs, block_id AS blockId`;

export class LoopSteps {
  constructor(private readonly db: Access) {}

  /** The newest steps, newest first. */
  recent(limit: number): LoopStepRecord[] {
    return this.#all(`SELECT ${COLUMNS} FROM loop_step ORDER BY id DESC LIMIT ?`, limit);
  }

  /** Steps since a moment, and those that a clock which was set back has ahead of it, newest first. */
  since(fromMs: number): LoopStepRecord[] {
    return this.#all(
      `SELECT ${COLUMNS} FROM loop_step WHERE at_ms >= ? ORDER BY id DESC LIMIT 1000`,
      fromMs,
    );
  }

  step(id: number): LoopStepRecord | undefined {
    return this.#all(`SELECT ${COLUMNS} FROM loop_step WHERE id = ?`, id)[0];
  }

  /** Resolves with its id once it is stored. */
  add(step: Omit<LoopStepRecord, "id">): Promise<number> {
    const { atMs, rule, outcome, explanation, reason = null, blockId = null } = step;
    return this.db.write((db) =>
      Number(
        db.prepare(
          `INSERT INTO loop_step (at_ms, rule, step, outcome, explanation, reason, block_id)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ).run(atMs, rule, step.step, outcome, explanation, reason, blockId).lastInsertRowid,
      )
    );
  }

  /** Notes what somebody answered; a later answer takes the place of an earlier one. */
  answer(
    id: number,
    { answer, atMs, blockId }: {
      readonly answer: NonNullable<PastStep["answer"]>;
      readonly atMs: number;
      readonly blockId?: number;
    },
  ): Promise<void> {
    return this.db.write((db) => {
      db.prepare(
        `UPDATE loop_step SET answer = ?, answered_ms = ?, block_id = coalesce(?, block_id)
         WHERE id = ?`,
      ).run(answer, atMs, blockId ?? null, id);
    });
  }

  /**
   * The resolved timeline of a span, in order; pieces may reach beyond it. Noise that was entered by hand is not
   * among it: nobody is to be nudged for having told.
   */
  timeline(span: Span): TimelineRow[] {
    return this.db.read((db) => timelineRows(db, span));
  }

  /** The spans of a focus session that end after a moment, in order. */
  focusSpans(sessionId: number, fromMs: number): (Span & { readonly state: FocusState })[] {
    return this.db.read((db) =>
      db.prepare(
        // No span is longer than an hour.
        `SELECT start_ms AS startMs, end_ms AS endMs, state FROM focus_span
         WHERE session_id = :id AND start_ms > :fromMs - 3600000 AND end_ms > :fromMs
         ORDER BY start_ms`,
      ).all({ id: sessionId, fromMs })
    ) as unknown as (Span & { readonly state: FocusState })[];
  }

  #all(sql: string, value: number): LoopStepRecord[] {
    return this.db.read((db) => db.prepare(sql).all(value)).map((row) => {
      const known = Object.entries(row).filter(([, field]) => field !== null);
      return Object.fromEntries(known) as unknown as LoopStepRecord;
    });
  }
}

function timelineRows(db: DatabaseSync, span: Span): TimelineRow[] {
  return db.prepare(
    `SELECT t.start_ms AS startMs, t.end_ms AS endMs, e.source, e.device, s.id AS subjectId, s.app,
       s.title, s.url, iif(e.source = 'manual' AND s.class = 'noise', 'neutral', s.class) AS class
     FROM timeline t JOIN subject s ON s.id = t.subject_id JOIN event e ON e.id = t.event_id
     WHERE t.start_ms >= coalesce((SELECT max(start_ms) FROM timeline WHERE start_ms <= :startMs), :startMs)
       AND t.start_ms < :endMs AND t.end_ms > :startMs
     ORDER BY t.start_ms`,
  ).all({ ...span }) as unknown as TimelineRow[];
}
