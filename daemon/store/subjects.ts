/**
 * The distinct things that were in front, each judged once.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Classification, Subject, TimelineClass } from "../core/types.ts";

/** Judges subjects; `version` names the rules it judges by. */
export interface Judge {
  readonly version: string;
  classify(subject: Subject): Classification;
}

/** The subject of AFK events. */
export const AFK_SUBJECT_ID = 0;

/** A stored subject: its row and the class it counts by. */
export interface SubjectRow {
  readonly id: number;
  readonly class: TimelineClass;
}

/**
 * How a subject `s` is named beside apps, in SQL: an entry by hand has no app, its title says what it was.
 */
export const NAME_SQL = "iif(s.by_hand = 1 AND s.app = '', s.title, s.app)";

/**
 * Which subjects privacy rules look at, in SQL: what was told of a window, also where a change by hand kept it. What
 * somebody typed has neither app nor address.
 */
export const OBSERVED_SQL = "(by_hand = 0 OR app <> '' OR url <> '')";

const AFK: SubjectRow = { id: AFK_SUBJECT_ID, class: "afk" };
const MAX_REMEMBERED = 2_000;

export class Subjects {
  #find: StatementSync;
  #insert: StatementSync;
  #findByHand: StatementSync;
  #insertByHand: StatementSync;
  #remembered = new Map<string, SubjectRow>();

  constructor(db: DatabaseSync, private judge: Judge) {
    this.#find = db.prepare(
      "SELECT id, class FROM subject WHERE app = ? AND title = ? AND url = ? AND id > 0 AND by_hand = 0",
    );
    this.#findByHand = db.prepare(
      `SELECT id, class FROM subject WHERE app = ? AND title = ? AND url = ? AND class = ?
         AND coalesce(category, '') = ? AND by_hand = 1`,
    );
    this.#insertByHand = db.prepare(
      `INSERT INTO subject (app, title, url, class, category, rules, by_hand)
       VALUES (?, ?, ?, ?, nullif(?, ''), '', 1)`,
    );
    this.#insert = db.prepare(
      `INSERT INTO subject (app, title, url, class, category, rules) VALUES (?, ?, ?, ?, ?, ?)`,
    );
  }

  /** The row of a subject, made and judged when it is new; `byHand` is judged as it says. */
  rowOf(subject: Subject | "afk", byHand?: Classification): SubjectRow {
    if (subject === "afk") return AFK;
    const { app = "", title = "", url = "" } = subject;
    if (byHand) {
      const key = [app, title, url, byHand.class, byHand.category ?? ""];
      const found = this.#findByHand.get(...key) as unknown as SubjectRow | undefined;
      if (found) return found;
      const { lastInsertRowid } = this.#insertByHand.run(...key);
      return { id: Number(lastInsertRowid), class: byHand.class };
    }
    const key = `${app}\0${title}\0${url}`;
    const known = this.#remembered.get(key);
    if (known) return known;
    let row = this.#find.get(app, title, url) as unknown as SubjectRow | undefined;
    if (!row) {
      const judged = this.judge.classify(subject);
      const { lastInsertRowid } = this.#insert.run(
        app,
        title,
        url,
        judged.class,
        judged.category ?? null,
        this.judge.version,
      );
      row = { id: Number(lastInsertRowid), class: judged.class };
    }
    if (this.#remembered.size >= MAX_REMEMBERED) this.forget();
    this.#remembered.set(key, row);
    return row;
  }

  /** Later subjects are judged by `judge`. */
  setJudge(judge: Judge): void {
    this.judge = judge;
    this.forget();
  }

  /** Drops what is remembered: a transaction was undone, or classes have changed. */
  forget(): void {
    this.#remembered.clear();
  }
}
