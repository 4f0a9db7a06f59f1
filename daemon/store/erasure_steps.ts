/**
 * Erasing in one database, in steps of which each is a transaction of the caller's: the one in use takes them
 * between other writes, its copies one after another. Cut off, it is begun anew: what is gone is not found again.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { Eraser, Fate } from "../core/erasure.ts";
import { unionSpans } from "../core/spans.ts";
import type { Span } from "../core/types.ts";
import { EventFinder, fatesOf, type FoundEvent, idBatches } from "./erasure_find.ts";
import { eraseFocus } from "./erasure_focus.ts";
import { cancelMessages, eraseBesides, eraseHeartbeats, eraseLooks } from "./erasure_rows.ts";
import type { Events } from "./events.ts";
import type { Rollups } from "./rollups.ts";
import type { Subjects } from "./subjects.ts";
import { dropUnusedHeadings } from "./trends_rollups.ts";

/** What a database is erased through. */
export interface ErasureTools {
  readonly db: DatabaseSync;
  readonly events: Events;
  readonly subjects: Subjects;
  readonly rollups: Rollups;
  /** Removes a screenshot's file; whether it is gone. Absent for a copy, which has no files. */
  readonly removeFile?: (file: string) => boolean;
  /** Events in one step. */
  readonly atOnce: number;
}

/** Events whose ids are in memory at a time: some 10 MB. */
const ROUND_EVENTS = 100_000;
/** Changes of the timeline that are no further apart are resolved as one. */
const JOIN_MS = 1_800_000;
/** Each time it is looked at again, less can have been told anew. */
const MAX_PASSES = 5;
/** Subjects that are looked at in one step for whether any event uses them. */
const SUBJECTS_AT_ONCE = 2_000;

/** Each step yields how many events it took away or told otherwise. */
export function* erasureSteps(tools: ErasureTools, eraser: Eraser): Generator<number> {
  const { db, rollups } = tools;
  const { span } = eraser.request;
  const fates = new Map<number, Fate>();
  yield* addFates(db, eraser, { fates, after: 0 });
  const looked = newestSubject(db);
  const isCopy = tools.removeFile === undefined;
  cancelMessages(db, eraser, { isAnyMeant: fates.size > 0, isCopy });
  yield 0;
  // Before the events that are made of them: what is there would be derived again.
  for (const _ of eraseHeartbeats(db, eraser)) yield 0;
  if (eraser.isWhole) {
    let after: number | undefined = 0;
    while ((after = eraseFocus(db, rollups, { span, after })) !== undefined) yield 0;
  }
  // An edit or an import may have come in between, and told of it again.
  for (let passes = 0; passes < MAX_PASSES; passes++) {
    let count = 0;
    for (const some of eraseEvents(tools, eraser, fates)) {
      count += some;
      yield some;
    }
    if (eraser.isWhole || count === 0) break;
    yield* addFates(db, eraser, { fates, after: looked });
  }
  for (const _ of eraseBesides(tools, eraser)) yield 0;
  for (const _ of dropUnused(tools)) yield 0;
}

function* addFates(
  db: DatabaseSync,
  eraser: Eraser,
  { fates, after }: { readonly fates: Map<number, Fate>; readonly after: number },
): Generator<number> {
  if (eraser.isWhole) return;
  for (const some of fatesOf(db, eraser, after)) {
    for (const [id, fate] of some) fates.set(id, fate);
    yield 0;
  }
}

function newestSubject(db: DatabaseSync): number {
  const row = db.prepare("SELECT coalesce(max(id), 0) AS newest FROM subject").get();
  return row!.newest as number;
}

