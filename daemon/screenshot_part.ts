/**
 * Screenshots as a part of the daemon: loaded when one is to be taken, or asked for.
 * @module
 */
import type { ScreenshotPort } from "./api/screenshots.ts";
import type { Config } from "./config/load.ts";
import { ConflictError } from "./core/errors.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { RecorderState } from "./core/recorder.ts";
import type { ScreenshotReason } from "./core/screenshot.ts";
import type { Classification, FocusedWindow, Subject } from "./core/types.ts";
import { exists } from "./os/files.ts";
import { abortableDelay, untilAborted } from "./os/supervisor.ts";
import type { ScreenshotService } from "./screenshot_service.ts";
import type { Store } from "./store/mod.ts";

export interface ScreenshotPartOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly env: (name: string) => string | undefined;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly recorderState: () => RecorderState;
  readonly classify: (subject: Subject) => Classification;
  /** Whether a window may be in no screenshot. */
  readonly isPrivate: (window: FocusedWindow) => boolean;
  /** `undefined`: nobody can tell. */
  readonly isLocked: () => boolean | undefined;
  readonly isPaused: () => boolean;
}

/** Old pictures are looked for when the start is over, and then so often. */
const FIRST_ENFORCE_MS = 60_000, ENFORCE_MS = 3_600_000;

export class ScreenshotPart {
  #service: Promise<ScreenshotService> | undefined;
  #isTaking = false;
  #isNoise = false;
  #noiseTimer: ReturnType<typeof setTimeout> | undefined;
  /** Aborts when the settings change: the time to the next picture is another. */
  #pace = new AbortController();

  constructor(private readonly options: ScreenshotPartOptions) {}

  /** Loaded when first asked for. */
  readonly load = (): Promise<ScreenshotPort> => this.#load();

  /** What is in front has changed. */
  stateChanged({ window, afk }: RecorderState): void {
    if (!this.#isTaking) return;
    const isNoise = window !== undefined && afk !== true &&
      this.options.classify(window).class === "noise";
    if (isNoise === this.#isNoise) return;
    this.#isNoise = isNoise;
    clearTimeout(this.#noiseTimer);
    if (isNoise) this.#aside(this.#enterNoise());
  }

  /** Lets old ones go until `signal` aborts; with `takes`, takes them as the user set it. */
  async run(signal: AbortSignal, { takes }: { readonly takes: boolean }): Promise<void> {
    const isOn = this.#isOn && takes;
    this.#isTaking = isOn;
    if (isOn) {
      await this.#announce();
      this.stateChanged(this.options.recorderState());
    } else {
      const reason = takes
        ? "switched off; PRODTRACKER_SCREENSHOTS=true takes them"
        : "not tracking";
      this.options.health.set("screenshots", "off", reason);
    }
    await Promise.all([this.#letGo(signal), isOn && this.#takeByTheClock(signal)]);
    this.#isTaking = false;
    clearTimeout(this.#noiseTimer);
  }

  async close(): Promise<void> {
    clearTimeout(this.#noiseTimer);
    await (await this.#service?.catch(() => undefined))?.close();
  }

  get #isOn(): boolean {
    return this.options.config.settings.PRODTRACKER_SCREENSHOTS === true;
  }

  async #enterNoise(): Promise<void> {
    const { onNoise, noiseSeconds } = (await this.#load()).settings();
    if (!onNoise || !this.#isNoise || !this.#isTaking) return;
    clearTimeout(this.#noiseTimer);
    this.#noiseTimer = setTimeout(() => this.#aside(this.#shootNoise()), noiseSeconds * 1_000);
  }

  async #shootNoise(): Promise<void> {
    const { store, clock } = this.options;
    const pauseMs = (await this.#load()).settings().noiseMinutes * 60_000;
    const lastMs = store.screenshots.lastMs("noise") ?? -Infinity;
    // Of a clock that was set back the last one may lie ahead.
    const isSoon = Math.abs(clock.nowMs() - lastMs) < pauseMs;
    if (this.#isNoise && this.#isTaking && !isSoon) await this.#take("noise");
  }

  async #takeByTheClock(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#pace = new AbortController();
      const either = AbortSignal.any([signal, this.#pace.signal]);
      const minutes = await this.#intervalMinutes();
      await (minutes === undefined
        ? untilAborted(either)
        : abortableDelay(minutes * 60_000, either));
      // Whoever is away leaves a screen that has been seen.
      const isAway = this.options.recorderState().afk === true;
      if (!either.aborted && !isAway) await this.#take("interval");
    }
  }

  /** `undefined`: none, or nobody can tell until the settings are set anew. */
  async #intervalMinutes(): Promise<number | undefined> {
    try {
      return (await this.#load()).settings().intervalMinutes;
    } catch (error) {
      this.#hindered(error as Error);
    }
  }

  /** Takes one that nobody waits for. */
  async #take(reason: ScreenshotReason): Promise<void> {
    try {
      await (await this.#load()).take(reason);
      await this.#announce();
    } catch (error) {
      // That there is to be none just now is as it should be.
      if (error instanceof ConflictError) return await this.#announce(error.message);
      this.#hindered(error as Error);
    }
  }

  /** Something that nobody waits for. */
  #aside(work: Promise<void>): void {
    work.catch((error) => this.#hindered(error));
  }

  #hindered({ message }: Error): void {
    this.options.health.set("screenshots", "degraded", message);
  }

  /** Says when they are taken, or why they cannot be. */
  async #announce(last?: string): Promise<void> {
    const { health } = this.options;
    try {
      const service = await this.#load();
      service.assertPossible();
      const { onNoise, intervalMinutes, noiseSeconds } = service.settings();
      const when = [
        ...(onNoise ? [`after ${noiseSeconds} s of noise`] : []),
        ...(intervalMinutes === undefined ? [] : [`every ${intervalMinutes} min`]),
      ];
      const words = when.join(", ") || "by command only";
      health.set(
        "screenshots",
        "ok",
        last === undefined ? words : `${words}; the last one: ${last}`,
      );
    } catch (error) {
      this.#hindered(error as Error);
    }
  }

  async #letGo(signal: AbortSignal): Promise<void> {
    await abortableDelay(FIRST_ENFORCE_MS, signal);
    while (!signal.aborted) {
      try {
        if (exists(`${this.options.config.dataDir}/screenshots`)) {
          await (await this.#load()).enforce();
        }
      } catch (error) {
        this.#hindered(error as Error);
      }
      await abortableDelay(ENFORCE_MS, signal);
    }
  }

  #load(): Promise<ScreenshotService> {
    return this.#service ??= this.#open();
  }

  async #open(): Promise<ScreenshotService> {
    const { ScreenshotService } = await import("./screenshot_service.ts");
    return new ScreenshotService({
      ...this.options,
      dataDir: this.options.config.dataDir,
      isOn: this.#isOn,
      onSettings: () => {
        this.#pace.abort();
        if (this.#isTaking) this.#aside(this.#announce());
      },
    });
  }
}
