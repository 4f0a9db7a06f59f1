import { dailyCopies } from "../backups.ts";
import type { Config } from "../config/load.ts";
import { systemClock } from "../os/clock.ts";
import { exists } from "../os/files.ts";
import { verifyCopy } from "../store/backup.ts";
import { openReader, readHeader } from "../store/database.ts";
import { Reader } from "../store/reader.ts";
import type { Check } from "./check.ts";

const DAY_MS = 86_400_000;
const MAX_COPY_AGE_DAYS = 3;
/** It is folded into the database at a few megabytes. */
const MAX_WAL_BYTES = 64e6;

/**
 * Whether the database opens and is whole, and what its newest event says of the clock. The check itself runs in a
 * worker: of a large file it takes a while.
 */
export async function* checkDatabase(
  { databasePath }: Config,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  const name = "database";
  try {
    const kind = readHeader(databasePath);
    if (kind === "absent") {
      return yield { name, status: "off", detail: "not there yet; the first start makes it" };
    }
    if (kind === "foreign") {
      return yield {
        name,
        status: "fail",
        detail: `${databasePath} was made by another program, and is left as it is`,
        remedy: "name another file with PRODTRACKER_DB",
      };
    }
    const { problem, newestMs, count } = await look(databasePath, signal);
    if (problem) return yield damaged(databasePath, problem);
    const size = megabytes(Deno.statSync(databasePath).size);
    yield { name, status: "ok", detail: `${count} events, ${size}, whole: ${databasePath}` };
    const wal = checkWal(databasePath);
    if (wal) yield wal;
    if (newestMs !== null && newestMs > systemClock.nowMs() + DAY_MS) {
      yield {
        name: "newest event",
        status: "warn",
        detail: `it ends at ${new Date(newestMs).toISOString()}, which is yet to come`,
        remedy: "set the clock: it was ahead when that was recorded, or is behind now",
      };
    }
  } catch (error) {
    const { message } = error as Error;
    if (/malformed|not a database|corrupt/i.test(message)) yield damaged(databasePath, message);
    else {
      const remedy = "see that the file and its directory are yours to read and write";
      yield { name, status: "fail", detail: `${databasePath}: ${message}`, remedy };
    }
  }
}

/** The write-ahead log, once there is one. */
function checkWal(databasePath: string): Check | undefined {
  const name = "write-ahead log";
  const path = `${databasePath}-wal`;
  if (!exists(path)) return undefined;
  const { size } = Deno.statSync(path);
  const detail = `${megabytes(size)}: ${path}`;
  if (size <= MAX_WAL_BYTES) return { name, status: "ok", detail };
  const remedy = "end whatever else has the database open: it keeps the log from being folded in";
  return { name, status: "warn", detail, remedy };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function damaged(path: string, problem: string): Check {
  return {
    name: "database",
    status: "fail",
    detail: `${path} is damaged: ${problem}`,
    remedy: "start prodtracker serve anew: it is set aside, and what can be read is saved",
  };
}

async function look(path: string, signal: AbortSignal) {
  const reader = new Reader(path, 0);
  const close = () => void reader.close();
  signal.addEventListener("abort", close);
  try {
    const [problem] = await reader.call("integrityProblems");
    if (problem) return { problem, newestMs: null, count: 0 };
    return { problem, ...extent(path) };
  } finally {
    signal.removeEventListener("abort", close);
    await reader.close();
  }
}

/** Quick, as the times have an index. */
function extent(path: string): { readonly count: number; readonly newestMs: number | null } {
  const db = openReader(path);
  try {
    const row = db.prepare("SELECT count(*) AS count, max(end_ms) AS newestMs FROM event").get();
    return row as { count: number; newestMs: number | null };
  } finally {
    db.close();
  }
}

/** Whether there is a copy of late, and it opens. */
export function checkCopies({ dataDir }: Config): Check {
  const name = "daily copies";
  try {
    const copies = dailyCopies(dataDir);
    if (copies.length === 0) {
      return { name, status: "off", detail: "none yet; serve makes one a day" };
    }
    const [newest] = copies;
    const { events } = verifyCopy(newest);
    const days = (systemClock.nowMs() - (Deno.statSync(newest).mtime?.getTime() ?? 0)) / DAY_MS;
    const detail = `${copies.length}, the newest ${days.toFixed(1)} days old with ${events} events`;
    if (days <= MAX_COPY_AGE_DAYS) return { name, status: "ok", detail };
    return {
      name,
      status: "warn",
      detail,
      remedy: "keep serve running, or run prodtracker backup",
    };
  } catch (error) {
    const remedy = "make a new one: prodtracker backup";
    return { name, status: "fail", detail: (error as Error).message, remedy };
  }
}
