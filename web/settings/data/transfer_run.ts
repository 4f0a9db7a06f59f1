/**
 * An export or an import under way. It goes on while another section or page is looked at.
 * @module
 */
import { signal } from "@preact/signals";
import { say } from "../../saying.ts";

/** How a transfer is. */
export interface TransferState<T> {
  /** How much has come or gone; `undefined`: none is under way. */
  readonly bytes?: number;
  /** Of how many; `undefined`: nobody knows. */
  readonly total?: number;
  /** Of the one before. */
  readonly result?: T | "stopped";
  readonly problem?: Error;
}

/** What the work is given. */
export interface TransferTools {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

export class TransferRun<T> {
  readonly #state = signal<TransferState<T>>({});
  #stopping: AbortController | undefined;

  get state(): TransferState<T> {
    return this.#state.value;
  }

  /** Does `work` unless one is under way, and says what came of it: `words` of a result, or that it was stopped. */
  async run(
    work: (tools: TransferTools) => Promise<T>,
    words: (result: T | "stopped") => string,
    { total }: Pick<TransferState<T>, "total"> = {},
  ): Promise<void> {
    if (this.#stopping) return;
    const { signal } = this.#stopping = new AbortController();
    this.#state.value = { bytes: 0, total };
    const onBytes = (bytes: number) => {
      if (!signal.aborted) this.#state.value = { bytes, total };
    };
    globalThis.addEventListener("beforeunload", ask);
    try {
      const result = await work({ signal, onBytes });
      this.#state.value = { result };
      say(words(result));
    } catch (error) {
      if (signal.aborted) {
        this.#state.value = { result: "stopped" };
        say(words("stopped"));
      } else this.#state.value = { problem: error as Error };
    } finally {
      this.#stopping = undefined;
      globalThis.removeEventListener("beforeunload", ask);
    }
  }

  stop(): void {
    this.#stopping?.abort();
  }

  /** Forgets what came of the one before. */
  forget(): void {
    if (!this.#stopping) this.#state.value = {};
  }
}

/** Closing the page would end it in the middle: the browser asks. */
function ask(event: Event): void {
  event.preventDefault();
}
