/**
 * Live changes, told to whoever listens.
 * @module
 */

/** A change: its name, as in the stream's `event:` line, and its JSON body. */
export type Listener = (name: string, data: unknown) => void;

export class Hub {
  #listeners = new Set<Listener>();

  /** Calls `listener` for every later message; the result ends that. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells all listeners; what one of them throws does not reach the others or the caller. */
  publish(name: string, data: unknown): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(name, data);
      } catch {
        this.#listeners.delete(listener);
      }
    }
  }

  get size(): number {
    return this.#listeners.size;
  }
}
