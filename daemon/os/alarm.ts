/**
 * Waiting for a time, or for somebody who knows better.
 * @module
 */

/** A sleep that {@linkcode Alarm.ring} ends early; one that rang while nobody slept ends the next at once. */
export class Alarm {
  #rang = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rang = true;
    this.#wake?.();
  }

  /** Resolves after `ms` (`undefined`: never by itself), when it rings, or when `signal` aborts. */
  wait(ms: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        this.#wake = undefined;
        this.#rang = false;
        resolve();
      };
      if (this.#rang || signal.aborted) return done();
      this.#wake = done;
      signal.addEventListener("abort", done);
      if (ms !== undefined) timer = setTimeout(done, ms);
    });
  }
}
