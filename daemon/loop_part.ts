/**
 * The loop as a part of the daemon: nudges before it blocks.
 * @module
 */
import type { BlockerPort } from "./api/blocker.ts";
import type { LoopPort } from "./api/loop.ts";
import type { Zone } from "./core/day.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { RecorderState } from "./core/recorder.ts";
import type { Store } from "./store/mod.ts";

export interface LoopPartOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly env: (name: string) => string | undefined;
  readonly blocker: BlockerPort;
  readonly recorderState: () => RecorderState;
}

export class LoopPart {
  constructor(private readonly options: LoopPartOptions) {}

  /** Loaded when first asked for. */
  readonly load = (): Promise<LoopPort> => Promise.reject(new Error("not there yet"));

  /** Watches and takes steps, until `signal` aborts. */
  async run(_signal: AbortSignal): Promise<void> {}

  async close(): Promise<void> {}
}
