/**
 * Keeps services running: a service that fails is started again, later each time.
 * @module
 */
import { FatalError } from "../core/errors.ts";

const BACKOFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];

export interface SuperviseOptions {
  readonly signal: AbortSignal;
  /** Waits before the first, second, … restart; the last one repeats. @default half a second to half a minute */
  readonly backoffMs?: readonly number[];
  /** Told of every failure, with how long until the next try. */
  onFailure(error: Error, retryInMs: number): void;
}

/**
 * Runs `service` until `signal` aborts or it returns by itself, starting it again when it throws. A run
 * that lasted a minute starts the waits anew.
 * @throws {FatalError} what the service threw of that kind: nothing else stops it.
 */
export async function supervise(
  service: (signal: AbortSignal) => Promise<void>,
  { signal, backoffMs = BACKOFF_MS, onFailure }: SuperviseOptions,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const startedMs = performance.now();
    try {
      await service(signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof FatalError) throw error;
      if (performance.now() - startedMs > 60_000) failures = 0;
      const retryInMs = backoffMs[Math.min(failures++, backoffMs.length - 1)];
      onFailure(error as Error, retryInMs);
      await abortableDelay(retryInMs, signal);
    }
  }
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function abortableDelay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}

/** Resolves when `signal` aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
