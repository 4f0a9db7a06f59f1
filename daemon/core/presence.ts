/**
 * Away or not, told from input, from other evidence that somebody is there, and from the lock of the screen: a
 * pure state machine.
 *
 * ```text
 * input     ───╳                                                     ╳───
 * seen            ├── looks at the screen ──┤
 * idle alarm       (limit) ╎ held back                    ╎ (limit)
 * says                                                    afk, dated back to the end of ──┤   not-afk
 *
 * screen    ──────────┤ locked ├──────      nothing else counts while it is
 * says                afk      not-afk
 * ```
 * Without evidence it says what the idle watcher says, at once (but for its first word), and never wants to be woken. Evidence may be late
 * by {@linkcode MAX_LAG_MS}; what was said is not taken back. Times are kept on the running clock, which nobody
 * sets and which stands still in a sleep.
 * @module
 */
import type { WatcherUpdate } from "./ports.ts";
import type { Instant } from "./recorder.ts";

/** How late evidence may come (it is sent in batches) without somebody being called away meanwhile. */
export const MAX_LAG_MS = 15_000;

/**
 * How long the first word that somebody is away is held back: a film that runs when the daemon is started is heard a
 * moment later, and would else be AFK back to the last input, also where it is stored already.
 */
export const FIRST_WORD_MS = 3_000;

/** How long the screen is held for locked when nobody can tell any more: a bus that is restarted. */
export const UNSURE_MS = 30_000;

const HOUR_MS = 3_600_000;

/**
 * What shows that somebody is there, and for how long without any input (or a face) it does, in milliseconds: music
 * plays on over night, and a call that nobody ended stays open.
 */
export const EVIDENCE_MS = {
  /** A camera saw them. */
  seen: Infinity,
  /** A microphone is in use. */
  call: 8 * HOUR_MS,
  /** Something plays. */
  heard: 3 * HOUR_MS,
} as const;

export type Evidence = keyof typeof EVIDENCE_MS;

export type PresenceUpdate = Extract<WatcherUpdate, { readonly kind: "afk" | "not-afk" }>;

export type PresenceInput =
  /** The idle watcher's word. */
  | PresenceUpdate
  | PresenceEvidence
  /** The screen was locked, or unlocked, at that moment (UTC). */
  | { readonly kind: "locked" | "unlocked"; readonly atMs: number }
  /** Nobody can tell any more whether the screen is locked. */
  | { readonly kind: "unsure" }
  /** The time that a step asked for has passed. */
  | { readonly kind: "due" }
  /** The idle watcher stopped: nobody knows about input. */
  | { readonly kind: "lost" };

/** Somebody is known to have been there; times are UTC, in the past. */
export interface PresenceEvidence {
  readonly kind: "present";
  /** When it began: of something that lasts, the beginning of all of it. */
  readonly fromMs: number;
  readonly toMs: number;
  /** @default "seen" */
  readonly evidence?: Evidence;
}

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
  /** Whether the idle watcher has spoken: what it does not say is known then, too. */
  readonly knowsInput?: boolean;
  /** When the first word came that somebody is away, until it is said. */
  readonly heldMono?: number;
  /** The last sign, besides input, that only a person gives: a face, an unlocked screen. */
  readonly aliveMono?: number;
  readonly isLocked?: boolean;
  /** Since when nobody can tell whether it still is. */
  readonly unsureMono?: number;
}

/** The state after an input, what to tell the recorder, and when to look again. */
export interface PresenceStep {
  readonly presence: Presence;
  readonly update?: PresenceUpdate;
  /** Nobody knows any more whether somebody is there. */
  readonly isUnknown?: boolean;
  /** Milliseconds until somebody may have to be called away; `undefined`: nothing is to be waited for. */
  readonly dueInMs?: number;
}

interface JudgeOptions {
  readonly at: Instant;
  readonly limitMs: number;
}

/** The next state after `input`, which came at `at`; `limitMs` is the time after which one is away. */
export function judgePresence(
  presence: Presence,
  input: PresenceInput,
  options: JudgeOptions,
): PresenceStep {
  const { at } = options;
  switch (input.kind) {
    case "locked":
      return lock(presence, input.atMs, at);
    case "unlocked":
      return unlock(presence, input.atMs, options);
  }
  if (presence.isLocked) return judgeLocked(presence, input, at);
  const { seenMono, aliveMono } = presence;
  switch (input.kind) {
    case "lost":
      return { presence: { seenMono, aliveMono }, isUnknown: true };
    case "not-afk": {
      const known = { seenMono, aliveMono, isAway: false, knowsInput: true };
      return { presence: { ...known, saidMono: at.monoMs }, update: input };
    }
    case "afk": {
      const idle = { ...presence, idleSinceMono: monoOf(input.atMs, at), knowsInput: true };
      const step = look(idle, options);
      // Its own word, to the millisecond, where there is nothing to add.
      return step.update && !isSeenLater(idle) ? { ...step, update: input } : step;
    }
    case "present":
      return see(presence, input, options);
    case "due":
    case "unsure":
      return look(presence, options);
  }
}

