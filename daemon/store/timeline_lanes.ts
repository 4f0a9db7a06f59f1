/**
 * A day side by side: what was in front, who was away, phones, focus sessions and blocks; functions of a
 * connection, as in `reads.ts`.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { BlockActor } from "../core/block.ts";
import type { FocusState } from "../core/focus_session.ts";
import { MAX_EVENT_MS } from "../core/heartbeat.ts";
import type { Span, TimelineClass } from "../core/types.ts";
import { LIVED, MAX_FOCUS_SPAN_MS } from "./focus_rollups.ts";
import {
  apart,
  detailOf,
  type LanePiece,
  type LaneSpan,
  piecesOf,
} from "./timeline_lanes_detail.ts";

/** Phones beyond these, by their time on the day, are left out. */
const MAX_PHONES = 6;
/** A text is cut to this many characters: it is to be read in one line. */
const MAX_TEXT = 300;

/** A program and its title, or its address where it has no title; what is absent is `undefined`. */
export interface LaneItem {
  readonly id: number;
  readonly app?: string;
  readonly title?: string;
  readonly category?: string;
}

export interface LaneBlock extends Span {
  readonly actor: BlockActor;
  readonly strict: boolean;
  readonly lists: readonly string[];
}

export interface TimelineLanes {
  /** Spans shorter than this may stand together in one piece, in milliseconds; 0: each stands by itself. */
  readonly detailMs: number;
  /** The resolved line without AFK and phones: windows, and entries by hand. */
  readonly window: readonly LanePiece<TimelineClass>[];
  /** Where the resolved line is AFK. */
  readonly afk: readonly LanePiece<TimelineClass>[];
  /** What each phone told of, whether it counts or not; by name. */
  readonly phones: readonly {
    readonly device: string;
    readonly pieces: readonly LanePiece<TimelineClass>[];
  }[];
  /** What cameras saw; `of` is the session. */
  readonly focus: readonly LanePiece<FocusState>[];
  readonly blocks: readonly LaneBlock[];
  /** What `of` means in the lanes of windows and phones. */
  readonly items: readonly LaneItem[];
}

/**
 * The lanes of a range.
 * @param limit About how many spans of a lane are told apart; beyond, short ones are put together.
 * @param nowMs Until when a block that runs has gone on.
 */
export function timelineLanes(
  db: DatabaseSync,
  range: Span,
  limit: number,
  nowMs: number,
): TimelineLanes {
  const line = resolvedLine(db, range);
  const phones = phoneLanes(db, range);
  const focus = [...apart(focusSpans(db, range), range)];
  const longest = Math.max(
    ...[line.window, line.afk, focus, ...phones.map(({ spans }) => spans)].map((lane) =>
      lane.length
    ),
  );
  const detailMs = detailOf(range, longest, limit);
  const window = piecesOf(line.window, detailMs);
  const phonePieces = phones.map(({ device, spans }) => ({
    device,
    pieces: piecesOf(spans, detailMs),
  }));
  return {
    detailMs,
    window,
    afk: piecesOf(line.afk, detailMs),
    phones: phonePieces,
    focus: piecesOf(focus, detailMs),
    blocks: blocksOf(db, range, nowMs),
    items: itemsOf(db, [window, ...phonePieces.map(({ pieces }) => pieces)]),
  };
}

const CLASSES: readonly TimelineClass[] = ["signal", "noise", "neutral", "afk"];

type LineRow = [startMs: number, endMs: number, subjectId: number, place: number, isPhone: number];

/** A busy day has 50 000 rows: as arrays of numbers they are read in a third of the time. */
function resolvedLine(db: DatabaseSync, range: Span) {
  const window: LaneSpan<TimelineClass>[] = [], afk: LaneSpan<TimelineClass>[] = [];
  const places = CLASSES.map((name, place) => `WHEN '${name}' THEN ${place}`).join(" ");
  const statement = db.prepare(
    `SELECT max(t.start_ms, :startMs), min(t.end_ms, :endMs), t.subject_id, CASE s.class ${places} END,
       coalesce(e.source = 'phone', 0)
     FROM timeline t JOIN subject s ON s.id = t.subject_id LEFT JOIN event e ON e.id = t.event_id
     WHERE t.start_ms >= coalesce((SELECT max(start_ms) FROM timeline WHERE start_ms <= :startMs), :startMs)
       AND t.start_ms < :endMs AND t.end_ms > :startMs ORDER BY t.start_ms`,
    // Deno has it, its types do not yet.
  ) as StatementSync & { setReturnArrays(areArrays: boolean): void };
  statement.setReturnArrays(true);
  const rows = statement.all({ ...range }) as unknown as LineRow[];
  for (const [startMs, endMs, of, place, isPhone] of rows) {
    if (isPhone === 1) continue;
    const kind = CLASSES[place];
    (kind === "afk" ? afk : window).push({ startMs, endMs, kind, of });
  }
  return { window, afk };
}

