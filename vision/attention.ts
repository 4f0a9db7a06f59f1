/**
 * Whether somebody looks at the screen, told from what a camera sees over time: a pure state machine.
 *
 * ```text
 * observation ─> evidence (smoothed, no blinks) ─> course (states) ─┬─> alert
 *                    └─> PERCLOS, drowsiness         └─> learning ──┴─> Attention
 * ```
 * Time comes with the observations, in milliseconds on any one clock. Nothing happens between them; a host whose
 * camera is gone or gives no frame calls {@linkcode noPicture} once a second. Where nothing at all was observed for
 * over {@linkcode MAX_GAP_MS} the state is `uncertain`, whatever it was before.
 * @module
 */
import { type Calibration, learn, learned, type Learning, NOTHING_LEARNED } from "./calibration.ts";
import { beginCourse, type Course, follow } from "./course.ts";
import { type AlertLevel, escalate, type Escalation, NO_ALERT } from "./escalation.ts";
import { createReference, type Evidence, type Reference, weigh } from "./evidence.ts";
import { countLids, type LidCount, NO_LIDS } from "./perclos.ts";
import type { AttentionState, Doubt, Observation, UnfocusedReason } from "./types.ts";
import type { Zone } from "./verdict.ts";

export { type Calibration, calibrationOf, zoneAround } from "./calibration.ts";
export type { AlertLevel } from "./escalation.ts";
export type { Zone } from "./verdict.ts";

/** No state is carried over a longer time without an observation, in milliseconds. */
export const MAX_GAP_MS = 2_000;

export const DEFAULT_LOOK_AWAY_MS = 3_000;

export interface AttentionOptions {
  /**
   * How long somebody who is focused may look away, or have the eyes closed, and still is, in milliseconds.
   *
   * @default 3000, from which on Euro NCAP's protocol for driver engagement calls it a long glance away
   */
  readonly lookAwayMs?: number;
  /** What is known of this person and camera; it is used as it is. @default learned over the first minute */
  readonly calibration?: Calibration;
  /** Where looking is focused too, relative to the neutral pose: another screen. @default none */
  readonly zones?: readonly Zone[];
}

export interface Attention {
  /** The time of the last observation; 0 before the first. */
  readonly atMs: number;
  readonly state: AttentionState;
  /** When the state began to be told; it is never dated back. */
  readonly sinceMs: number;
  /** Why the state is unfocused or uncertain; `undefined` while nothing is known, or for no single reason. */
  readonly reason: UnfocusedReason | Doubt | undefined;
  /** 0: none; 1: the indicator; 2: sound and banner; 3: a desktop notification. It only rises until it is 0 again. */
  readonly alert: AlertLevel;
  /** Share 0..1 of the last minute with closed eyes, blinks left out; `undefined`: judged for under 20 s. */
  readonly perclos: number | undefined;
  readonly isDrowsy: boolean;
  /** Whether the calibration is still being learned. */
  readonly isLearning: boolean;
  /** The one that is used: given, or learned and worth keeping. */
  readonly calibration: Calibration | undefined;
}

/** Everything the state machine remembers; plain data that {@linkcode attend} does not change. */
export interface AttentionMemory {
  readonly attention: Attention;
  readonly options: AttentionOptions;
  readonly reference: Reference;
  /** `undefined` before the first observation. */
  readonly seen: { readonly evidence: Evidence; readonly course: Course } | undefined;
  readonly escalation: Escalation;
  readonly lids: LidCount;
  readonly learning: Learning;
  readonly learned: Calibration | undefined;
}

/** A session in which nothing has been observed. @throws {RangeError} when an option is no sensible number */
export function startAttention(options: AttentionOptions = {}): AttentionMemory {
  const { calibration } = options;
  return {
    attention: {
      atMs: 0,
      state: "uncertain",
      sinceMs: 0,
      reason: undefined,
      alert: 0,
      perclos: undefined,
      isDrowsy: false,
      isLearning: calibration === undefined,
      calibration,
    },
    options,
    reference: referenceOf(options, calibration),
    seen: undefined,
    escalation: NO_ALERT,
    lids: NO_LIDS,
    learning: NOTHING_LEARNED,
    learned: undefined,
  };
}

/**
 * The memory after one more observation.
 *
 * `options` take the place of those before from here on. An observation that is not later than the last one is
 * ignored and the very same memory returned; one that is earlier by more than {@linkcode MAX_GAP_MS} comes of
 * another clock and is a new beginning, as after a gap.
 *
 * @throws {RangeError} when the time, or an option, is no sensible number
 */
