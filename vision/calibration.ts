/**
 * Where this person's head points when it looks at the screen, and how open their eyes usually are.
 *
 * Learned from a minute in which they look there, as openpilot's driver monitoring learns a driver's natural pose.
 * Medians of what can be a look at the screen, so that glances, blinks and looking away do not move it.
 * @module
 */
import type { Observation } from "./types.ts";
import type { Zone } from "./verdict.ts";

/** What is known of a person in front of one camera. */
export interface Calibration {
  /** The head's direction when it looks at the screen, in degrees as in `HeadPose`. */
  readonly neutralYawDeg: number;
  readonly neutralPitchDeg: number;
  /** This person's usual probability of open eyes, 0..1. */
  readonly openLevel: number;
}

/** Looking at the screen that is learned from, in milliseconds. */
export const LEARNING_MS = 60_000;

/** A head that points further off is not taken for one that looks at the screen. */
const PLAUSIBLE_DEG = 20;
/** A neutral that is further off is not believed: looking away must not become looking at the screen. */
const MAX_NEUTRAL_DEG = 15;
/** The same for somebody who was asked to look at the screen: the camera may stand well beside it. */
const ASKED_PLAUSIBLE_DEG = 35;
const ASKED_MAX_NEUTRAL_DEG = 30;
/** Eyes that are usually judged less open are not learned as open. */
const MIN_OPEN_LEVEL = 0.4;
/** Between two samples: a minute of them is plenty for a median. */
const SAMPLE_EVERY_MS = 200;
/** One sample's time counts for at most so much: at 1 frame a second a minute is a minute too. */
const MAX_SAMPLE_MS = 1_000;

/** Frames that looking somewhere on request takes, and the time they cover. */
const MIN_FRAMES = 8;
const MIN_ASKED_MS = 2_000;
/** How far the middle half of the frames may be spread: more is looking around. */
const MAX_SPREAD_DEG = 12;
/** What a zone reaches beyond where the head was seen, and how wide it is at least. */
const ZONE_MARGIN_DEG = 6;
const MIN_ZONE_DEG = 20;

interface Sample {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  /** `undefined`: the eyes were not judged. */
  readonly open: number | undefined;
  /** The one before; a list that grows without being copied. */
  readonly before: Sample | undefined;
}

/** What has been learned so far. */
export interface Learning {
  readonly learnedMs: number;
  readonly lastMs: number;
  readonly newest: Sample | undefined;
}

export const NOTHING_LEARNED: Learning = { learnedMs: 0, lastMs: -Infinity, newest: undefined };

/** Learns from a frame in which the person counts as focused; others must not be given. */
export function learn(learning: Learning, observation: Observation): Learning {
  const { atMs } = observation;
  const sinceMs = atMs - learning.lastMs;
  if (sinceMs < SAMPLE_EVERY_MS) return learning;
  const sample = sampleOf(observation, PLAUSIBLE_DEG, learning.newest);
  // What lies before the first sample, or a gap, was not seen.
  const learnedMs = learning.learnedMs + Math.min(sinceMs, MAX_SAMPLE_MS);
  return sample?.open === undefined ? learning : { learnedMs, lastMs: atMs, newest: sample };
}

/** What a minute has taught; `undefined` before it is over. */
export function learned({ learnedMs, newest }: Learning): Calibration | undefined {
  return learnedMs < LEARNING_MS ? undefined : calibrationFrom(listOf(newest), MAX_NEUTRAL_DEG);
}

/**
 * The calibration of somebody who was asked to look at the screen for some seconds; `undefined` when too little was
 * seen of them, or they did not look into one direction.
 */
export function calibrationOf(observations: readonly Observation[]): Calibration | undefined {
  const samples = steady(observations, ASKED_PLAUSIBLE_DEG);
  return samples && calibrationFrom(samples, ASKED_MAX_NEUTRAL_DEG);
}

/**
 * The zone around where somebody looks who was asked to look at another screen for some seconds, relative to the
 * neutral pose of `calibration`; `undefined` as with {@linkcode calibrationOf}.
 *
 * Its middle is the median; it reaches a little beyond where the head was for nine tenths of the time.
 */
