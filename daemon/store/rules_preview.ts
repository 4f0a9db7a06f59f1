/**
 * What rules would change of what was recorded; runs in the reader worker.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { Rule } from "../core/rules.ts";
import { addToTotals, emptyTotals } from "../core/totals.ts";
import type { ActivityClass, Classification, ClassTotals, Subject } from "../core/types.ts";
import { openReader } from "./database.ts";
import {
  type JudgedRow,
  type RulesInForce,
  RuleTrial,
  storedClassification,
  subjectOf,
} from "./rule_trial.ts";
import { movedByPhones } from "./rules_preview_phones.ts";

/** What judging the past by other rules comes to. */
export interface RulesPreview {
  /** Time by class as it is, and as it would be. */
  readonly before: ClassTotals;
  readonly after: ClassTotals;
  /** How many different subjects would be judged otherwise, by class or category. */
  readonly subjects: number;
  /** Their time. */
  readonly ms: number;
  /** Those with the most time, most first. */
  readonly top: readonly RejudgedSubject[];
  /** What each of the rules decides, in their order. */
  readonly uses: readonly RuleUse[];
}

export interface RejudgedSubject {
  readonly subject: Subject;
  readonly before: Classification;
  readonly after: Classification;
  /** Its time: as it would be, or as it is, whichever is more (a phone's app has time only while it is noise). */
  readonly ms: number;
}

export interface RuleUse {
  readonly subjects: number;
  readonly ms: number;
}

interface Found {
  readonly row: JudgedRow;
  readonly after: Classification;
  readonly index: number | undefined;
}

const TOP = 50;
/** How long the worker may be kept from others who wait for an answer. */
const TURN_MS = 10;
const CLOSED = "it is closed";

/**
 * Tries `rules` on all that is not judged by hand. On a connection of its own, in one transaction: the worker answers
 * others meanwhile, and what is recorded meanwhile is in none of the figures.
 * @throws {RangeError} when a pattern cannot be used, {Error} when the worker is closed before it is done.
 */
export async function rulesPreview(
  worker: DatabaseSync,
  rules: readonly Rule[],
  inForce: RulesInForce,
): Promise<RulesPreview> {
  const trial = await RuleTrial.create(rules, inForce);
  if (!worker.isOpen) throw new Error(CLOSED);
  const db = openReader(worker.location()!);
  const breathe = breather(worker);
  try {
    db.exec("BEGIN");
    const found = await findConcerned(db, trial, breathe);
    return await reckon(db, rules.length, found, breathe);
  } finally {
    db.close();
  }
}

/** Those that would be judged otherwise, or that one of the rules decides. */
async function findConcerned(
  db: DatabaseSync,
  trial: RuleTrial,
  breathe: () => Promise<void>,
): Promise<Found[]> {
  const rows = db.prepare(
    "SELECT id, app, title, url, class, category, rules FROM subject WHERE id > 0 AND by_hand = 0",
  ).iterate() as unknown as Iterable<JudgedRow>;
  const found: Found[] = [];
  for (const row of rows) {
    const { classification: after, index } = await trial.judge(row);
    if (index !== undefined || isOther(row, after)) found.push({ row, after, index });
    await breathe();
  }
  return found;
}

async function reckon(
  db: DatabaseSync,
  ruleCount: number,
  found: readonly Found[],
  breathe: () => Promise<void>,
): Promise<RulesPreview> {
  const before = totalsOf(db), after = { ...before };
  const changed = new Map<number, ActivityClass>();
  for (const { row, after } of found) {
    if (after.class !== row.class) changed.set(row.id, after.class);
  }
  const timeOf = db.prepare(
    "SELECT coalesce(sum(ms), 0) AS ms FROM rollup_subject WHERE subject_id = ?",
  );
  const movedMs = await movedByPhones(db, changed, after, breathe);
  const uses = Array.from({ length: ruleCount }, () => ({ subjects: 0, ms: 0 }));
  const rejudged: RejudgedSubject[] = [];
  let subjects = 0, totalMs = 0;
  for (const { row, after: judged, index } of found) {
    const { ms } = timeOf.get(row.id) as { ms: number };
    const laterMs = ms + (movedMs.get(row.id) ?? 0);
    addToTotals(after, row.class, -ms);
    addToTotals(after, judged.class, ms);
    await breathe();
    const shownMs = Math.max(ms, laterMs);
    if (index !== undefined && laterMs > 0) {
      uses[index].subjects++;
      uses[index].ms += laterMs;
    }
    if (shownMs === 0 || !isOther(row, judged)) continue;
    subjects++;
    totalMs += shownMs;
    rejudged.push({
      subject: subjectOf(row),
      before: storedClassification(row),
      after: judged,
      ms: shownMs,
    });
  }
  const top = rejudged.sort((a, b) => b.ms - a.ms).slice(0, TOP);
  return { before, after, subjects, ms: totalMs, top, uses };
}

function totalsOf(db: DatabaseSync): ClassTotals {
  const row = db.prepare(
    `SELECT sum(signal_ms) AS signalMs, sum(noise_ms) AS noiseMs, sum(neutral_ms) AS neutralMs,
       sum(afk_ms) AS afkMs FROM rollup_class`,
  ).get() as unknown as Record<keyof ClassTotals, number | null>;
  const totals = emptyTotals();
  for (const key of Object.keys(totals) as (keyof ClassTotals)[]) totals[key] = row[key] ?? 0;
  return totals;
}

function isOther(row: JudgedRow, after: Classification): boolean {
  return row.class !== after.class || (row.category ?? undefined) !== after.category;
}

/** Lets others have their turn now and then. @throws {Error} from it once the worker is closed. */
function breather(worker: DatabaseSync): () => Promise<void> {
  let turnEndMs = performance.now() + TURN_MS;
  return async () => {
    if (performance.now() < turnEndMs) return;
    await new Promise((resolve) => setTimeout(resolve));
    if (!worker.isOpen) throw new Error(CLOSED);
    turnEndMs = performance.now() + TURN_MS;
  };
}
