/**
 * What the loop decides on: plain data of the last minutes, and the questions it asks of it.
 * @module
 */
import type { FocusState } from "./focus_session.ts";
import type { Span, TimelineClass } from "./types.ts";

/** A piece of the resolved timeline. */
export interface LoopPiece extends Span {
  readonly class: TimelineClass;
  /** What it was, as people name it: "reddit.com", "YouTube", "TikTok". */
  readonly name?: string;
  /** The phone that it was on; `undefined`: this workstation. */
  readonly phone?: string;
}

export interface LoopEvidence {
  /** The last minutes, in order; see `lookBackMs`. */
  readonly timeline: readonly LoopPiece[];
  /** The last minutes of the focus session that runs; `undefined`: none does. */
  readonly focus?: readonly (Span & { readonly state: FocusState })[];
  /** Noise since the day began. */
  readonly noiseTodayMs: number;
  readonly isAway: boolean;
  /** A meeting that is or just was in front. */
  readonly meeting?: string;
  /** What uses a microphone; only known when a step is about to be taken. */
  readonly microphone?: string;
  /** A block runs, until then. */
  readonly blockEndMs?: number;
  /** Blocks that the loop began since the day began. */
  readonly blocksToday: number;
}

/** A stretch of time and what most of it was spent on. */
export interface Stretch {
  readonly ms: number;
  /** `undefined`: nothing has a name. */
  readonly name?: string;
  /** How much of it the named one had. */
  readonly namedMs: number;
  /** The phone that had most of it. */
  readonly phone?: string;
}

/** The window in front is proved every 5 s: what was proved just now goes on. */
const PROOF_MS = 15_000;
/** A phone tells every 30 s, and one heartbeat may be lost. */
const PHONE_PROOF_MS = 90_000;
/** Gaps that do not end the use of a phone. */
const PHONE_GAP_MS = 60_000;
/** Batches of a session come every some seconds. */
const FOCUS_PROOF_MS = 30_000;
/** A glance at the screen that does not end being unfocused. */
const GLANCE_MS = 5_000;

/** All the noise of a span. */
export function noiseWithin(timeline: readonly LoopPiece[], span: Span): Stretch {
  return stretchOf(timeline.filter(isNoise), span);
}

/** Whether noise goes on now: on the screen, or on a phone. */
export function isNoisy(timeline: readonly LoopPiece[], nowMs: number): boolean {
  const here = timeline.findLast(({ phone }) => phone === undefined);
  const isHere = here?.class === "noise" && here.endMs > nowMs - PROOF_MS;
  return isHere || isOnPhone(timeline, nowMs);
}

/** Whether a phone distracts now. */
export function isOnPhone(timeline: readonly LoopPiece[], nowMs: number): boolean {
  const last = timeline.findLast((piece) => piece.phone !== undefined && isNoise(piece));
  return last !== undefined && last.endMs > nowMs - PHONE_PROOF_MS;
}

/** The distraction by phone that goes on at the end of the timeline, not counting what was before `fromMs`. */
export function phoneRun(timeline: readonly LoopPiece[], fromMs: number): Stretch {
  const pieces = timeline.filter((piece) => piece.phone !== undefined && isNoise(piece));
  let first = pieces.length;
  while (first > 0) {
    const later = pieces[first];
    if (later && later.startMs - pieces[first - 1].endMs > PHONE_GAP_MS) break;
    first--;
  }
  return stretchOf(pieces.slice(first), { startMs: fromMs, endMs: Infinity });
}

/** How long somebody in the session that runs has been unfocused, up to its last batch. */
export function unfocusedRunMs(evidence: LoopEvidence, fromMs: number, nowMs: number): number {
  const spans = evidence.focus ?? [];
  const last = spans.at(-1);
  if (!last || last.endMs < nowMs - FOCUS_PROOF_MS) return 0;
  let startMs: number | undefined, glanceMs = 0;
  for (const span of spans.toReversed()) {
    const ms = span.endMs - span.startMs;
    if (span.state === "no_face") break;
    if (span.state === "unfocused") {
      startMs = span.startMs;
      glanceMs = 0;
    } else if ((glanceMs += ms) > GLANCE_MS) break;
  }
  // Looking at the screen again ends it, even when that is a glance so far.
  if (startMs === undefined || last.state === "focused") return 0;
  return Math.max(0, last.endMs - Math.max(startMs, fromMs));
}

function isNoise(piece: LoopPiece): boolean {
  return piece.class === "noise";
}

/** The parts of pieces inside a span, and the name and the phone with the most of it. */
function stretchOf(pieces: readonly LoopPiece[], span: Span): Stretch {
  let totalMs = 0;
  const names = new Map<string, number>(), phones = new Map<string, number>();
  const add = (map: Map<string, number>, key: string | undefined, ms: number) => {
    if (key !== undefined) map.set(key, (map.get(key) ?? 0) + ms);
  };
  for (const piece of pieces) {
    const ms = Math.min(piece.endMs, span.endMs) - Math.max(piece.startMs, span.startMs);
    if (ms <= 0) continue;
    totalMs += ms;
    add(names, piece.name, ms);
    add(phones, piece.phone, ms);
  }
  const most = (map: Map<string, number>) => [...map].sort((a, b) => b[1] - a[1])[0];
  const [name, namedMs = 0] = most(names) ?? [];
  return { ms: totalMs, name, namedMs, phone: most(phones)?.[0] };
}
