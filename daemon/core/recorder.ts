/**
 * What the watchers report, turned into heartbeats: a pure state machine.
 *
 * ```text
 * focus     A───────────────B──────────────────────────────B────
 * input     ─────────────────────╳ no input      input ────╳
 * window    ├───── A ──────┤├─ B ──┤(5 s proof)            ├─ B ─
 * afk                            ├─────── afk ────────────┤
 *                                ↑ dated back to the last input
 * ```
 * While the person is away nothing is written; when they return the AFK event gets its end. A gap
 * between the two clocks (sleep, or somebody set the time) ends what is open at its last proof. Where the
 * system tells of a sleep, what is open ends there, AFK as well, and goes on when the machine is awake.
 * @module
 */
import type { Heartbeat } from "./heartbeat.ts";
import type { FocusedWindow, Subject } from "./types.ts";
import type { WatcherUpdate } from "./ports.ts";

/** How often an open window event is proved, so that a killed daemon loses no more than this. */
export const PROOF_INTERVAL_MS = 5_000;

/** The largest gap that the recorder's heartbeats bridge: a restart, a watcher that reconnects. */
export const PULSETIME_MS = 2 * PROOF_INTERVAL_MS;

/** Running time without a tick after which the gap is not counted: the process stood still. */
const STALE_MS = 2 * PULSETIME_MS;

/** How far the two clocks may drift apart between two inputs before it counts as a jump. */
export const JUMP_TOLERANCE_MS = 2_000;

/**
 * Running time after which a machine that was about to sleep is held for awake though nobody said so: the sleep came
 * to nothing, or whoever tells of its end is gone. Falling asleep takes logind 5 s at most, and the clock stands then.
 */
export const FALL_ASLEEP_MS = 30_000;

/** A reading of both clocks. */
export interface Instant {
  readonly nowMs: number;
  readonly monoMs: number;
}

/** What the recorder reacts to. */
export type RecorderInput =
  | WatcherUpdate
  /** The proof interval has passed. */
  | { readonly kind: "tick" }
  /** A watcher stopped: what it told last may no longer be true. */
  | { readonly kind: "lost"; readonly watches: "window" | "idle" }
  /** The machine goes to sleep, or is awake again, since that moment (UTC). */
  | { readonly kind: "sleep" | "wake"; readonly atMs: number }
  /** Recording goes on after it was stopped: nothing is dated back before now. */
  | { readonly kind: "start" }
  /** Recording ends. */
  | { readonly kind: "stop" };

/** Plain data; a new one is made for each input. */
export interface RecorderState {
  /** The window in front; `undefined`: none, or not known. */
  readonly window?: FocusedWindow;
  /** When the window came to the front, or the person back to it. */
  readonly windowSinceMs?: number;
  /** Whether the person is away; `undefined`: not known, recorded as present. */
  readonly afk?: boolean;
  readonly afkSinceMs?: number;
  /** Up to when the open event (the window's, or AFK's) has been proved; `undefined`: none is open. */
  readonly proved?: Instant;
  /** Since when the machine sleeps, or is about to, on the running clock. */
  readonly asleepMono?: number;
  /** Nothing is dated back before this moment (UTC): AFK, a sleep or a pause ended there. */
  readonly floorMs?: number;
  /** No window's event has begun since then; the first joins none from before, however short it was. */
  readonly isApart?: boolean;
}

/** The state after an input, what to store, and when to be called with a tick. */
export interface RecorderStep {
  readonly state: RecorderState;
  readonly beats: Heartbeat[];
  /** Milliseconds until the next tick is due; `undefined`: none, nothing active is open. */
  readonly tickInMs?: number;
}

/** The next state and the heartbeats that `input`, seen at `at`, proves. */
export function record(state: RecorderState, input: RecorderInput, at: Instant): RecorderStep {
  const beats: Heartbeat[] = [];
  const next = react(state, input, at, beats);
  return { state: next, beats, tickInMs: tickInMs(next, at) };
}

function tickInMs({ window, afk, asleepMono }: RecorderState, at: Instant): number | undefined {
  if (asleepMono !== undefined) return Math.max(0, asleepMono + FALL_ASLEEP_MS - at.monoMs);
  return window !== undefined && afk !== true ? PROOF_INTERVAL_MS : undefined;
}

