/**
 * Which screenshots there are.
 * @module
 */
import type { ScreenshotRecord } from "../core/screenshot.ts";
import type { Span } from "../core/types.ts";
import type { Access } from "./blocks.ts";

const COLUMNS = `id, at_ms AS atMs, reason, event_id AS eventId, monitor, width_px AS widthPx,
  height_px AS heightPx, bytes, sha256, file`;

export class Screenshots {
  constructor(private readonly db: Access) {}

  /** Newest first; those that are older than `before`, or were stored before it in the same moment. */
  page(
    span: Partial<Span>,
    before: { readonly atMs: number; readonly id: number } | undefined,
    limit: number,
  ): ScreenshotRecord[] {
    const { startMs = -8.64e15, endMs = 8.64e15 } = span;
    const { atMs, id } = before ?? { atMs: 8.64e15 + 1, id: 0 };
    return this.#all(
      `SELECT ${COLUMNS} FROM screenshot WHERE at_ms >= ? AND at_ms < ? AND (at_ms, id) < (?, ?)
       ORDER BY at_ms DESC, id DESC LIMIT ?`,
      [startMs, endMs, atMs, id, limit],
    );
  }

  /** All, newest first. */
  all(): ScreenshotRecord[] {
    return this.#all(`SELECT ${COLUMNS} FROM screenshot ORDER BY at_ms DESC, id DESC`, []);
  }

  get(id: number): ScreenshotRecord | undefined {
    return this.#all(`SELECT ${COLUMNS} FROM screenshot WHERE id = ?`, [id])[0];
  }

  /** Whether a file belongs to one. */
  hasFile(file: string): boolean {
    return this.db.read((db) => db.prepare("SELECT 1 FROM screenshot WHERE file = ?").get(file)) !==
      undefined;
  }

  /** When the newest of a kind was taken. */
  lastMs(reason: ScreenshotRecord["reason"]): number | undefined {
    const row = this.db.read((db) =>
      db.prepare("SELECT max(at_ms) AS atMs FROM screenshot WHERE reason = ?").get(reason)
    ) as { atMs: number | null };
    return row.atMs ?? undefined;
  }

  /** Resolves with its id once it is stored. */
  add(screenshot: Omit<ScreenshotRecord, "id">): Promise<number> {
    const { atMs, reason, eventId = null, monitor, widthPx, heightPx, bytes, sha256, file } =
      screenshot;
    return this.db.write((db) =>
      Number(
        db.prepare(
          `INSERT INTO screenshot (at_ms, reason, event_id, monitor, width_px, height_px, bytes, sha256, file)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ).run(atMs, reason, eventId, monitor, widthPx, heightPx, bytes, sha256, file)
          .lastInsertRowid,
      )
    );
  }

  /** Forgets one; its file must be gone by then. */
  remove(id: number): Promise<void> {
    return this.db.write((db) => {
      db.prepare("DELETE FROM screenshot WHERE id = ?").run(id);
    });
  }

  #all(sql: string, values: readonly number[]): ScreenshotRecord[] {
    return this.db.read((db) => db.prepare(sql).all(...values)).map((row) => {
      const { eventId, ...rest } = row;
      return { ...rest, ...(eventId !== null && { eventId }) } as unknown as ScreenshotRecord;
    });
  }
}
