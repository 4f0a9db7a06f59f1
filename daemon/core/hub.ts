/**
 * Live changes, told to whoever listens.
 * @module
 */

/** A change: its name, as in the stream's `event:` line, and its JSON body. */
export type Listener = (name: string, data: unknown) => void;

export class Hub {
  #streams = new Set<Listener>();
  #named = new Map<string, Set<Listener>>();

  /** Calls `listener` for every later message; the result ends that. */
  subscribe(listener: Listener): () => void {
    this.#streams.add(listener);
    return () => this.#streams.delete(listener);
  }

  /** Calls `listener` with the body of every later message of that name; the result ends that. */
  on(name: string, listener: (data: unknown) => void): () => void {
    const listeners = this.#named.get(name) ?? new Set();
    this.#named.set(name, listeners);
    const hear: Listener = (_, data) => listener(data);
    listeners.add(hear);
    return () => listeners.delete(hear);
  }

  /** Whether anybody hears messages of that name: if not, they need not be made. */
  hears(name: string): boolean {
    return this.#streams.size > 0 || (this.#named.get(name)?.size ?? 0) > 0;
  }

  /** Tells all listeners; what one of them throws does not reach the others or the caller. */
  publish(name: string, data: unknown): void {
    for (const listeners of [this.#streams, this.#named.get(name) ?? []]) {
      for (const listener of [...listeners]) {
        try {
          listener(name, data);
        } catch {
          this.#streams.delete(listener);
          this.#named.get(name)?.delete(listener);
        }
      }
    }
  }

  /** How many hear everything. */
  get streams(): number {
    return this.#streams.size;
  }
}
