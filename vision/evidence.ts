/**
 * What one observation says in the light of those before it: smoothed, with hysteresis, and without blinks.
 *
 * ```text
 * yaw      raw ____/‾‾‾‾‾‾‾‾\____      smoothed ___/‾‾‾‾‾‾‾‾\___
 * away                             from 24 deg  ────├──────────┤─  until 20 deg
 * lids     ‾\_/‾‾‾‾\______________/‾‾    closed 0.15 s, and 1.5 s
 * closed   ────────├─?─┤───────────┤──   ? it may be a blink for 0.45 s: says nothing yet; then dated back
 * ```
 * Everything is a matter of time, not of frames, so that 1 and 120 frames a second say the same.
 * @module
 */
import type { HeadPose, Observation } from "./types.ts";
import {
  areClosed,
  CLOSED_BELOW,
  EYES_JUDGED_YAW_DEG,
  placeOf,
  type Verdict,
  verdict,
  type VerdictOptions,
  type Zone,
} from "./verdict.ts";

/**
 * Time constant of the head's smoothing, in milliseconds.
 *
 * Source: openpilot, selfdrive/monitoring (`_DISTRACTED_FILTER_TS`, 0.25 s).
 */
export const POSE_SMOOTHING_MS = 250;

/** Time constant of the lids' smoothing: a head's would swallow the eye's opening between two blinks. */
export const LIDS_SMOOTHING_MS = 100;

/** How much further in a head must point to be back than to be gone, and how much a zone holds beyond its edge. */
export const LOOK_HYSTERESIS_DEG = 4;

/** The share of the usual open level above which a closed eye is open again; it closes below `CLOSED_BELOW`. */
export const OPEN_ABOVE = 0.65;

/**
 * How long the lids must be seen closed until it is no blink, in milliseconds.
 *
 * A blink takes 0.1 to 0.4 s (Schiffman, Sensation and Perception, 2001); the smoothing lengthens it by 0.04 s. The
 * time counts between closed frames only, so that at 5 frames a second the one or two of a blink never suffice.
 */
export const NO_BLINK_MS = 450;

/** Smoothed values that are older say nothing about which side of a threshold the head was on. */
const STALE_MS = 1_000;

/** Where a head points. */
type Direction = Pick<HeadPose, "yawDeg" | "pitchDeg">;

/** What a person and their desk are like, as the evidence needs it. */
export interface Reference {
  /** Where the head points when it looks at the screen; `undefined`: not known yet. */
  readonly neutral: Direction | undefined;
  readonly openLevel: number;
  /** As given, for a head that is away, and as they hold one that is not. */
  readonly zones: readonly Zone[];
  readonly pushedZones: readonly Zone[];
  readonly holdingZones: readonly Zone[];
}

export interface Evidence {
  readonly atMs: number;
  /** What is to be believed; `undefined`: lids that have closed and may be blinking, what was before goes on. */
  readonly verdict: Verdict | undefined;
  /** Since when the verdict's cause has been there: closed eyes are dated back. */
  readonly sinceMs: number;
  /** Whether the eyes were seen well enough to count for PERCLOS. */
  readonly eyesJudged: boolean;
  /** The smoothed head, and when it was seen last. */
  readonly look: (Direction & { readonly atMs: number }) | undefined;
  readonly isAway: boolean;
  /** The smoothed probability that an eye is open, and when one was judged last. */
  readonly lids: { readonly open: number; readonly atMs: number } | undefined;
  /** The first frame with closed eyes of those that are; `undefined` while they are open or not judged. */
  readonly closedSinceMs: number | undefined;
}

/** Prepares what {@linkcode weigh} compares with. */
export function createReference(
  neutral: Reference["neutral"],
  openLevel: number,
  zones: readonly Zone[],
): Reference {
  const push = (deg: number) => outward(deg, LOOK_HYSTERESIS_DEG);
  const m = LOOK_HYSTERESIS_DEG;
  return {
    neutral,
    openLevel,
    zones,
    pushedZones: zones.map((zone) => ({
      yawFromDeg: push(zone.yawFromDeg),
      yawToDeg: push(zone.yawToDeg),
      pitchFromDeg: push(zone.pitchFromDeg),
      pitchToDeg: push(zone.pitchToDeg),
    })),
    holdingZones: zones.map((zone) => ({
      yawFromDeg: zone.yawFromDeg - m,
      yawToDeg: zone.yawToDeg + m,
      pitchFromDeg: zone.pitchFromDeg - m,
      pitchToDeg: zone.pitchToDeg + m,
    })),
  };
}

