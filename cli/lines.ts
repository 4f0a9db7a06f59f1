/**
 * Lines that a person types.
 * @module
 */

/** Reads standard input line by line, until disposed. */
export class Lines {
  #reader = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader();
  #rest = "";

  /** The next line without its end; `undefined`: there is none any more. */
  async next(): Promise<string | undefined> {
    while (true) {
      const end = this.#rest.indexOf("\n");
      if (end >= 0) {
        const line = this.#rest.slice(0, end).replace(/\r$/, "");
        this.#rest = this.#rest.slice(end + 1);
        return line;
      }
      const { value, done } = await this.#reader.read();
      if (done) return undefined;
      this.#rest += value;
    }
  }

  [Symbol.dispose](): void {
    // A read that waits for a line goes with the process.
    void this.#reader.cancel().catch(() => {});
  }
}
