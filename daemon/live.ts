/**
 * What the dashboard is told as it happens; nothing is computed while nobody listens.
 * @module
 */
import type { Hub } from "./core/hub.ts";
import type { ActivityEvent } from "./core/types.ts";
import { toWireEvent } from "./api/wire.ts";

const METRICS_INTERVAL_MS = 1_000;

/** Publishes committed events at once, and the day's totals at most once a second. */
export class Live {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly hub: Hub,
    private readonly eventsOf: (ids: readonly number[]) => ActivityEvent[],
    private readonly todaysTotals: () => unknown,
  ) {}

  committed(ids: readonly number[]): void {
    if (this.hub.hears("event")) {
      for (const event of this.eventsOf(ids)) this.hub.publish("event", toWireEvent(event));
    }
    this.totalsChanged();
  }

  totalsChanged(): void {
    if (!this.hub.hears("metrics")) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.hub.publish("metrics", this.todaysTotals());
    }, METRICS_INTERVAL_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
