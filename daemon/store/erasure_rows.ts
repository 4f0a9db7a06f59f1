/**
 * What goes with erased events: heartbeats, the loop's steps, screenshots, notes, edits, waiting messages.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { type Eraser, holdsErased, lookBackMs, MAX_LOOK_BACK_MS } from "../core/erasure.ts";
import { CLOCK_TOLERANCE_MS, LATE_LIMIT_MS } from "../core/phone.ts";
import type { Span } from "../core/types.ts";
import { forgetDismissed } from "./edits_away.ts";

const ROWS_AT_ONCE = 1_000;
/** A picture is taken a moment after what it is taken for. */
const PICTURE_SLACK_MS = 5_000;
/** After so long a heartbeat is refused for its age. */
const REPLAY_MS = LATE_LIMIT_MS + CLOCK_TOLERANCE_MS;

export const CANCELLED = "Erased before it was sent: what it was to tell was erased";

/**
 * Messages that may tell of it are not sent: those that wait; in a copy, where nobody sends, also those that were on
 * their way.
 */
export function cancelMessages(
  db: DatabaseSync,
  { request: { kind, span }, isWhole }: Eraser,
  { isAnyMeant, isCopy }: { readonly isAnyMeant: boolean; readonly isCopy: boolean },
): void {
  // What has become too old is nothing that somebody takes back.
  if (kind === "age" || !isWhole && !isAnyMeant) return;
  db.prepare(
    `${CANCEL} WHERE state IN ('waiting', ${
      isCopy ? "'sending'" : "'waiting'"
    }) AND created_ms >= :startMs`,
  ).run({ startMs: span.startMs, nowMs: Math.round(span.endMs), error: CANCELLED });
}

/**
 * Messages that were on their way when an erasing was asked for, and came back to be sent again. The erasing must have
 * been carried out in the database.
 */
export function cancelReturned(db: DatabaseSync, id: number, { request, isWhole }: Eraser): void {
  const { startMs } = request.span;
  db.prepare(
    `${CANCEL} FROM erasure WHERE erasure.id = :id AND state = 'waiting' AND created_ms >= :startMs
       AND created_ms <= asked_ms AND (events > 0 OR :isWhole)`,
  ).run({ id, startMs, isWhole: Number(isWhole), nowMs: request.span.endMs, error: CANCELLED });
}

const CANCEL = `UPDATE message
  SET state = 'failed', next_ms = NULL, content = NULL, changed_ms = :nowMs, error = :error`;

/** Blocks whose reason is the loop's: it began them, or somebody did who was asked by it. */
export const TOLD_BY_LOOP =
  "reason IS NOT NULL AND (actor = 'loop' OR id IN (SELECT block_id FROM loop_step))";

interface BeatRow {
  readonly id: number;
  readonly atMs: number;
  readonly app: string;
  readonly extra: string | null;
}

