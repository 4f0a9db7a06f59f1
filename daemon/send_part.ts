/**
 * Sending summaries, by hand and at set times, as a part of the daemon.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import type { SummaryPort } from "./api/summary.ts";
import type { SendPort } from "./api/summary_send.ts";
import type { Zone } from "./core/day.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { Store } from "./store/mod.ts";

export interface SendPartOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly outbox: () => Promise<OutboxPort>;
  readonly summaries: () => Promise<SummaryPort>;
}

export class SendPart {
  constructor(private readonly options: SendPartOptions) {}

  /** Loaded when first asked for. */
  readonly load = (): Promise<SendPort> => Promise.reject(new Error("not there yet"));

  /** Sends what is due at its times, and what sessions ask for at their end, until `signal` aborts. */
  async run(_signal: AbortSignal): Promise<void> {}
}
