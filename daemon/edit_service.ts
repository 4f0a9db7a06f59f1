/**
 * Changes of the past by hand: what is asked is checked against the clock, made, and told to open pages.
 * @module
 */
import type { AwaySpan, EditPort } from "./api/edits.ts";
import { dateOf, daySpan, type Zone } from "./core/day.ts";
import {
  type Change,
  checkPast,
  type Deletion,
  type EditRecord,
  type Entry,
  MAX_DELETION_MS,
  MAX_ENTRY_MS,
  type Note,
  type NoteChange,
} from "./core/edit.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import { parseCategory } from "./core/rules.ts";
import type { Span } from "./core/types.ts";
import type { EditQuery, Edits } from "./store/edits.ts";

export interface EditServiceOptions {
  readonly edits: Edits;
  /** The times away of a span to ask about, one that may not be stored yet among them. */
  readonly awayTimes: (span: Span, justNow?: Span) => Promise<readonly Span[]>;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly hub: Hub;
  /** The past has changed. */
  readonly onChanged: () => void;
}

export class EditService implements EditPort {
  constructor(private readonly options: EditServiceOptions) {}

  list(query: EditQuery): EditRecord[] {
    return this.options.edits.list(query);
  }

  async add(entry: Entry): Promise<EditRecord> {
    this.#check(entry, MAX_ENTRY_MS);
    const { edits } = this.options;
    return this.#made(await edits.add({ ...entry, ...categoryOf(entry) }, this.#nowMs));
  }

  async change(change: Change): Promise<EditRecord> {
    this.#checkPlace(change, MAX_ENTRY_MS);
    if (change.class === undefined && change.category === undefined && change.title === undefined) {
      throw new RangeError("Cannot change nothing: name a class, a category or a title");
    }
    const { edits } = this.options;
    return this.#made(await edits.change({ ...change, ...categoryOf(change) }, this.#nowMs));
  }

  plan(deletion: Deletion): ReturnType<Edits["plan"]> {
    this.#checkPlace(deletion, MAX_DELETION_MS);
    return this.options.edits.plan(deletion);
  }

  async remove(deletion: Deletion): Promise<EditRecord> {
    this.#checkPlace(deletion, MAX_DELETION_MS);
    return this.#made(await this.options.edits.remove(deletion, this.#nowMs));
  }

  async undo(id: number): Promise<EditRecord> {
    return this.#made(await this.options.edits.undo(id, this.#nowMs));
  }

  async redo(id: number): Promise<EditRecord> {
    return this.#made(await this.options.edits.redo(id));
  }

  notes(span: Span, limit: number): Note[] {
    return this.options.edits.notes.list(span, limit);
  }

  async addNote(note: Omit<Note, "id">): ReturnType<EditPort["addNote"]> {
    this.#checkNote(note);
    return this.#noted(await this.options.edits.notes.add(note, this.#nowMs));
  }

  async changeNote(id: number, note: NoteChange): ReturnType<EditPort["changeNote"]> {
    if (note.startMs !== undefined) this.#checkNote(note);
    return this.#noted(await this.options.edits.notes.change(id, note, this.#nowMs));
  }

  async removeNote(id: number): ReturnType<EditPort["removeNote"]> {
    return this.#noted(await this.options.edits.notes.remove(id, this.#nowMs));
  }

  async away(span: Partial<Span>): Promise<AwaySpan[]> {
    return (await this.options.awayTimes({ ...this.#today(), ...span })).map(withId);
  }

  dismiss(span: Span): Promise<void> {
    this.#check(span, Infinity);
    return this.options.edits.dismissAway(span, this.#nowMs);
  }

  /** The question to ask somebody who was away for that long and is back; `undefined`: none. */
  async questionAfter(away: Span): Promise<AwaySpan | undefined> {
    const span = { ...this.#today(), endMs: away.endMs };
    const open = (await this.options.awayTimes(span, away)).at(-1);
    return open?.endMs === away.endMs ? withId(open) : undefined;
  }

  get #nowMs(): number {
    return Math.floor(this.options.clock.nowMs());
  }

  #today(): Span {
    const { zone, dayStartMin } = this.options;
    const nowMs = this.#nowMs;
    const { startMs } = daySpan(dateOf(nowMs, zone, dayStartMin), zone, dayStartMin);
    return { startMs, endMs: nowMs };
  }

  #check(span: Span, maxMs: number): void {
    checkPast(span, this.#nowMs, maxMs);
  }

  #checkPlace({ span, event }: Change | Deletion, maxMs: number): void {
    if ((span === undefined) === (event === undefined)) {
      throw new RangeError(`Cannot tell what is meant: name either "from" and "to", or "event"`);
    }
    if (span) this.#check(span, maxMs);
  }

  #checkNote({ startMs, endMs }: Omit<Note, "id">): void {
    if (endMs !== undefined) return this.#check({ startMs, endMs }, Infinity);
    const nowMs = this.#nowMs;
    if (startMs > nowMs) throw new RangeError(`Cannot use the moment: "from" lies in the future`);
    if (startMs < 0) throw new RangeError(`Cannot use the moment: "from" lies before 1970`);
  }

  #made(edit: EditRecord): EditRecord {
    const { id, kind, undoneMs } = edit;
    this.options.hub.publish("edit", { id, kind, undone: undoneMs !== undefined });
    if (kind !== "note") this.options.onChanged();
    return edit;
  }

  #noted<T extends { readonly edit: EditRecord }>(result: T): T {
    this.#made(result.edit);
    return result;
  }
}

/** A question keeps its number while its time away goes on. */
function withId({ startMs, endMs }: Span): AwaySpan {
  return { id: startMs, startMs, endMs };
}

/** The category as rules have it. @throws {RangeError} when it has another form. */
function categoryOf<C extends string | null | undefined>({ category }: { readonly category?: C }) {
  if (category === undefined || category === null) return {};
  return { category: parseCategory(category, "Cannot use the edit:") };
}
