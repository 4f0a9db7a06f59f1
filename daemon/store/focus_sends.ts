/**
 * Focus sessions whose end is to be told, in the database.
 * @module
 */
import { type Channel, CHANNELS } from "../core/messages.ts";
import type { Access } from "./blocks.ts";

/** What somebody wants to hear of a session when it ends. */
export interface FocusWish {
  readonly sessionId: number;
  readonly channels: readonly Channel[];
}

export class FocusSends {
  constructor(private readonly db: Access) {}

  /** All that is still to be told. */
  wishes(): FocusWish[] {
    const rows = this.db.read((db) =>
      db.prepare("SELECT session_id, email, sms FROM focus_send ORDER BY session_id").all()
    );
    return rows.map((row) => ({
      sessionId: row.session_id as number,
      channels: CHANNELS.filter((channel) => row[channel] === 1),
    }));
  }

  /** Resolves once it is stored; without channels nothing is wished any more. */
  set(sessionId: number, channels: readonly Channel[]): Promise<void> {
    return this.db.write((db) => {
      db.prepare("DELETE FROM focus_send WHERE session_id = ?").run(sessionId);
      if (channels.length === 0) return;
      db.prepare("INSERT INTO focus_send (session_id, email, sms) VALUES (?, ?, ?)").run(
        ...[sessionId, Number(channels.includes("email")), Number(channels.includes("sms"))],
      );
    });
  }
}
