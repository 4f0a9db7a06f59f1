/**
 * Away or not, told from input and from other evidence that somebody is there: a pure state machine.
 *
 * ```text
 * input     ───╳                                                     ╳───
 * seen            ├── looks at the screen ──┤
 * idle alarm       (limit) ╎ held back                    ╎ (limit)
 * says                                                    afk, dated back to the end of ──┤   not-afk
 * ```
 * Without evidence it says what the idle watcher says, at once, and never wants to be woken. Evidence may be late
 * by {@linkcode MAX_LAG_MS}; what was said is not taken back. Times are kept on the running clock, which nobody
 * sets and which stands still in a sleep.
 * @module
 */
import type { WatcherUpdate } from "./ports.ts";
import type { Instant } from "./recorder.ts";

/** How late evidence may come (it is sent in batches) without somebody being called away meanwhile. */
export const MAX_LAG_MS = 15_000;

export type PresenceUpdate = Extract<WatcherUpdate, { readonly kind: "afk" | "not-afk" }>;

export type PresenceInput =
  /** The idle watcher's word. */
  | PresenceUpdate
  /** Somebody was seen to be there; times are UTC, in the past. */
  | { readonly kind: "present"; readonly fromMs: number; readonly toMs: number }
  /** The time that a step asked for has passed. */
  | { readonly kind: "due" }
  /** The idle watcher stopped: nobody knows about input. */
  | { readonly kind: "lost" };

/** Plain data; a new one is made for each input. The fields named `…Mono` are times of the running clock. */
export interface Presence {
  /** What was said last; `undefined`: nothing is known. */
  readonly isAway?: boolean;
  /** The last input, while the idle watcher says that it is too long ago. */
  readonly idleSinceMono?: number;
  /** The end of the last evidence. */
  readonly seenMono?: number;
  /** When `isAway` was said. */
  readonly saidMono?: number;
}

/** The state after an input, what to tell the recorder, and when to look again. */
export interface PresenceStep {
  readonly presence: Presence;
  readonly update?: PresenceUpdate;
  /** Milliseconds until somebody may have to be called away; `undefined`: nothing is to be waited for. */
  readonly dueInMs?: number;
}

/** The next state after `input`, which came at `at`; `limitMs` is the time after which one is away. */
export function judgePresence(
  presence: Presence,
  input: PresenceInput,
  { at, limitMs }: { readonly at: Instant; readonly limitMs: number },
): PresenceStep {
  const { seenMono } = presence;
  switch (input.kind) {
    case "lost":
      return { presence: { seenMono } };
    case "not-afk":
      return { presence: { seenMono, isAway: false, saidMono: at.monoMs }, update: input };
    case "afk": {
      const idle = { ...presence, idleSinceMono: monoOf(input.atMs, at) };
      const step = look(idle, at, limitMs);
      // Its own word, to the millisecond, where there is nothing to add.
      return step.update && !isSeenLater(idle) ? { ...step, update: input } : step;
    }
    case "present":
      return see(presence, input, { at, limitMs });
    case "due":
      return look(presence, at, limitMs);
  }
}

/** Takes evidence in. */
function see(
  presence: Presence,
  { fromMs, toMs }: Extract<PresenceInput, { kind: "present" }>,
  { at, limitMs }: { readonly at: Instant; readonly limitMs: number },
): PresenceStep {
  const toMono = monoOf(toMs, at);
  // Also where a time is no number.
  if (!(fromMs <= toMs) || !(toMono > (presence.seenMono ?? -Infinity))) {
    return look(presence, at, limitMs);
  }
  const seen = { ...presence, seenMono: toMono };
  const { isAway, saidMono = -Infinity } = presence;
  // Somebody was called away and is there after that: back, but not before that was said.
  const isBack = isAway === true && toMono > saidMono && at.monoMs - toMono < graceMs(limitMs);
  if (!isBack) return look(seen, at, limitMs);
  const backMono = Math.max(monoOf(fromMs, at), saidMono);
  const back = { ...seen, isAway: false, saidMono: at.monoMs };
  return {
    ...look(back, at, limitMs),
    update: { kind: "not-afk", atMs: wallOf(backMono, at) },
  };
}

/** Whether somebody is to be called away now, or when. */
function look(presence: Presence, at: Instant, limitMs: number): PresenceStep {
  const { isAway, idleSinceMono, seenMono = -Infinity } = presence;
  if (isAway === true || idleSinceMono === undefined) return { presence };
  const leftMs = seenMono + graceMs(limitMs) - at.monoMs;
  if (leftMs > 0) {
    const dueInMs = Math.ceil(leftMs);
    if (isAway === false) return { presence, dueInMs };
    // The watcher began with somebody who does not type but is there.
    return {
      presence: { ...presence, isAway: false, saidMono: at.monoMs },
      update: { kind: "not-afk", atMs: at.nowMs },
      dueInMs,
    };
  }
  return {
    presence: { ...presence, isAway: true, saidMono: at.monoMs },
    update: { kind: "afk", atMs: wallOf(Math.max(idleSinceMono, seenMono), at) },
  };
}

/** How long evidence holds. */
function graceMs(limitMs: number): number {
  return Math.max(limitMs, MAX_LAG_MS);
}

function isSeenLater({ idleSinceMono = -Infinity, seenMono = -Infinity }: Presence): boolean {
  return seenMono > idleSinceMono;
}

/** The running clock at a moment of the past; a moment to come is now. */
function monoOf(wallMs: number, { nowMs, monoMs }: Instant): number {
  return monoMs - Math.max(0, nowMs - wallMs);
}

function wallOf(mono: number, { nowMs, monoMs }: Instant): number {
  return Math.round(nowMs - (monoMs - mono));
}
