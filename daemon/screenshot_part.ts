/**
 * Screenshots as a part of the daemon: loaded when they are switched on, or asked for.
 * @module
 */
import type { ScreenshotPort } from "./api/screenshots.ts";
import type { Config } from "./config/load.ts";
import { UnsupportedError } from "./core/errors.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { RecorderState } from "./core/recorder.ts";
import type { Classification, FocusedWindow, Subject } from "./core/types.ts";
import type { Store } from "./store/mod.ts";

export interface ScreenshotPartOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly env: (name: string) => string | undefined;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly recorderState: () => RecorderState;
  readonly classify: (subject: Subject) => Classification;
  /** Whether a window may be in no screenshot. */
  readonly isPrivate: (window: FocusedWindow) => boolean;
  /** `undefined`: nobody can tell. */
  readonly isLocked: () => boolean | undefined;
  readonly isPaused: () => boolean;
}

export class ScreenshotPart {
  constructor(private readonly options: ScreenshotPartOptions) {}

  readonly load = (): Promise<ScreenshotPort> =>
    Promise.reject(new UnsupportedError("Cannot take a screenshot: not supported here"));

  /** What is in front has changed. */
  stateChanged(_state: RecorderState): void {}

  /** Takes them, and lets the old ones go, until `signal` aborts. */
  run(_signal: AbortSignal): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
