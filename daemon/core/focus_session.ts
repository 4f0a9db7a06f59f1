/**
 * A focus session as it is kept, and what the parts of the daemon need of one another for it.
 * @module
 */
import type { FocusSpan, FocusTotals } from "./focus.ts";

export type FocusState = FocusSpan["state"];

/** The states in the order in which they are told. */
export const FOCUS_STATES = ["focused", "unfocused", "no_face", "uncertain"] as const;

/** Where the camera is read; "file": a film in its place, which proves nobody's presence. */
export const FOCUS_SOURCES = ["browser", "terminal", "file"] as const;
export type FocusSource = typeof FOCUS_SOURCES[number];

export interface NewFocusSession {
  readonly source: FocusSource;
  /** The camera's label; "" when it has none. */
  readonly camera: string;
  readonly startMs: number;
  readonly plannedMinutes?: number;
}

export interface FocusRecord extends NewFocusSession {
  readonly id: number;
  /** The end of its last span; its start while it has none. */
  readonly endMs: number;
  /** `lost`: nothing more was heard of it; what comes late takes it up again. */
  readonly how: "running" | "ended" | "lost";
  /** The number of the last batch of spans in it; 0 before the first. */
  readonly sequence: number;
  readonly totals: FocusTotals;
  /** The state of its last span. */
  readonly state: FocusState | undefined;
}

/** Time per state, in milliseconds. */
export interface FocusTimes {
  focusedMs: number;
  unfocusedMs: number;
  noFaceMs: number;
  uncertainMs: number;
}

/** How a person looks straight at the screen, as a camera sees it. */
export interface FocusCalibration {
  readonly neutralYawDeg: number;
  readonly neutralPitchDeg: number;
  /** How open the eyes usually are, 0..1. */
  readonly openLevel: number;
  /** Directions that count as the screen too, relative to the neutral one. */
  readonly zones: readonly {
    readonly yawFromDeg: number;
    readonly yawToDeg: number;
    readonly pitchFromDeg: number;
    readonly pitchToDeg: number;
  }[];
}

/** The field of {@linkcode FocusTimes} that counts a state. */
export const TIME_OF = {
  focused: "focusedMs",
  unfocused: "unfocusedMs",
  no_face: "noFaceMs",
  uncertain: "uncertainMs",
} as const satisfies Record<FocusState, keyof FocusTimes>;

/** No time in any state. */
export function emptyFocusTimes(): FocusTimes {
  return { focusedMs: 0, unfocusedMs: 0, noFaceMs: 0, uncertainMs: 0 };
}

/** Adds other times to `times`, in place. */
export function addFocusTimes(times: FocusTimes, more: FocusTimes): void {
  times.focusedMs += more.focusedMs;
  times.unfocusedMs += more.unfocusedMs;
  times.noFaceMs += more.noFaceMs;
  times.uncertainMs += more.uncertainMs;
}

/** All states together. */
export function recordedMs({ focusedMs, unfocusedMs, noFaceMs, uncertainMs }: FocusTimes): number {
  return focusedMs + unfocusedMs + noFaceMs + uncertainMs;
}
