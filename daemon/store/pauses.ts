/**
 * Times in which nothing was to be recorded.
 * @module
 */
import type { Pause } from "../core/pause.ts";
import type { Span } from "../core/types.ts";
import type { Access } from "./blocks.ts";

interface Row {
  readonly start_ms: number;
  readonly end_ms: number | null;
  readonly by_clock: number;
}

export class Pauses {
  constructor(private readonly db: Access) {}

  /** The pause that went on when it was written last; it may be over. */
  running(): Pause | undefined {
    const row = this.db.read((db) =>
      db.prepare("SELECT start_ms, end_ms, by_clock FROM pause WHERE running = 1").get()
    ) as unknown as Row | undefined;
    return row && {
      startMs: row.start_ms,
      ...(row.end_ms !== null && { endMs: row.end_ms }),
      byClock: row.by_clock === 1,
    };
  }

  /** What is over of the pauses, and ended after `sinceMs`, in order. */
  endedSince(sinceMs: number): Span[] {
    return this.db.read((db) =>
      db.prepare(
        `SELECT start_ms AS startMs, end_ms AS endMs FROM pause
         WHERE running = 0 AND end_ms > ? ORDER BY start_ms`,
      ).all(sinceMs)
    ) as unknown as Span[];
  }

  /** Writes down spans that are over, and what goes on in place of what did. */
  save(ended: readonly Span[], running: Pause | undefined): Promise<void> {
    return this.db.write((db) => {
      db.exec("DELETE FROM pause WHERE running = 1");
      const insert = db.prepare("INSERT OR REPLACE INTO pause VALUES (?, ?, ?, ?)");
      for (const { startMs, endMs } of ended) {
        insert.run(Math.round(startMs), Math.round(endMs), 0, 0);
      }
      if (!running) return;
      const { startMs, endMs, byClock } = running;
      const end = endMs === undefined ? null : Math.round(endMs);
      insert.run(Math.round(startMs), end, Number(byClock), 1);
    });
  }
}
