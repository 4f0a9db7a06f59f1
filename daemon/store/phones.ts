/**
 * Phones and their heartbeats in the database, and how they enter the events.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Heartbeat, knownBeat, MAX_GAP_MS, spansOf } from "../core/phone.ts";
import { spansWithout } from "../core/spans.ts";
import type { Span, Subject } from "../core/types.ts";
import type { Access } from "./blocks.ts";
import type { Events } from "./events.ts";
import { type PhoneDay, phoneDay } from "./phone_reads.ts";

export interface PhoneDevice {
  readonly id: string;
  readonly name: string;
  /** Hex; "" when revoked. */
  readonly secret: string;
  readonly pairedMs: number;
  readonly revokedMs: number | undefined;
  readonly lastSeenMs: number | undefined;
  /** It may send its secret instead of signing, by TLS. */
  readonly bearer: boolean;
}

/** A heartbeat to be stored. */
export interface NewBeat extends Heartbeat {
  readonly receivedMs: number;
  readonly digest: Uint8Array;
  /** JSON of the signed fields besides. */
  readonly extra: string | undefined;
}

/** What of an app may be known; `undefined`: nothing. */
type PrivacyOf = (subject: Subject) => Subject | undefined;

/** How many heartbeats enter the events in one transaction. */
const DERIVED_AT_ONCE = 500;

interface Waiter {
  readonly beat: NewBeat;
  readonly resolve: (isNew: boolean) => void;
  readonly reject: (error: unknown) => void;
}

export class Phones {
  #waiting: Waiter[] = [];
  #statements: Statements | undefined;

  constructor(private readonly db: Access, private readonly events: Events) {}

  devices(): PhoneDevice[] {
    const rows = this.db.read((db) =>
      db.prepare(
        `SELECT d.*, (SELECT max(at_ms) FROM phone_heartbeat WHERE device = d.id) AS last_ms
         FROM phone_device d ORDER BY d.id`,
      ).all()
    );
    return rows.map((row) => ({
      id: row.id as string,
      name: row.name as string,
      secret: row.secret as string,
      pairedMs: row.paired_ms as number,
      revokedMs: row.revoked_ms as number | null ?? undefined,
      lastSeenMs: row.last_ms as number | null ?? undefined,
      bearer: row.bearer === 1,
    }));
  }

  /** Every secret in force, by device, and whether it may be sent itself. */
  secrets(): Map<string, { readonly secret: string; readonly bearer: boolean }> {
    const rows = this.db.read((db) =>
      db.prepare("SELECT id, secret, bearer FROM phone_device WHERE revoked_ms IS NULL").all()
    ) as { id: string; secret: string; bearer: number }[];
    return new Map(rows.map(({ id, secret, bearer }) => [id, { secret, bearer: bearer === 1 }]));
  }

  /** Adds a device, or gives one that is there a new secret and name. */
  pair(
    { id, name, secret, bearer }: { id: string; name: string; secret: string; bearer: boolean },
    nowMs: number,
  ): Promise<void> {
    return this.db.write((db) => {
      db.prepare(
        `INSERT INTO phone_device VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET
           name = excluded.name, secret = excluded.secret, bearer = excluded.bearer,
           paired_ms = excluded.paired_ms, revoked_ms = NULL`,
      ).run(id, name, secret, Number(bearer), nowMs);
    });
  }

  /** Takes a device's secret away; its history stays. */
  revoke(id: string, nowMs: number): Promise<void> {
    return this.db.write((db) => {
      db.prepare("UPDATE phone_device SET secret = '', revoked_ms = ? WHERE id = ?").run(nowMs, id);
    });
  }

  /** Notes that something was used; resolves with whether this was the first time. */
  useOnce(digest: Uint8Array, untilMs: number, nowMs: number): Promise<boolean> {
    return this.db.write((db) => {
      db.prepare("DELETE FROM phone_used WHERE until_ms < ?").run(nowMs);
      const { changes } = db.prepare("INSERT OR IGNORE INTO phone_used VALUES (?, ?)")
        .run(digest, untilMs);
      return changes === 1;
    });
  }

