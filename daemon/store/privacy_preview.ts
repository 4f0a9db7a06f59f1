/**
 * What privacy rules would change of what was recorded; runs in the reader worker.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { PrivacyAction, PrivacyRule } from "../core/privacy.ts";
import { compilePrivacy } from "../core/privacy_filter.ts";
import type { Subject } from "../core/types.ts";
import { exists } from "../os/files.ts";
import { openTitleHasher, privacyKeyPath } from "../os/privacy_key.ts";
import { OBSERVED_SQL } from "./subjects.ts";

/** What would change: of how much time, and the subjects that took most of it. */
export interface PastChange {
  readonly events: number;
  readonly ms: number;
  /** How many different ones. */
  readonly subjects: number;
  /** Those with the most time, most first. */
  readonly top: readonly ChangedSubject[];
}

export interface ChangedSubject {
  readonly before: Subject;
  /** `undefined`: nothing is left of it. */
  readonly after: Subject | undefined;
  readonly action: PrivacyAction;
  readonly events: number;
  readonly ms: number;
}

export interface PreviewOptions {
  /** Where the key of hashed titles is. */
  readonly dataDir: string;
  readonly dropAllTitles: boolean;
}

const TOP = 50;
/** So many more are gathered before the list is cut: it is sorted seldom. */
const GATHERED = 1_000;
/**
 * From so many subjects on, the times of all are read in one pass: with 18 000 of them and a million events the
 * preview takes half as long as when each event is looked up for itself; with few, the pass would cost more.
 */
const LOOKED_UP = 5_000;

interface Times {
  readonly events: number;
  readonly ms: number;
}

/** Tries rules on every subject that was not typed by hand. */
export async function privacyPreview(
  db: DatabaseSync,
  rules: readonly PrivacyRule[],
  { dataDir, dropAllTitles }: PreviewOptions,
): Promise<PastChange> {
  const hashes = rules.some(({ action }) => action === "hash_title") ||
    exists(privacyKeyPath(dataDir));
  const hasher = hashes ? await openTitleHasher(dataDir) : undefined;
  const filter = await compilePrivacy(rules, { hasher, dropAllTitles });
  const timesOf = timesBySubject(db);
  const rows = db.prepare(
    `SELECT id, app, title, url FROM subject WHERE id > 0 AND ${OBSERVED_SQL}`,
  ).iterate() as unknown as Iterable<{ id: number; app: string; title: string; url: string }>;
  const total = { events: 0, ms: 0, subjects: 0 };
  let top: ChangedSubject[] = [];
  const cut = () => top = top.sort((a, b) => b.ms - a.ms).slice(0, TOP);
  for (const { id, app, title, url } of rows) {
    const before = { app: app || undefined, title: title || undefined, url: url || undefined };
    const { action } = filter.decide(before);
    if (action === undefined) continue;
    const after = filter.apply<Subject>(before);
    if (after && after.title === before.title && after.url === before.url) continue;
    const { events, ms } = timesOf(id);
    if (events === 0) continue;
    total.events += events;
    total.ms += ms;
    total.subjects++;
    top.push({ before, after, action, events, ms });
    if (top.length >= GATHERED) cut();
  }
  return { ...total, top: cut() };
}

function timesBySubject(db: DatabaseSync): (id: number) => Times {
  const one = db.prepare(
    "SELECT count(*) AS events, coalesce(sum(end_ms - start_ms), 0) AS ms FROM event WHERE subject_id = ?",
  );
  let asked = 0;
  let all: ReadonlyMap<number, Times> | undefined;
  return (id) => {
    if (++asked < LOOKED_UP) return one.get(id) as unknown as Times;
    all ??= readAllTimes(db);
    return all.get(id) ?? { events: 0, ms: 0 };
  };
}

/** In the order of the table: by the index, each event would be looked up for itself. */
function readAllTimes(db: DatabaseSync): Map<number, Times> {
  const rows = db.prepare(
    `SELECT subject_id AS id, count(*) AS events, sum(end_ms - start_ms) AS ms FROM event
     NOT INDEXED GROUP BY subject_id`,
  ).iterate() as unknown as Iterable<Times & { readonly id: number }>;
  return new Map(Array.from(rows, ({ id, ...times }) => [id, times]));
}
