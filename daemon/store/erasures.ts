/**
 * Erasing: what was asked for, what of it is pending where, and how it is done in the database in use.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { Eraser, ErasureRequest } from "../core/erasure.ts";
import type { Heartbeat } from "../core/heartbeat.ts";
import { spansWithout } from "../core/spans.ts";
import type { Access } from "./blocks.ts";
import { emptyLog, rebuildSteps, rebuildTables } from "./erasure_rebuild.ts";
import { cancelReturned, TOLD_BY_LOOP } from "./erasure_rows.ts";
import { erasureSteps, type ErasureTools } from "./erasure_steps.ts";
import type { Events } from "./events.ts";
import type { Rollups } from "./rollups.ts";
import type { Subjects } from "./subjects.ts";

/** Where something may be pending, besides the paths of files. */
export const PLACES = {
  database: "database",
  /** What Redis or the memory know of phones. */
  phones: "phones",
  /** A message that was on its way. */
  outbox: "outbox",
  /** The text of the request itself, in the WAL. */
  log: "log",
} as const;

/** A place that is still to be erased. */
export interface PendingPlace {
  readonly place: string;
  /** `undefined`: not tried yet. */
  readonly triedMs?: number;
  readonly error?: string;
}

export interface ErasureRecord {
  readonly id: number;
  readonly askedMs: number;
  /** Events that went or were told otherwise, in the database in use. */
  readonly events: number;
  readonly doneMs?: number;
  readonly pending: readonly PendingPlace[];
}

/** A copy that erasing does not reach. */
export interface CopyElsewhere {
  readonly path: string;
  readonly madeMs: number;
}

/** Events in one transaction: of one time they take some 10 ms, scattered ones 50. */
const EVENTS_AT_ONCE = 200;
/** Erasings whose events a late heartbeat must not bring back. */
const MAX_REMEMBERED = 50;
/** How long a finished erasing is listed. */
const LISTED_MS = 90 * 86_400_000;

export class Erasures {
  #recent: Eraser[] = [];

  constructor(
    private readonly db: Access,
    private readonly parts: {
      readonly events: Events;
      readonly subjects: Subjects;
      readonly rollups: Rollups;
    },
  ) {}

  /** Writes down what is to be erased, and where; resolves with its id once that is durable. */
  add(request: ErasureRequest, places: readonly string[], nowMs: number): Promise<number> {
    return this.db.write((db) => {
      const { lastInsertRowid } = db.prepare(
        "INSERT INTO erasure (asked_ms, request, events) VALUES (?, ?, 0)",
      ).run(Math.round(nowMs), JSON.stringify(request));
      const id = Number(lastInsertRowid);
      insertPlaces(db, id, places);
      return id;
    });
  }

  /** Adds places to one that is pending. */
  addPlaces(id: number, places: readonly string[]): Promise<void> {
    return this.db.write((db) => insertPlaces(db, id, places));
  }

  /** Requests that are not done everywhere, oldest first. */
  open(): { readonly id: number; readonly request: ErasureRequest }[] {
    const rows = this.db.read((db) =>
      db.prepare("SELECT id, request FROM erasure WHERE request IS NOT NULL ORDER BY id").all()
    ) as { id: number; request: string }[];
    return rows.map(({ id, request }) => ({ id, request: JSON.parse(request) }));
  }

  /** Whether anything is pending. */
  hasPending(): boolean {
    return this.db.read((db) =>
      db.prepare(
        `SELECT 1 FROM erasure WHERE request IS NOT NULL
         UNION ALL SELECT 1 FROM erasure_pending LIMIT 1`,
      ).get()
    ) !== undefined;
  }

