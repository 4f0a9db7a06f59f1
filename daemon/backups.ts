/**
 * The daily copy of the database, seven kept, each verified by opening it.
 * @module
 */
import { basename, join, resolve } from "node:path";
import type { CopyList } from "./api/data.ts";
import { ConflictError, UnavailableError } from "./core/errors.ts";
import type { Clock } from "./core/ports.ts";
import type { PartStatus } from "./core/health.ts";
import { exists } from "./os/files.ts";
import { abortableDelay } from "./os/supervisor.ts";
import type { CopyFacts } from "./store/backup.ts";

const KEPT_COPIES = 7;
const EVERY_MS = 86_400_000;
/** The first copy waits until the start is over. */
const START_DELAY_MS = 60_000;
const RETRY_MS = 3_600_000;

export interface BackupsOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Writes a verified copy. */
  readonly copy: (path: string) => Promise<CopyFacts>;
  /** Copying takes turns with erasing: what is copied is as it was before or after. */
  readonly turns: Turns;
  readonly report: (status: PartStatus, detail: string) => void;
}

/** Lets work be done one after another. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => {});
    return mine;
  }
}

/** The daily copies of a data directory, newest first; other files there are not ours. */
export function dailyCopies(dataDir: string): string[] {
  const folder = join(dataDir, "backups");
  try {
    return [...Deno.readDirSync(folder)].map((entry) => entry.name)
      .filter((name) => /^prodtracker-\d{4}-\d{2}-\d{2}T[\d-]+Z\.db$/.test(name)).sort().reverse()
      .map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** What there is of copies: in the data directory, newest first, and `elsewhere`. */
export function copyList(dataDir: string, elsewhere: CopyList["elsewhere"]): CopyList {
  const kept = dailyCopies(dataDir).flatMap((path) => {
    const [, date, hour, minute, second, ms] =
      /-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.db$/.exec(path) ?? [];
    // By the name: erasing writes copies anew, which makes them no younger.
    const madeMs = Date.parse(`${date}T${hour}:${minute}:${second}.${ms}Z`);
    try {
      const { size, mtime } = Deno.statSync(path);
      return [{ path, madeMs: Number.isNaN(madeMs) ? mtime?.getTime() ?? 0 : madeMs, bytes: size }];
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  });
  return { kept, most: KEPT_COPIES, elsewhere };
}

/**
 * Those of `copies` (newest first) that go so that `most` stay: of a day with several the older ones first, so that
 * whoever makes some by hand keeps those of the days before.
 */
export function outdatedCopies(copies: readonly string[], most: number): string[] {
  const days = new Set<string>();
  const isNewestOfDay = (path: string) => {
    const day = basename(path).slice(0, "prodtracker-2026-01-31".length);
    return days.size < days.add(day).size;
  };
  const { true: newest = [], false: others = [] } = Object.groupBy(
    copies,
    (path) => `${isNewestOfDay(path)}`,
  );
  return [...newest, ...others].slice(most);
}

/** Makes one copy in the data directory and lets the oldest go. */
export async function makeDailyCopy(
  { dataDir, clock, copy, turns, report }: BackupsOptions,
): Promise<CopyFacts & { path: string }> {
  const folder = join(dataDir, "backups");
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date(clock.nowMs()).toISOString().replace(/[:.]/g, "-");
  const path = join(folder, `prodtracker-${stamp}.db`);
  const facts = await turns.run(() => copy(path));
  for (const old of outdatedCopies(dailyCopies(dataDir), KEPT_COPIES)) Deno.removeSync(old);
  report("ok", `newest copy: ${path}`);
  return { path, ...facts };
}

/** Where it is noted that there is a copy that erasing does not reach. */
export interface CopyNotes {
  noteCopy(path: string, madeMs: number): Promise<void>;
  forgetCopy(path: string): Promise<void>;
}

/** Makes one copy at a path of the user's; later erasing does not reach it, and says so. */
export async function makeCopyAt(
  path: string,
  { copy, turns, clock }: Pick<BackupsOptions, "copy" | "turns" | "clock">,
  notes: CopyNotes,
): Promise<CopyFacts & { path: string }> {
  const target = resolve(path);
  if (exists(target)) {
    throw new ConflictError(`Cannot write the copy "${target}": something is there already`);
  }
  try {
    // Noted first: a copy that nobody knows of would be worse than a note of none.
    await notes.noteCopy(target, clock.nowMs());
    return { path: target, ...await turns.run(() => copy(target)) };
  } catch (error) {
    // What is there was made by another who asked for the same.
    if (!exists(target)) await notes.forgetCopy(target).catch(() => {});
    const { message } = error as Error;
    throw new UnavailableError(`Cannot write the copy "${target}": ${message}`, { cause: error });
  }
}

/** What a daemon that was killed while copying left behind. */
function removeUnfinished(dataDir: string): void {
  const folder = join(dataDir, "backups");
  if (!exists(folder)) return;
  for (const { name } of Deno.readDirSync(folder)) {
    if (/\.db\.part(-\w+)?$/.test(name)) Deno.removeSync(join(folder, name));
  }
}

/** Copies once a day until `signal` aborts. */
export async function runBackups(options: BackupsOptions, signal: AbortSignal): Promise<void> {
  const { dataDir, clock, report } = options;
  removeUnfinished(dataDir);
  while (!signal.aborted) {
    const [newest] = dailyCopies(dataDir);
    const ageMs = newest === undefined
      ? EVERY_MS
      : clock.nowMs() - (Deno.statSync(newest).mtime?.getTime() ?? 0);
    if (newest !== undefined) report("ok", `newest copy: ${newest}`);
    else report("starting", "the first copy is made a minute after the start");
    // A copy from the future (somebody turned the clock back) counts as none.
    const dueInMs = ageMs < 0 ? 0 : EVERY_MS - ageMs;
    await abortableDelay(Math.max(START_DELAY_MS, dueInMs), signal);
    if (signal.aborted) return;
    try {
      await makeDailyCopy(options);
    } catch (error) {
      report("degraded", `${(error as Error).message}; next try in an hour`);
      await abortableDelay(RETRY_MS, signal);
    }
  }
}
