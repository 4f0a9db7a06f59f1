/**
 * How bright a part of the frame is, from a few points of it.
 * @module
 */
import type { Patch } from "./geometry.ts";
import type { Frame } from "./types.ts";

/** What the points of a patch are like. */
export interface Light {
  /** Mean luma (Rec. 601), 0..1. */
  readonly mean: number;
  /** Standard deviation of the luma, 0..0.5. */
  readonly spread: number;
}

/** Below this mean a picture is brightened before a model sees it; the models were trained on lit faces. */
export const DIM = 0.3;
/** The mean that brightening aims at. */
const LIT = 0.45;
/** What is brightened more shows the sensor's noise rather than a face. */
const MAX_GAIN = 8;

/** What bytes are multiplied by, so that a model sees a picture of this mean as a lit one. */
export function gainFor(mean: number): number {
  return mean >= DIM ? 1 : Math.min(MAX_GAIN, LIT / Math.max(mean, 1e-3));
}

/**
 * The light of `patch`, from `points` x `points` of it; what lies beyond the frame does not count.
 *
 * A patch wholly beyond the frame has a mean and a spread of 0.
 */
export function lightOf(frame: Frame, patch: Patch, points: number): Light {
  const { data, widthPx, heightPx, channels } = frame;
  const cos = Math.cos(patch.rollRad), sin = Math.sin(patch.rollRad);
  let sum = 0, squares = 0, count = 0;
  for (let row = 0; row < points; row++) {
    const v = ((row + 0.5) / points - 0.5) * patch.heightPx;
    for (let column = 0; column < points; column++) {
      const u = ((column + 0.5) / points - 0.5) * patch.widthPx;
      const x = Math.floor(patch.centreXPx + u * cos - v * sin);
      const y = Math.floor(patch.centreYPx + u * sin + v * cos);
      if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) continue;
      const i = (y * widthPx + x) * channels;
      const luma = 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
      sum += luma;
      squares += luma * luma;
      count++;
    }
  }
  if (count === 0) return { mean: 0, spread: 0 };
  const mean = sum / count;
  const spread = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { mean: mean / 255, spread: spread / 255 };
}
