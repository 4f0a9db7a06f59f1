/**
 * Tracking as a part of the daemon: what the tracker proves goes through the privacy rules, into the store, and
 * to whoever listens.
 * @module
 */
import { toWireState } from "./api/wire.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Heartbeat } from "./core/heartbeat.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock, Watcher } from "./core/ports.ts";
import type { Evidence } from "./core/presence.ts";
import type { RecorderState } from "./core/recorder.ts";
import type { Classification, FocusedWindow, Subject } from "./core/types.ts";
import { STORE_OK } from "./database_health.ts";
import type { Live } from "./live.ts";
import { logFor } from "./os/log.ts";
import type { Store } from "./store/mod.ts";
import { Tracker, type TrackerOptions } from "./watchers/tracker.ts";

export interface TrackerPartOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly afkLimitMs: number;
  readonly env: (name: string) => string | undefined;
  readonly watchers?: readonly Watcher[];
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly live: Live;
  readonly classify: (subject: Subject) => Classification;
  /** What of a window may be known; `undefined`: nothing. */
  readonly privacy: (window: FocusedWindow) => FocusedWindow | undefined;
  /** When the last pause ended (UTC), or `-Infinity`. */
  readonly recordingSinceMs: () => number;
  /** Called whenever what is in front, or AFK, has changed. */
  readonly onState: (state: RecorderState) => void;
}

export class TrackerPart {
  #tracker: Tracker | undefined;
  #isPaused = false;

  constructor(private readonly options: TrackerPartOptions) {}

  /** What is in front and who is away; empty while nothing is tracked. */
  get state(): RecorderState {
    return this.#tracker?.state ?? {};
  }

  get isOn(): boolean {
    return this.#tracker !== undefined;
  }

  /** Tracks until `signal` aborts; until this is called nothing is. */
  async run(signal: AbortSignal): Promise<void> {
    const { store, clock, afkLimitMs, env, watchers, health, hub, live, classify, privacy } =
      this.options;
    const log = logFor("daemon");
    this.#tracker = new Tracker({
      ...{ clock, afkLimitMs, env, watchers, privacy, before: this.#before() },
      store: async (beats) => {
        try {
          // Once more: some waited for the database while a rule was added.
          live.committed(await store.record(beats.flatMap((beat) => known(beat, privacy))));
          if (!store.salvage) health.set("store", "ok", STORE_OK);
        } catch (error) {
          health.set("store", "degraded", (error as Error).message);
          throw error;
        }
      },
      onState: (state) => {
        hub.publish("state", toWireState(state, true, classify));
        this.options.onState(state);
      },
      report: (part, status, detail) => health.set(part, status, detail),
      onLost: (error, beats) =>
        log.error("heartbeats were lost", { count: beats.length, reason: error.message }),
    });
    this.#tracker.pause(this.#isPaused);
    await this.#tracker.run(signal);
  }

  /**
   * Whoever was known to be there in an earlier run, though they touched nothing, was not away then; and a pause stays
   * one.
   */
  #before(): TrackerOptions["before"] {
    const { store, clock, recordingSinceMs } = this.options;
    const thereMs = store.lastThereMs() ?? -Infinity, sinceMs = recordingSinceMs();
    const floorMs = Math.min(clock.nowMs(), Math.max(thereMs, sinceMs));
    return { floorMs: Math.max(0, floorMs), ...sinceMs > thereMs && { isApart: true } };
  }

  /** Somebody was there between two moments (UTC), though they may not have touched anything. */
  present(fromMs: number, toMs: number, evidence?: Evidence): void {
    this.#tracker?.present(fromMs, toMs, evidence);
  }

  /** Whether the screen is locked; `undefined`: nobody can tell any more. */
  lock(isLocked: boolean | undefined): void {
    this.#tracker?.lock(isLocked);
  }

  /** The machine goes to sleep, or is awake again. */
  sleep(isAsleep: boolean): void {
    this.#tracker?.sleep(isAsleep);
  }

  /** The privacy rules have changed. */
  refresh(): void {
    this.#tracker?.refresh();
  }

  /** Records nothing; or goes on. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#tracker?.pause(isPaused);
  }
}

/** What of a heartbeat may be stored: one, or none. */
function known(beat: Heartbeat, privacy: TrackerPartOptions["privacy"]): Heartbeat[] {
  if (beat.source !== "window") return [beat];
  const left = privacy(beat.subject);
  if (!left) return [];
  const { app, title, url } = left;
  return [{ ...beat, subject: { app, title, url } }];
}
