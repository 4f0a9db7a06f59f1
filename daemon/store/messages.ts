/**
 * The outbox in the database.
 * @module
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Channel, MailContent, MessageRecord } from "../core/messages.ts";
import { isTold, type MessageTurn, TOLD_ANEW, UNREADABLE } from "../core/outbox.ts";
import type { Access } from "./blocks.ts";

/** What one recipient is to get. */
export type Letter =
  & { readonly recipient: string }
  & (
    | { readonly channel: "email"; readonly messageId: string; readonly content: MailContent }
    | { readonly channel: "sms"; readonly content: { readonly text: string } }
  );

/** A message with what it says. */
export type OpenLetter = Letter & { readonly record: MessageRecord };

const COLUMNS =
  `id, channel, topic, recipient, created_ms, state, tries, next_ms, changed_ms, error`;

export class Messages {
  constructor(private readonly db: Access) {}

  /**
   * Writes letters down, all or none; who was told the topic already gets no second one, unless `again`, which
   * takes the place of what still waits. Resolves, once that is durable, with a row for each letter, and with what
   * is new in any way.
   */
  post(
    letters: readonly Letter[],
    { topic, again = false, nowMs }: {
      readonly topic: string;
      readonly again?: boolean;
      readonly nowMs: number;
    },
  ): Promise<{ readonly rows: MessageRecord[]; readonly changed: MessageRecord[] }> {
    return this.db.write((db) => {
      const changed: MessageRecord[] = [];
      const rows = letters.map((letter) => {
        const { channel, recipient } = letter;
        const earlier = db.prepare(
          `SELECT ${COLUMNS} FROM message WHERE channel = ? AND topic = ? AND recipient = ?
           ORDER BY id DESC`,
        ).all(channel, topic, recipient).map(recordOf).filter(({ state }) => isTold(state));
        if (earlier.length > 0 && !again) return earlier[0];
        for (const { id, state } of earlier) {
          if (state !== "waiting") continue;
          changed.push(turn(db, id, TOLD_ANEW, nowMs));
        }
        const row = insert(db, letter, topic, nowMs);
        changed.push(row);
        return row;
      });
      return { rows, changed };
    });
  }

  /**
   * A message is on its way from here on: resolves, once that is durable, with what it says; `undefined`: it does
   * not wait any more, or cannot be read, which is its end.
   */
  begin(id: number, nowMs: number): Promise<OpenLetter | undefined> {
    return this.db.write((db) => {
      const row = db.prepare(
        `UPDATE message SET state = 'sending', next_ms = NULL, tries = tries + 1, changed_ms = ?
         WHERE id = ? AND state = 'waiting' RETURNING ${COLUMNS}, message_id, content`,
      ).get(Math.round(nowMs), id);
      if (!row) return undefined;
      const content = readContent(row.content as string);
      if (content === undefined) return void turn(db, id, UNREADABLE, nowMs);
      return {
        record: recordOf(row),
        channel: row.channel,
        recipient: row.recipient,
        messageId: row.message_id ?? undefined,
        content,
      } as OpenLetter;
    });
  }

  /** Writes down what became of messages that wait or are on their way; what is sent no more is forgotten. */
  turn(
    turns: readonly { readonly id: number; readonly to: MessageTurn }[],
    nowMs: number,
  ): Promise<MessageRecord[]> {
    return this.db.write((db) => turns.map(({ id, to }) => turn(db, id, to, nowMs)));
  }

  /** Messages by id, in the order of `ids`; those that are not there are left out. */
  messages(ids: readonly number[]): MessageRecord[] {
    return this.#all("WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids))
      .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  }

  /** What waits, or is on its way, the oldest first. */
  open(state: "waiting" | "sending"): MessageRecord[] {
    // Without ORDER BY: the order of the rows would be read from all of them instead of from the index.
    return this.#all("WHERE state IN ('waiting', 'sending') AND state = ?", state)
      .toSorted((a, b) => a.id - b.id);
  }

  /** Whether anything waits or is on its way. */
  hasOpen(): boolean {
    return this.db.read((db) =>
      db.prepare("SELECT 1 FROM message WHERE state IN ('waiting', 'sending') LIMIT 1").get()
    ) !== undefined;
  }

  /** The newest, newest first. */
  recent(limit: number): MessageRecord[] {
    return this.#all("ORDER BY id DESC LIMIT ?", limit);
  }

  #all(rest: string, value: string | number): MessageRecord[] {
    return this.db.read((db) =>
      db.prepare(`SELECT ${COLUMNS} FROM message ${rest}`).all(value).map(recordOf)
    );
  }
}

function readContent(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function insert(db: DatabaseSync, letter: Letter, topic: string, nowMs: number): MessageRecord {
  const atMs = Math.round(nowMs);
  const messageId = letter.channel === "email" ? letter.messageId : null;
  const row = db.prepare(
    `INSERT INTO message (channel, topic, recipient, message_id, created_ms, state, tries, next_ms,
       changed_ms, content)
     VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?) RETURNING ${COLUMNS}`,
  ).get(
    ...[letter.channel, topic, letter.recipient, messageId, atMs, atMs, atMs],
    JSON.stringify(letter.content),
  );
  return recordOf(row!);
}

function turn(db: DatabaseSync, id: number, to: MessageTurn, nowMs: number): MessageRecord {
  const nextMs = to.state === "waiting" ? to.nextMs : null;
  const row = db.prepare(
    `UPDATE message SET state = :state, next_ms = :nextMs, changed_ms = :nowMs, error = :error,
       content = iif(:state = 'waiting', content, NULL)
     WHERE id = :id AND state IN ('waiting', 'sending') RETURNING ${COLUMNS}`,
  ).get({
    ...{ id, state: to.state, nextMs, nowMs: Math.round(nowMs) },
    error: to.state === "sent" ? null : to.error,
  });
  if (!row) throw new Error(`Cannot note the end of message ${id}: it is not on its way`);
  return recordOf(row);
}

function recordOf(row: Record<string, SQLOutputValue>): MessageRecord {
  return {
    id: row.id as number,
    channel: row.channel as Channel,
    topic: row.topic as string,
    recipient: row.recipient as string,
    createdMs: row.created_ms as number,
    state: row.state as MessageRecord["state"],
    tries: row.tries as number,
    nextMs: row.next_ms as number | null ?? undefined,
    changedMs: row.changed_ms as number,
    error: row.error as string | null ?? undefined,
  };
}
