/**
 * The desktop session as a part of the daemon: whether it is locked, when the machine sleeps, and who can be heard.
 * @module
 */
import type { HealthBoard } from "./core/health.ts";
import type { Clock } from "./core/ports.ts";
import type { TrackerPart } from "./tracker_part.ts";

export interface SessionPartOptions {
  readonly clock: Clock;
  readonly env: (name: string) => string | undefined;
  readonly health: HealthBoard;
  readonly tracker: Pick<TrackerPart, "present">;
}

export class SessionPart {
  constructor(private readonly options: SessionPartOptions) {}

  /** Whether the screen is locked; `undefined`: nobody can tell. */
  get isLocked(): boolean | undefined {
    return undefined;
  }

  /** Watches until `signal` aborts. */
  run(_signal: AbortSignal): Promise<void> {
    return Promise.resolve();
  }
}
