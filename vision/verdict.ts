/**
 * What one frame says on its own, before time is taken into account.
 *
 * The order is the rule: darkness, dark glasses and company make everything uncertain, so that nobody is called
 * unfocused who cannot be seen well. Then the head decides, and only in one that faces the screen the eyes.
 * @module
 */
import type {
  AttentionState,
  Doubt,
  EyeState,
  HeadPose,
  Observation,
  UnfocusedReason,
} from "./types.ts";

/** A part of the view that counts as the screen; degrees relative to the neutral pose, both ends included. */
export interface Zone {
  readonly yawFromDeg: number;
  readonly yawToDeg: number;
  readonly pitchFromDeg: number;
  readonly pitchToDeg: number;
}

/** What is known of the person; all of it may be left out. */
export interface VerdictOptions {
  /** Where this person's head points when it looks at the screen. @default straight into the camera */
  readonly neutral?: Pick<HeadPose, "yawDeg" | "pitchDeg">;
  /** This person's usual probability of open eyes, 0..1. @default 1 */
  readonly openLevel?: number;
  /** Where looking counts as looking at the screen, a second monitor for one. @default none */
  readonly zones?: readonly Zone[];
}

/** What one frame counts as, and why when it is neither focused nor without a face. */
export interface Verdict {
  readonly state: AttentionState;
  readonly reason: UnfocusedReason | Doubt | undefined;
}

/** Yaw off neutral from which a head is turned away. Driver monitors warn from about 23 degrees on. */
export const AWAY_YAW_DEG = 25;
/** Pitch off the known neutral, up or down, from which a head looks away: above a monitor, or into the lap. */
export const AWAY_PITCH_DEG = 20;
/**
 * What is added to it while the neutral pose is not known: cameras stand above and below a monitor. Of 170 people
 * who look into a camera the pitch went from -28 to 15 degrees, in two of them beyond.
 */
export const UNKNOWN_PITCH_DEG = 8;
/** Yaw to the camera from which the eyes are not judged: the far one shows too little of itself. */
export const EYES_JUDGED_YAW_DEG = 22;
/** The share of the usual open level below which an eye is closed. */
export const CLOSED_BELOW = 0.5;

/**
 * What `observation` alone says.
 *
 * `no_face` is only said of a picture in which a face would have been seen; a dark one is `uncertain`. Where only
 * one eye could be judged it speaks for both; where none could, a doubt of the observation says why.
 */
export function verdict(observation: Observation, options: VerdictOptions = {}): Verdict {
  const { doubts, face, pose, eyes } = observation;
  if (doubts.includes("bad frame")) return uncertain("bad frame");
  if (face === undefined) {
    return doubts.includes("too dark")
      ? uncertain("too dark")
      : { state: "no_face", reason: undefined };
  }
  const doubt = doubts.find((doubt) => doubt !== "turned too far");
  if (doubt !== undefined) return uncertain(doubt);
  if (pose === undefined) return uncertain("turned too far");
  const look = placeOf(pose, options);
  // Eyes that are turned away do not matter where the head alone decides.
  if (look === "away") return { state: "unfocused", reason: "looking away" };
  if (doubts.includes("turned too far") && look === "screen") return uncertain("turned too far");
  if (eyes !== undefined && areClosed(eyes, options.openLevel ?? 1)) {
    return { state: "unfocused", reason: "eyes closed" };
  }
  return { state: "focused", reason: undefined };
}

/** Whether both eyes are closed, as far as they were judged. */
export function areClosed({ leftOpen, rightOpen }: EyeState, openLevel: number): boolean {
  if (leftOpen === undefined && rightOpen === undefined) return false;
  // A wink, hair or a reflection takes one eye; sleep takes both.
  return Math.max(leftOpen ?? 0, rightOpen ?? 0) < CLOSED_BELOW * openLevel;
}

/** Whether the head points at the screen, at a zone beside it, or elsewhere. */
export function placeOf(
  { yawDeg, pitchDeg }: Pick<HeadPose, "yawDeg" | "pitchDeg">,
  { neutral, zones = [] }: VerdictOptions = {},
): "screen" | "zone" | "away" {
  const yaw = yawDeg - (neutral?.yawDeg ?? 0);
  const pitch = pitchDeg - (neutral?.pitchDeg ?? 0);
  const awayPitch = AWAY_PITCH_DEG + (neutral ? 0 : UNKNOWN_PITCH_DEG);
  if (Math.abs(yaw) < AWAY_YAW_DEG && Math.abs(pitch) < awayPitch) {
    return "screen";
  }
  const isIn = (zone: Zone) =>
    yaw >= zone.yawFromDeg && yaw <= zone.yawToDeg &&
    pitch >= zone.pitchFromDeg && pitch <= zone.pitchToDeg;
  return zones.some(isIn) ? "zone" : "away";
}

function uncertain(reason: Doubt): Verdict {
  return { state: "uncertain", reason };
}
