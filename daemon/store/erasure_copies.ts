/**
 * Erasing in a copy of the database: what results is written beside it, checked, and takes its place; until then,
 * and if anything fails, the copy stays as it is. And the preview, as both run in a worker.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import {
  compileErasure,
  type Eraser,
  type ErasureRequest,
  type SubjectFilter,
} from "../core/erasure.ts";
import { compilePrivacy } from "../core/privacy_filter.ts";
import type { PrivacyRule } from "../core/privacy.ts";
import { removeIfThere } from "../os/files.ts";
import { openTitleHasher } from "../os/privacy_key.ts";
import { stripErasures, verifyCopy } from "./backup.ts";
import { openWriter, readHeader } from "./database.ts";
import { EventFinder, fatesOf, idBatches } from "./erasure_find.ts";
import { rebuildSteps } from "./erasure_rebuild.ts";
import { erasureSteps } from "./erasure_steps.ts";
import { Events } from "./events.ts";
import { Rollups } from "./rollups.ts";
import { type Judge, Subjects } from "./subjects.ts";
import { Timeline } from "./timeline.ts";

/** Events in one step. Nobody waits, but ten times as many take 100 MB more of memory. */
const EVENTS_AT_ONCE = 500;
/** Each commit waits for the disk. */
const STEPS_A_COMMIT = 10;

/** What is told otherwise in a copy is judged when the copy is used: these are no rules. */
const UNJUDGED: Judge = { version: "", classify: () => ({ class: "neutral" }) };

/** The rules of a request, compiled with the key of a data directory. */
export async function filterOf(
  rules: readonly PrivacyRule[],
  dataDir: string,
): Promise<SubjectFilter> {
  const hashes = rules.some(({ action }) => action === "hash_title");
  const hasher = hashes ? await openTitleHasher(dataDir) : undefined;
  return await compilePrivacy(rules, { hasher });
}

/** A request, compiled. @throws {RangeError} for a pattern that cannot be used. */
export function eraserOf(request: ErasureRequest, dataDir: string): Promise<Eraser> {
  return compileErasure(request, (rules) => filterOf(rules, dataDir));
}

/**
 * Erases in the copy at `path`; one that is not there any more holds nothing.
 * @throws {Error} when it cannot be read, written or verified; it is as it was then.
 */
