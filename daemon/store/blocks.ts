/**
 * Blocks, the user's lists of names, and schedules in the database.
 * @module
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { BlockEnd, BlockRecord } from "../core/block_rules.ts";
import type { BlockSchedule } from "../core/block_schedule.ts";
import type { Timing } from "../core/block_timing.ts";
import type { Span } from "../core/types.ts";

/** The store's way to the database; a write resolves after its commit. */
export interface Access {
  read<T>(work: (db: DatabaseSync) => T): T;
  write<T>(work: (db: DatabaseSync) => T): Promise<T>;
}

/** A block that is about to begin. */
export interface NewBlock
  extends Omit<BlockRecord, "id" | "endMs" | "nameCount" | "ended" | "endedMs"> {
  readonly names: readonly string[];
}

/** A list of the user's: kept here, or in a file. */
export interface StoredList {
  readonly name: string;
  /** The file that holds it; `undefined`: the names are kept here. */
  readonly path?: string;
  readonly count: number;
}

const COLUMNS =
  `id, actor, reason, start_ms, end_ms, strict, lists, domains, name_count, length_ms, elapsed_ms,
  seen_wall_ms, seen_up_ms, emergency_ms, emergency_waited_ms, ended_ms, ended`;

export class Blocks {
  constructor(private readonly db: Access) {}

  /** The block that runs. */
  running(): BlockRecord | undefined {
    const row = this.db.read((db) =>
      db.prepare(`SELECT ${COLUMNS} FROM block WHERE ended IS NULL`).get()
    );
    return row && recordOf(row);
  }

  /** A block of the past or the present. */
  block(id: number): BlockRecord | undefined {
    const row = this.db.read((db) =>
      db.prepare(`SELECT ${COLUMNS} FROM block WHERE id = ?`).get(id)
    );
    return row && recordOf(row);
  }

  /** Every name that the running block wrote down. */
  names(): string[] {
    const row = this.db.read((db) =>
      db.prepare("SELECT names FROM block WHERE ended IS NULL").get()
    ) as { names: string } | undefined;
    return lines(row?.names);
  }

  /** The newest blocks, newest first. */
  history(limit: number): BlockRecord[] {
    return this.db.read((db) =>
      db.prepare(`SELECT ${COLUMNS} FROM block ORDER BY start_ms DESC, id DESC LIMIT ?`).all(limit)
    ).map(recordOf);
  }

  /** When something was blocked within a span: a part of it a block; the one that runs goes on until now. */
  within({ startMs, endMs }: Span, nowMs: number): Span[] {
    const rows = this.db.read((db) =>
      db.prepare(
        `SELECT start_ms AS startMs, coalesce(ended_ms, min(end_ms, :nowMs)) AS endMs FROM block
         WHERE start_ms < :endMs AND coalesce(ended, '') <> 'failed'`,
      ).all({ nowMs, endMs })
    ) as unknown as Span[];
    return rows.map((row) => ({
      startMs: Math.max(row.startMs, startMs),
      endMs: Math.min(row.endMs, endMs),
    })).filter((span) => span.endMs > span.startMs);
  }

