/**
 * The Store: one writer, durable commits, the resolved timeline, and the answers made from it.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { EXIT_CODES, FatalError } from "../core/errors.ts";
import type { Heartbeat } from "../core/heartbeat.ts";
import type { ImportedEvent } from "../core/export_format.ts";
import type { ActivityEvent, ClassTotals, Span } from "../core/types.ts";
import { exists, removeIfThere, writePrivateFile } from "../os/files.ts";
import { type Access, Blocks } from "./blocks.ts";
import { CommitQueue } from "./commit_queue.ts";
import { createDatabase, openWriter, readHeader } from "./database.ts";
import { Edits } from "./edits.ts";
import { Erasures } from "./erasures.ts";
import { Events, type OffsetAt, type Recorded } from "./events.ts";
import { FocusSessions } from "./focus.ts";
import { FocusSends } from "./focus_sends.ts";
import { LoopSteps } from "./loop_steps.ts";
import { Messages } from "./messages.ts";
import { Pauses } from "./pauses.ts";
import { Phones } from "./phones.ts";
import { Reader } from "./reader.ts";
import * as reads from "./reads.ts";
import { Reclassify } from "./reclassify.ts";
import { type Progress, Rejudging } from "./rejudging.ts";
import { Rollups } from "./rollups.ts";
import {
  finishSalvage,
  isSalvageUnfinished,
  readDamaged,
  type Salvage,
  setAside,
} from "./salvage.ts";
import { addRows, doubtWaitingSms } from "./salvage_tables.ts";
import { Screenshots } from "./screenshots.ts";
import { Settings } from "./settings.ts";
import { isDamage, sqliteCode, storeError } from "./sqlite_error.ts";
import { type Judge, Subjects } from "./subjects.ts";
import { Timeline } from "./timeline.ts";

export type { Judge } from "./subjects.ts";
export type { Recorded } from "./events.ts";
export type { Progress } from "./rejudging.ts";
export type { Salvage } from "./salvage.ts";
export type { ExportPosition } from "./export_page.ts";
export type { EventQuery, HeatCell } from "./reads.ts";
export type { TopItem } from "./tops.ts";

export interface StoreOptions {
  readonly path: string;
  readonly judge: Judge;
  /** Offset of the local zone from UTC at a moment, in minutes. */
  readonly offsetMinAt: OffsetAt;
  readonly nowMs: () => number;
  /** Earlier copies to fall back on when the database is damaged, newest first. */
  readonly copies: () => readonly string[];
}

