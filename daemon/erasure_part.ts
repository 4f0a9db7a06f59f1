/**
 * Erasing as a part of the daemon: what was asked for, what is still pending, and what has become too old.
 * @module
 */
import { type ErasurePort, wireProgress } from "./api/erasure.ts";
import type { Turns } from "./backups.ts";
import type { Config } from "./config/load.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import { oldestKeptMs, RETENTION_SETTING, retentionOf } from "./core/retention.ts";
import type { ErasureService } from "./erasure_service.ts";
import { abortableDelay } from "./os/supervisor.ts";
import type { PhonePart } from "./phone_part.ts";
import type { PrivacyService } from "./privacy_service.ts";
import type { Store } from "./store/mod.ts";

export interface ErasurePartOptions {
  readonly config: Pick<Config, "dataDir" | "databasePath">;
  readonly store: Store;
  readonly clock: Clock;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly privacy: Pick<PrivacyService, "rules">;
  readonly phones: Pick<PhonePart, "forgetLive">;
  /** Copying waits while the database is erased. */
  readonly turns: Turns;
  /** The past has changed. */
  readonly onChanged: () => void;
}

const NAME = "erasing";
const RETRY_MS = 3_600_000;
/** What has become too old is looked for when the start is over, and once a day. */
const FIRST_PRUNE_MS = 90_000, PRUNE_MS = 86_400_000;

export class ErasurePart {
  #service: Promise<ErasureService> | undefined;
  #hadTrouble = false;

  constructor(private readonly options: ErasurePartOptions) {}

  /** Loaded when first asked for. */
  readonly load = (): Promise<ErasurePort> => this.#load();

  /**
   * Before anybody reads: a database that was made anew of older ones may hold what was erased since, or was to be.
   */
  async settle(): Promise<void> {
    const { store } = this.options;
    if (store.salvage && store.erasures.hasPending()) await (await this.#load()).applyAgain();
  }

  /** Tries what is pending again, and erases what has become too old, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#retry(signal), this.#prune(signal)]);
  }

  async close(): Promise<void> {
    await (await this.#service?.catch(() => undefined))?.close();
  }

  async #retry(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#guard(async () => {
        if (this.options.store.erasures.hasPending()) await (await this.#load()).tryAgain();
      }, signal);
      await abortableDelay(RETRY_MS, signal);
    }
  }

  async #prune(signal: AbortSignal): Promise<void> {
    await abortableDelay(FIRST_PRUNE_MS, signal);
    while (!signal.aborted) {
      await this.#guard(() => this.#pruneOnce(), signal);
      await abortableDelay(PRUNE_MS, signal);
    }
  }

  async #pruneOnce(): Promise<void> {
    const { store, clock } = this.options;
    const nowMs = clock.nowMs();
    const kept = retentionOf(store.settings.get(RETENTION_SETTING));
    await store.erasures.prune({
      nowMs,
      messagesBeforeMs: oldestKeptMs(kept.messages_days, nowMs),
      loopBeforeMs: oldestKeptMs(kept.loop_days, nowMs),
    });
    const oldestMs = oldestKeptMs(kept.events_days, nowMs);
    if (oldestMs === undefined || !store.erasures.hasEventsBefore(oldestMs)) return;
    await (await this.#load()).eraseOlderThan(oldestMs);
  }

  async #guard(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) this.#say((error as Error).message);
    }
  }

  /** A part that never had trouble is not listed. */
  #say(problem: string | undefined): void {
    if (problem === undefined && !this.#hadTrouble) return;
    this.#hadTrouble = true;
    const { health } = this.options;
    if (problem === undefined) health.set(NAME, "ok", "nothing is pending");
    else health.set(NAME, "degraded", problem);
  }

  #load(): Promise<ErasureService> {
    return this.#service ??= this.#open();
  }

  async #open(): Promise<ErasureService> {
    const { config, store, clock, hub, privacy, phones, turns, onChanged } = this.options;
    const { ErasureService } = await import("./erasure_service.ts");
    return new ErasureService({
      ...{ dataDir: config.dataDir, databasePath: config.databasePath },
      ...{ store, clock, turns, onChanged },
      forgetPhones: () => phones.forgetLive(),
      privacyRules: () => privacy.rules,
      onProgress: (progress) => hub.publish("erasure", wireProgress(progress)),
      onPending: (problem) => this.#say(problem),
    });
  }
}