  /** Begins a block; the one that runs is recorded as replaced. Resolves with its id. */
  begin(block: NewBlock): Promise<number> {
    const { actor, reason = null, startMs, strict, lists, domains, names, timing } = block;
    return this.db.write((db) => {
      end(db, "replaced", startMs);
      const { lastInsertRowid } = db.prepare(
        `INSERT INTO block (actor, reason, start_ms, strict, lists, domains, names, name_count,
           emergency_ms, end_ms, length_ms, elapsed_ms, seen_wall_ms, seen_up_ms, emergency_waited_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        ...[actor, reason, startMs, Number(strict), JSON.stringify(lists)],
        ...[JSON.stringify(domains), names.join("\n"), names.length, block.emergencyMs ?? null],
        ...timingColumns(timing),
      );
      return Number(lastInsertRowid);
    });
  }

  /** The running block has ended. */
  end(how: BlockEnd, atMs: number): Promise<void> {
    return this.db.write((db) => end(db, how, atMs));
  }

  /**
   * A block could not be applied: it has failed, or is forgotten, and the one before it goes on with its
   * names.
   */
  undo(
    before: (BlockRecord & { readonly names: readonly string[] }) | undefined,
    atMs: number,
    { forget = false } = {},
  ): Promise<void> {
    return this.db.write((db) => {
      if (forget) db.exec("DELETE FROM block WHERE ended IS NULL");
      else end(db, "failed", atMs);
      if (!before) return;
      db.prepare("UPDATE block SET ended = NULL, ended_ms = NULL, names = ? WHERE id = ?")
        .run(before.names.join("\n"), before.id);
    });
  }

  /** Writes down where the running block stands in time, and when an emergency was declared. */
  setTiming(timing: Timing, emergencyMs: number | undefined): Promise<void> {
    return this.db.write((db) => {
      db.prepare(
        `UPDATE block SET end_ms = ?, length_ms = ?, elapsed_ms = ?, seen_wall_ms = ?, seen_up_ms = ?,
           emergency_waited_ms = ?, emergency_ms = ? WHERE ended IS NULL`,
      ).run(...timingColumns(timing), emergencyMs ?? null);
    });
  }

  /** The user's lists. */
  lists(): StoredList[] {
    const rows = this.db.read((db) =>
      db.prepare("SELECT name, path, domain_count FROM block_list ORDER BY name").all()
    ) as { name: string; path: string | null; domain_count: number }[];
    return rows.map(({ name, path, domain_count }) => ({
      name,
      ...(path !== null && { path }),
      count: domain_count,
    }));
  }

  /** The names of a list that is kept here; none when there is no such list. */
  listNames(name: string): string[] {
    const row = this.db.read((db) =>
      db.prepare("SELECT domains FROM block_list WHERE name = ?").get(name)
    ) as { domains: string | null } | undefined;
    return lines(row?.domains);
  }

  /** Replaces lists by name; without names and path a list goes. */
  setLists(
    changes: readonly (StoredList & { readonly domains?: readonly string[] })[],
  ): Promise<void> {
    return this.db.write((db) => {
      const remove = db.prepare("DELETE FROM block_list WHERE name = ?");
      const insert = db.prepare("INSERT INTO block_list VALUES (?, ?, ?, ?)");
      for (const { name, path, domains, count } of changes) {
        remove.run(name);
        if (path !== undefined) insert.run(name, path, null, count);
        else if (domains?.length) insert.run(name, null, domains.join("\n"), domains.length);
      }
    });
  }

  schedules(): BlockSchedule[] {
    const rows = this.db.read((db) =>
      db.prepare("SELECT schedule FROM block_schedule ORDER BY position").all()
    ) as { schedule: string }[];
    return rows.map(({ schedule }) => JSON.parse(schedule));
  }

  setSchedules(schedules: readonly BlockSchedule[]): Promise<void> {
    return this.db.write((db) => {
      db.exec("DELETE FROM block_schedule");
      const insert = db.prepare("INSERT INTO block_schedule VALUES (?, ?)");
      schedules.forEach((schedule, position) => insert.run(position, JSON.stringify(schedule)));
    });
  }
}

function end(db: DatabaseSync, how: BlockEnd, atMs: number): void {
  db.prepare("UPDATE block SET ended = ?, ended_ms = ?, names = NULL WHERE ended IS NULL")
    .run(how, atMs);
}

/** end_ms, length_ms, elapsed_ms, seen_wall_ms, seen_up_ms, emergency_waited_ms */
function timingColumns({ endMs, lengthMs, elapsedMs, seen, emergencyMs }: Timing) {
  const times = [endMs, lengthMs, elapsedMs, seen.wallMs, seen.upMs].map(Math.round);
  return [...times, emergencyMs === undefined ? null : Math.round(emergencyMs)];
}

function recordOf(row: Record<string, SQLOutputValue>): BlockRecord {
  const waitedMs = row.emergency_waited_ms as number | null;
  const timing: Timing = {
    lengthMs: row.length_ms as number,
    elapsedMs: row.elapsed_ms as number,
    seen: { wallMs: row.seen_wall_ms as number, upMs: row.seen_up_ms as number },
    endMs: row.end_ms as number,
    byClock: row.strict !== 1,
    ...(waitedMs !== null && { emergencyMs: waitedMs }),
  };
  return {
    timing,
    id: row.id as number,
    actor: row.actor as BlockRecord["actor"],
    ...(row.reason !== null && { reason: row.reason as string }),
    startMs: row.start_ms as number,
    endMs: row.end_ms as number,
    strict: row.strict === 1,
    lists: JSON.parse(row.lists as string),
    domains: JSON.parse(row.domains as string),
    nameCount: row.name_count as number,
    ...(row.emergency_ms !== null && { emergencyMs: row.emergency_ms as number }),
    ...(row.ended !== null && {
      ended: row.ended as BlockEnd,
      endedMs: row.ended_ms as number,
    }),
  };
}

function lines(text: string | null | undefined): string[] {
  return text ? text.split("\n") : [];
}
