/**
 * Which events are meant: found a few hundred at a time, as they were recorded, be they deleted by hand or not.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Eraser, Fate } from "../core/erasure.ts";
import { MAX_EVENT_MS } from "../core/heartbeat.ts";
import type { Span } from "../core/types.ts";
import { OBSERVED_SQL } from "./subjects.ts";

/** An event that is meant, and where it lies. */
export interface FoundEvent extends Span {
  readonly id: number;
}

const SUBJECTS_AT_ONCE = 1_000;
/** Subjects in one question for events. */
const IDS_AT_ONCE = 100;

const REACHES = `start_ms < :endMs AND start_ms > :startMs - ${MAX_EVENT_MS}
  AND (end_ms > :startMs OR start_ms >= :startMs)`;

/** The subjects behind the id `after` that do not stay, read in steps: what each becomes, by id. */
export function* fatesOf(
  db: DatabaseSync,
  eraser: Eraser,
  after = 0,
): Generator<Map<number, Fate>> {
  // What was typed goes through no privacy rule when it is entered, nor afterwards.
  const isMeant = eraser.request.kind === "privacy" ? `AND ${OBSERVED_SQL}` : "";
  const next = db.prepare(
    `SELECT id, app, title, url FROM subject WHERE id > ? ${isMeant}
     ORDER BY id LIMIT ${SUBJECTS_AT_ONCE}`,
  );
  while (true) {
    const rows = next.all(after) as { id: number; app: string; title: string; url: string }[];
    if (rows.length === 0) return;
    const fates = new Map<number, Fate>();
    for (const { id, app, title, url } of rows) {
      const fate = eraser.fateOf({
        app: app || undefined,
        title: title || undefined,
        url: url || undefined,
      });
      if (fate !== "stays") fates.set(id, fate);
    }
    yield fates;
    after = rows[rows.length - 1].id;
  }
}

export class EventFinder {
  #all: StatementSync;
  #ofSubjects: StatementSync;

  /** @param atOnce The most that {@linkcode EventFinder.within} finds. */
  constructor(db: DatabaseSync, atOnce: number) {
    const columns = "SELECT id, start_ms AS startMs, end_ms AS endMs FROM";
    this.#all = db.prepare(
      `${columns} (SELECT id, start_ms, end_ms FROM event WHERE whole_id = 0 AND ${REACHES}
         UNION ALL SELECT id, start_ms, end_ms FROM event_whole WHERE ${REACHES})
       ORDER BY start_ms LIMIT ${atOnce}`,
    );
    const ofSubjects = `subject_id IN (SELECT value FROM json_each(:ids)) AND ${REACHES}`;
    this.#ofSubjects = db.prepare(
      `${columns} event WHERE whole_id = 0 AND ${ofSubjects}
       UNION ALL ${columns} event_whole WHERE ${ofSubjects}`,
    );
  }

  /** The first of what is left in a span; whoever asks takes it away before asking again. */
  within({ startMs, endMs }: Span): FoundEvent[] {
    return this.#all.all({ startMs, endMs }) as unknown as FoundEvent[];
  }

  /** All of some subjects, as many as {@linkcode idBatches} gives at once. */
  ofSubjects(ids: readonly number[], { startMs, endMs }: Span): FoundEvent[] {
    const found = this.#ofSubjects.all({ startMs, endMs, ids: JSON.stringify(ids) });
    return found as unknown as FoundEvent[];
  }
}

/** Ids in batches that one question can hold. */
export function* idBatches(ids: readonly number[]): Generator<number[]> {
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) yield ids.slice(at, at + IDS_AT_ONCE);
}