  /**
   * Stores a heartbeat; resolves, after the commit, with whether it is new. Those that come in one turn
   * of the event loop are one piece of work, without a savepoint each.
   */
  add(beat: NewBeat): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ beat, resolve, reject });
      if (this.#waiting.length === 1) void this.#storeWaiting();
    });
  }

  /** Stores heartbeats in one transaction; resolves with which of them are new. */
  addAll(beats: readonly NewBeat[]): Promise<boolean[]> {
    return this.db.write((db) => beats.map((beat) => this.#insertOne(db, beat)));
  }

  async #storeWaiting(): Promise<void> {
    let batch: Waiter[] = [];
    try {
      const added = await this.db.write((db) => {
        // What came until the transaction began.
        batch = this.#waiting;
        this.#waiting = [];
        return batch.map(({ beat }) => this.#insertOne(db, beat));
      });
      for (const [i, { resolve }] of batch.entries()) resolve(added[i]);
    } catch (error) {
      if (batch.length === 0) batch = this.#waiting.splice(0);
      for (const { reject } of batch) reject(error);
    }
  }

  /** Prepared when a phone is first heard of. */
  #prepared(db: DatabaseSync): Statements {
    return this.#statements ??= prepare(db);
  }

  #insertOne(db: DatabaseSync, beat: NewBeat): boolean {
    const { deviceId, atMs, receivedMs, screenOn, app = "", extra = null, digest } = beat;
    const { changes } = this.#prepared(db).insert.run(
      ...[deviceId, atMs, receivedMs, Number(screenOn), app, extra],
      digest,
    );
    return changes === 1;
  }

  /**
   * Lets heartbeats that have not yet entered the events do so, some hundred of them; resolves with how
   * many. The time around each is told anew from it and its neighbours: they may come in any order. What `privacy`
   * hides by now stays out, though it was stored.
   */
  derive(privacy: PrivacyOf = (subject) => subject): Promise<number> {
    return this.db.write((db) => {
      const { fresh: select, derived } = this.#prepared(db);
      const fresh = select.all() as { id: number; device: string; atMs: number }[];
      if (fresh.length === 0) return 0;
      for (const [device, beats] of Map.groupBy(fresh, (beat) => beat.device)) {
        const times = beats.map(({ atMs }) => atMs);
        const span = { startMs: Math.min(...times), endMs: Math.max(...times) };
        this.#deriveSpan(db, device, span, privacy);
      }
      this.events.settle();
      derived.run(String(fresh[fresh.length - 1].id));
      return fresh.length;
    });
  }

  /** Whether heartbeats wait for {@linkcode derive}. */
  hasFresh(): boolean {
    return this.db.read((db) => this.#prepared(db).fresh.get() !== undefined);
  }

  #deriveSpan(
    db: DatabaseSync,
    device: string,
    { startMs: firstMs, endMs: lastMs }: Span,
    privacy: PrivacyOf,
  ): void {
    // One further on either side: nothing beyond a gap is touched by what came.
    const beats = beatsOf(this.#prepared(db).within, device, {
      startMs: firstMs - MAX_GAP_MS,
      endMs: lastMs + MAX_GAP_MS,
    });
    const from = beats.findLast(({ atMs }) => atMs < firstMs)?.atMs ?? firstMs;
    const to = beats.find(({ atMs }) => atMs > lastMs)?.atMs ?? lastMs;
    const inside = beats.filter(({ atMs }) => atMs >= from && atMs <= to);
    const whole = { startMs: from, endMs: to };
    const paused = this.#prepared(db).paused.all(to, from) as unknown as Span[];
    const spans = spansOf(inside.map((beat) => knownBeat(beat, privacy)))
      // Two heartbeats may lie on either side of a short pause.
      .flatMap((span) => spansWithout(span, paused).map((left) => ({ ...span, ...left })));
    this.events.replace(whole, "phone", device, spans);
  }

  /** A device's heartbeats within a span, in order. */
  beats(device: string, span: Span): Omit<Heartbeat, "deviceId">[] {
    return this.db.read((db) => beatsOf(this.#prepared(db).within, device, span));
  }

  /** What a device told of a span, by quarters of an hour and by app. */
  day(device: string, span: Span): PhoneDay {
    return this.db.read((db) => phoneDay(db, device, span));
  }

  /** Gives a device another name. */
  rename(id: string, name: string): Promise<void> {
    return this.db.write((db) => {
      db.prepare("UPDATE phone_device SET name = ? WHERE id = ?").run(name, id);
    });
  }

  /** The same, with the digests by which they are known. */
  stored(
    device: string,
    { startMs, endMs }: Span,
  ): (Omit<Heartbeat, "deviceId"> & { readonly digest: Uint8Array })[] {
    return this.db.read((db) => {
      const { within } = this.#prepared(db);
      return rowsOf(within, device, { startMs, endMs }).map((row) => ({
        ...beatOf(row),
        digest: row.digest,
      }));
    });
  }
}

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  return {
    // Among what was used are heartbeats that were erased: they do not come in again.
    insert: db.prepare(
      `INSERT OR IGNORE INTO phone_heartbeat (device, at_ms, received_ms, screen_on, app, extra, digest)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (SELECT 1 FROM phone_used WHERE digest = ?7)`,
    ),
    fresh: db.prepare(
      `SELECT id, device, at_ms AS atMs FROM phone_heartbeat
       WHERE id > (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'phone_derived')
       ORDER BY id LIMIT ${DERIVED_AT_ONCE}`,
    ),
    paused: db.prepare(
      `SELECT start_ms AS startMs, coalesce(end_ms, 9e15) AS endMs FROM pause
       WHERE start_ms < ? AND (end_ms > ? OR end_ms IS NULL)`,
    ),
    derived: db.prepare("UPDATE meta SET value = ? WHERE key = 'phone_derived'"),
    within: db.prepare(
      `SELECT at_ms, screen_on, app, digest FROM phone_heartbeat WHERE device = ? AND at_ms BETWEEN ? AND ?
       ORDER BY at_ms, id`,
    ),
  };
}

interface Row {
  readonly at_ms: number;
  readonly screen_on: number;
  readonly app: string;
  readonly digest: Uint8Array;
}

function rowsOf(within: StatementSync, device: string, { startMs, endMs }: Span): Row[] {
  return within.all(device, startMs, endMs) as unknown as Row[];
}

function beatsOf(within: StatementSync, device: string, span: Span): Omit<Heartbeat, "deviceId">[] {
  return rowsOf(within, device, span).map(beatOf);
}

function beatOf({ at_ms, screen_on, app }: Row): Omit<Heartbeat, "deviceId"> {
  return { atMs: at_ms, screenOn: screen_on === 1, app: app || undefined };
}
