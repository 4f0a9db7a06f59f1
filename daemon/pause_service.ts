/**
 * Pauses: times in which nothing is recorded.
 * @module
 */
import type { PausePort } from "./api/pause.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { Store } from "./store/mod.ts";

export interface PauseServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  /** Recording was stopped, or goes on. */
  readonly onChange: (isPaused: boolean) => void;
}

export class PauseService implements PausePort {
  constructor(private readonly options: PauseServiceOptions) {}

  get isPaused(): boolean {
    return false;
  }

  /** Whether a moment lies in a pause. */
  isPausedAt(_atMs: number): boolean {
    return false;
  }

  /** Ends pauses in time, until `signal` aborts. */
  run(_signal: AbortSignal): Promise<void> {
    return Promise.resolve();
  }
}
