/**
 * A damaged database is set aside, never replaced in silence: what can still be read of it, and of the
 * last good copy, goes into a new one.
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { parseRules } from "../core/rules.ts";
import type { Classification, EventSource } from "../core/types.ts";
import { exists, readIfThere, removeIfThere, writePrivateFile } from "../os/files.ts";
import { createDatabase } from "./database.ts";
import { verifyCopy } from "./backup.ts";
import { readTables, type TableRows } from "./salvage_tables.ts";

/** What salvaging came to. */
export interface Salvage {
  /** Where the damaged files are now, byte for byte. */
  readonly setAside: string;
  /** The copy that was taken as a base; `undefined`: none was whole. */
  readonly basedOn?: string;
  /** Rows of the damaged file: read, and given up. */
  readonly readEvents: number;
  readonly lostRanges: number;
}

/** An event as salvage hands it on. */
export interface SalvagedEvent {
  readonly source: EventSource;
  readonly device?: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly utcOffsetMin: number;
  readonly subject: { readonly app?: string; readonly title?: string; readonly url?: string };
  /** The class that was given with an entry by hand. */
  readonly byHand?: Classification;
}

/** What is handed on at a time. */
export interface SalvagedBatch {
  readonly events: readonly SalvagedEvent[];
  readonly lostRanges: number;
  /** The user's rules, where they can be read. */
  readonly rules?: readonly string[];
  /** Rows of another table. */
  readonly table?: TableRows;
}

/** A file that is there, with the salvage's time, until all that can be read is brought over. */
function unfinishedNote(path: string): string {
  return `${path}.salvaging`;
}

/** Whether a salvage was cut off: a kill, a full disk. */
export function isSalvageUnfinished(path: string): boolean {
  return exists(unfinishedNote(path));
}

/** All is brought over. */
export function finishSalvage(path: string): void {
  removeIfThere(unfinishedNote(path));
}

/**
 * Moves the damaged database (with its WAL) aside and puts the newest whole copy, or an empty database,
 * in its place; goes on with it when it was cut off. What can be read of the damaged one is handed out
 * afterwards by {@linkcode readDamaged}, and {@linkcode finishSalvage} ends it.
 * @param copies Paths of earlier copies, newest first.
 */
