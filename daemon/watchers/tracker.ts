/**
 * The tracker: runs the watchers, lets the recorder judge what they prove, and stores it.
 * @module
 */
import { UnavailableError, UnsupportedError } from "../core/errors.ts";
import type { Clock, Watcher, WatcherUpdate } from "../core/ports.ts";
import type { Heartbeat } from "../core/heartbeat.ts";
import { record, type RecorderInput, type RecorderState } from "../core/recorder.ts";
import type { PartStatus } from "../core/health.ts";
import { supervise } from "../os/supervisor.ts";
import { runFirstSupported } from "./mod.ts";

export interface TrackerOptions {
  readonly clock: Clock;
  readonly afkLimitMs: number;
  readonly env: (name: string) => string | undefined;
  readonly watchers?: readonly Watcher[];
  /** Stores heartbeats; resolves after the commit. */
  store(beats: readonly Heartbeat[]): Promise<void>;
  /** Called whenever what is in front, or AFK, has changed. */
  onState(state: RecorderState): void;
  report(part: "window" | "idle", status: PartStatus, detail: string): void;
  /** Heartbeats that could not be stored, after the last try. */
  onLost(error: Error, beats: readonly Heartbeat[]): void;
}

/** How many heartbeats wait for a database that cannot save now: at least an hour of work. */
const MAX_UNSAVED = 5_000;

export class Tracker {
  #state: RecorderState = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsaved: Heartbeat[] = [];
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly options: TrackerOptions) {}

  get state(): RecorderState {
    return this.#state;
  }

  /** Tracks until `signal` aborts, then stores what is open. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#watch("window", signal), this.#watch("idle", signal)]);
    this.#take({ kind: "stop" });
    clearTimeout(this.#timer);
    await this.#saving;
    if (this.#unsaved.length > 0) {
      this.options.onLost(
        new Error("the database could not be written until the end"),
        this.#unsaved,
      );
    }
  }

  async #watch(watches: "window" | "idle", signal: AbortSignal): Promise<void> {
    const { clock, afkLimitMs, env, report, watchers } = this.options;
    report(watches, "starting", "looking for a desktop session");
    const run = async () => {
      try {
        return await runFirstSupported(watches, {
          clock,
          afkLimitMs,
          env,
          signal,
          ready: (detail) => report(watches, "ok", detail),
          emit: (update: WatcherUpdate) => this.#take(update),
        }, watchers);
      } catch (error) {
        if (!(error instanceof UnsupportedError)) throw error;
        report(watches, "off", error.message);
      } finally {
        if (!signal.aborted) this.#take({ kind: "lost", watches });
      }
    };
    await supervise(run, {
      signal,
      onFailure: (error, retryInMs) =>
        report(watches, "degraded", `${error.message}; next try in ${retryInMs / 1000} s`),
    });
  }

  #take(input: RecorderInput): void {
    const { clock, onState } = this.options;
    const before = this.#state;
    const step = record(before, input, { nowMs: clock.nowMs(), monoMs: clock.monoMs() });
    this.#state = step.state;
    clearTimeout(this.#timer);
    this.#timer = step.tickInMs === undefined
      ? undefined
      : setTimeout(() => this.#take({ kind: "tick" }), step.tickInMs);
    if (step.beats.length > 0) this.#save(step.beats);
    if (before.window !== step.state.window || before.afk !== step.state.afk) onState(step.state);
  }

  /** Stores in order; what cannot be stored now goes with the next heartbeat. */
  #save(beats: readonly Heartbeat[]): void {
    this.#unsaved.push(...beats);
    this.#saving = this.#saving.then(async () => {
      const batch = this.#unsaved.splice(0);
      if (batch.length === 0) return;
      try {
        await this.options.store(batch);
      } catch (error) {
        // Only what is down comes back; a heartbeat that cannot be stored at all would block the rest.
        if (!(error instanceof UnavailableError)) return this.options.onLost(error as Error, batch);
        this.#unsaved.unshift(...batch);
        const excess = this.#unsaved.splice(0, Math.max(0, this.#unsaved.length - MAX_UNSAVED));
        if (excess.length > 0) this.options.onLost(error as Error, excess);
      }
    });
  }
}
