/**
 * The outbox as a part of the daemon.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import type { Config } from "./config/load.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { Store } from "./store/mod.ts";

export interface MessagePartOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly health: HealthBoard;
  readonly hub: Hub;
}

export class MessagePart {
  constructor(private readonly options: MessagePartOptions) {}

  /** The outbox, loaded when first asked for. */
  readonly load = (): Promise<OutboxPort> => Promise.reject(new Error("not there yet"));

  /** Sends what is due, until `signal` aborts. */
  async run(_signal: AbortSignal): Promise<void> {}

  async close(): Promise<void> {}
}
