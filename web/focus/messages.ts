/**
 * What the page and its worker say to one another. Numbers and words only come back: no picture, no landmark.
 * @module
 */
import type { FocusSpan } from "../../daemon/core/focus.ts";
import type { Attention, AttentionOptions, Calibration, Zone } from "../../vision/attention.ts";
import type { AttentionState } from "../../vision/types.ts";
import type { Pictures } from "./frame_reader.ts";

/** What somebody is asked to look at, to be learned from. */
export type StudyOf = "screen" | "zone";

/** The page to the worker. */
export type Order =
  /** Load the models. */
  | { readonly kind: "open" }
  /** Where the pictures come from now; moved to the worker. Those before are let go. */
  | { readonly kind: "look"; readonly pictures: Pictures }
  /** One picture, where the worker cannot read the camera itself. */
  | { readonly kind: "picture"; readonly bitmap: ImageBitmap; readonly atMs: number }
  /** Count from here on; `since` is what the session came to before: a page that was loaded again, a worker that died. */
  | {
    readonly kind: "count";
    readonly attention: AttentionOptions;
    readonly since?: { readonly atMs: number; readonly state: AttentionState };
  }
  /** Count no more, and let go of the camera. */
  | { readonly kind: "rest" }
  /** Other thresholds, without a new beginning. */
  | { readonly kind: "judge"; readonly attention: AttentionOptions }
  | { readonly kind: "study"; readonly what: StudyOf }
  | { readonly kind: "visible"; readonly isVisible: boolean };

/** The face's box as shares 0..1 of the picture's width and height. */
export interface BoxShare {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The worker to the page. */
export type Report =
  | { readonly kind: "loading"; readonly doneBytes: number; readonly totalBytes: number }
  /** The models are loaded. `canReadTracks`: the worker can make pictures of a track that is moved to it. */
  | { readonly kind: "ready"; readonly canReadTracks: boolean }
  /** `isUnreachable`: nobody answered when the models were asked for. */
  | { readonly kind: "failed"; readonly message: string; readonly isUnreachable: boolean }
  | SeenReport
  /** What was learned; `undefined`: too little was seen, or nobody looked into one direction. */
  | {
    readonly kind: "studied";
    readonly what: StudyOf;
    readonly calibration: Calibration | undefined;
    readonly zone: Zone | undefined;
  };

/** After each picture, and each second without one. */
export interface SeenReport {
  readonly kind: "seen";
  readonly attention: Attention;
  /** What the time since the last report counts as. */
  readonly spans: readonly FocusSpan[];
  readonly box: BoxShare | undefined;
  readonly faceCount: number;
  /** Mean luma of the picture, 0..1. */
  readonly brightness: number;
  /** Pictures looked at so far; one that was none is not counted. */
  readonly pictures: number;
}
