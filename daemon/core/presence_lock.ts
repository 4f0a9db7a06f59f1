/**
 * Whether the screen is locked, by the words of all who may know: a pure state machine.
 *
 * Whoever says that it is locked is believed; it is open when somebody says so and nobody else that it is locked. A
 * request to lock it (`loginctl lock-session`) is no word: where no program locks the screen nothing comes of it, and
 * nobody would say that it is over. It counts until somebody has said something, and at most {@linkcode ASKED_MS}.
 * @module
 */

/** How long a request to lock counts without a word that it was heard, in milliseconds. */
export const ASKED_MS = 10_000;

/** Plain data; a new one is made for each input. */
export interface LockState {
  /** The last word of each who speaks. */
  readonly words: Readonly<Record<string, boolean>>;
  /** When it was asked for, on the running clock, while that counts. */
  readonly askedMono?: number;
}

export type LockInput =
  /** `undefined`: it can say no more. */
  | { readonly kind: "word"; readonly source: string; readonly isLocked: boolean | undefined }
  /** Somebody asks that it be locked, or unlocked. */
  | { readonly kind: "asked"; readonly toLock: boolean }
  /** The time that a step asked for has passed. */
  | { readonly kind: "due" };

export interface LockStep {
  readonly state: LockState;
  /** `undefined`: nobody can tell. */
  readonly isLocked: boolean | undefined;
  /** Milliseconds until the request counts no more; `undefined`: nothing is to be waited for. */
  readonly dueInMs?: number;
}

/** The state after `input`, which came at `monoMs` of the running clock. */
export function judgeLock(state: LockState, input: LockInput, monoMs: number): LockStep {
  const next = react(state, input, monoMs);
  const said = Object.values(next.words);
  const isSaid = said.includes(true) ? true : said.includes(false) ? false : undefined;
  if (next.askedMono === undefined) return { state: next, isLocked: isSaid };
  return { state: next, isLocked: true, dueInMs: Math.max(0, next.askedMono + ASKED_MS - monoMs) };
}

function react(state: LockState, input: LockInput, monoMs: number): LockState {
  switch (input.kind) {
    case "asked":
      return { ...state, askedMono: input.toLock ? state.askedMono ?? monoMs : undefined };
    case "due": {
      const { askedMono = Infinity } = state;
      return monoMs - askedMono >= ASKED_MS ? { words: state.words } : state;
    }
    case "word": {
      const { [input.source]: before, ...others } = state.words;
      const { isLocked } = input;
      const words = isLocked === undefined ? others : { ...others, [input.source]: isLocked };
      // Locked as asked, or unlocked since.
      const isAnswered = isLocked === true || isLocked === false && before === true;
      return { words, askedMono: isAnswered ? undefined : state.askedMono };
    }
  }
}
