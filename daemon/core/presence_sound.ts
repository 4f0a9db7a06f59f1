/**
 * Watching and listening as evidence that somebody is there, told from what plays and who records: pure.
 *
 * ```text
 * plays     ──┤├────────────── film ───────────────┤ ├── ad ──┤
 * evidence        (5 s)├──╎──10 s──╎──10 s──╎── … ──────── … ─┤
 * ```
 * What lasts less than {@linkcode BLIP_MS} is a notification, and shorter silences than {@linkcode GAP_MS} end
 * nothing. Times are kept on the running clock.
 * @module
 */
import type { Evidence } from "./presence.ts";
import type { Instant } from "./recorder.ts";

/** A sound that is over sooner shows nothing. */
export const BLIP_MS = 5_000;
/** The longest silence between two tracks. */
export const GAP_MS = 10_000;
/** How often it is said while it lasts; well within what evidence may be late. */
export const REPEAT_MS = 10_000;

/** A stream that a program plays: a "sink input" in PulseAudio's words. */
export interface PlayedStream {
  /** Whose it is; `undefined`: a part of the sound server itself, a loop or a filter. */
  readonly client?: string;
  /** Paused. */
  readonly isCorked: boolean;
  readonly isMuted: boolean;
  /** Of the loudest channel, 0 (silent) to 1 (as it is) and beyond; `undefined`: not told. */
  readonly volume?: number;
  /** "video", "music", "event", …, where the program says so. */
  readonly role?: string;
  /** A part of a filter that the user has set up. */
  readonly isVirtual: boolean;
}

/** Whether somebody may be listening to a stream. */
export function isAudible(stream: PlayedStream): boolean {
  const { client, isCorked, isMuted, volume = 1, role, isVirtual } = stream;
  return client !== undefined && !isVirtual && !isCorked && !isMuted && volume > 0 &&
    role !== "event";
}

/** What goes on now. */
export interface SoundSeen {
  readonly isHeard: boolean;
  /** A microphone is in use. */
  readonly isCall: boolean;
}

interface Stretch {
  readonly sinceMono: number;
  readonly untilMono: number;
  readonly isOn: boolean;
}

/** Plain data; a new one is made each time. */
export interface SoundState {
  readonly heard?: Stretch;
  readonly call?: Stretch;
}

export interface SoundEvidence {
  readonly evidence: Extract<Evidence, "heard" | "call">;
  /** UTC. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface SoundStep {
  readonly state: SoundState;
  readonly evidence: readonly SoundEvidence[];
  /** Milliseconds until it is to be judged again though nothing changed; `undefined`: nothing goes on. */
  readonly dueInMs?: number;
}

/**
 * What `seen`, true at `at`, shows. What goes on when we first look is no blip, as nobody knows how long it has:
 * `isFirst`.
 */
export function judgeSound(
  state: SoundState,
  seen: SoundSeen,
  { at, isFirst = false }: { readonly at: Instant; readonly isFirst?: boolean },
): SoundStep {
  const evidence: SoundEvidence[] = [];
  const judge = (kind: SoundEvidence["evidence"], isOn: boolean): Stretch | undefined => {
    const before = state[kind];
    const next = stretched(before, isOn, at.monoMs, isFirst);
    if (next && (isOn || before?.isOn) && lengthOf(next) >= BLIP_MS) {
      const utcOf = (mono: number) => Math.round(at.nowMs - (at.monoMs - mono));
      evidence.push({ evidence: kind, fromMs: utcOf(next.sinceMono), toMs: utcOf(next.untilMono) });
    }
    return next;
  };
  const heard = judge("heard", seen.isHeard), call = judge("call", seen.isCall);
  const dues = [heard, call].filter((stretch) => stretch?.isOn).map((stretch) =>
    lengthOf(stretch!) >= BLIP_MS ? REPEAT_MS : BLIP_MS - lengthOf(stretch!)
  );
  return {
    state: { heard, call },
    evidence,
    dueInMs: dues.length > 0 ? Math.min(...dues) : undefined,
  };
}

function stretched(
  before: Stretch | undefined,
  isOn: boolean,
  mono: number,
  isFirst: boolean,
): Stretch | undefined {
  if (!isOn) return before?.isOn ? { ...before, untilMono: mono, isOn } : before;
  const continues = before && (before.isOn || mono - before.untilMono <= GAP_MS);
  const sinceMono = continues ? before.sinceMono : isFirst ? mono - BLIP_MS : mono;
  return { sinceMono, untilMono: mono, isOn };
}

function lengthOf({ sinceMono, untilMono }: Stretch): number {
  return untilMono - sinceMono;
}