/** Heartbeats of phones, in steps. The same ones do not come in again while a phone may still send them. */
export function* eraseHeartbeats(db: DatabaseSync, eraser: Eraser): Generator<void> {
  const { span } = eraser.request;
  const next = db.prepare(
    `SELECT id, at_ms AS atMs, app, extra FROM phone_heartbeat WHERE id > ? ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
  );
  const fates = new Map<string, "goes" | "bare" | "stays">();
  const fateOfApp = (app: string) => {
    if (app === "") return "stays";
    let fate = fates.get(app);
    if (fate === undefined) {
      const concerned = eraser.concerns({ app }) ? "bare" : "stays";
      fates.set(app, fate = eraser.fateOf({ app }) === "goes" ? "goes" : concerned);
    }
    return fate;
  };
  const fateOf = ({ app, extra }: BeatRow) => {
    const fate = eraser.isWhole ? "goes" : fateOfApp(app);
    if (fate !== "stays" || extra === null) return fate;
    // What a phone tells besides goes through privacy rules as if it were a title.
    const isNamed = eraser.concerns({ app: app || undefined, title: extra }) || eraser.names(extra);
    return isNamed ? "bare" : "stays";
  };
  const idsOf = (rows: readonly BeatRow[], fate: string) => {
    const meant = rows.filter((row) =>
      row.atMs >= span.startMs && row.atMs < span.endMs && fateOf(row) === fate
    );
    return JSON.stringify(meant.map(({ id }) => id));
  };
  for (let after = 0;;) {
    const rows = next.all(after) as unknown as BeatRow[];
    if (rows.length === 0) return;
    const given = "id IN (SELECT value FROM json_each(:ids))";
    const ids = idsOf(rows, "goes"), bare = eraser.isWhole ? "[]" : idsOf(rows, "bare");
    if (bare !== "[]") {
      // What else the phone told with it may be what is meant.
      db.prepare(`UPDATE phone_heartbeat SET extra = NULL WHERE ${given}`).run({ ids: bare });
    }
    if (ids !== "[]") {
      db.prepare(
        `INSERT OR IGNORE INTO phone_used SELECT digest, at_ms + ${REPLAY_MS} FROM phone_heartbeat
         WHERE ${given} AND at_ms + ${REPLAY_MS} > :nowMs`,
      ).run({ ids, nowMs: span.endMs });
      db.prepare(`DELETE FROM phone_heartbeat WHERE ${given}`).run({ ids });
      // Ids of rows at the end are given again: what has them then has not entered the events.
      db.exec(
        `UPDATE meta SET value = min(CAST(value AS INTEGER),
           (SELECT coalesce(max(id), 0) FROM phone_heartbeat)) WHERE key = 'phone_derived'`,
      );
    }
    yield;
    after = rows[rows.length - 1].id;
  }
}

/** What looked at erased events: steps of the loop, reasons of its blocks, and screenshots. */
export function eraseLooks(
  db: DatabaseSync,
  { spans, eventIds, removeFile }: {
    readonly spans: readonly Span[];
    readonly eventIds: readonly number[];
    readonly removeFile?: (file: string) => boolean;
  },
): void {
  if (spans.length === 0) return;
  const [{ startMs }] = spans, { endMs } = spans[spans.length - 1];
  const has = (sql: string, ...values: number[]) =>
    db.prepare(`SELECT 1 FROM ${sql} LIMIT 1`).get(...values) !== undefined;
  // Mostly there is nothing: that is seen at once.
  const looksEndMs = endMs + MAX_LOOK_BACK_MS;
  if (
    has("loop_step WHERE at_ms >= ? AND at_ms < ?", startMs, looksEndMs) ||
    has(`block WHERE ${TOLD_BY_LOOP}`)
  ) {
    for (const span of spans) eraseSteps(db, span);
  }
  if (!has("screenshot")) return;
  for (const span of spans) {
    eraseScreenshots(db, { where: "at_ms >= ? AND at_ms < ?", removeFile }, [
      span.startMs,
      span.endMs + PICTURE_SLACK_MS,
    ]);
  }
  const ofEvents = "event_id IN (SELECT value FROM json_each(?))";
  eraseScreenshots(db, { where: ofEvents, removeFile }, [JSON.stringify(eventIds)]);
}

function eraseSteps(db: DatabaseSync, { startMs, endMs }: Span): void {
  const near = [startMs, endMs + MAX_LOOK_BACK_MS] as const;
  const steps = db.prepare(
    "SELECT id, at_ms AS atMs, explanation AS text FROM loop_step WHERE at_ms >= ? AND at_ms < ?",
  ).all(...near) as { id: number; atMs: number; text: string }[];
  const blocks = db.prepare(
    `SELECT id, start_ms AS atMs, reason AS text FROM block
     WHERE ${TOLD_BY_LOOP} AND start_ms >= ? AND start_ms < ?`,
  ).all(...near) as typeof steps;
  const looked = ({ atMs, text }: typeof steps[number]) => atMs - lookBackMs(text) < endMs;
  for (const { id } of steps.filter(looked)) {
    db.prepare(
      "UPDATE block SET reason = NULL WHERE id = (SELECT block_id FROM loop_step WHERE id = ?)",
    ).run(id);
    db.prepare("DELETE FROM loop_step WHERE id = ?").run(id);
  }
  for (const { id } of blocks.filter(looked)) {
    db.prepare("UPDATE block SET reason = NULL WHERE id = ?").run(id);
  }
}

function eraseScreenshots(
  db: DatabaseSync,
  { where, removeFile }: {
    readonly where: string;
    readonly removeFile?: (file: string) => boolean;
  },
  values: readonly (number | string)[],
): void {
  const rows = db.prepare(`SELECT id, file FROM screenshot WHERE ${where}`).all(...values) as {
    id: number;
    file: string;
  }[];
  for (const { id, file } of rows) {
    // The row is what finds the file: it stays until that is gone.
    if (removeFile && !removeFile(file)) continue;
    db.prepare("DELETE FROM screenshot WHERE id = ?").run(id);
  }
}

/** What is no event: notes, edits and, of a whole span, steps and screenshots without events. In steps. */
export function* eraseBesides(
  { db, removeFile }: {
    readonly db: DatabaseSync;
    readonly removeFile?: (file: string) => boolean;
  },
  eraser: Eraser,
): Generator<void> {
  const { span, kind } = eraser.request;
  if (eraser.isWhole) {
    eraseLooks(db, { spans: [span], eventIds: [], removeFile });
    forgetDismissed(db, span);
    yield;
  }
  if (kind === "all") {
    db.prepare("DELETE FROM block WHERE ended IS NOT NULL AND start_ms < ?").run(span.endMs);
    db.prepare("DELETE FROM phone_device WHERE revoked_ms IS NOT NULL").run();
    db.prepare("DELETE FROM message WHERE state NOT IN ('waiting', 'sending')").run();
    yield;
  }
  for (const _ of eraseNotes(db, eraser)) yield;
  for (const _ of eraseEdits(db, eraser)) yield;
}

function* eraseNotes(db: DatabaseSync, eraser: Eraser): Generator<void> {
  const { startMs, endMs } = eraser.request.span;
  const within = `start_ms < :endMs AND (start_ms >= :startMs OR end_ms > :startMs)`;
  if (eraser.isWhole) {
    db.prepare(`DELETE FROM note WHERE ${within}`).run({ startMs, endMs });
    yield;
    return;
  }
  const rows = db.prepare(`SELECT id, text FROM note WHERE ${within}`);
  for (const { id, text } of rows.all({ startMs, endMs }) as { id: number; text: string }[]) {
    if (eraser.names(text)) db.prepare("DELETE FROM note WHERE id = ?").run(id);
  }
  yield;
}

function* eraseEdits(db: DatabaseSync, eraser: Eraser): Generator<void> {
  const { startMs, endMs } = eraser.request.span;
  const next = db.prepare(
    `SELECT id, start_ms AS startMs, end_ms AS endMs, request, removed, added FROM edit
     WHERE id > ? ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
  );
  for (let after = 0;;) {
    const rows = next.all(after) as unknown as EditRow[];
    if (rows.length === 0) return;
    for (const row of rows) {
      if (row.startMs >= endMs || row.endMs < startMs) continue;
      const isMeant = eraser.isWhole ||
        [row.request, row.removed, row.added].some((json) => jsonHolds(json, eraser));
      if (isMeant) db.prepare("DELETE FROM edit WHERE id = ?").run(row.id);
    }
    yield;
    after = rows[rows.length - 1].id;
  }
}

interface EditRow extends Span {
  readonly id: number;
  readonly request: string;
  readonly removed: string;
  readonly added: string;
}

/** What cannot be read may hold anything. */
function jsonHolds(json: string, eraser: Eraser): boolean {
  try {
    return holdsErased(JSON.parse(json), eraser);
  } catch {
    return true;
  }
}
