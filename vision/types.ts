/**
 * What the vision pipeline takes and gives: units, axes and signs are defined here and nowhere else.
 *
 * Image coordinates are pixels of the frame as it came: x to the right, y down, origin at the upper left
 * corner. Left and right of eyes are the subject's. Frames are not mirrored.
 * @module
 */

/** One picture; `data` may be reused by its owner once a step has returned. */
export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bytes a pixel: 3 is RGB, 4 is RGBA (alpha is ignored). */
  readonly channels: 3 | 4;
  /** Row by row without padding, `widthPx * heightPx * channels` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** A face's box in frame pixels; it may reach over the frame's edge. */
export interface FaceBox {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The detector's probability, 0..1. */
  readonly score: number;
}

/** Both eyes; `undefined` where an eye could not be judged. */
export interface EyeState {
  /** Probability 0..1 that the subject's left eye is open. */
  readonly leftOpen: number | undefined;
  readonly rightOpen: number | undefined;
}

/** The head's direction as the camera sees it, in degrees; 0 is straight into the camera. */
export interface HeadPose {
  /** Positive: turned towards the image's left. */
  readonly yawDeg: number;
  /** Positive: looking up. */
  readonly pitchDeg: number;
  /** Positive: the head leans towards the image's right (clockwise as seen). */
  readonly rollDeg: number;
}

/** Why nothing can be said about a frame in which somebody may well be looking. */
export type Doubt = "too dark" | "several people" | "eyes hidden" | "turned too far" | "bad frame";

/** What one frame shows; nothing of it is a picture or a landmark. */
export interface Observation {
  /** The time that came with the frame, in milliseconds. */
  readonly atMs: number;
  /** Faces seen; 0 is "no face". */
  readonly faceCount: number;
  /** The largest and most central face; `undefined` without one. */
  readonly face: FaceBox | undefined;
  readonly eyes: EyeState | undefined;
  readonly pose: HeadPose | undefined;
  /** Mean luma of the frame, 0..1. */
  readonly brightness: number;
  readonly doubts: readonly Doubt[];
}

/** What a moment of a session counts as. */
export type AttentionState = "focused" | "unfocused" | "no_face" | "uncertain";

/** Why somebody is unfocused. */
export type UnfocusedReason = "looking away" | "eyes closed";
