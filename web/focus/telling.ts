/**
 * Brings to the daemon who is to be told of a session's end, and what became of it back.
 *
 * The daemon tells by itself once it has the wish; this page only asks how that went.
 * @module
 */
import { ApiError } from "../api.ts";
import type { WireMessage, WireMessageChange } from "../wire.ts";

/** By which ways a session's end is to be told. */
export interface SendWish {
  readonly email: boolean;
  readonly sms: boolean;
}

export const NO_WISH: SendWish = { email: false, sms: false };

/** What became of the summary. */
export type Told =
  | { readonly is: "sending" }
  | { readonly is: "told"; readonly messages: readonly WireMessage[] }
  /** The daemon does not want it, or wants a token first. */
  | { readonly is: "refused"; readonly reason: string };

export interface TellingOptions {
  /** Notes a wish; of a session that has ended, sends it and gives the messages. */
  readonly ask: (wish: SendWish) => Promise<readonly WireMessage[]>;
  /** What the daemon has noted already. @default nothing */
  readonly noted?: SendWish;
  readonly onNoted: (wish: SendWish) => void;
  /** Why the wish could not be noted; `undefined`: it is, or will be. */
  readonly onProblem: (reason: string | undefined) => void;
  /** Between two tries; an argument so that tests need not wait. @default 3000 */
  readonly retryMs?: number;
}

export class Telling {
  #noted: SendWish;
  #wanted: SendWish;
  #noting: Promise<void> | undefined;
  #isOver = false;

  constructor(private readonly options: TellingOptions) {
    this.#noted = this.#wanted = options.noted ?? NO_WISH;
  }

  /** What the daemon has noted. */
  get noted(): SendWish {
    return this.#noted;
  }

  /** Has the daemon note what is wanted now; tries until it has, or does not want to. */
  note(wish: SendWish): Promise<void> {
    this.#wanted = wish;
    return this.#noting ??= this.#note().finally(() => this.#noting = undefined);
  }

  /** What became of it, once the session has ended; `undefined` when nobody is to be told, or it is given up. */
  async settle(wish: SendWish): Promise<Told | undefined> {
    this.#wanted = wish;
    await this.#noting;
    while (!this.#isOver && (isAny(wish) || isAny(this.#noted))) {
      try {
        const messages = await this.options.ask(wish);
        return isAny(wish) ? { is: "told", messages } : undefined;
      } catch (error) {
        const reason = refusalOf(error);
        if (reason !== undefined) return { is: "refused", reason };
      }
      await this.#pause();
    }
    return undefined;
  }

  /** Gives up what goes on: the page turns to another session. */
  leave(): void {
    this.#isOver = true;
  }

  async #note(): Promise<void> {
    const { ask, onNoted, onProblem } = this.options;
    while (!this.#isOver && !isSame(this.#wanted, this.#noted)) {
      const wish = this.#wanted;
      try {
        await ask(wish);
        this.#noted = wish;
        onNoted(wish);
        onProblem(undefined);
      } catch (error) {
        const reason = refusalOf(error);
        onProblem(reason);
        if (reason !== undefined) return;
        await this.#pause();
      }
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.options.retryMs ?? 3_000));
  }
}

export function isAny({ email, sms }: SendWish): boolean {
  return email || sms;
}

/** Whether nothing more becomes of any of them. */
export function isSettled(told: Told | undefined): boolean {
  if (told?.is !== "told") return told?.is !== "sending";
  return told.messages.every(({ state }) => state !== "waiting" && state !== "sending");
}

/** The messages after one has changed; of one that is tried again, when and why is not known any more. */
export function afterChange(
  messages: readonly WireMessage[],
  { id, state }: WireMessageChange,
): readonly WireMessage[] {
  return messages.map((message) =>
    message.id === id && message.state !== state ? { ...message, state, next_try: null } : message
  );
}

function isSame(one: SendWish, other: SendWish): boolean {
  return one.email === other.email && one.sms === other.sms;
}

/** Why asking again is of no use; `undefined`: it may be. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { status } = error;
  // 503 is a channel that is not set up; a proxy's or an overloaded daemon's comes without the API's word.
  const isPassing = status === 429 || status === 408 ||
    (status >= 500 && error.code !== "unavailable");
  return isPassing ? undefined : error.message;
}