/** The evidence of `observation`, which comes after `before`; `undefined` is a fresh start. */
export function weigh(
  before: Evidence | undefined,
  observation: Observation,
  reference: Reference,
): Evidence {
  const { atMs, pose, eyes } = observation;
  const { openLevel } = reference;
  const isTurned = pose !== undefined && Math.abs(pose.yawDeg) >= EYES_JUDGED_YAW_DEG;
  const look = easeLook(before?.look, pose, atMs);
  const seenOpen = isTurned ? undefined : openness(eyes);
  const lids = seenOpen === undefined ? before?.lids : {
    open: ease(before?.lids?.open, seenOpen, sinceOf(before?.lids, atMs), LIDS_SMOOTHING_MS),
    atMs,
  };

  const isSeen = look?.atMs === atMs;
  const wasAway = before?.isAway === true && sinceOf(before.look, atMs) <= STALE_MS;
  const options: VerdictOptions = {
    neutral: reference.neutral,
    zones: wasAway ? reference.pushedZones : reference.holdingZones,
    openLevel: before?.closedSinceMs === undefined
      ? openLevel
      : openLevel * OPEN_ABOVE / CLOSED_BELOW,
  };
  const judgedLook = look && (wasAway ? pushed(look, reference.neutral) : look);
  const judgedEyes = seenOpen === undefined
    ? undefined
    : { leftOpen: lids!.open, rightOpen: lids!.open };
  const isClosed = judgedEyes !== undefined && areClosed(judgedEyes, options.openLevel!);
  const closedSinceMs = isClosed ? before?.closedSinceMs ?? atMs : undefined;

  const said = verdict({
    ...observation,
    pose: isSeen ? { rollDeg: pose!.rollDeg, ...judgedLook! } : undefined,
    eyes: judgedEyes,
    // The pipeline says so itself; eyes that came nevertheless are left out here.
    doubts: isTurned && !observation.doubts.includes("turned too far")
      ? [...observation.doubts, "turned too far"]
      : observation.doubts,
  }, options);
  const isLids = said.reason === "eyes closed";
  const mayBlink = isLids && atMs - closedSinceMs! < NO_BLINK_MS;
  // The head is on its way out and the smoothing not there yet: no reason to doubt.
  const isTurning = isSeen && said.reason === "turned too far" &&
    placeOf(pose!, reference) === "away";
  // What is doubted is not carried over to what is clear: it may have been another's face.
  const isDoubted = said.state === "uncertain";
  return {
    atMs,
    verdict: mayBlink || isTurning ? undefined : said,
    sinceMs: isLids ? closedSinceMs! : atMs,
    eyesJudged: judgedEyes !== undefined && (isLids || said.state === "focused"),
    look: isDoubted && said.reason !== "turned too far" ? undefined : look,
    isAway: isSeen && !isDoubted ? placeOf(judgedLook!, options) === "away" : wasAway,
    lids: isDoubted ? undefined : lids,
    closedSinceMs: isDoubted ? undefined : closedSinceMs,
  };
}

/** The more open of the eyes that were judged, as in `areClosed()`. */
function openness(eyes: Observation["eyes"]): number | undefined {
  const { leftOpen, rightOpen } = eyes ?? {};
  if (leftOpen === undefined && rightOpen === undefined) return undefined;
  const open = Math.max(leftOpen ?? 0, rightOpen ?? 0);
  return Number.isFinite(open) ? open : undefined;
}

function easeLook(
  before: Evidence["look"],
  pose: HeadPose | undefined,
  atMs: number,
): Evidence["look"] {
  if (!pose || !Number.isFinite(pose.yawDeg) || !Number.isFinite(pose.pitchDeg)) return before;
  const ms = sinceOf(before, atMs);
  return {
    yawDeg: ease(before?.yawDeg, pose.yawDeg, ms, POSE_SMOOTHING_MS),
    pitchDeg: ease(before?.pitchDeg, pose.pitchDeg, ms, POSE_SMOOTHING_MS),
    atMs,
  };
}

function sinceOf(before: { readonly atMs: number } | undefined, atMs: number): number {
  return before ? atMs - before.atMs : 0;
}

/** A first-order low-pass: where `value`, seen `ms` after `from` was right, brings it. */
function ease(from: number | undefined, value: number, ms: number, constantMs: number): number {
  return from === undefined ? value : value + (from - value) * Math.exp(-ms / constantMs);
}

/** `look` moved away from neutral by the hysteresis: where a head that is away must not point any more. */
function pushed(look: Direction, neutral: Direction = { yawDeg: 0, pitchDeg: 0 }): Direction {
  return {
    yawDeg: neutral.yawDeg + outward(look.yawDeg - neutral.yawDeg, LOOK_HYSTERESIS_DEG),
    pitchDeg: neutral.pitchDeg + outward(look.pitchDeg - neutral.pitchDeg, LOOK_HYSTERESIS_DEG),
  };
}

/** Keeps the order of values: what was inside of zones that are pushed likewise still is. */
function outward(deg: number, byDeg: number): number {
  return deg + Math.sign(deg) * byDeg;
}