function react(
  state: RecorderState,
  input: RecorderInput,
  at: Instant,
  beats: Heartbeat[],
): RecorderState {
  if (state.asleepMono !== undefined) return reactAsleep(state, input, at, beats);
  switch (input.kind) {
    case "tick":
    case "wake":
      return state.afk === true ? state : prove(state, at, beats);
    case "window": {
      const window = { window: input.window, windowSinceMs: input.window && input.atMs };
      if (state.afk === true) return { ...state, ...window };
      const changedAt = backTo(at, Math.max(input.atMs, state.proved?.nowMs ?? input.atMs));
      return open({ ...prove(state, changedAt, beats), ...window }, at, beats, true);
    }
    case "afk": {
      if (state.afk === true) return state;
      const { afkSinceMs: returnedMs = 0, floorMs = 0 } = prove(state, at, beats);
      // Never before the last return: the person was there then.
      const sinceMs = Math.min(at.nowMs, Math.max(input.atMs, returnedMs, floorMs));
      beats.push({ source: "afk", subject: {}, startMs: sinceMs, endMs: at.nowMs });
      return { ...state, afk: true, afkSinceMs: sinceMs, proved: at };
    }
    case "not-afk": {
      if (state.afk !== true) return { ...state, afk: false, afkSinceMs: at.nowMs };
      return comeBack(state, { afk: false, backMs: input.atMs }, at, beats);
    }
    case "lost":
      if (input.watches === "idle") {
        return state.afk === true
          ? comeBack(state, { afk: undefined, backMs: at.nowMs }, at, beats)
          : { ...state, afk: undefined, afkSinceMs: undefined };
      }
      return state.afk === true ? { ...state, window: undefined, windowSinceMs: undefined } : open(
        { ...prove(state, at, beats), window: undefined, windowSinceMs: undefined },
        at,
        beats,
        true,
      );
    case "sleep":
      return fallAsleep(state, input.atMs, at, beats);
    case "start":
      return { ...state, floorMs: at.nowMs, isApart: true };
    case "stop":
      prove(state, at, beats);
      return {};
  }
}

/** Ends what is open where the sleep begins; what was proved last counts where the sleep is over already. */
function fallAsleep(
  state: RecorderState,
  atMs: number,
  at: Instant,
  beats: Heartbeat[],
): RecorderState {
  const { proved, afk } = state;
  if (proved) {
    const asleep = backTo(at, Math.max(atMs, proved.nowMs));
    if (afk === true || isContinuous(proved, asleep)) prove(state, asleep, beats);
  }
  return { ...state, proved: undefined, asleepMono: at.monoMs };
}

/** What is told in a sleep is true when the machine wakes, and recorded from then on. */
function reactAsleep(
  state: RecorderState,
  input: RecorderInput,
  at: Instant,
  beats: Heartbeat[],
): RecorderState {
  switch (input.kind) {
    case "wake":
      return wake(state, at, beats);
    case "tick": {
      const isAwake = at.monoMs - state.asleepMono! >= FALL_ASLEEP_MS;
      return isAwake ? wake(state, at, beats) : state;
    }
    case "window":
      return { ...state, window: input.window };
    case "afk":
      return state.afk === true ? state : { ...state, afk: true, afkSinceMs: at.nowMs };
    case "not-afk":
      return { ...state, afk: false, afkSinceMs: at.nowMs };
    case "lost":
      return input.watches === "window"
        ? { ...state, window: undefined }
        : { ...state, afk: undefined, afkSinceMs: undefined };
    case "start":
    case "sleep":
      return state;
    case "stop":
      return {};
  }
}

/** Goes on with what is true now, in new events. */
function wake(state: RecorderState, at: Instant, beats: Heartbeat[]): RecorderState {
  const { window, afk } = state;
  const awake = {
    ...state,
    windowSinceMs: window && at.nowMs,
    afkSinceMs: afk === false ? at.nowMs : state.afkSinceMs,
    asleepMono: undefined,
    floorMs: at.nowMs,
    isApart: true,
  };
  if (afk !== true) return open(awake, at, beats, false);
  beats.push(beat("afk", {}, at.nowMs, at.nowMs, undefined));
  return { ...awake, proved: at };
}

/**
 * Ends the AFK event at `backMs` and opens the window that is in front from then on; evidence of a return may
 * be late. What has been stored as AFK stays so, and nothing is dated back over a jump of the clocks.
 */
