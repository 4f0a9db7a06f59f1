/**
 * Ends a transfer in which nothing arrives any more.
 * @module
 */

/** A transfer broke off; what has arrived is good, and the next attempt may go on from there. */
export class BrokenOffError extends Error {
  override name = "BrokenOffError";
}

/** Watches one transfer; call `end()` when it is over. */
export class Silence {
  #over = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Aborted after `limitMs` without a call of `heard()`, or with the caller's own signal. */
  readonly signal: AbortSignal;

  constructor(private readonly limitMs: number, private readonly caller?: AbortSignal) {
    this.signal = caller ? AbortSignal.any([this.#over.signal, caller]) : this.#over.signal;
    this.heard();
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#over.abort(), this.limitMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** What an error of `fetch` or of its body means; the caller's own reason when it was that. */
  explain(error: Error): unknown {
    if (this.caller?.aborted) return this.caller.reason;
    if (this.#over.signal.aborted) {
      return new BrokenOffError(`nothing came for ${this.limitMs / 1000} s`);
    }
    // The address, which may be long, is said by whoever wraps this.
    const reason = error.message.replace(/^error sending request for url \([^)]*\): /, "");
    return new BrokenOffError(`the connection failed: ${reason}`, { cause: error });
  }
}