function phoneLanes(db: DatabaseSync, range: Span) {
  const spansOf = db.prepare(
    `SELECT e.start_ms AS startMs, e.end_ms AS endMs, e.subject_id AS "of", s.class AS kind
     FROM event e JOIN subject s ON s.id = e.subject_id
     WHERE e.source = 'phone' AND e.device = :device AND e.start_ms < :endMs
       AND e.start_ms > :startMs - ${MAX_EVENT_MS} AND e.end_ms > :startMs ORDER BY e.start_ms, e.id`,
  );
  const nameOf = db.prepare("SELECT name FROM phone_device WHERE id = ?");
  const lanes = phonesOf(db).map((id) => {
    const { name } = (nameOf.get(id) ?? {}) as { name?: string };
    const rows = spansOf.all({ ...range, device: id });
    const spans = [...apart(rows as unknown as LaneSpan<TimelineClass>[], range)];
    const ms = spans.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
    return { id, device: name || id, spans, ms };
  });
  const shown = lanes.filter(({ ms }) => ms > 0).sort((a, b) => b.ms - a.ms).slice(0, MAX_PHONES);
  const isShared = ({ device }: { device: string }) =>
    shown.filter((other) => other.device === device).length > 1;
  // Two phones of one name are two lanes.
  return shown.map((lane) =>
    isShared(lane) ? { ...lane, device: `${lane.device} ${lane.id}` } : lane
  )
    .sort((a, b) => a.device < b.device ? -1 : Number(a.device > b.device));
}

/** Every phone there are events of, from key to key of the index that begins with source and device. */
function phonesOf(db: DatabaseSync): string[] {
  const rows = db.prepare(
    `WITH RECURSIVE phone (id) AS (
       SELECT min(device) FROM event WHERE source = 'phone'
       UNION ALL
       SELECT (SELECT min(device) FROM event WHERE source = 'phone' AND device > phone.id) FROM phone
       WHERE phone.id IS NOT NULL)
     SELECT id FROM phone WHERE id IS NOT NULL`,
  ).all();
  return (rows as { id: string }[]).map(({ id }) => id);
}

function focusSpans(db: DatabaseSync, range: Span): LaneSpan<FocusState>[] {
  return db.prepare(
    `SELECT p.start_ms AS startMs, p.end_ms AS endMs, p.state AS kind, p.session_id AS "of"
     FROM focus_span p JOIN focus_session f ON f.id = p.session_id
     WHERE p.end_ms > :startMs AND p.end_ms <= :endMs + ${MAX_FOCUS_SPAN_MS} AND p.start_ms < :endMs
       AND f.${LIVED} ORDER BY p.start_ms`,
  ).all({ ...range }) as unknown as LaneSpan<FocusState>[];
}

function blocksOf(db: DatabaseSync, range: Span, nowMs: number): LaneBlock[] {
  const rows = db.prepare(
    `SELECT max(start_ms, :startMs) AS startMs,
       min(coalesce(ended_ms, min(end_ms, :nowMs)), :endMs) AS endMs, actor, strict, lists FROM block
     WHERE start_ms < :endMs AND coalesce(ended, '') <> 'failed'
       AND coalesce(ended_ms, end_ms) > :startMs ORDER BY start_ms, id`,
  ).all({
    ...range,
    nowMs,
  }) as unknown as (Span & { actor: BlockActor; strict: number; lists: string })[];
  return rows.filter(({ startMs, endMs }) => endMs > startMs)
    .map((row) => ({ ...row, strict: row.strict === 1, lists: JSON.parse(row.lists) }));
}

function itemsOf(
  db: DatabaseSync,
  lanes: readonly (readonly LanePiece[])[],
): LaneItem[] {
  const statement = db.prepare(
    `SELECT substr(app, 1, ${MAX_TEXT}) AS app, substr(iif(title = '', url, title), 1, ${MAX_TEXT}) AS title,
       category FROM subject WHERE id = ?`,
  );
  const ids = new Set(lanes.flatMap((lane) => lane.map((piece) => piece.of)));
  return [...ids].flatMap((id) => {
    const row = statement.get(id) as Record<string, string | null> | undefined;
    // Erased since the lanes were read.
    if (!row) return [];
    const { app, title, category } = row;
    return {
      id,
      app: app || undefined,
      title: title || undefined,
      category: category || undefined,
    };
  });
}
