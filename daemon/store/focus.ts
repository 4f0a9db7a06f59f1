/**
 * Focus sessions in the database: a batch of spans and all that is counted from it are one transaction.
 * @module
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { createTally, type FocusSpan, type FocusTally, tally } from "../core/focus.ts";
import type {
  FocusCalibration,
  FocusRecord,
  FocusState,
  FocusTimes,
  NewFocusSession,
} from "../core/focus_session.ts";
import type { Span } from "../core/types.ts";
import type { Access } from "./blocks.ts";
import { focusCount, focusTimes } from "./focus_reads.ts";
import { LIVED, MAX_FOCUS_SPAN_MS } from "./focus_rollups.ts";
import type { Rollups } from "./rollups.ts";

/** Cameras whose calibration is kept; of more, those that were set last. */
const MAX_CAMERAS = 50;

const SESSION = `SELECT s.*, (SELECT state FROM focus_span WHERE session_id = s.id
  ORDER BY start_ms DESC LIMIT 1) AS state FROM focus_session s`;

/** What becomes of a batch: its spans, in order and behind the session's end; or why it is refused. */
export type Decision = readonly FocusSpan[] | "known" | Error;

export class FocusSessions {
  constructor(private readonly db: Access, private readonly rollups: Rollups) {}

  /** The session that runs. */
  running(): FocusRecord | undefined {
    const row = this.db.read((db) => db.prepare(`${SESSION} WHERE s.how IS NULL`).get());
    return row && recordOf(row);
  }

  session(id: number): FocusRecord | undefined {
    return this.db.read((db) => find(db, id))?.record;
  }

  /** Sessions that touch a span, newest first. */
  list({ startMs, endMs }: Span, limit: number): FocusRecord[] {
    const rows = this.db.read((db) =>
      db.prepare(
        `${SESSION} WHERE s.start_ms < ? AND s.end_ms >= ? ORDER BY s.start_ms DESC, s.id DESC LIMIT ?`,
      ).all(endMs, startMs, limit)
    );
    return rows.map(recordOf);
  }

  /** Time per state within a span. */
  times(span: Span): FocusTimes {
    return this.db.read((db) => focusTimes(db, span));
  }

  /** How many sessions began within a span. */
  count(span: Span): number {
    return this.db.read((db) => focusCount(db, span));
  }

  /** Begins a session and ends the one that runs, but for a film; resolves with both. */
  begin(
    { source, camera, startMs, plannedMinutes }: NewFocusSession,
  ): Promise<{ readonly begun: FocusRecord; readonly replaced: FocusRecord | undefined }> {
    return this.db.write((db) => {
      const isFilm = source === "file";
      const before = isFilm ? undefined : db.prepare(`${SESSION} WHERE s.how IS NULL`).get();
      if (before) db.exec("UPDATE focus_session SET how = 'ended' WHERE how IS NULL");
      const { lastInsertRowid } = db.prepare(
        `INSERT INTO focus_session (source, camera, start_ms, end_ms, planned_minutes, how, sequence, total_ms,
           focused_ms, unfocused_ms, no_face_ms, uncertain_ms, breaks, longest_streak_ms, tally)
         VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, ?)`,
      ).run(
        ...[source, camera, startMs, startMs, plannedMinutes ?? null, isFilm ? "lost" : null],
        JSON.stringify(createTally()),
      );
      return {
        begun: find(db, Number(lastInsertRowid))!.record,
        replaced: before && { ...recordOf(before), how: "ended" as const },
      };
    });
  }

  /**
   * Adds the batch with the number `sequence`, as `decide` judges it by what is stored: which it is told
   * inside the transaction. Resolves with the session as it is then, `undefined` when there is none.
   * @throws what `decide` returned as an error.
   */
  async append(
    id: number,
    sequence: number,
    decide: (session: FocusRecord, newestId: number) => Decision,
  ): Promise<FocusRecord | undefined> {
    const result = await this.db.write((db) => {
      const found = find(db, id);
      if (!found) return undefined;
      const decision = decide(found.record, newestId(db));
      if (decision === "known") return found.record;
      // Not thrown in here: what is refused is no failed commit.
      if (decision instanceof Error) return decision;
      this.#add(db, found, sequence, decision);
      return find(db, id)!.record;
    });
    if (result instanceof Error) throw result;
    return result;
  }

  /**
   * Ends a session at its last span, unless it has ended; one that was lost may still be ended. With
   * `unlessAfter` only if nothing was added since that batch. Resolves with the session as it is then.
   */
  end(
    id: number,
    how: "ended" | "lost",
    { unlessAfter }: { readonly unlessAfter?: number } = {},
  ): Promise<FocusRecord | undefined> {
    return this.db.write((db) => {
      db.prepare(
        `UPDATE focus_session SET how = :how WHERE id = :id AND coalesce(how, 'lost') <> 'ended'
           AND sequence <= coalesce(:unlessAfter, sequence)`,
      ).run({ how, id, unlessAfter: unlessAfter ?? null });
      return find(db, id)?.record;
    });
  }

  /** How the person looks at the screen, as this camera sees it. */
  calibration(camera: string): FocusCalibration | undefined {
    const row = this.db.read((db) =>
      db.prepare("SELECT * FROM focus_calibration WHERE camera = ?").get(camera)
    );
    return row && {
      neutralYawDeg: row.neutral_yaw_deg as number,
      neutralPitchDeg: row.neutral_pitch_deg as number,
      openLevel: row.open_level as number,
      zones: JSON.parse(row.zones as string),
    };
  }

