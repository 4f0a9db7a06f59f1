/**
 * Ctrl-C and its relatives: the first one ends cleanly, the second one at once.
 * @module
 */

/** Exit codes as shells give them: 128 + the signal's number. */
const SIGNALS: Partial<Record<Deno.Signal, number>> = Deno.build.os === "windows"
  ? { SIGINT: 130, SIGBREAK: 149 }
  : { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Somebody asked the program to end. */
export class Interrupted extends Error {
  override name = "Interrupted";
  constructor(readonly exitCode: number) {
    super("Interrupted");
  }

  /** Whether it was Ctrl-C. */
  get byKeyboard(): boolean {
    return this.exitCode === SIGNALS.SIGINT;
  }
}

/** Listens for the signals that end a program, until disposed. */
export class Interrupt {
  #stop = new AbortController();
  #handlers = new Map<Deno.Signal, () => void>();

  constructor() {
    for (const [name, exitCode] of Object.entries(SIGNALS) as [Deno.Signal, number][]) {
      const handler = () => {
        if (this.signal.aborted) Deno.exit(exitCode);
        this.#stop.abort(new Interrupted(exitCode));
      };
      Deno.addSignalListener(name, handler);
      this.#handlers.set(name, handler);
    }
  }

  /** Aborts with {@linkcode Interrupted}. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  [Symbol.dispose](): void {
    for (const [name, handler] of this.#handlers) Deno.removeSignalListener(name, handler);
    this.#handlers.clear();
  }
}

/** What `work` gives, unless `signal` aborts before. @throws {Interrupted} */
export async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const onAbort = () => interrupted.reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort);
  // The loser of the race has nobody else to tell.
  work.catch(() => {});
  try {
    return await Promise.race([work, interrupted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
