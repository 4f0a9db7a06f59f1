/**
 * Observations for tests of what is decided over time: scenes written as what a camera would be shown.
 * @module
 */
import {
  attend,
  type Attention,
  type AttentionMemory,
  type AttentionOptions,
  noPicture,
  startAttention,
} from "./attention.ts";
import type { Doubt, Observation } from "./types.ts";
import { EYES_JUDGED_YAW_DEG } from "./verdict.ts";

/** What is to be seen at a moment; by default somebody who looks into the camera with open eyes. */
export interface Sight {
  readonly yawDeg?: number;
  readonly pitchDeg?: number;
  /** Probability that the eyes are open; `undefined`: they are not judged. */
  readonly open?: number;
  /** Faces; 0 is an empty chair. */
  readonly faces?: number;
  readonly doubts?: readonly Doubt[];
  /** The camera gives nothing: a bad frame. */
  readonly noPicture?: true;
}

export const CLOSED: Sight = { open: 0.02 };
export const NOBODY: Sight = { faces: 0 };
export const DARK: Sight = { faces: 0, doubts: ["too dark"] };

/** The observation of `sight`, as the pipeline would make it. */
export function observe(sight: Sight, atMs: number): Observation {
  if (sight.noPicture) return noPicture(atMs);
  const { yawDeg = 0, pitchDeg = 0, faces = 1, doubts = [] } = sight;
  if (faces === 0) return { ...noPicture(atMs), brightness: 0.4, doubts };
  const open = "open" in sight ? sight.open : 0.97;
  const isTurned = Math.abs(yawDeg) > EYES_JUDGED_YAW_DEG;
  return {
    atMs,
    faceCount: faces,
    face: { xPx: 200, yPx: 120, widthPx: 200, heightPx: 220, score: 0.95 },
    eyes: isTurned || open === undefined ? undefined : { leftOpen: open, rightOpen: open },
    pose: { yawDeg, pitchDeg, rollDeg: 0 },
    brightness: 0.4,
    doubts: isTurned ? [...doubts, "turned too far"] : doubts,
  };
}

/** A sight as a function of time, in milliseconds from the scene's start. */
export type Scene = (atMs: number) => Sight;

/** One sight after another, each for some seconds; the last goes on. */
export function scene(...parts: readonly (readonly [seconds: number, sight: Sight])[]): Scene {
  return (atMs) => {
    let endMs = 0;
    for (const [seconds, sight] of parts) {
      endMs += seconds * 1000;
      if (atMs < endMs) return sight;
    }
    return parts[parts.length - 1][1];
  };
}

/** `over` with blinks of `forMs`, one every `everyMs`; only open eyes blink. */
export function blinking(
  over: Scene,
  { everyMs, forMs }: { everyMs: number; forMs: number },
): Scene {
  return (atMs) => {
    const sight = over(atMs);
    const isBlink = atMs % everyMs >= everyMs - forMs;
    return isBlink && "open" in sight === false ? { ...sight, ...CLOSED } : sight;
  };
}

export interface Watching {
  readonly seconds: number;
  readonly fps: number;
  /** Where the first frame falls between two, 0..1. @default 0 */
  readonly phase?: number;
  readonly startMs?: number;
  readonly options?: AttentionOptions;
  readonly memory?: AttentionMemory;
}

/** What is told of a scene, frame by frame, with times from its start, and the memory at its end. */
export function watch(
  sights: Scene,
  { seconds, fps, phase = 0, startMs = 1_760_000_000_000, options, memory }: Watching,
): { readonly told: Attention[]; readonly memory: AttentionMemory } {
  let now = memory ?? startAttention(options);
  const told: Attention[] = [];
  for (let frame = 0;; frame++) {
    const atMs = (frame + phase) * 1000 / fps;
    if (atMs > seconds * 1000) return { told, memory: now };
    now = attend(now, observe(sights(atMs), startMs + atMs));
    const { attention } = now;
    told.push({ ...attention, atMs, sinceMs: attention.sinceMs - startMs });
  }
}

/** The changes of state (and of why) as `12.3 unfocused: eyes closed`, in seconds with one decimal. */
export function changes(told: readonly Attention[]): string[] {
  const lines: string[] = [];
  let last = "";
  for (const { atMs, state, reason } of told) {
    const what = reason === undefined ? state : `${state}: ${reason}`;
    if (what !== last) lines.push(`${(atMs / 1000).toFixed(1)} ${what}`);
    last = what;
  }
  return lines;
}
