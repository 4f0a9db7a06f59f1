/**
 * Focused on what: sessions' spans beside the resolved timeline.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { ActivityClass, Span } from "../core/types.ts";
import { LIVED } from "./focus_rollups.ts";
import { NAME_SQL } from "./subjects.ts";

/** An app or a category, with the time in which the person looked at the screen, and did not. */
export interface FocusedItem {
  /** `undefined`: without a name. */
  readonly name?: string;
  /** The class with the most of its focused time. */
  readonly class: ActivityClass;
  readonly focusedMs: number;
  readonly unfocusedMs: number;
}

/** What was in front, most focused time first; AFK and what nothing recorded are left out. */
export interface FocusedOn {
  readonly apps: readonly FocusedItem[];
  readonly categories: readonly FocusedItem[];
  /** Focused time by class. */
  readonly classes: Readonly<Record<ActivityClass, number>>;
}

const MAX_ITEMS = 20;

/** Times of one (app, category, class). */
interface Row {
  readonly app: string;
  readonly category: string | null;
  readonly class: ActivityClass;
  readonly focusedMs: number;
  readonly unfocusedMs: number;
}

/** What a session was focused on. */
export function focusedOnOf(db: DatabaseSync, sessionId: number): FocusedOn {
  const rows = db.prepare(
    `SELECT ${NAME_SQL} AS app, s.category, s.class, r.focused_ms AS focusedMs, r.unfocused_ms AS unfocusedMs
     FROM rollup_focus_subject r JOIN subject s ON s.id = r.subject_id
     WHERE r.session_id = ? AND s.id > 0`,
  ).all(sessionId) as unknown as Row[];
  return grouped(rows);
}

/** The same for all that lies within a span: sessions inside from the rollup, those across an edge anew. */
export function focusedOnWithin(db: DatabaseSync, { startMs, endMs }: Span): FocusedOn {
  const whole = db.prepare(
    `WITH inside (subject_id, focused_ms, unfocused_ms) AS (${insideQuery(db, { startMs, endMs })})
     SELECT ${NAME_SQL} AS app, s.category, s.class, sum(i.focused_ms) AS focusedMs, sum(i.unfocused_ms) AS unfocusedMs
     FROM inside i CROSS JOIN subject s ON s.id = i.subject_id GROUP BY 1, 2, 3`,
  ).all() as unknown as Row[];
  const across = db.prepare(
    `SELECT id FROM focus_session
     WHERE ((start_ms < :startMs AND end_ms > :startMs) OR (start_ms < :endMs AND end_ms > :endMs))
       AND ${LIVED}`,
  ).all({ startMs, endMs }) as { id: number }[];
  const edges = across.flatMap(({ id }) => focusedWithin(db, id, { startMs, endMs }));
  return grouped([...whole, ...edges]);
}

/** From which part of all sessions on the rollup is read as a whole, by subject. */
const WHOLE_SHARE = 1 / 4;

/**
 * Times by subject of the sessions inside a span. Sessions are nearly always numbered as they began: then they
 * are a range, and for a long one the rollup is read in the order of the subjects, which needs no sorting (a year
 * of 120 000 rows: 30 ms instead of 60).
 */
function insideQuery(db: DatabaseSync, { startMs, endMs }: Span): string {
  const inside = `start_ms >= ${startMs} AND start_ms < ${endMs} AND end_ms <= ${endMs}`;
  const { first, last, count, newest } = db.prepare(
    `SELECT min(id) AS first, max(id) AS last, count(*) AS count,
       (SELECT max(id) FROM focus_session) AS newest FROM focus_session WHERE ${inside}`,
  ).get() as Record<"first" | "last" | "count" | "newest", number>;
  const sums = "r.subject_id, sum(r.focused_ms), sum(r.unfocused_ms)";
  const isRange = count === last - first + 1;
  if (isRange && count > newest * WHOLE_SHARE) {
    return `SELECT ${sums} FROM rollup_focus_subject r INDEXED BY rollup_focus_subject_sum
      WHERE r.subject_id > 0 AND r.session_id BETWEEN ${first} AND ${last} GROUP BY 1`;
  }
  return `SELECT ${sums} FROM focus_session f CROSS JOIN rollup_focus_subject r ON r.session_id = f.id
    WHERE ${inside} AND r.subject_id > 0 GROUP BY 1`;
}

/** A session's spans (`:id`), cut to `:startMs` to `:endMs`, each beside the pieces of the timeline that it overlaps. */
const PIECES = `WITH cut (start_ms, end_ms, state) AS MATERIALIZED (
    SELECT max(start_ms, :startMs), min(end_ms, :endMs), state FROM focus_span
    WHERE session_id = :id AND start_ms < :endMs AND end_ms > :startMs),
  piece (subject_id, state, ms) AS (
    SELECT t.subject_id, c.state, min(t.end_ms, c.end_ms) - max(t.start_ms, c.start_ms)
    FROM cut c CROSS JOIN timeline t
    WHERE t.start_ms < c.end_ms AND t.end_ms > c.start_ms AND t.subject_id > 0
      AND t.start_ms >= coalesce(
        (SELECT max(start_ms) FROM timeline WHERE start_ms <= c.start_ms), c.start_ms))`;

function focusedWithin(db: DatabaseSync, id: number, { startMs, endMs }: Span): Row[] {
  return db.prepare(
    `${PIECES}
     SELECT ${NAME_SQL} AS app, s.category, s.class, sum(iif(p.state = 'focused', p.ms, 0)) AS focusedMs,
       sum(iif(p.state = 'unfocused', p.ms, 0)) AS unfocusedMs
     FROM piece p JOIN subject s ON s.id = p.subject_id GROUP BY 1, 2, 3`,
  ).all({ id, startMs, endMs }) as unknown as Row[];
}

/**
 * Reads the focused time of a session by class within a span. Prepared once for many: preparing takes as long as
 * reading.
 */
export function focusedClassReader(db: DatabaseSync) {
  const read = db.prepare(
    `${PIECES} SELECT s.class, sum(p.ms) AS ms FROM piece p JOIN subject s ON s.id = p.subject_id
     WHERE p.state = 'focused' GROUP BY 1`,
  );
  return (id: number, { startMs, endMs }: Span) =>
    read.all({ id, startMs, endMs }) as unknown as { class: ActivityClass; ms: number }[];
}

function grouped(rows: readonly Row[]): FocusedOn {
  const classes = { signal: 0, noise: 0, neutral: 0 };
  for (const row of rows) classes[row.class] += row.focusedMs;
  return {
    apps: itemsBy(rows, ({ app }) => app),
    categories: itemsBy(rows, ({ category }) => category ?? ""),
    classes,
  };
}

function itemsBy(rows: readonly Row[], nameOf: (row: Row) => string): FocusedItem[] {
  return [...Map.groupBy(rows, nameOf)].map(([name, group]) => {
    const byClass = { signal: 0, noise: 0, neutral: 0 };
    let focusedMs = 0, unfocusedMs = 0;
    for (const row of group) {
      byClass[row.class] += row.focusedMs;
      focusedMs += row.focusedMs;
      unfocusedMs += row.unfocusedMs;
    }
    const cls = (Object.keys(byClass) as ActivityClass[])
      .reduce((most, each) => byClass[each] > byClass[most] ? each : most);
    return { ...(name !== "" && { name }), class: cls, focusedMs, unfocusedMs };
  }).filter(({ focusedMs }) => focusedMs > 0)
    .sort((a, b) => b.focusedMs - a.focusedMs || ((a.name ?? "") < (b.name ?? "") ? -1 : 1))
    .slice(0, MAX_ITEMS);
}