export function zoneAround(
  observations: readonly Observation[],
  calibration?: Pick<Calibration, "neutralYawDeg" | "neutralPitchDeg">,
): Zone | undefined {
  const samples = steady(observations, 90);
  if (!samples) return undefined;
  const { neutralYawDeg = 0, neutralPitchDeg = 0 } = calibration ?? {};
  const yaw = rangeOf(samples.map(({ yawDeg }) => yawDeg - neutralYawDeg));
  const pitch = rangeOf(samples.map(({ pitchDeg }) => pitchDeg - neutralPitchDeg));
  return {
    yawFromDeg: yaw.from,
    yawToDeg: yaw.to,
    pitchFromDeg: pitch.from,
    pitchToDeg: pitch.to,
  };
}

function rangeOf(values: readonly number[]): { readonly from: number; readonly to: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = quantile(sorted, 0.5);
  const half = MIN_ZONE_DEG / 2;
  return {
    from: Math.min(middle - half, quantile(sorted, 0.05) - ZONE_MARGIN_DEG),
    to: Math.max(middle + half, quantile(sorted, 0.95) + ZONE_MARGIN_DEG),
  };
}

/** What was seen of one head that mostly pointed into one direction. */
function steady(observations: readonly Observation[], plausibleDeg: number): Sample[] | undefined {
  const samples: Sample[] = [];
  for (const observation of observations) {
    const sample = sampleOf(observation, plausibleDeg, undefined);
    if (sample) samples.push(sample);
  }
  const coveredMs = (observations.at(-1)?.atMs ?? 0) - (observations[0]?.atMs ?? 0);
  const isEnough = samples.length >= MIN_FRAMES && coveredMs >= MIN_ASKED_MS &&
    samples.length >= observations.length / 2;
  if (!isEnough) return undefined;
  const isSteady = [samples.map((s) => s.yawDeg), samples.map((s) => s.pitchDeg)].every(
    (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      return quantile(sorted, 0.75) - quantile(sorted, 0.25) <= MAX_SPREAD_DEG;
    },
  );
  return isSteady ? samples : undefined;
}

function sampleOf(
  { doubts, pose, eyes }: Observation,
  plausibleDeg: number,
  before: Sample | undefined,
): Sample | undefined {
  if (!pose || doubts.some((doubt) => doubt !== "turned too far")) return undefined;
  const { yawDeg, pitchDeg } = pose;
  // Also keeps out what is no number.
  if (!(Math.abs(yawDeg) <= plausibleDeg && Math.abs(pitchDeg) <= plausibleDeg)) return undefined;
  const { leftOpen, rightOpen } = eyes ?? {};
  const isJudged = leftOpen !== undefined || rightOpen !== undefined;
  const open = isJudged ? Math.max(leftOpen ?? 0, rightOpen ?? 0) : undefined;
  return { yawDeg, pitchDeg, open, before };
}

function calibrationFrom(samples: readonly Sample[], maxNeutralDeg: number): Calibration {
  const clamp = (deg: number) => Math.max(-maxNeutralDeg, Math.min(maxNeutralDeg, deg));
  const open = samples.flatMap((sample) => sample.open === undefined ? [] : [sample.open]);
  return {
    neutralYawDeg: clamp(median(samples.map(({ yawDeg }) => yawDeg))),
    neutralPitchDeg: clamp(median(samples.map(({ pitchDeg }) => pitchDeg))),
    openLevel: open.length === 0 ? 1 : Math.min(1, Math.max(MIN_OPEN_LEVEL, median(open))),
  };
}

function listOf(newest: Sample | undefined): Sample[] {
  const samples: Sample[] = [];
  for (let sample = newest; sample; sample = sample.before) samples.push(sample);
  return samples;
}

function median(values: readonly number[]): number {
  return quantile(values.toSorted((a, b) => a - b), 0.5);
}

/** Between two values in proportion, so that a mirrored list has the mirrored quantile. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
