/**
 * Work that is done a few at a time, the newest wish first: what is in sight now is wanted before what was
 * scrolled past.
 * @module
 */

interface Waiting {
  readonly begin: () => void;
  readonly signal: AbortSignal;
}

export interface Queue {
  /** Does `work` when it is its turn. @throws what `work` throws, and the signal's reason when it aborts first. */
  run<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** A queue that does `atOnce` things at once. */
export function createQueue(atOnce: number): Queue {
  const waiting: Waiting[] = [];
  let running = 0;
  const next = () => {
    while (running < atOnce) {
      const last = waiting.pop();
      if (last === undefined) return;
      if (!last.signal.aborted) last.begin();
    }
  };
  return {
    run: (work, signal) =>
      new Promise((resolve, reject) => {
        const giveUp = () => reject(signal.reason);
        if (signal.aborted) return giveUp();
        signal.addEventListener("abort", giveUp, { once: true });
        const begin = () => {
          running++;
          work(signal).then(resolve, reject).finally(() => {
            signal.removeEventListener("abort", giveUp);
            running--;
            next();
          });
        };
        waiting.push({ begin, signal });
        next();
      }),
  };
}