/** Away from the moment of the lock on. */
function lock(presence: Presence, atMs: number, at: Instant): PresenceStep {
  const locked = { ...presence, isLocked: true, unsureMono: undefined };
  if (presence.isAway === true) return { presence: locked };
  return {
    presence: { ...locked, isAway: true, saidMono: at.monoMs },
    update: { kind: "afk", atMs: Math.min(atMs, at.nowMs) },
  };
}

/** Whoever unlocks is there, whether they touch anything after that or not. */
function unlock(presence: Presence, atMs: number, options: JudgeOptions): PresenceStep {
  if (!presence.isLocked) return look(presence, options);
  const { at } = options;
  const backMono = monoOf(atMs, at);
  const open = withoutLock({ ...presence, seenMono: backMono, aliveMono: backMono });
  if (!presence.knowsInput) return unknown(open);
  const back = { ...open, isAway: false, saidMono: at.monoMs };
  return { ...look(back, options), update: { kind: "not-afk", atMs: wallOf(backMono, at) } };
}

/** While the screen is locked, what happens is only remembered. */
function judgeLocked(
  presence: Presence,
  input: Exclude<PresenceInput, { kind: "locked" | "unlocked" }>,
  at: Instant,
): PresenceStep {
  const { unsureMono } = presence;
  switch (input.kind) {
    case "afk":
      return locked({ ...presence, idleSinceMono: monoOf(input.atMs, at), knowsInput: true }, at);
    case "not-afk": {
      const touched = { ...presence, idleSinceMono: undefined, knowsInput: true };
      // A password is typed, or, where that cannot be told, work went on.
      if (unsureMono === undefined) return { presence: touched };
      return { presence: here(touched, at), update: input };
    }
    case "lost":
      return locked({ ...presence, idleSinceMono: undefined, knowsInput: undefined }, at);
    case "present":
      return locked(presence, at);
    case "unsure":
      return locked({ ...presence, unsureMono: unsureMono ?? at.monoMs }, at);
    case "due": {
      if (unsureMono === undefined || at.monoMs - unsureMono < UNSURE_MS) {
        return locked(presence, at);
      }
      // The idle watcher's word counts again.
      if (!presence.knowsInput) return unknown(withoutLock(presence));
      if (presence.idleSinceMono !== undefined) return { presence: withoutLock(presence) };
      return { presence: here(presence, at), update: { kind: "not-afk", atMs: at.nowMs } };
    }
  }
}

/** Still locked, as far as anybody can tell. */
function locked(presence: Presence, at: Instant): PresenceStep {
  const { unsureMono } = presence;
  if (unsureMono === undefined) return { presence };
  return { presence, dueInMs: Math.max(0, Math.ceil(unsureMono + UNSURE_MS - at.monoMs)) };
}

function here(presence: Presence, at: Instant): Presence {
  return { ...withoutLock(presence), isAway: false, saidMono: at.monoMs };
}

function withoutLock(presence: Presence): Presence {
  return { ...presence, isLocked: undefined, unsureMono: undefined };
}

function unknown({ seenMono, aliveMono }: Presence): PresenceStep {
  return { presence: { seenMono, aliveMono }, isUnknown: true };
}

/** Takes evidence in. */
function see(
  presence: Presence,
  { fromMs, toMs, evidence = "seen" }: PresenceEvidence,
  options: JudgeOptions,
): PresenceStep {
  const { at, limitMs } = options;
  const fromMono = monoOf(fromMs, at);
  const { isAway, idleSinceMono = at.monoMs, aliveMono = -Infinity, saidMono = -Infinity } =
    presence;
  const untilMono = Math.max(idleSinceMono, aliveMono) + EVIDENCE_MS[evidence];
  const toMono = Math.min(monoOf(toMs, at), untilMono);
  // Also where a time is no number.
  if (!(fromMs <= toMs)) return look(presence, options);
  const alive = evidence === "seen"
    ? { ...presence, aliveMono: Math.max(aliveMono, toMono) }
    : presence;
  // What is heard may have been told up to now when what was seen a little ago comes.
  if (!(toMono > (presence.seenMono ?? -Infinity))) return look(alive, options);
  const seen = { ...alive, seenMono: toMono };
  // Somebody was called away and is there after that: back, but not before that was said. What begins to play
  // when nobody is there plays by itself.
  const isBack = isAway === true && toMono > saidMono && at.monoMs - toMono < graceMs(limitMs) &&
    (evidence !== "heard" || fromMono <= saidMono + MAX_LAG_MS);
  if (!isBack) return look(seen, options);
  const backMono = Math.max(fromMono, saidMono);
  const back = { ...seen, isAway: false, saidMono: at.monoMs };
  return {
    ...look(back, options),
    update: { kind: "not-afk", atMs: wallOf(backMono, at) },
  };
}

/** Whether somebody is to be called away now, or when. */
function look(presence: Presence, { at, limitMs }: JudgeOptions): PresenceStep {
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
  const { heldMono = at.monoMs } = presence;
  const heldMs = heldMono + FIRST_WORD_MS - at.monoMs;
  if (isAway === undefined && heldMs > 0) {
    return { presence: { ...presence, heldMono }, dueInMs: Math.ceil(heldMs) };
  }
  return {
    presence: { ...presence, isAway: true, saidMono: at.monoMs, heldMono: undefined },
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
