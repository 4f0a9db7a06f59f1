/**
 * The statements behind `event_rows.ts`.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { MAX_EVENT_MS } from "../core/heartbeat.ts";

export type EventSql = ReturnType<typeof prepareEventSql>;

/** Prepares them; "plain" events are whole in `event`, of the others `event_whole` has what was recorded. */
export function prepareEventSql(db: DatabaseSync) {
  const columns = `e.id AS id, e.source, e.device, e.subject_id AS subjectId, e.start_ms AS startMs,
    e.end_ms AS endMs, e.utc_offset_min AS offsetMin, s.app, s.title, s.url, s.class, s.category,
    s.by_hand AS byHand`;
  const joined = (table: string) =>
    `SELECT ${columns}, ${Number(table === "event_whole")} AS isWhole
     FROM ${table} e JOIN subject s ON s.id = e.subject_id WHERE `;
  const plain = `${joined("event")} e.whole_id = 0 AND`, whole = joined("event_whole");
  const last = `e.source = ? AND e.device = ? AND e.start_ms <= ?
    ORDER BY e.start_ms DESC, e.id DESC LIMIT 1`;
  const same = "e.source = ? AND e.device = ? AND e.start_ms = ? AND e.subject_id = ?";
  const both = (where: string) => `${plain} ${where} UNION ALL ${whole} ${where}`;
  const within = `e.start_ms < :endMs AND e.start_ms > :startMs - ${MAX_EVENT_MS}
    AND (e.end_ms > :startMs OR e.start_ms >= :startMs)`;
  const ofSource = `e.source = :source AND e.device = :device AND e.start_ms < :endMs
    AND e.start_ms > :startMs - ${MAX_EVENT_MS} AND e.end_ms > :startMs`;
  return {
    lastPlain: db.prepare(`${plain} ${last}`),
    lastWhole: db.prepare(`${whole} ${last}`),
    samePlain: db.prepare(`${plain} ${same}`),
    sameWhole: db.prepare(`${whole} ${same}`),
    piece: db.prepare(
      `SELECT 1 FROM event WHERE source = ? AND device = ? AND start_ms = ? AND subject_id = ?
         AND whole_id > 0 AND end_ms >= ?`,
    ),
    byIdPlain: db.prepare(`${plain} e.id = ?`),
    byIdWhole: db.prepare(
      `${whole} e.id = coalesce((SELECT nullif(whole_id, 0) FROM event WHERE id = ?1), ?1)`,
    ),
    within: db.prepare(`${both(within)} ORDER BY startMs, id`),
    ofSource: db.prepare(both(ofSource)),
    pieces: db.prepare(
      `SELECT id, start_ms AS startMs, end_ms AS endMs FROM event WHERE whole_id = ? AND whole_id > 0
       ORDER BY start_ms`,
    ),
    isPieceId: db.prepare("SELECT 1 FROM event WHERE id = ?"),
    nextId: db.prepare(
      `SELECT max(coalesce((SELECT max(id) FROM event), 0),
         coalesce((SELECT max(id) FROM event_whole), 0)) + 1 AS id`,
    ),
    insert: db.prepare(
      `INSERT INTO event (id, source, device, subject_id, start_ms, end_ms, utc_offset_min, whole_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    insertWhole: db.prepare(
      `INSERT INTO event_whole (id, source, device, subject_id, start_ms, end_ms, utc_offset_min)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    copyToWhole: db.prepare(
      `INSERT INTO event_whole SELECT id, source, device, subject_id, start_ms, end_ms, utc_offset_min
       FROM event WHERE id = ?`,
    ),
    setWholeId: db.prepare("UPDATE event SET whole_id = id WHERE id = ?"),
    setId: db.prepare("UPDATE event SET id = ?, whole_id = 0 WHERE id = ?"),
    setEnd: db.prepare("UPDATE event SET end_ms = ? WHERE id = ?"),
    setEndWhole: db.prepare("UPDATE event_whole SET end_ms = ? WHERE id = ?"),
    delete: db.prepare("DELETE FROM event WHERE id = ?"),
    deleteWhole: db.prepare("DELETE FROM event_whole WHERE id = ?"),
    hidden: db.prepare(
      `SELECT edit_id AS editId, start_ms AS startMs, end_ms AS endMs FROM event_hidden
       WHERE whole_id = ?`,
    ),
    hiddenBy: db.prepare("SELECT DISTINCT whole_id AS id FROM event_hidden WHERE edit_id = ?"),
    insertHidden: db.prepare(
      `INSERT INTO event_hidden (whole_id, edit_id, start_ms, end_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET end_ms = max(end_ms, excluded.end_ms)`,
    ),
    deleteHidden: db.prepare("DELETE FROM event_hidden WHERE whole_id = ?"),
    deleteHiddenBy: db.prepare("DELETE FROM event_hidden WHERE edit_id = ?"),
  };
}
