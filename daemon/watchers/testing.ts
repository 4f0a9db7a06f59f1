/**
 * Runs a watcher for a test, against the real thing, and keeps what it says.
 * @module
 */
import { waitFor } from "../../tests/daemon_process.ts";
import type { Watcher, WatcherUpdate } from "../core/ports.ts";
import { systemClock } from "../os/clock.ts";

export interface WatcherRun extends AsyncDisposable {
  readonly updates: readonly WatcherUpdate[];
  /** What it told `ready`, one a call. */
  readonly details: readonly string[];
  /** Resolves when the run is over: to what it rejected with, or to `undefined`. */
  readonly ended: Promise<Error | undefined>;
  /** The first update, from now or before, that `fits`; waits for it. */
  find(fits: (update: WatcherUpdate) => boolean): Promise<WatcherUpdate>;
  /** Forgets the updates so far. */
  clear(): void;
  /** Aborts the run and resolves as `ended` does. */
  stop(): Promise<Error | undefined>;
}

export interface RunOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly afkLimitMs?: number;
  /** Called with every update, before it is kept. */
  readonly onUpdate?: (update: WatcherUpdate) => void;
}

/** Starts `watcher` and resolves when it is listening, or has ended. */
export async function startWatcher(
  watcher: Watcher,
  { env, afkLimitMs = 180_000, onUpdate }: RunOptions,
): Promise<WatcherRun> {
  const updates: WatcherUpdate[] = [];
  const details: string[] = [];
  const abort = new AbortController();
  const listening = Promise.withResolvers<void>();
  const ended = watcher.run({
    clock: systemClock,
    afkLimitMs,
    env: (name) => env[name],
    signal: abort.signal,
    ready(detail) {
      details.push(detail);
      listening.resolve();
    },
    emit(update) {
      onUpdate?.(update);
      updates.push(update);
    },
  }).then(() => undefined, (error: Error) => error);
  await Promise.race([listening.promise, ended]);
  const stop = () => {
    abort.abort();
    return ended;
  };
  return {
    updates,
    details,
    ended,
    stop,
    find: (fits) => waitFor(() => updates.find(fits), 5_000),
    clear: () => void updates.splice(0),
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}
