/**
 * What the loop remembers, and what becomes of it when somebody answers or sets the clock.
 * @module
 */
import { type LoopRule, type LoopStep, minutesMs } from "./loop_config.ts";
import type { Counted } from "./loop_rules.ts";

/** A moment by three clocks. */
export interface LoopMoment {
  /** UTC. */
  readonly nowMs: number;
  /** Time that went by, sleep included; nobody can set it. */
  readonly upMs: number;
  /** The reading of the local clock, as if it were UTC. */
  readonly localMs: number;
}

export interface Episode {
  readonly sinceMs: number;
  /** When the condition was last seen to hold. */
  readonly lastMs: number;
  /** The last step that was taken; after a block that was refused nothing more comes. */
  readonly step?: LoopStep;
  readonly stepMs?: number;
  /** Somebody asked for more time after that step. */
  readonly isSnoozed: boolean;
  /** That the next step is held back has been told. */
  readonly isNoted: boolean;
}

/** Plain data; a new one is made for each look. */
export interface LoopState {
  /** When it looked last, and how much noise the day had then. */
  readonly seen?: Pick<LoopMoment, "nowMs" | "upMs"> & { readonly noiseTodayMs: number };
  readonly lastStepMs?: number;
  readonly snoozedUntilMs?: number;
  readonly episodes: Readonly<Partial<Record<LoopRule, Episode>>>;
  readonly counted: Readonly<Partial<Record<LoopRule, Counted>>>;
  /** What was told last, while it is still true. */
  readonly shown?: TakenStep;
}

export interface TakenStep {
  readonly rule: LoopRule;
  readonly step: LoopStep;
  readonly explanation: string;
}

export const NO_LOOP_STATE: LoopState = { episodes: {}, counted: {} };

/** How far the clocks may drift apart before somebody has set the time. */
const JUMP_MS = 2_000;

/**
 * The state in which nothing is shown for so many minutes; 0: no longer. That more time was asked for
 * after the last step stays known, however it ends.
 */
export function snooze(before: LoopState, minutes: number, at: LoopMoment): LoopState {
  const state = afterJump(before, at);
  const { nowMs, upMs } = at;
  const seen = state.seen && { ...state.seen, nowMs, upMs };
  if (minutes === 0) {
    return {
      ...state,
      seen,
      snoozedUntilMs: state.snoozedUntilMs === undefined ? undefined : nowMs,
    };
  }
  return {
    ...state,
    seen,
    snoozedUntilMs: nowMs + Math.round(minutesMs(minutes)),
    shown: undefined,
    episodes: eachEpisode(state, (episode) => ({ ...episode, isSnoozed: true })),
  };
}

/** The state in which what was shown has been answered. */
export function answered(state: LoopState): LoopState {
  return { ...state, shown: undefined };
}

/**
 * The state after the block that was decided on has begun: from here on all is counted anew. A block that
 * was refused is {@linkcode answered}, and not tried again in its episode.
 */
export function blocked(state: LoopState): LoopState {
  const { nowMs: fromMs, noiseTodayMs: toldNoiseMs } = state.seen!;
  const held = Object.entries(state.episodes).filter(([, { lastMs }]) => lastMs === fromMs);
  const told = held.map(([rule]) => [rule, { fromMs, toldNoiseMs }]);
  const others = Object.entries(state.episodes).filter(([, { lastMs }]) => lastMs !== fromMs);
  return {
    ...state,
    episodes: Object.fromEntries(others),
    counted: { ...state.counted, ...Object.fromEntries(told) },
  };
}

/** Somebody set the clock: what was counted by it moves along. */
export function afterJump(state: LoopState, { nowMs, upMs }: LoopMoment): LoopState {
  const { seen } = state;
  const jumpMs = seen ? (nowMs - seen.nowMs) - (upMs - seen.upMs) : 0;
  if (Math.abs(jumpMs) <= JUMP_MS) return state;
  const moved = (ms: number | undefined) => ms === undefined ? undefined : ms + jumpMs;
  return {
    ...state,
    lastStepMs: moved(state.lastStepMs),
    snoozedUntilMs: moved(state.snoozedUntilMs),
    episodes: eachEpisode(state, (episode) => ({
      ...episode,
      sinceMs: episode.sinceMs + jumpMs,
      lastMs: episode.lastMs + jumpMs,
      stepMs: moved(episode.stepMs),
    })),
    counted: Object.fromEntries(
      Object.entries(state.counted).map(([rule, { fromMs, ...rest }]) => [
        rule,
        { ...rest, fromMs: fromMs + jumpMs },
      ]),
    ),
  };
}

/** The episodes, each changed. */
export function eachEpisode(
  { episodes }: LoopState,
  change: (episode: Episode, rule: LoopRule) => Episode,
): LoopState["episodes"] {
  return Object.fromEntries(
    Object.entries(episodes).map(([rule, episode]) => [rule, change(episode, rule as LoopRule)]),
  );
}
