/**
 * A sequence of states, each at its moment, as spans without holes.
 *
 * ```text
 * seen      f  f  f  u  u        (3 s)        f  f          (2 min)          f  f
 * spans     ├── f ──┤├u─┤├──── uncertain ────┤├f─┤          nothing          ├f─┤
 * ```
 * A state holds until the next one is seen, for {@linkcode MAX_HOLD_MS} at most: what nobody saw is `uncertain`.
 * After {@linkcode MAX_SILENCE_MS} it is no part of the session at all (the machine slept): a pause.
 * @module
 */
import type { AttentionState } from "../../vision/types.ts";
import type { FocusSpan } from "./focus.ts";

/** How long a state is taken to hold when nothing is seen after it, in milliseconds. */
export const MAX_HOLD_MS = 2_000;

/** A longer silence is a pause, in milliseconds: as long as an absence that is a break. */
export const MAX_SILENCE_MS = 60_000;

/** A state, and when it was seen. */
export interface StateAt {
  /** Milliseconds UTC; fractions are rounded. */
  readonly atMs: number;
  readonly state: AttentionState;
}

/** Collects states as they are seen and gives spans in batches. */
export class SpanBuilder {
  #done: FocusSpan[] = [];
  #last: StateAt | undefined;

  /**
   * Adds what is seen at `atMs`. A moment that is not after the last one adds no time; its state holds from there
   * on. So a clock that is turned back counts nothing until it is where it was.
   */
  add(atMs: number, state: AttentionState): void {
    const nowMs = Math.round(atMs);
    this.#extendTo(nowMs);
    this.#last = { atMs: Math.max(nowMs, this.#last?.atMs ?? nowMs), state };
  }

  /**
   * The spans since the last call, in order, up to the last moment seen, or up to `untilMs` when that is later;
   * neighbours differ in state or have a pause between them. Of all batches together the lengths add up to the
   * time from the first moment to the last, less the pauses.
   */
  take(untilMs?: number): FocusSpan[] {
    if (untilMs !== undefined && this.#last) this.add(untilMs, this.#last.state);
    const done = this.#done;
    this.#done = [];
    return done;
  }

  #extendTo(nowMs: number): void {
    if (!this.#last) return;
    const { atMs, state } = this.#last;
    const silentMs = nowMs - atMs;
    if (silentMs <= 0 || silentMs > MAX_SILENCE_MS) return;
    this.#push({
      startMs: atMs,
      endMs: nowMs,
      state: silentMs > MAX_HOLD_MS ? "uncertain" : state,
    });
  }

  #push(span: FocusSpan): void {
    const last = this.#done.at(-1);
    if (last?.state === span.state && last.endMs === span.startMs) {
      this.#done[this.#done.length - 1] = { ...last, endMs: span.endMs };
    } else {
      this.#done.push(span);
    }
  }
}

/** The spans of states in order, the last held up to `untilMs`. */
export function stateSpans(seen: Iterable<StateAt>, untilMs?: number): FocusSpan[] {
  const builder = new SpanBuilder();
  for (const { atMs, state } of seen) builder.add(atMs, state);
  return builder.take(untilMs);
}
