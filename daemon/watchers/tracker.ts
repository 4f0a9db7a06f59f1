/**
 * The tracker: runs the watchers, lets the recorder judge what they prove, and stores it.
 * @module
 */
import { UnavailableError, UnsupportedError } from "../core/errors.ts";
import type { Clock, Watcher, WatcherUpdate } from "../core/ports.ts";
import type { Heartbeat } from "../core/heartbeat.ts";
import type { FocusedWindow } from "../core/types.ts";
import {
  type Evidence,
  judgePresence,
  type Presence,
  type PresenceInput,
} from "../core/presence.ts";
import { type Instant, record, type RecorderInput, type RecorderState } from "../core/recorder.ts";
import type { PartStatus } from "../core/health.ts";
import { supervise } from "../os/supervisor.ts";
import { runFirstSupported } from "./mod.ts";

export interface TrackerOptions {
  readonly clock: Clock;
  readonly afkLimitMs: number;
  readonly env: (name: string) => string | undefined;
  readonly watchers?: readonly Watcher[];
  /** What is known of the time before; nothing is dated back over it. @default nothing */
  readonly before?: Pick<RecorderState, "floorMs" | "isApart">;
  /** What of a window may be known at all; `undefined`: nothing. Asked before anything else sees the window. */
  readonly privacy: (window: FocusedWindow) => FocusedWindow | undefined;
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
  #state: RecorderState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #presence: Presence = {};
  #presenceTimer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  #isPaused = false;
  /** What is recorded next is apart from what was before, however short the pause was. */
  #isApart = false;
  #isAsleep = false;
  /** The window in front as the watcher told it: kept for new privacy rules, and shown to nobody. */
  #seen: FocusedWindow | undefined;
  #unsaved: Heartbeat[] = [];
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly options: TrackerOptions) {
    this.#state = { ...options.before };
  }

  get state(): RecorderState {
    return this.#state;
  }

  /** Tracks until `signal` aborts, then stores what is open. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#watch("window", signal), this.#watch("idle", signal)]);
    this.#take({ kind: "stop" });
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#presenceTimer);
    await this.#saving;
    if (this.#unsaved.length > 0) {
      this.options.onLost(
        new Error("the database could not be written until the end"),
        this.#unsaved,
      );
    }
  }

  /**
   * Takes in that somebody was there between two moments (UTC, the later one at most some seconds ago) though
   * they may not have touched anything: a camera saw them, or they listen. Such a person is not AFK.
   */
  present(fromMs: number, toMs: number, evidence: Evidence = "seen"): void {
    if (!this.#stopped) this.#judge({ kind: "present", fromMs, toMs, evidence });
  }

  /** The screen is locked, or no more; `undefined`: nobody can tell any more. Whoever locks it is AFK. */
  lock(isLocked: boolean | undefined): void {
    if (this.#stopped) return;
    if (isLocked === undefined) this.#judge({ kind: "unsure" });
    else this.#judge({ kind: isLocked ? "locked" : "unlocked", atMs: this.options.clock.nowMs() });
  }

  /** The machine goes to sleep, or is awake again: nothing between the two is recorded. */
  sleep(isAsleep: boolean): void {
    if (this.#stopped || isAsleep === this.#isAsleep) return;
    this.#isAsleep = isAsleep;
    const at = this.#now();
    this.#take({ kind: isAsleep ? "sleep" : "wake", atMs: at.nowMs }, at);
  }

  /** Looks at the window in front again: the privacy rules have changed. */
  refresh(): void {
    if (this.#stopped || this.#isPaused || this.#state.window === undefined && !this.#seen) return;
    this.#takeWindow(this.#seen, this.#now().nowMs);
  }

  /** Stores what is open and records nothing; or goes on with what is in front now. */
  pause(isPaused: boolean): void {
    if (this.#stopped || isPaused === this.#isPaused) return;
    if (isPaused) this.#take({ kind: "stop" });
    this.#isPaused = isPaused;
    this.#isApart = true;
    if (isPaused) return;
    const { isAway } = this.#presence;
    const atMs = this.#now().nowMs;
    this.#take({ kind: "start" });
    if (this.#isAsleep) this.#take({ kind: "sleep", atMs });
    if (isAway !== undefined) this.#take({ kind: isAway ? "afk" : "not-afk", atMs });
    this.refresh();
  }

  #takeWindow(seen: FocusedWindow | undefined, atMs: number): void {
    this.#seen = seen;
    const window = seen && this.options.privacy(seen);
    const before = this.#state.window;
    // Of two titles that may not be known the second is no other window.
    const isSame = before && window && before.app === window.app &&
      before.title === window.title && before.url === window.url;
    if (!isSame) this.#take({ kind: "window", atMs, window });
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
          emit: (update: WatcherUpdate) =>
            update.kind === "window"
              ? this.#takeWindow(update.window, update.atMs)
              : this.#judge(update),
        }, watchers);
      } catch (error) {
        if (!(error instanceof UnsupportedError)) throw error;
        report(watches, "off", error.message);
      } finally {
        if (!signal.aborted) {
          if (watches === "idle") this.#judge({ kind: "lost" });
          else {
            this.#seen = undefined;
            this.#take({ kind: "lost", watches });
          }
        }
      }
    };
    await supervise(run, {
      signal,
      onFailure: (error, retryInMs) =>
        report(watches, "degraded", `${error.message}; next try in ${retryInMs / 1000} s`),
    });
  }

  /** Tells the recorder who is away; a timer runs only while evidence keeps somebody without input here. */
  #judge(input: PresenceInput): void {
    const at = this.#now();
    const step = judgePresence(this.#presence, input, { at, limitMs: this.options.afkLimitMs });
    this.#presence = step.presence;
    clearTimeout(this.#presenceTimer);
    this.#presenceTimer = step.dueInMs === undefined
      ? undefined
      : setTimeout(() => this.#judge({ kind: "due" }), step.dueInMs);
    if (step.isUnknown) this.#take({ kind: "lost", watches: "idle" }, at);
    if (step.update) this.#take(step.update, at);
  }

  #now(): Instant {
    const { clock } = this.options;
    return { nowMs: clock.nowMs(), monoMs: clock.monoMs() };
  }

  #take(input: RecorderInput, at = this.#now()): void {
    if (this.#isPaused) return;
    const { onState } = this.options;
    const before = this.#state;
    const step = record(before, input, at);
    this.#state = step.state;
    clearTimeout(this.#timer);
    this.#timer = step.tickInMs === undefined
      ? undefined
      : setTimeout(() => this.#take({ kind: "tick" }), step.tickInMs);
    if (step.beats.length > 0) this.#save(this.#apart(step.beats));
    if (before.window !== step.state.window || before.afk !== step.state.afk) onState(step.state);
  }

  /** The first heartbeats after a pause join nothing: the time between is nobody's to know. */
  #apart(beats: readonly Heartbeat[]): readonly Heartbeat[] {
    if (!this.#isApart) return beats;
    this.#isApart = false;
    return beats.map((beat, i) => i === 0 ? { ...beat, pulsetimeMs: undefined } : beat);
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
