/**
 * From one observation after the other to what the page is told: attention, spans, and what was asked to be learned.
 * Pure; the time comes with the observations.
 * @module
 */
import { SpanBuilder } from "../../daemon/core/focus.ts";
import {
  attend,
  type AttentionMemory,
  type AttentionOptions,
  calibrationOf,
  noPicture,
  startAttention,
  zoneAround,
} from "../../vision/attention.ts";
import type { AttentionState, Observation } from "../../vision/types.ts";
import type { BoxShare, Report, StudyOf } from "./messages.ts";

/** From asking somebody to look somewhere until they do, in milliseconds. */
export const STUDY_LEAD_MS = 2_000;
/** How long is looked then. */
export const STUDY_MS = 4_000;
/** A camera that gives nothing for longer is told so. */
const NO_PICTURE_AFTER_MS = 1_000;

export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

interface Study {
  readonly what: StudyOf;
  readonly fromMs: number;
  readonly seen: Observation[];
}

/** Counts one session's attention, from one `count` to the next. */
export class Watcher {
  #memory: AttentionMemory | undefined;
  #options: AttentionOptions = {};
  #builder = new SpanBuilder();
  #study: Study | undefined;
  #lastMs = 0;
  #pictures = 0;

  constructor(private readonly report: (report: Report) => void) {}

  get isCounting(): boolean {
    return this.#memory !== undefined;
  }

  /** Counts from `atMs` on; the time from `since` to then was not seen and belongs to the session. */
  count(
    atMs: number,
    attention: AttentionOptions,
    since?: { readonly atMs: number; readonly state: AttentionState },
  ): void {
    this.#options = attention;
    this.#memory = startAttention(attention);
    this.#builder = new SpanBuilder();
    this.#study = undefined;
    this.#lastMs = atMs;
    if (since) this.#builder.add(since.atMs, since.state);
  }

  rest(): void {
    this.#memory = undefined;
    this.#study = undefined;
  }

  judge(attention: AttentionOptions): void {
    this.#options = attention;
  }

  /** Gathers what is seen from a moment after `atMs` on, and tells what it teaches. */
  study(what: StudyOf, atMs: number): void {
    this.#study = { what, fromMs: atMs + STUDY_LEAD_MS, seen: [] };
  }

  /** A picture of `size` was looked at. */
  see(observation: Observation, size: PictureSize): void {
    if (!this.#memory) return;
    this.#pictures++;
    this.#take(observation, boxShare(observation, size));
  }

  /** Called a few times a second: says so when there is no picture. */
  tick(nowMs: number): void {
    if (!this.#memory) return;
    // A clock that was set back is not waited for.
    const waitedMs = nowMs - this.#lastMs;
    if (waitedMs >= NO_PICTURE_AFTER_MS || waitedMs < 0) this.#take(noPicture(nowMs), undefined);
  }

  #take(observation: Observation, box: BoxShare | undefined): void {
    const { atMs, faceCount, brightness } = observation;
    this.#lastMs = atMs;
    const memory = this.#memory = attend(this.#memory!, observation, this.#options);
    this.#builder.add(atMs, memory.attention.state);
    this.report({
      ...{ kind: "seen", attention: memory.attention, spans: this.#builder.take() },
      ...{ box, faceCount, brightness, pictures: this.#pictures },
    });
    this.#learn(observation);
  }

  #learn(observation: Observation): void {
    if (!this.#study || observation.atMs < this.#study.fromMs) return;
    const { what, fromMs, seen } = this.#study;
    seen.push(observation);
    if (observation.atMs - fromMs < STUDY_MS) return;
    this.#study = undefined;
    const calibration = what === "screen" ? calibrationOf(seen) : undefined;
    const zone = what === "zone"
      ? zoneAround(seen, this.#memory?.attention.calibration)
      : undefined;
    this.report({ kind: "studied", what, calibration, zone });
  }
}

function boxShare(
  { face }: Observation,
  { widthPx, heightPx }: PictureSize,
): BoxShare | undefined {
  return face && {
    x: face.xPx / widthPx,
    y: face.yPx / heightPx,
    width: face.widthPx / widthPx,
    height: face.heightPx / heightPx,
  };
}