export function attend(
  memory: AttentionMemory,
  observation: Observation,
  options: AttentionOptions = memory.options,
): AttentionMemory {
  const { atMs } = observation;
  if (!Number.isFinite(atMs)) throw new RangeError(`Cannot observe at ${atMs}: a time is needed`);
  const { seen } = memory;
  const waitedMs = seen ? atMs - seen.evidence.atMs : 0;
  if (seen && waitedMs <= 0 && waitedMs >= -MAX_GAP_MS) return memory;

  const reference = isSame(options, memory.options)
    ? memory.reference
    : referenceOf(options, options.calibration ?? memory.learned);
  const isGap = Math.abs(waitedMs) > MAX_GAP_MS;
  const before = isGap ? undefined : seen;
  const evidence = weigh(before?.evidence, observation, reference);
  const course = before
    ? follow(before.course, before.evidence, evidence, options.lookAwayMs ?? DEFAULT_LOOK_AWAY_MS)
    : resume(evidence, seen?.course);
  const escalation = before
    ? escalate(memory.escalation, course.state, before.course.state, waitedMs)
    : NO_ALERT;
  const lids = countLids(
    memory.lids,
    atMs,
    before ? lidTimes(before.evidence, evidence) : { judgedMs: 0, closedMs: 0 },
  );
  const next: AttentionMemory = {
    ...memory,
    options,
    reference,
    seen: { evidence, course },
    escalation,
    lids,
  };
  return told(study(next, observation));
}

/** An observation of a camera that gave no picture. */
export function noPicture(atMs: number): Observation {
  return {
    atMs,
    faceCount: 0,
    face: undefined,
    eyes: undefined,
    pose: undefined,
    brightness: 0,
    doubts: ["bad frame"],
  };
}

/** The course after a time in which nobody looked. */
function resume(evidence: Evidence, before: Course | undefined): Course {
  const course = beginCourse(evidence, before && "bad frame");
  // A clock that was turned back is a beginning, whatever was before.
  const goesOn = before?.state === "uncertain" && before.sinceMs <= evidence.atMs;
  return goesOn ? { ...course, sinceMs: before.sinceMs } : course;
}

/** What the time between two observations adds to the count of closed eyes. */
function lidTimes(
  before: Evidence,
  evidence: Evidence,
): { readonly judgedMs: number; readonly closedMs: number } {
  const ms = evidence.atMs - before.atMs;
  const wasClosed = before.verdict?.reason === "eyes closed";
  // What might have been a blink, and was none, is counted when that is known.
  const isProved = !before.verdict && evidence.verdict?.reason === "eyes closed";
  const lateMs = isProved ? evidence.atMs - evidence.sinceMs : 0;
  return { judgedMs: before.eyesJudged ? ms : 0, closedMs: wasClosed ? ms : lateMs };
}

/** Learns the calibration while there is none. */
function study(memory: AttentionMemory, observation: Observation): AttentionMemory {
  const { options, seen } = memory;
  const isLearning = options.calibration === undefined && memory.learned === undefined;
  const isFocused = seen?.course.state === "focused" && seen.evidence.verdict?.state === "focused";
  if (!isLearning || !isFocused) return memory;
  const learning = learn(memory.learning, observation);
  const result = learned(learning);
  if (!result) return { ...memory, learning };
  return {
    ...memory,
    learning: NOTHING_LEARNED,
    learned: result,
    reference: referenceOf(options, result),
  };
}

function told(memory: AttentionMemory): AttentionMemory {
  const { evidence, course } = memory.seen!;
  const calibration = memory.options.calibration ?? memory.learned;
  return {
    ...memory,
    attention: {
      atMs: evidence.atMs,
      state: course.state,
      sinceMs: course.sinceMs,
      reason: course.reason,
      alert: memory.escalation.level,
      perclos: memory.lids.perclos,
      isDrowsy: memory.lids.isDrowsy,
      isLearning: calibration === undefined,
      calibration,
    },
  };
}

function isSame(a: AttentionOptions, b: AttentionOptions): boolean {
  return a.lookAwayMs === b.lookAwayMs && a.calibration === b.calibration && a.zones === b.zones;
}

function referenceOf(
  { lookAwayMs = DEFAULT_LOOK_AWAY_MS, zones = [] }: AttentionOptions,
  calibration: Calibration | undefined,
): Reference {
  if (!(lookAwayMs >= 0)) {
    throw new RangeError(`Cannot use a look-away time of ${lookAwayMs} ms: it must be at least 0`);
  }
  const { neutralYawDeg = 0, neutralPitchDeg = 0, openLevel = 1 } = calibration ?? {};
  for (const value of [neutralYawDeg, neutralPitchDeg, openLevel]) {
    if (!Number.isFinite(value)) {
      throw new RangeError(`Cannot use the calibration: ${value} is no number`);
    }
  }
  const neutral = calibration && { yawDeg: neutralYawDeg, pitchDeg: neutralPitchDeg };
  return createReference(neutral, openLevel, zones);
}
