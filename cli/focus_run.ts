/**
 * A focus session in a terminal, from its first picture to its end.
 * @module
 */
import {
  createTally,
  type FocusSpan,
  type FocusTotals,
  SpanBuilder,
  tally,
} from "../daemon/core/focus.ts";
import type { FocusAlarms } from "./focus_alarms.ts";
import type { AttentionOptions, CameraSource, Eyes, Seen, WatchUpdate } from "./focus_host.ts";
import type { Screen } from "./focus_screen.ts";
import { reasonWords } from "./focus_style.ts";
import type { LiveState } from "./focus_view.ts";
import { green, yellow } from "./style.ts";
import { clean } from "./text.ts";

export interface RunOptions {
  readonly eyes: Eyes;
  readonly source: CameraSource;
  /** Pictures a second. */
  readonly rate: number;
  readonly attention: AttentionOptions;
  /** How long it is meant to be; a film has its own length. */
  readonly plannedMs?: number;
  /** The session's clock; a film has its own, from 0. */
  readonly nowMs: () => number;
  readonly screen: Screen;
  /** @default none: nobody sits before a film */
  readonly alarms?: FocusAlarms;
  /** Takes the spans of the session, in order, on its clock. */
  readonly onSpans: (spans: readonly FocusSpan[]) => void;
  /** The pose was learned, and is worth keeping. */
  readonly onLearned: (calibration: NonNullable<AttentionOptions["calibration"]>) => void;
  readonly signal: AbortSignal;
}

export class FocusRun {
  #tally = createTally();
  #builder = new SpanBuilder();
  #attention: AttentionOptions;
  #last: Seen | undefined;
  #looking: AbortController | undefined;
  #paused: PromiseWithResolvers<void> | undefined;
  #endMs = Infinity;
  #isOver = false;
  /** Where a film ended, and how long it says it is. */
  #filmMs: number | undefined;
  #lengthMs: number | undefined;

  constructor(private readonly options: RunOptions) {
    this.#attention = options.attention;
  }

  get totals(): FocusTotals {
    return this.#tally.totals;
  }

  /**
   * Runs until the planned time is over, the film is, or `signal` aborts.
   * @throws {Error} when a film cannot be read, or there is no ffmpeg.
   */
  async run(): Promise<void> {
    const { signal } = this.options;
    while (!this.#isOver && !signal.aborted) {
      await this.#look();
      if (this.#paused) await this.#rest(this.#paused.promise);
    }
  }

  /** Stops counting and lets go of the camera; or goes on. */
  togglePause(): void {
    if (this.#paused) this.#paused.resolve();
    else {
      this.#paused = Promise.withResolvers();
      this.#looking?.abort();
    }
  }

  /** Ends it before its time. */
  stop(): void {
    this.#isOver = true;
    this.#looking?.abort();
    this.#paused?.resolve();
  }

  async #look(): Promise<void> {
    const { eyes, source, rate, signal, nowMs, plannedMs = Infinity } = this.options;
    const isFilm = source.kind === "film";
    this.#looking = new AbortController();
    if (!isFilm) {
      const startMs = nowMs();
      this.#endMs = startMs + plannedMs - this.totals.totalMs;
      // Until the first picture nobody knows anything, but it is time of the session.
      this.#builder.add(startMs, "uncertain");
    }
    const looking = eyes.look(source, {
      ...{ rate, nowMs, attention: this.#attention },
      signal: AbortSignal.any([signal, this.#looking.signal]),
    });
    try {
      for await (const update of looking) {
        this.#take(update);
        if (this.#isOver) break;
      }
    } finally {
      const untilMs = isFilm ? this.#filmMs : Math.min(nowMs(), this.#endMs);
      this.#count(this.#builder.take(untilMs));
      // What comes after a pause does not continue what was before.
      this.#builder = new SpanBuilder();
    }
  }

  async #rest(goOn: Promise<void>): Promise<void> {
    const { signal } = this.options;
    this.#show(undefined);
    const ended = Promise.withResolvers<void>();
    const onAbort = () => ended.resolve();
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    await Promise.race([goOn, ended.promise]);
    signal.removeEventListener("abort", onAbort);
    this.#paused = undefined;
  }

  #take(update: WatchUpdate): void {
    const { screen, alarms, onLearned } = this.options;
    if (update.kind === "trouble") {
      return screen.say(yellow(`${clean(update.message)}; until then it counts as uncertain`));
    }
    if (update.kind === "well") return screen.say(green("The camera gives pictures again"));
    if (update.kind === "length") {
      this.#lengthMs = update.lengthMs;
      return;
    }
    if (update.kind === "end") {
      this.#isOver = true;
      this.#filmMs = update.atMs;
      if (update.problem) screen.say(yellow(clean(update.problem)));
      return;
    }
    const { atMs, attention } = update;
    if (atMs >= this.#endMs) {
      this.#isOver = true;
      return;
    }
    this.#builder.add(atMs, attention.state);
    this.#count(this.#builder.take());
    this.#last = update;
    const { calibration } = attention;
    if (calibration && !this.#attention.calibration) {
      this.#attention = { ...this.#attention, calibration };
      onLearned(calibration);
    }
    this.#show(update);
    alarms?.take(update);
  }

  #count(spans: readonly FocusSpan[]): void {
    for (const span of spans) this.#tally = tally(this.#tally, span);
    this.options.onSpans(spans);
  }

  #show(seen: Seen | undefined): void {
    const { source, plannedMs, screen } = this.options;
    const attention = (seen ?? this.#last)?.attention;
    const live: LiveState = {
      state: attention?.state ?? "uncertain",
      reason: reasonWords(attention?.reason),
      totals: this.totals,
      wholeMs: plannedMs ?? this.#lengthMs,
      isFilm: source.kind === "film",
      isPaused: this.#paused !== undefined,
      isAlarm: (attention?.alert ?? 0) >= 2,
      isDrowsy: attention?.isDrowsy,
      isLearning: attention?.isLearning,
    };
    screen.show(live, seen);
  }
}
