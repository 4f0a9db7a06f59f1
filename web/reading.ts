/**
 * Reads one thing from the daemon, and again when it may have changed: never twice at once, and in a storm of
 * changes with pauses between.
 * @module
 */

/** What reading needs; the pauses are arguments so that tests need not wait. */
export interface ReadingOptions<T> {
  readonly read: (signal: AbortSignal) => Promise<T>;
  readonly onStart: () => void;
  readonly onRead: (data: T) => void;
  readonly onProblem: (problem: Error) => void;
  /** Between the begins of two reads that changes asked for. @default {2000} */
  readonly pauseMs?: number;
}

/** A thing that is kept up to date. */
export interface Reading {
  /** Reads at once, or right after the read that is on its way. */
  now(): void;
  /** Reads once the pause is over: something has changed. */
  soon(): void;
  /** Forgets what is on its way. */
  stop(): void;
}

/** How many times longer than a read took the next one waits: a slow daemon is not asked all the time. */
const PAUSE_PER_READ = 5;

/** Reads for the first time, and goes on. */
export function startReading<T>(options: ReadingOptions<T>): Reading {
  const { pauseMs = 2_000 } = options;
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  let isAskedAgain = false;
  let earliestMs = 0;

  const read = async () => {
    clearTimeout(timer);
    timer = undefined;
    isReading = true;
    isAskedAgain = false;
    const startMs = performance.now();
    options.onStart();
    try {
      const data = await options.read(ended.signal);
      if (!ended.signal.aborted) options.onRead(data);
    } catch (error) {
      if (!ended.signal.aborted) options.onProblem(error as Error);
    }
    isReading = false;
    const tookMs = performance.now() - startMs;
    earliestMs = startMs + Math.max(pauseMs, tookMs * PAUSE_PER_READ);
    if (isAskedAgain && !ended.signal.aborted) read();
  };
  const reading: Reading = {
    now() {
      if (ended.signal.aborted) return;
      if (isReading) isAskedAgain = true;
      else read();
    },
    soon() {
      if (ended.signal.aborted || timer !== undefined) return;
      const waitMs = Math.max(0, earliestMs - performance.now(), isReading ? pauseMs : 0);
      timer = setTimeout(() => {
        timer = undefined;
        reading.now();
      }, waitMs);
    },
    stop() {
      clearTimeout(timer);
      ended.abort();
    },
  };
  read();
  return reading;
}
