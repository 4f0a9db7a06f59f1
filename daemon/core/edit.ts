/**
 * Changes of the past by hand: what may be asked, and what is remembered of it.
 * @module
 */
import type { ActivityClass, EventSource, Span } from "./types.ts";

export type EditKind = "add" | "change" | "delete" | "note";

/** Time that somebody says was spent on something. */
export interface Entry extends Span {
  readonly title: string;
  readonly class: ActivityClass;
  readonly category?: string;
}

/** Either a span or one event. */
export interface EditPlace {
  readonly span?: Span;
  readonly event?: number;
}

/** What of recorded time becomes something else; at least one of class, category and title. */
export interface Change extends EditPlace {
  readonly class?: ActivityClass;
  /** `null`: none. */
  readonly category?: string | null;
  readonly title?: string;
  /** Time away changes too, which then needs a class. */
  readonly includeAfk?: boolean;
}

/** What is taken out of the record, so that it can be undone. */
export interface Deletion extends EditPlace {
  /** Only what this source saw. */
  readonly source?: EventSource;
}

/** Words about a moment, or a span. */
export interface Note {
  readonly id: number;
  readonly startMs: number;
  /** `undefined`: a moment. */
  readonly endMs?: number;
  readonly text: string;
}

/** What a note is to be; without a begin its time stays. */
export type NoteChange =
  | Omit<Note, "id">
  | { readonly startMs?: undefined; readonly text: string };

/** What an edit was asked to do, as it is remembered. */
export interface EditRequest {
  readonly title?: string;
  readonly class?: ActivityClass;
  readonly category?: string | null;
  readonly includeAfk?: boolean;
  readonly source?: EventSource;
  readonly event?: number;
  readonly note?: number;
}

/** An edit that was made. */
export interface EditRecord extends Span {
  readonly id: number;
  readonly atMs: number;
  readonly kind: EditKind;
  readonly request: EditRequest;
  readonly undoneMs?: number;
}

/** The longest entry, and the longest change. */
export const MAX_ENTRY_MS = 86_400_000;
/** The longest deletion: a day of 25 hours. */
export const MAX_DELETION_MS = 25 * 3_600_000;

/**
 * Checks that a span is one that has been.
 * @throws {RangeError} saying what is wrong with it.
 */
export function checkPast({ startMs, endMs }: Span, nowMs: number, maxMs: number): void {
  if (endMs <= startMs) throw new RangeError(`Cannot use the span: "to" must be after "from"`);
  if (endMs > nowMs) throw new RangeError(`Cannot use the span: "to" lies in the future`);
  if (startMs < 0) throw new RangeError(`Cannot use the span: "from" lies before 1970`);
  if (endMs - startMs > maxMs) {
    const hours = maxMs / 3_600_000;
    throw new RangeError(`Cannot use the span: it is longer than ${hours} hours`);
  }
}
