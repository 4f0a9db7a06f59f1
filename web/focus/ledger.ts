/**
 * What a session came to on this page, and what the daemon has not confirmed yet.
 *
 * ```text
 * spans seen   ├─ f ─┤├ u ┤├──── f ────┤        ├── f ──┤   (after a pause)
 * confirmed    ├─────────┤
 * batch                    ├────────┤                       sent, not answered: sent again as it is
 * pending                           ├──┤        ├───────┤   the next batches, cut at pauses
 * ```
 * @module
 */
import {
  createTally,
  type FocusMinute,
  type FocusSpan,
  type FocusTally,
  type FocusTotals,
  minutesOf,
  tally,
} from "../../daemon/core/focus.ts";

/** Some seconds of a session; its spans follow one another without holes. */
export interface Batch {
  readonly sequence: number;
  readonly startMs: number;
  readonly spans: readonly { readonly state: FocusSpan["state"]; readonly seconds: number }[];
}

/** Everything in it, as plain data. */
export interface LedgerState {
  readonly tally: FocusTally;
  readonly minutes: readonly FocusMinute[];
  /** The last batch that the daemon has confirmed; 0 before the first. */
  readonly sequence: number;
  /** Made and not confirmed: they are sent again as they are, or the daemon would take a part for the whole. */
  readonly batches: readonly Batch[];
  readonly pending: readonly FocusSpan[];
}

/** Spans a batch holds at most: about 4 KB of JSON. */
const MAX_SPANS = 100;

export class Ledger {
  #state: LedgerState;

  constructor(
    state: LedgerState = {
      tally: createTally(),
      minutes: [],
      sequence: 0,
      batches: [],
      pending: [],
    },
  ) {
    this.#state = state;
  }

  /** Everything in it, for another ledger to go on with. */
  get state(): LedgerState {
    return this.#state;
  }

  get totals(): FocusTotals {
    return this.#state.tally.totals;
  }

  get minutes(): readonly FocusMinute[] {
    return this.#state.minutes;
  }

  /** Where the last span ended; `undefined` before the first. */
  get endMs(): number | undefined {
    return this.#state.tally.endMs;
  }

  /** Whether there is something that the daemon has not confirmed. */
  get isBehind(): boolean {
    return this.#state.batches.length > 0 || this.#state.pending.length > 0;
  }

  /** Counts spans that come after the last ones. @throws {RangeError} when they do not */
  add(spans: readonly FocusSpan[]): void {
    if (spans.length === 0) return;
    const counted = spans.reduce(tally, this.#state.tally);
    const pending = [...this.#state.pending];
    for (const span of spans) {
      const last = pending.at(-1);
      if (last?.state === span.state && last.endMs === span.startMs) {
        pending[pending.length - 1] = { ...last, endMs: span.endMs };
      } else if (span.endMs > span.startMs) {
        pending.push(span);
      }
    }
    const minutes = withMinutes(this.#state.minutes, minutesOf(spans));
    this.#state = { ...this.#state, tally: counted, minutes, pending };
  }

  /** The batch to send: the one that was not confirmed, else the next; `undefined` when all is. */
  next(): Batch | undefined {
    if (this.#state.batches.length === 0) this.#makeBatch();
    return this.#state.batches[0];
  }

  /** All that is not confirmed, as batches: what comes later comes in later ones. */
  close(): readonly Batch[] {
    while (this.#state.pending.length > 0) this.#makeBatch();
    return this.#state.batches;
  }

  /** The daemon has the batch of this number. */
  confirm(sequence: number): void {
    const [first, ...batches] = this.#state.batches;
    if (first?.sequence === sequence) this.#state = { ...this.#state, sequence, batches };
  }

  /** The daemon will never take the batch of this number: those after it move up. */
  discard(sequence: number): void {
    const [first, ...others] = this.#state.batches;
    if (first?.sequence !== sequence) return;
    const batches = others.map((batch) => ({ ...batch, sequence: batch.sequence - 1 }));
    this.#state = { ...this.#state, batches };
  }

  #makeBatch(): void {
    const { batches, pending, sequence } = this.#state;
    const taken: FocusSpan[] = [];
    for (const span of pending) {
      const last = taken.at(-1);
      if (taken.length === MAX_SPANS || (last && last.endMs !== span.startMs)) break;
      taken.push(span);
    }
    if (taken.length === 0) return;
    const batch: Batch = {
      sequence: (batches.at(-1)?.sequence ?? sequence) + 1,
      startMs: taken[0].startMs,
      spans: taken.map(({ startMs, endMs, state }) => ({
        state,
        seconds: (endMs - startMs) / 1000,
      })),
    };
    this.#state = {
      ...this.#state,
      batches: [...batches, batch],
      pending: pending.slice(taken.length),
    };
  }
}

/** `minutes` with later ones added; the first of them may be the last that is there. */
function withMinutes(
  minutes: readonly FocusMinute[],
  later: readonly FocusMinute[],
): readonly FocusMinute[] {
  const last = minutes.at(-1), first = later[0];
  if (!last || !first || last.startMs !== first.startMs) return [...minutes, ...later];
  const joined: FocusMinute = {
    startMs: last.startMs,
    focusedMs: last.focusedMs + first.focusedMs,
    unfocusedMs: last.unfocusedMs + first.unfocusedMs,
    noFaceMs: last.noFaceMs + first.noFaceMs,
    uncertainMs: last.uncertainMs + first.uncertainMs,
  };
  return [...minutes.slice(0, -1), joined, ...later.slice(1)];
}