export class Store {
  readonly #options: StoreOptions;
  readonly #db: DatabaseSync;
  readonly #queue: CommitQueue;
  readonly #subjects: Subjects;
  readonly #events: Events;
  readonly #rejudging: Rejudging;
  #judge: Judge;
  /** Blocks, lists of names, schedules. */
  readonly blocks: Blocks;
  /** Phones and their heartbeats. */
  readonly phones: Phones;
  /** Focus sessions and the cameras' calibrations. */
  readonly focus: FocusSessions;
  /** Sessions whose end is to be told. */
  readonly focusSends: FocusSends;
  /** What the user set while the program ran. */
  readonly settings: Settings;
  /** The outbox. */
  readonly messages: Messages;
  /** What the loop did. */
  readonly loopSteps: LoopSteps;
  /** Changes by hand, and notes. */
  readonly edits: Edits;
  /** Erasing, and what of it is pending. */
  readonly erasures: Erasures;
  /** Times in which nothing is recorded. */
  readonly pauses: Pauses;
  /** Which screenshots there are. */
  readonly screenshots: Screenshots;
  /** Slow reads, in a worker. */
  readonly reader: Reader;
  /** Copies and the full check, in a worker of their own: they may take minutes. */
  readonly maintenance: Reader;
  /** What was salvaged when it was opened; `undefined`: nothing was damaged. */
  readonly salvage: Salvage | undefined;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#judge = options.judge;
    const opened = openOrSalvage(options);
    this.#db = opened.db;
    const rollups = new Rollups(this.#db);
    const timeline = new Timeline(this.#db, rollups);
    this.#subjects = new Subjects(this.#db, options.judge);
    this.#events = new Events(this.#db, this.#subjects, timeline, rollups, options.offsetMinAt);
    this.#queue = new CommitQueue(this.#db, () => {
      this.#subjects.forget();
      this.#events.discard();
      rollups.discard();
    });
    const reclassify = new Reclassify(this.#db, timeline, rollups);
    this.#rejudging = new Rejudging(this.#queue, reclassify, {
      ...{ subjects: this.#subjects, headings: rollups.headings },
    });
    const access: Access = {
      read: (work) => this.#read(work),
      write: (work) => this.write(work),
    };
    this.blocks = new Blocks(access);
    this.phones = new Phones(access, this.#events);
    this.focus = new FocusSessions(access, rollups);
    this.focusSends = new FocusSends(access);
    this.settings = new Settings(access);
    this.messages = new Messages(access);
    this.loopSteps = new LoopSteps(access);
    this.edits = new Edits(access, this.#events);
    this.erasures = new Erasures(access, {
      ...{ events: this.#events, subjects: this.#subjects, rollups },
    });
    this.pauses = new Pauses(access);
    this.screenshots = new Screenshots(access);
    this.reader = new Reader(options.path);
    this.maintenance = new Reader(options.path, 0);
    try {
      this.salvage = opened.aside && this.#takeOver(opened.aside);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Stores heartbeats; resolves, after the commit, with the ids of the events that changed. */
  async record(beats: readonly Heartbeat[]): Promise<number[]> {
    const recorded = await this.#queue.run(() => this.#events.record(this.erasures.without(beats)));
    return [...new Set(recorded.filter((r) => r.change !== "none").map((r) => r.id))];
  }

  /** Events by id; ids that are not there are left out. */
  events(ids: readonly number[]): ActivityEvent[] {
    return this.#read((db) => reads.eventsById(db, ids));
  }

  /** Stores events from an export, in one transaction; what is there already is left alone. */
  import(events: readonly ImportedEvent[]): Promise<Recorded[]> {
    return this.#queue.run(() => this.#events.import(events));
  }

  /** Any other change, in a transaction; see {@linkcode CommitQueue.run}. */
  write<T>(work: (db: DatabaseSync) => T): Promise<T> {
    return this.#queue.run(() => work(this.#db));
  }

  /** Time per class within a span. */
  totals(span: Span): ClassTotals {
    return this.#read((db) => reads.totals(db, span));
  }

  /** Rollup buckets within a span. */
  buckets(span: Span): reads.BucketTotals[] {
    return this.#read((db) => reads.buckets(db, span));
  }

  /** Until when somebody was there at the workstation (UTC), as far as it is recorded; `undefined`: never. */
  lastThereMs(): number | undefined {
    return this.#read(reads.lastThereMs);
  }

  /** The newest events, newest first. */
  recent(limit: number): ActivityEvent[] {
    return this.#read((db) => reads.events(db, { limit }));
  }

  /** The user's rules as they were stored: JSON texts in order. */
  ruleTexts(): string[] {
    const rows = this.#read((db) => db.prepare("SELECT rule FROM rule ORDER BY position").all());
    return (rows as { rule: string }[]).map((row) => row.rule);
  }

  /** Replaces the user's rules. */
  setRuleTexts(rules: readonly string[]): Promise<void> {
    return this.#queue.run(() => {
      this.#db.exec("DELETE FROM rule");
      const insert = this.#db.prepare("INSERT INTO rule VALUES (?, ?)");
      rules.forEach((rule, position) => insert.run(position, rule));
    });
  }

  /** New subjects are judged by `judge` from now on; the past waits for {@linkcode reclassify}. */
  setJudge(judge: Judge): void {
    this.#judge = judge;
    this.#subjects.setJudge(judge);
  }

  /** How many subjects other rules than the current ones have judged. */
  staleSubjects(): number {
    return this.#read(() => this.#rejudging.pending(this.#judge));
  }

  /** Judges all of the past by the current rules, leaving room for others in between. */
  reclassify(signal: AbortSignal): AsyncGenerator<Progress> {
    const judge = this.#judge;
    return this.#rejudging.run(judge, () => !signal.aborted && judge === this.#judge);
  }

  /** Whether nothing is left for {@linkcode reclassify}. */
  get isPastJudged(): boolean {
    return this.#read(() => this.#rejudging.isDone(this.#judge));
  }

  /**
   * The full check, in the worker. What it finds wrong is salvaged at the next start, as doing so needs
   * the database closed.
   */
  async check(): Promise<string[]> {
    const problems = await this.maintenance.call("integrityProblems");
    if (problems.length > 0) writePrivateFile(salvageMark(this.#options.path), problems.join("\n"));
    return problems;
  }

  /** Commits so far, and how many failed. */
  get commits(): { readonly done: number; readonly failed: number } {
    return { done: this.#queue.commits, failed: this.#queue.failedCommits };
  }

  /** Commits what waits, then closes. */
  async close(): Promise<void> {
    this.#queue.close();
    await Promise.all([this.reader.close(), this.maintenance.close()]);
    this.#db.close();
  }

  #read<T>(work: (db: DatabaseSync) => T): T {
    try {
      return work(this.#db);
    } catch (error) {
      throw storeError("read the database", error);
    }
  }

  /**
   * Brings over what a damaged database still holds. Cut off, it is done anew at the next start: what is
   * there already is left alone.
   */
  #takeOver(aside: ReturnType<typeof setAside>): Salvage {
    let readEvents = 0, lostRanges = 0;
    if (aside.basedOn !== undefined) this.write(doubtWaitingSms).catch(() => {});
    for (const batch of readDamaged(aside.setAside)) {
      readEvents += batch.events.length;
      lostRanges += batch.lostRanges;
      // The count below tells whether it failed; these promises would tell it too late.
      const { table } = batch;
      if (table) this.write((db) => addRows(db, table)).catch(() => {});
      if (batch.rules) this.setRuleTexts(batch.rules).catch(() => {});
      if (batch.events.length > 0) this.import(batch.events).catch(() => {});
      this.#flushSalvaged(aside.setAside);
    }
    if (aside.basedOn !== undefined) this.edits.hideAgain().catch(() => {});
    this.focus.recount().catch(() => {});
    this.#flushSalvaged(aside.setAside);
    finishSalvage(this.#options.path);
    return { ...aside, readEvents, lostRanges };
  }

  #flushSalvaged(setAside: string): void {
    this.#queue.flush();
    if (this.#queue.failedCommits === 0) return;
    throw new FatalError(
      `Cannot save what was read of the damaged database "${setAside}"; the next start goes on with it`,
      EXIT_CODES.failed,
    );
  }
}

/** A file whose presence says that the full check found damage: the next start salvages. */
function salvageMark(path: string): string {
  return `${path}.salvage`;
}

/** Opens the database, made or set aside as its header asks; the only place that decides so. */
function openOrSalvage(
  options: StoreOptions,
): { db: DatabaseSync; aside?: ReturnType<typeof setAside> } {
  const { path } = options;
  const copies = options.copies();
  if (isSalvageUnfinished(path)) return salvage(options, copies);
  const kind = readHeader(path);
  if (kind === "foreign") {
    throw new FatalError(
      `Cannot use the database "${path}": another program made it; it is left as it is. ` +
        "Name another file with PRODTRACKER_DB",
      EXIT_CODES.failed,
    );
  }
  // A file without the mark is only taken for a broken one of ours when its company says so.
  if (kind === "damaged" && copies.length === 0 && !exists(`${path}-wal`)) {
    throw new FatalError(
      `Cannot use "${path}": it is not a ProdTracker database; it is left as it is. ` +
        "Name another file with PRODTRACKER_DB",
      EXIT_CODES.failed,
    );
  }
  if (kind === "absent") createDatabase(path);
  if (kind === "damaged" || exists(salvageMark(path))) return salvage(options, copies);
  try {
    return { db: openRead(options) };
  } catch (error) {
    if (!isDamage(error)) throw openError(path, error);
    return salvage(options, copies);
  }
}

function salvage(options: StoreOptions, copies: readonly string[]) {
  const { path, nowMs } = options;
  try {
    const aside = setAside(path, copies, nowMs());
    removeIfThere(salvageMark(path));
    return { db: openWriter(path), aside };
  } catch (error) {
    throw openError(path, error);
  }
}

/**
 * The writer's connection, once what every start reads could be read: damage there would keep the daemon
 * from ever getting to the full check.
 */
function openRead({ path, judge }: StoreOptions): DatabaseSync {
  const db = openWriter(path);
  try {
    db.prepare("SELECT rule FROM rule").all();
    db.prepare("SELECT * FROM pause").all();
    db.prepare("SELECT start_ms FROM pause WHERE running = 1").all();
    for (const others of ["<", ">"]) {
      db.prepare(`SELECT count(*) FROM subject WHERE id > 0 AND by_hand = 0 AND rules ${others} ?`)
        .get(judge.version);
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function openError(path: string, error: unknown): unknown {
  if (error instanceof FatalError || sqliteCode(error) === undefined) return error;
  const { message } = storeError(`open database "${path}"`, error) as Error;
  const code = sqliteCode(error) === 8 ? EXIT_CODES.notPermitted : EXIT_CODES.failed;
  return new FatalError(message, code, { cause: error });
}
