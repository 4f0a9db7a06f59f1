/**
 * Large values that several need at the same time, made once and kept by nobody but those who use them.
 * @module
 */

/** Values by name; each is shared from when it is asked for until the last user lets go of it. */
export class SharedWhileUsed<T extends WeakKey> {
  #coming = new Map<string, Promise<T>>();
  #used = new Map<string, WeakRef<T>>();

  /** The value that is in use, else the one that `make` resolves with; a failure is kept for nobody. */
  async get(name: string, make: () => Promise<T>): Promise<T> {
    const used = this.#used.get(name)?.deref();
    if (used !== undefined) return used;
    let coming = this.#coming.get(name);
    if (!coming) {
      coming = make().finally(() => this.#coming.delete(name));
      this.#coming.set(name, coming);
    }
    const value = await coming;
    this.#used.set(name, new WeakRef(value));
    return value;
  }
}