function comeBack(
  state: RecorderState,
  { afk, backMs }: { readonly afk: false | undefined; readonly backMs: number },
  at: Instant,
  beats: Heartbeat[],
): RecorderState {
  const { window, proved = at } = state;
  const back = jumpedBetween(proved, at) ? at : backTo(at, Math.max(backMs, proved.nowMs));
  prove(state, back, beats);
  // A window that came to the front meanwhile was not there before.
  const sinceMs = Math.min(at.nowMs, Math.max(back.nowMs, state.windowSinceMs ?? 0));
  const next: RecorderState = {
    // What is stored as AFK is not stored again.
    floorMs: back.nowMs,
    isApart: state.isApart,
    afk,
    afkSinceMs: afk === false ? back.nowMs : undefined,
    window,
    windowSinceMs: window && sinceMs,
    proved: sinceMs < at.nowMs ? backTo(at, sinceMs) : undefined,
  };
  return open(next, at, beats, true);
}

/**
 * Extends the open event up to `at`; or, when a clock jumped or the process stood still, leaves it as
 * it was proved last and begins another.
 */
function prove(state: RecorderState, at: Instant, beats: Heartbeat[]): RecorderState {
  const { proved } = state;
  if (!proved) return state;
  const wallMs = at.nowMs - proved.nowMs;
  const ranMs = at.monoMs - proved.monoMs;
  const jumped = jumpedBetween(proved, at);
  if (state.afk === true) {
    // Away and awake for `ranMs`, the rest was sleep; a clock turned back proves nothing.
    const jumpedEndMs = proved.nowMs + (wallMs > ranMs ? ranMs : 0);
    const endMs = jumped ? jumpedEndMs : Math.max(proved.nowMs, at.nowMs);
    beats.push(beat("afk", {}, proved.nowMs, Math.round(endMs), PULSETIME_MS));
    return { ...state, proved: at };
  }
  if (!isContinuous(proved, at)) {
    const reopened = {
      ...state,
      windowSinceMs: state.window && at.nowMs,
      // Who was there before a sleep is there after it: AFK is not dated back into it.
      afkSinceMs: state.afk === false ? at.nowMs : state.afkSinceMs,
      proved: undefined,
    };
    return open(reopened, at, beats, false);
  }
  const endMs = Math.max(proved.nowMs, at.nowMs);
  beats.push(beat("window", state.window!, proved.nowMs, endMs, PULSETIME_MS));
  return { ...state, proved: at };
}

/**
 * Begins the event of the window in front where the last proof ended, and has it stored at once;
 * `bridge` lets it join the last event when it continues it.
 */
function open(
  state: RecorderState,
  at: Instant,
  beats: Heartbeat[],
  bridge: boolean,
): RecorderState {
  if (state.window === undefined) return { ...state, proved: undefined };
  const startMs = Math.min(state.proved?.nowMs ?? at.nowMs, at.nowMs);
  const pulsetimeMs = bridge && !state.isApart ? PULSETIME_MS : undefined;
  beats.push(beat("window", state.window, startMs, at.nowMs, pulsetimeMs));
  return { ...state, proved: at, isApart: undefined };
}

/** Whether what was true at `from` may have been so until `to`: the clocks agree, and the process ran. */
function isContinuous(from: Instant, to: Instant): boolean {
  return !jumpedBetween(from, to) && to.monoMs - from.monoMs <= STALE_MS;
}

/** Whether one clock moved further than the other: a sleep, or somebody set the time. */
function jumpedBetween(from: Instant, to: Instant): boolean {
  return Math.abs((to.nowMs - from.nowMs) - (to.monoMs - from.monoMs)) > JUMP_TOLERANCE_MS;
}

/** The reading of both clocks at an earlier moment of the same run. */
function backTo(at: Instant, nowMs: number): Instant {
  const earlierMs = Math.min(at.nowMs, nowMs);
  return { nowMs: earlierMs, monoMs: at.monoMs - (at.nowMs - earlierMs) };
}

function beat(
  source: "window" | "afk",
  { app, title, url }: Subject,
  startMs: number,
  endMs: number,
  pulsetimeMs: number | undefined,
): Heartbeat {
  return { source, subject: { app, title, url }, startMs, endMs, pulsetimeMs };
}
