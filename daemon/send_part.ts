/**
 * Sending summaries, by hand and at set times, as a part of the daemon: loaded when somebody asks, or has asked
 * before.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import type { SummaryPort } from "./api/summary.ts";
import type { SendPort } from "./api/summary_send.ts";
import type { Zone } from "./core/day.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import { untilAborted } from "./os/supervisor.ts";
import type { Store } from "./store/mod.ts";
import type { SendService } from "./summary_send.ts";

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
  readonly #loaded = Promise.withResolvers<SendService>();
  #service: Promise<SendService> | undefined;

  constructor(private readonly options: SendPartOptions) {}

  /** Loaded when first asked for. */
  readonly load = (): Promise<SendPort> => this.#load();

  /** Sends what is due at its times, and what sessions ask for at their end, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#isAsked()) await this.#load();
    const service = await Promise.race([this.#loaded.promise, untilAborted(signal)]);
    await service?.run(signal);
  }

  #isAsked(): boolean {
    const { settings, focusSends } = this.options.store;
    const schedules = settings.get("summary_schedules") as readonly unknown[] | undefined;
    return (schedules?.length ?? 0) > 0 || focusSends.wishes().length > 0;
  }

  #load(): Promise<SendService> {
    return this.#service ??= this.#open();
  }

  async #open(): Promise<SendService> {
    const { SendService } = await import("./summary_send.ts");
    const service = new SendService({
      ...this.options,
      report: (status, detail) => this.options.health.set("summaries", status, detail),
    });
    this.#loaded.resolve(service);
    return service;
  }
}
