/**
 * Pauses: times in which nothing is recorded.
 * @module
 */
import { type PausePort, toWirePause } from "./api/pause.ts";
import type { Moment } from "./core/block_timing.ts";
import { localZone } from "./core/day.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import {
  advancePause,
  endPause,
  type Pause,
  type PauseStep,
  type PauseWish,
  remainingPauseMs,
  resumePause,
  untilText,
  wished,
} from "./core/pause.ts";
import type { Clock } from "./core/ports.ts";
import type { Span } from "./core/types.ts";
import { Alarm } from "./os/alarm.ts";
import { createUpClock } from "./os/clock.ts";
import { logFor } from "./os/log.ts";
import type { Store } from "./store/mod.ts";

export interface PauseServiceOptions {
  readonly store: Pick<Store, "pauses">;
  readonly clock: Clock;
  /** @default the machine's time since its start */
  readonly upClock?: { upMs(): number };
  readonly hub: Hub;
  readonly health: HealthBoard;
  /** Recording was stopped, or goes on. */
  readonly onChange: (isPaused: boolean) => void;
}

/** A clock that is set, and a sleep, are noticed so soon. */
const LOOK_MS = 20_000;
/** "12:00:07" is the whole second that begins then. */
const PHONE_SECOND_MS = 1_000;
/** Late heartbeats are taken for a day: pauses that ended longer ago matter to nobody. */
const RECENT_MS = 2 * 86_400_000;

export class PauseService implements PausePort {
  #running: Pause | undefined;
  /** When the clocks were read last; `undefined` before the first look. */
  #seen: Moment | undefined;
  /** Spans that are over, not older than {@linkcode RECENT_MS}. */
  #recent: Span[];
  /** Those of them that are not stored yet. */
  #unsaved: Span[] = [];
  #isSaved = true;
  /** When the last pause ended. */
  #endedMs: number | undefined;
  readonly #alarm = new Alarm();
  readonly #upClock: { upMs(): number };
  /** One change after the other. */
  #busy: Promise<unknown> = Promise.resolve();

  /** Reads what is stored: a pause that goes on goes on from the first moment. */
  constructor(private readonly options: PauseServiceOptions) {
    const { store, clock, upClock = createUpClock(clock.monoMs) } = options;
    this.#upClock = upClock;
    const nowMs = clock.nowMs();
    const stored = this.#running = store.pauses.running();
    this.#recent = store.pauses.endedSince(nowMs - RECENT_MS);
    const lastMs = this.#recent.at(-1)?.endMs;
    this.#endedMs = lastMs === undefined ? undefined : Math.min(lastMs, nowMs);
    if (stored) this.#take(resumePause(stored, nowMs), stored);
    this.#seen = this.#now();
  }

  get isPaused(): boolean {
    return this.#running !== undefined;
  }

  /** Whether a moment, at most two days ago, lies in a pause; phones count in whole seconds. */
  isPausedAt(atMs: number): boolean {
    const isIn = ({ startMs, endMs = Infinity }: Pick<Pause, "startMs" | "endMs">) =>
      atMs > startMs - PHONE_SECOND_MS && atMs < endMs;
    // From the newest on: most that is asked about is of just now.
    return this.#running !== undefined && isIn(this.#running) ||
      this.#recent.findLast(isIn) !== undefined;
  }

  /** Since when what is recorded is of one piece: the end of the last pause; `Infinity` in one. */
  get recordingSinceMs(): number {
    return this.#running ? Infinity : this.#endedMs ?? -Infinity;
  }

  now(): ReturnType<PausePort["now"]> {
    this.#look();
    return this.#running;
  }

  set(wish: PauseWish): Promise<void> {
    return this.#alone(async () => {
      this.#look();
      const before = this.#running, nowMs = this.#nowMs();
      const running = wished(wish, before, nowMs);
      if (!before && !running) return;
      const ended = before && !running ? endPause(before, nowMs) : [];
      // At once: what comes to the front while the disk is slow is not recorded either.
      if (running) this.#running = running;
      if (running && !before) this.options.onChange(true);
      try {
        await this.options.store.pauses.save([...this.#unsaved, ...ended], running);
      } catch (error) {
        if (running) this.#running = before;
        if (running && !before) this.options.onChange(false);
        throw error;
      }
      this.#unsaved = [];
      this.#isSaved = true;
      this.#keep({ ended, running }, before);
      this.#tell(before);
    });
  }

  /** Ends pauses in time, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#tell(undefined);
    while (!signal.aborted) {
      this.#look();
      await this.#alone(() => this.#save());
      const running = this.#running;
      const leftMs = running && remainingPauseMs(running, this.#nowMs());
      const waitMs = running || !this.#isSaved ? Math.min(leftMs ?? LOOK_MS, LOOK_MS) : undefined;
      await this.#alarm.wait(waitMs, signal);
    }
  }

  /** Takes in what the clocks say now. */
  #look(): void {
    const seen = this.#seen!, now = this.#seen = this.#now();
    const before = this.#running;
    if (!before) return;
    const step = advancePause(before, seen, now);
    if (step.running === before && step.ended.length === 0) return;
    this.#take(step, before);
    this.#tell(before);
  }

  #take(step: PauseStep, before: Pause | undefined): void {
    const { ended, running } = step;
    if (running === before && ended.length === 0) return;
    this.#unsaved.push(...ended);
    this.#isSaved = false;
    this.#keep(step, before);
  }

  #keep({ ended, running }: PauseStep, before: Pause | undefined): void {
    const nowMs = this.#nowMs();
    this.#recent = [...this.#recent, ...ended].filter(({ endMs }) => endMs > nowMs - RECENT_MS);
    this.#running = running;
    if (before && !running) this.#endedMs = Math.min(nowMs, ended.at(-1)?.endMs ?? nowMs);
  }

  /** Tells of a change; of a pause that goes on from before, too. */
  #tell(before: Pause | undefined): void {
    const { hub, health, onChange, clock } = this.options;
    const running = this.#running;
    if (running === before) return;
    if (!running !== !before) onChange(running !== undefined);
    if (running) {
      const until = untilText(running.endMs, clock.nowMs(), localZone);
      health.set("recording", "off", `paused ${until}; prodtracker pause off ends it`);
    } else health.set("recording", "ok", "the pause is over");
    hub.publish("pause", toWirePause(running));
    this.#alarm.ring();
  }

  async #save(): Promise<void> {
    if (this.#isSaved) return;
    const running = this.#running, ended = this.#unsaved;
    try {
      await this.options.store.pauses.save(ended, running);
    } catch (error) {
      // What is over stays over in this run; the next look tries again.
      logFor("pause").warn("a pause could not be stored", { reason: (error as Error).message });
      return;
    }
    this.#unsaved = this.#unsaved.slice(ended.length);
    this.#isSaved = running === this.#running && this.#unsaved.length === 0;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#busy.then(work);
    this.#busy = result.catch(() => {});
    return result;
  }

  #nowMs(): number {
    return this.options.clock.nowMs();
  }

  #now(): Moment {
    return { wallMs: this.#nowMs(), upMs: this.#upClock.upMs() };
  }
}