export function setAside(
  path: string,
  copies: readonly string[],
  nowMs: number,
): Omit<Salvage, "readEvents" | "lostRanges"> {
  const stamp = readIfThere(unfinishedNote(path)) ??
    new Date(nowMs).toISOString().replace(/[:.]/g, "-");
  writePrivateFile(unfinishedNote(path), stamp);
  const aside = `${path}.damaged-${stamp}`;
  // The database itself goes last: once it is there, what bears its old name is the new one.
  if (!exists(aside)) {
    for (const suffix of ["-wal", "-shm", ""]) {
      try {
        Deno.renameSync(path + suffix, aside + suffix);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
  }
  if (exists(path)) return { setAside: aside };
  for (const copy of copies) {
    try {
      verifyCopy(copy);
    } catch {
      continue;
    }
    const part = `${path}.part`;
    Deno.copyFileSync(copy, part);
    Deno.chmodSync(part, 0o600);
    Deno.renameSync(part, path);
    return { setAside: aside, basedOn: copy };
  }
  createDatabase(path);
  return { setAside: aside };
}

const RANGE_ROWS = 256;

/**
 * What can still be read of a damaged database, in batches: ranges of rows are tried, halved where
 * they fail, and given up where a single row cannot be read. The file is copied first, so that the one
 * set aside stays as it was found.
 */
export function* readDamaged(aside: string): Generator<SalvagedBatch> {
  const work = `${aside}.work`;
  try {
    for (const suffix of ["", "-wal"]) {
      try {
        Deno.copyFileSync(aside + suffix, work + suffix);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
    yield* readRanges(work);
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) {
      try {
        Deno.removeSync(work + suffix);
      } catch { /* it was never made */ }
    }
  }
}

function* readRanges(path: string): Generator<SalvagedBatch> {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    const rules = readRules(db);
    if (rules.length > 0) yield { events: [], lostRanges: 0, rules };
    for (const table of readTables(db)) yield { events: [], lostRanges: 0, table };
    const bounds = idBounds(db);
    const texts = db.prepare("SELECT * FROM subject WHERE id = ?");
    const range = db.prepare(
      `SELECT id, source, device, subject_id, start_ms, end_ms, utc_offset_min FROM event NOT INDEXED
       WHERE id >= ? AND id < ?`,
    );
    const subjects = new Map<number, SalvagedSubject | undefined>();
    const subjectOf = (id: number) => {
      if (!subjects.has(id)) {
        try {
          const row = texts.get(id) as unknown as SubjectColumns | undefined;
          subjects.set(id, row && salvagedSubject(row));
        } catch {
          subjects.set(id, undefined);
        }
      }
      return subjects.get(id);
    };
    const pending: [number, number][] = [];
    for (let id = bounds.max; id >= bounds.min; id -= RANGE_ROWS) {
      pending.push([Math.max(bounds.min, id - RANGE_ROWS + 1), id + 1]);
    }
    while (pending.length > 0) {
      const [from, to] = pending.pop()!;
      try {
        const rows = range.all(from, to) as unknown as DamagedRow[];
        const events = rows.map((row) => salvaged(row, subjectOf)).filter((e) => e !== undefined);
        yield { events, lostRanges: rows.length - events.length };
      } catch {
        if (to - from === 1) yield { events: [], lostRanges: 1 };
        else {
          const middle = Math.floor((from + to) / 2);
          pending.push([middle, to], [from, middle]);
        }
      }
    }
  } catch {
    yield { events: [], lostRanges: 1 };
  } finally {
    db?.close();
  }
}

/** The user's rules; none when they cannot be read, or are not what they were. */
function readRules(db: DatabaseSync): string[] {
  try {
    const rows = db.prepare("SELECT rule FROM rule ORDER BY position").all() as { rule: string }[];
    const rules = rows.map((row) => row.rule);
    parseRules(rules.map((rule) => JSON.parse(rule)));
    return rules;
  } catch {
    return [];
  }
}

interface DamagedRow {
  readonly id: number;
  readonly source: EventSource;
  readonly device: string;
  readonly subject_id: number;
  readonly start_ms: number;
  readonly end_ms: number;
  readonly utc_offset_min: number;
}

/** A row as an event, or `undefined` when what it says cannot be. */
function salvaged(
  row: DamagedRow,
  subjectOf: (id: number) => SalvagedSubject | undefined,
): SalvagedEvent | undefined {
  const { subject, byHand }: Partial<SalvagedSubject> = row.source === "afk"
    ? { subject: {} }
    : subjectOf(row.subject_id) ?? {};
  const lengthMs = row.end_ms - row.start_ms;
  const sound = ["window", "afk", "phone", "manual"].includes(row.source) &&
    subject !== undefined &&
    (row.source === "manual") === (byHand !== undefined) &&
    Number.isInteger(row.start_ms) && lengthMs >= 0 && lengthMs <= 86_400_000;
  if (!sound) return undefined;
  return {
    source: row.source,
    device: row.device || undefined,
    startMs: row.start_ms,
    endMs: row.end_ms,
    utcOffsetMin: row.utc_offset_min,
    subject,
    ...byHand && { byHand },
  };
}

type SalvagedSubject = Pick<SalvagedEvent, "subject" | "byHand">;

/** Columns of a subject; databases from before entries by hand lack the last. */
interface SubjectColumns {
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly class: Classification["class"];
  readonly category: string | null;
  readonly by_hand?: number;
}

function salvagedSubject({ app, title, url, ...row }: SubjectColumns): SalvagedSubject {
  const byHand = { class: row.class, category: row.category ?? undefined };
  return {
    subject: { app: app || undefined, title: title || undefined, url: url || undefined },
    ...row.by_hand === 1 && { byHand },
  };
}

/** The range of ids; found by probing when the tree's edge cannot be read. */
function idBounds(db: DatabaseSync): { min: number; max: number } {
  const one = (sql: string): number | undefined => {
    try {
      const row = db.prepare(sql).get() as { id: number | null } | undefined;
      return row?.id ?? 0;
    } catch {
      return undefined;
    }
  };
  const min = one("SELECT min(id) AS id FROM event NOT INDEXED") ?? 1;
  const max = one("SELECT max(id) AS id FROM event NOT INDEXED") ??
    one("SELECT max(event_id) AS id FROM timeline") ?? 0;
  return { min: Math.max(1, min), max };
}