  /** The newest, newest first, and every one of which something is pending. */
  list(limit: number): ErasureRecord[] {
    return this.db.read((db) => {
      const rows = db.prepare(
        `SELECT id, asked_ms, events, done_ms FROM erasure
         WHERE id IN (SELECT id FROM erasure ORDER BY id DESC LIMIT ?) OR request IS NOT NULL
           OR id IN (SELECT erasure_id FROM erasure_pending) ORDER BY id DESC`,
      ).all(limit);
      const places = db.prepare(
        "SELECT place, tried_ms, error FROM erasure_pending WHERE erasure_id = ? ORDER BY place",
      );
      return rows.map((row) => ({
        id: row.id as number,
        askedMs: row.asked_ms as number,
        events: row.events as number,
        doneMs: row.done_ms as number | null ?? undefined,
        pending: places.all(row.id).map((each) => ({
          place: each.place as string,
          triedMs: each.tried_ms as number | null ?? undefined,
          error: each.error as string | null ?? undefined,
        })),
      }));
    });
  }

  /** The end of the newest event. */
  newestMs(): number | undefined {
    const row = this.db.read((db) => db.prepare("SELECT max(end_ms) AS ms FROM event").get());
    return row?.ms as number | null ?? undefined;
  }

  /**
   * Erases in the database in use, leaving room for other writes in between; yields how many events so far. Begun
   * anew after a failure, it goes on with what is left.
   */
  async *erase(
    id: number,
    eraser: Eraser,
    removeFile: (file: string) => boolean,
  ): AsyncGenerator<number> {
    this.#recent = [...this.#recent, eraser].slice(-MAX_REMEMBERED);
    let done = 0;
    let steps: Generator<number> | undefined;
    while (true) {
      const count = await this.db.write((db) => {
        steps ??= erasureSteps({ ...this.#tools(db), removeFile }, eraser);
        const { value, done: isOver } = steps.next();
        if (isOver) return undefined;
        if (value > 0) {
          db.prepare("UPDATE erasure SET events = events + ? WHERE id = ?").run(value, id);
        }
        return value;
      });
      if (count === undefined) return;
      done += count;
      yield done;
    }
  }

  /** Writes tables anew so that no trace is left in unused bytes, leaving room for other writes in between. */
  async *rebuild(): AsyncGenerator<void> {
    const steps = this.db.read((db) => rebuildSteps(db));
    while (!this.db.read(() => steps.next().done)) {
      yield;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Empties the WAL; `false`: a reader is at work. */
  emptyLog(): boolean {
    return this.db.read((db) => emptyLog(db));
  }

  /** A place is erased. */
  settled(id: number, place: string): Promise<void> {
    return this.db.write((db) => {
      db.prepare("DELETE FROM erasure_pending WHERE erasure_id = ? AND place = ?").run(id, place);
    });
  }

  /** A place could not be erased: it is tried again. */
  failed(id: number, place: string, { error, nowMs }: { error: string; nowMs: number }) {
    return this.db.write((db) => {
      db.prepare(
        `INSERT INTO erasure_pending (erasure_id, place, tried_ms, error) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET tried_ms = excluded.tried_ms, error = excluded.error`,
      ).run(id, place, Math.round(nowMs), error.slice(0, 500));
    });
  }

  /**
   * Forgets what was asked for when nothing but the WAL is pending, in which that still stands. Resolves with
   * whether it is so.
   */
  async finish(id: number, nowMs: number): Promise<boolean> {
    const isDone = await this.db.write((db) => {
      const left = db.prepare(
        "SELECT 1 FROM erasure_pending WHERE erasure_id = ? AND place <> ? LIMIT 1",
      ).get(id, PLACES.log);
      if (left) return false;
      insertPlaces(db, id, [PLACES.log]);
      db.prepare("UPDATE erasure SET request = NULL, done_ms = ? WHERE id = ? AND done_ms IS NULL")
        .run(Math.round(nowMs), id);
      return true;
    });
    if (isDone) this.db.read((db) => rebuildTables(db, ["erasure"]));
    return isDone;
  }

  /** Messages that were on their way when it was asked for, and came back, are not sent again. */
  cancelReturned(id: number, eraser: Eraser): Promise<void> {
    return this.db.write((db) => cancelReturned(db, id, eraser));
  }

  /** Whether a message that may tell of it is on its way. */
  isSending(): boolean {
    return this.db.read((db) =>
      db.prepare("SELECT 1 FROM message WHERE state = 'sending' LIMIT 1").get()
    ) !== undefined;
  }

  /** What has become too old to be listed or of use. */
  prune(
    { nowMs, messagesBeforeMs, loopBeforeMs }: {
      readonly nowMs: number;
      readonly messagesBeforeMs: number | undefined;
      readonly loopBeforeMs: number | undefined;
    },
  ): Promise<void> {
    return this.db.write((db) => {
      db.prepare(
        "DELETE FROM erasure WHERE done_ms < ?1 AND id NOT IN (SELECT erasure_id FROM erasure_pending)",
      )
        .run(nowMs - LISTED_MS);
      db.prepare("DELETE FROM phone_used WHERE until_ms < ?").run(nowMs);
      db.prepare("DELETE FROM message WHERE state NOT IN ('waiting', 'sending') AND changed_ms < ?")
        .run(messagesBeforeMs ?? -1);
      db.prepare(
        `UPDATE block SET reason = NULL WHERE ended IS NOT NULL AND start_ms < ? AND ${TOLD_BY_LOOP}`,
      ).run(loopBeforeMs ?? -1);
      db.prepare("DELETE FROM loop_step WHERE at_ms < ?").run(loopBeforeMs ?? -1);
    });
  }

  /** Whether an event began before a moment. */
  hasEventsBefore(ms: number): boolean {
    return this.db.read((db) =>
      db.prepare(
        `SELECT 1 FROM event WHERE start_ms < ?1 UNION ALL SELECT 1 FROM event_whole WHERE start_ms < ?1
         LIMIT 1`,
      ).get(ms)
    ) !== undefined;
  }

  /** Notes a copy that is made where erasing does not reach. */
  noteCopy(path: string, madeMs: number): Promise<void> {
    return this.db.write((db) => {
      db.prepare("INSERT OR REPLACE INTO copy_elsewhere VALUES (?, ?)").run(
        path,
        Math.round(madeMs),
      );
    });
  }

  /** It was not made after all. */
  forgetCopy(path: string): Promise<void> {
    return this.db.write((db) => {
      db.prepare("DELETE FROM copy_elsewhere WHERE path = ?").run(path);
    });
  }

  copiesElsewhere(): CopyElsewhere[] {
    return this.db.read((db) =>
      db.prepare("SELECT path, made_ms AS madeMs FROM copy_elsewhere ORDER BY made_ms DESC").all()
    ) as unknown as CopyElsewhere[];
  }

  /**
   * Heartbeats without the time that was erased since they began: an open event would bring it back with its next
   * proof.
   */
  without(beats: readonly Heartbeat[]): readonly Heartbeat[] {
    if (this.#recent.length === 0) return beats;
    return beats.flatMap((beat) => {
      const erased = this.#recent.filter((eraser) =>
        beat.startMs < eraser.request.span.endMs && beat.endMs > eraser.request.span.startMs &&
        (eraser.isWhole || beat.source !== "afk" && eraser.fateOf(beat.subject) === "goes")
      );
      if (erased.length === 0) return [beat];
      return spansWithout(beat, erased.map(({ request }) => request.span)).map((span) => {
        // What comes after is not what was before: no pulse bridges what was erased.
        const follows = span.startMs > beat.startMs;
        return { ...beat, ...span, ...(follows && { pulsetimeMs: undefined }) };
      });
    });
  }

  #tools(db: DatabaseSync): ErasureTools {
    return { ...this.parts, db, atOnce: EVENTS_AT_ONCE };
  }
}

function insertPlaces(db: DatabaseSync, id: number, places: readonly string[]): void {
  const insert = db.prepare(
    "INSERT OR IGNORE INTO erasure_pending (erasure_id, place) VALUES (?, ?)",
  );
  for (const place of places) insert.run(id, place);
}