function* eraseEvents(
  tools: ErasureTools,
  eraser: Eraser,
  fates: ReadonlyMap<number, Fate>,
): Generator<number> {
  const { atOnce } = tools;
  const finder = new EventFinder(tools.db, atOnce);
  const { span } = eraser.request;
  if (!eraser.isWhole) return yield* eraseOfSubjects(tools, eraser, { finder, fates });
  let before: string | undefined;
  while (true) {
    const found = finder.within(span);
    if (found.length === 0) return;
    const these = JSON.stringify(found);
    // For ever the same: rather said than tried without end.
    if (before === these) throw new Error("Cannot erase events: they stay where they are");
    before = these;
    eraseFound(tools, eraser, found.map(({ id }) => id));
    yield found.length;
  }
}

/**
 * In the order of time, as far as memory allows: neighbours share pages of every table and index, and what is
 * scattered over a year has every transaction write them all.
 */
function* eraseOfSubjects(
  tools: ErasureTools,
  eraser: Eraser,
  { finder, fates }: { readonly finder: EventFinder; readonly fates: ReadonlyMap<number, Fate> },
): Generator<number> {
  let round: FoundEvent[] = [];
  const { atOnce } = tools;
  const erased = function* () {
    const ids = round.sort((a, b) => a.startMs - b.startMs).map(({ id }) => id);
    round = [];
    for (let at = 0; at < ids.length; at += atOnce) {
      const some = ids.slice(at, at + atOnce);
      eraseFound(tools, eraser, some);
      yield some.length;
    }
  };
  for (const ids of idBatches([...fates.keys()])) {
    for (const event of finder.ofSubjects(ids, eraser.request.span)) round.push(event);
    if (round.length >= ROUND_EVENTS) yield* erased();
    else yield 0;
  }
  yield* erased();
}

/** Takes away events by their ids, as they are now: they may have grown since they were found. */
function eraseFound({ db, events, removeFile }: ErasureTools, eraser: Eraser, ids: number[]): void {
  const { span } = eraser.request;
  const inside: number[] = [];
  const touched: Span[] = [];
  for (const id of ids) {
    const event = events.stored(id);
    if (!event) continue;
    const part = {
      startMs: Math.max(event.startMs, span.startMs),
      endMs: Math.min(event.endMs, span.endMs),
    };
    touched.push(part.endMs > part.startMs ? part : { ...part, endMs: part.startMs + 1 });
    const reachesOut = part.startMs > event.startMs || part.endMs < event.endMs;
    if (!reachesOut) {
      inside.push(event.id);
      continue;
    }
    events.cut(part, ({ id, subject }) => id === event.id && eraser.fateOf(subject) === "goes");
    // What is told otherwise is so as a whole: a title is not private by the hour.
    events.restate([event.id], ({ subject }) => {
      const fate = eraser.fateOf(subject);
      return typeof fate === "string" ? subject : fate;
    });
  }
  events.restate(inside, ({ subject }) => {
    const fate = eraser.fateOf(subject);
    return fate === "goes" ? undefined : fate === "stays" ? subject : fate;
  });
  events.settle(JOIN_MS);
  // Of a whole span they go at once.
  if (!eraser.isWhole) {
    eraseLooks(db, { spans: unionSpans(touched), eventIds: inside, removeFile });
  }
}

/** Subjects that no event uses any more, and sums of nothing. */
function* dropUnused({ db, subjects }: ErasureTools): Generator<void> {
  const drop = db.prepare(
    `DELETE FROM subject WHERE id > :after AND id <= :upTo
       AND NOT EXISTS (SELECT 1 FROM event WHERE subject_id = subject.id)
       AND NOT EXISTS (SELECT 1 FROM event_whole WHERE subject_id = subject.id)`,
  );
  const newest = newestSubject(db);
  for (let after = 0; after < newest; after += SUBJECTS_AT_ONCE) {
    drop.run({ after, upTo: after + SUBJECTS_AT_ONCE });
    // Within the commit: what is recorded next must not be given a row that is gone.
    subjects.forget();
    yield;
  }
  db.exec(
    "DELETE FROM rollup_class WHERE signal_ms = 0 AND noise_ms = 0 AND neutral_ms = 0 AND afk_ms = 0",
  );
  dropUnusedHeadings(db);
  yield;
}