export async function rewriteCopy(
  path: string,
  request: ErasureRequest,
  dataDir: string,
): Promise<void> {
  const eraser = await eraserOf(request, dataDir);
  const part = `${path}.part`;
  removeAll(part);
  try {
    const { atime, mtime, isSymlink } = Deno.lstatSync(path);
    if (isSymlink) {
      throw new Error("It is a link, and what that leads to stays: delete the file, then the link");
    }
    Deno.copyFileSync(path, part);
    Deno.chmodSync(part, 0o600);
    const kind = readHeader(part);
    // An empty file would become a whole copy of nothing, and be taken for the newest one.
    if (kind === "absent") return removeAll(part);
    if (kind !== "ours") throw new Error("It is not a ProdTracker database");
    eraseIn(part, eraser);
    verifyCopy(part);
    const file = Deno.openSync(part, { read: true, write: true });
    file.syncSync();
    file.close();
    // Its age says when the next copy is due.
    if (atime && mtime) Deno.utimeSync(part, atime, mtime);
    Deno.renameSync(part, path);
  } catch (error) {
    removeAll(part);
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
}

function eraseIn(path: string, eraser: Eraser): void {
  const db = openWriter(path);
  try {
    // Nothing needs to be undone: the whole file is thrown away when anything fails.
    // Synced all the same, bit by bit: what is written at once in the end would hold up whoever records.
    db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000");
    const rollups = new Rollups(db);
    const subjects = new Subjects(db, UNJUDGED);
    const timeline = new Timeline(db, rollups);
    const events = new Events(db, subjects, timeline, rollups, () => 0);
    const steps = erasureSteps({ db, events, subjects, rollups, atOnce: EVENTS_AT_ONCE }, eraser);
    for (let isOver = false; !isOver;) {
      db.exec("BEGIN");
      for (let i = 0; i < STEPS_A_COMMIT && !isOver; i++) isOver = steps.next().done === true;
      db.exec("COMMIT");
    }
    stripErasures(db);
    for (const _ of rebuildSteps(db)) continue;
    db.exec("PRAGMA journal_mode = DELETE");
  } finally {
    db.close();
  }
}

function removeAll(part: string): void {
  for (const company of ["", "-journal", "-wal", "-shm"]) removeIfThere(part + company);
}

/** What a request would do, by numbers. */
export interface ErasurePreview {
  readonly events: number;
  /** Time of events of any source, in milliseconds. */
  readonly ms: number;
  readonly screenshots: number;
  readonly messages: number;
  readonly notes: number;
  readonly heartbeats: number;
  readonly focusSessions: number;
}

const LOOKED_AT_ONCE = 50_000;

/** Counts what a request would erase. */
export async function previewErasure(
  db: DatabaseSync,
  request: ErasureRequest,
  dataDir: string,
): Promise<ErasurePreview> {
  const eraser = await eraserOf(request, dataDir);
  const { startMs, endMs } = request.span;
  const count = (sql: string) =>
    (db.prepare(`SELECT count(*) AS n FROM ${sql}`).get({ startMs, endMs }) as { n: number }).n;
  const { events, ms, spans } = countEvents(db, eraser);
  const notes = db.prepare(
    "SELECT text FROM note WHERE start_ms < ? AND (start_ms >= ? OR end_ms > ?)",
  ).all(endMs, startMs, startMs) as { text: string }[];
  const inSpan = "at_ms >= :startMs AND at_ms < :endMs";
  const isAny = eraser.isWhole || events > 0;
  return {
    events,
    ms,
    screenshots: eraser.isWhole ? count(`screenshot WHERE ${inSpan}`) : spans,
    messages: isAny
      ? count("message WHERE state = 'waiting' AND created_ms >= :startMs AND :endMs = :endMs")
      : 0,
    notes: eraser.isWhole ? notes.length : notes.filter(({ text }) => eraser.names(text)).length,
    heartbeats: eraser.isWhole ? count(`phone_heartbeat WHERE ${inSpan}`) : countBeats(db, eraser),
    focusSessions: eraser.isWhole
      ? count("focus_session WHERE start_ms < :endMs AND end_ms >= :startMs")
      : 0,
  };
}

/** Events and their time; and screenshots that were taken during them. */
function countEvents(db: DatabaseSync, eraser: Eraser) {
  const { span } = eraser.request;
  const screenshots = new Set<number>();
  const pictures = db.prepare("SELECT id FROM screenshot WHERE at_ms >= ? AND at_ms < ?");
  const hasPictures = db.prepare("SELECT 1 FROM screenshot LIMIT 1").get() !== undefined;
  let events = 0, ms = 0;
  const add = (found: readonly { startMs: number; endMs: number }[]) => {
    for (const { startMs, endMs } of found) {
      events++;
      ms += Math.max(0, Math.min(endMs, span.endMs) - Math.max(startMs, span.startMs));
      if (!hasPictures || eraser.isWhole) continue;
      for (const { id } of pictures.all(startMs, endMs + 5_000)) screenshots.add(id as number);
    }
  };
  if (eraser.isWhole) {
    const { startMs, endMs } = span;
    const row = db.prepare(
      `SELECT count(*) AS n, coalesce(sum(max(0, min(end_ms, :endMs) - max(start_ms, :startMs))), 0) AS ms
       FROM (SELECT start_ms, end_ms FROM event WHERE whole_id = 0
         UNION ALL SELECT start_ms, end_ms FROM event_whole)
       WHERE start_ms < :endMs AND (end_ms > :startMs OR start_ms >= :startMs)`,
    ).get({ startMs, endMs }) as { n: number; ms: number };
    return { events: row.n, ms: row.ms, spans: 0 };
  }
  const finder = new EventFinder(db, LOOKED_AT_ONCE);
  for (const fates of fatesOf(db, eraser)) {
    for (const ids of idBatches([...fates.keys()])) add(finder.ofSubjects(ids, span));
  }
  return { events, ms, spans: screenshots.size };
}

function countBeats(db: DatabaseSync, eraser: Eraser): number {
  const { startMs, endMs } = eraser.request.span;
  const rows = db.prepare(
    `SELECT app, count(*) AS n FROM phone_heartbeat WHERE at_ms >= ? AND at_ms < ? AND app <> ''
     GROUP BY app`,
  ).all(startMs, endMs) as { app: string; n: number }[];
  return rows.filter(({ app }) => eraser.fateOf({ app }) === "goes")
    .reduce((sum, { n }) => sum + n, 0);
}
