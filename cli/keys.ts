/**
 * Single keys of a terminal, while something goes on there.
 * @module
 */

/** Calls `onKey` for each key pressed, until disposed; Ctrl-C goes on ending the program. */
export class Keys {
  #reader = Deno.stdin.readable.getReader();

  constructor(onKey: (key: string) => void) {
    Deno.stdin.setRaw(true, { cbreak: true });
    void this.#read(onKey);
  }

  async #read(onKey: (key: string) => void): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for (let part = await this.#reader.read(); !part.done; part = await this.#reader.read()) {
        for (const key of decoder.decode(part.value)) onKey(key);
      }
    } catch { /* the terminal is gone */ }
  }

  [Symbol.dispose](): void {
    try {
      Deno.stdin.setRaw(false);
    } catch { /* the terminal is gone */ }
    // A read that waits for a key goes with the process.
    void this.#reader.cancel().catch(() => {});
  }
}