  setCalibration(camera: string, wish: FocusCalibration, nowMs: number): Promise<void> {
    const { neutralYawDeg, neutralPitchDeg, openLevel, zones } = wish;
    return this.db.write((db) => {
      db.prepare("INSERT OR REPLACE INTO focus_calibration VALUES (?, ?, ?, ?, ?, ?)")
        .run(camera, neutralYawDeg, neutralPitchDeg, openLevel, JSON.stringify(zones), nowMs);
      db.prepare(
        `DELETE FROM focus_calibration WHERE camera IN
           (SELECT camera FROM focus_calibration ORDER BY set_ms DESC, camera LIMIT -1 OFFSET ?)`,
      ).run(MAX_CAMERAS);
    });
  }

  /** Makes the rollups anew from the spans and the timeline. */
  recount(): Promise<void> {
    return this.db.write((db) => {
      db.exec("DELETE FROM rollup_focus; DELETE FROM rollup_focus_subject");
      const all = db.prepare(
        `SELECT session_id AS id, p.start_ms AS startMs, p.end_ms AS endMs, p.state
         FROM focus_span p JOIN focus_session f ON f.id = p.session_id WHERE f.${LIVED}`,
      );
      for (const row of all.iterate() as Iterable<unknown>) {
        const { id, ...span } = row as FocusSpan & { id: number };
        this.rollups.focus.addSpan(id, span);
      }
      this.rollups.focus.flush();
    });
  }

  #add(
    db: DatabaseSync,
    { record: { id, source }, counted }: Found,
    sequence: number,
    spans: readonly FocusSpan[],
  ): void {
    let next = counted;
    for (const span of spans) {
      next = tally(next, span);
      if (source !== "file") this.rollups.focus.addSpan(id, span);
    }
    writeSpans(db, id, spans);
    this.rollups.focus.flush();
    const { totalMs, focusedMs, unfocusedMs, noFaceMs, uncertainMs, ...rest } = next.totals;
    db.prepare(
      `UPDATE focus_session SET how = iif(source = 'file', how, NULL), sequence = ?, end_ms = max(end_ms, ?), total_ms = ?,
         focused_ms = ?, unfocused_ms = ?, no_face_ms = ?, uncertain_ms = ?, breaks = ?,
         longest_streak_ms = ?, tally = ? WHERE id = ?`,
    ).run(
      ...[sequence, spans.at(-1)?.endMs ?? 0],
      ...[totalMs, focusedMs, unfocusedMs, noFaceMs, uncertainMs],
      ...[rest.breaks, rest.longestStreakMs],
      ...[JSON.stringify(next), id],
    );
  }
}

/** Inserts spans; one that continues the last in its state makes that longer, up to an hour. */
function writeSpans(db: DatabaseSync, id: number, spans: readonly FocusSpan[]): void {
  const insert = db.prepare("INSERT INTO focus_span VALUES (?, ?, ?, ?)");
  const extend = db.prepare(
    "UPDATE focus_span SET end_ms = ? WHERE session_id = ? AND start_ms = ?",
  );
  let last = db.prepare(
    `SELECT start_ms AS startMs, end_ms AS endMs, state FROM focus_span WHERE session_id = ?
     ORDER BY start_ms DESC LIMIT 1`,
  ).get(id) as unknown as FocusSpan | undefined;
  for (const { endMs, state, ...span } of spans) {
    let { startMs } = span;
    if (last?.endMs === startMs && last.state === state) {
      const joinedMs = Math.min(endMs, last.startMs + MAX_FOCUS_SPAN_MS);
      extend.run(joinedMs, id, last.startMs);
      last = { ...last, endMs: joinedMs };
      startMs = joinedMs;
    }
    for (; startMs < endMs; startMs += MAX_FOCUS_SPAN_MS) {
      last = { startMs, endMs: Math.min(endMs, startMs + MAX_FOCUS_SPAN_MS), state };
      insert.run(id, last.startMs, last.endMs, state);
    }
  }
}

interface Found {
  readonly record: FocusRecord;
  readonly counted: FocusTally;
}

function find(db: DatabaseSync, id: number): Found | undefined {
  const row = db.prepare(`${SESSION} WHERE s.id = ?`).get(id);
  return row && { record: recordOf(row), counted: JSON.parse(row.tally as string) };
}

function newestId(db: DatabaseSync): number {
  const query = `SELECT max(id) AS id FROM focus_session WHERE ${LIVED}`;
  return (db.prepare(query).get() as { id: number }).id;
}

function recordOf(row: Record<string, SQLOutputValue>): FocusRecord {
  return {
    id: row.id as number,
    source: row.source as FocusRecord["source"],
    camera: row.camera as string,
    startMs: row.start_ms as number,
    endMs: row.end_ms as number,
    ...(row.planned_minutes !== null && { plannedMinutes: row.planned_minutes as number }),
    how: (row.how ?? "running") as FocusRecord["how"],
    sequence: row.sequence as number,
    totals: {
      totalMs: row.total_ms as number,
      focusedMs: row.focused_ms as number,
      unfocusedMs: row.unfocused_ms as number,
      noFaceMs: row.no_face_ms as number,
      uncertainMs: row.uncertain_ms as number,
      breaks: row.breaks as number,
      longestStreakMs: row.longest_streak_ms as number,
    },
    state: (row.state ?? undefined) as FocusState | undefined,
  };
}
