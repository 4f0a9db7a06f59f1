/**
 * What a running daemon says of its parts, or the database while none runs: a pause, and what is being erased.
 * @module
 */
import type { Config } from "../config/load.ts";
import { localZone } from "../core/day.ts";
import type { PartHealth } from "../core/health.ts";
import { untilText } from "../core/pause.ts";
import { systemClock } from "../os/clock.ts";
import { openReader, readHeader } from "../store/database.ts";
import type { Check } from "./check.ts";

type Row = Readonly<Record<string, unknown>>;

/** Whether recording is paused. */
export function checkPause(config: Config, parts: readonly PartHealth[] | undefined): Check {
  const name = "recording";
  const part = parts?.find((each) => each.name === name);
  const remedy = "prodtracker pause off records again";
  if (part?.status === "off") {
    return { name, status: "off", detail: part.detail.split("; ")[0], remedy };
  }
  if (parts) return { name, status: "ok", detail: "not paused" };
  const stored = rows(config, "SELECT end_ms FROM pause WHERE running = 1");
  if (!stored) return { name, ...UNKNOWN };
  const [row] = stored;
  const nowMs = systemClock.nowMs();
  const endMs = row?.end_ms as number | null | undefined;
  if (endMs === undefined || endMs !== null && endMs <= nowMs) {
    return { name, status: "ok", detail: "not paused" };
  }
  const until = untilText(endMs ?? undefined, nowMs, localZone);
  return { name, status: "off", detail: `paused ${until}, also for a daemon that starts`, remedy };
}

/** Whether something that was to be erased is still somewhere. */
export function checkErasing(config: Config, parts: readonly PartHealth[] | undefined): Check {
  const name = "erasing";
  const part = parts?.find((each) => each.name === name);
  if (part?.status === "degraded") {
    const remedy = "prodtracker erase status says where; it is tried again by itself";
    return { name, status: "fail", detail: part.detail, remedy };
  }
  if (part) return { name, status: "ok", detail: part.detail };
  const pending = rows(config, "SELECT place FROM erasure_pending");
  if (!pending) return { name, ...UNKNOWN };
  if (pending.length === 0) return { name, status: "ok", detail: "nothing is pending" };
  const places = pending.map(({ place }) => String(place)).slice(0, 3).join(", ");
  const detail = `pending in ${pending.length} places: ${places}`;
  return { name, status: "warn", detail, remedy: "start prodtracker serve, which goes on with it" };
}

const UNKNOWN = {
  status: "off",
  detail: "cannot be told while the database cannot be read",
} as const;

/** Rows of the database as it is; `undefined` where it cannot be read. */
function rows({ databasePath }: Config, sql: string): Row[] | undefined {
  try {
    const kind = readHeader(databasePath);
    if (kind === "absent") return [];
    if (kind !== "ours") return undefined;
    const db = openReader(databasePath);
    try {
      return db.prepare(sql).all();
    } finally {
      db.close();
    }
  } catch (error) {
    // A database of before there was such a table has nothing in it.
    return /no such table/.test((error as Error).message) ? [] : undefined;
  }
}
