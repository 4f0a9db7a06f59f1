/**
 * Turned rectangles of a frame, and points in them.
 * @module
 */
import type { FaceBox, Frame } from "./types.ts";

/** A rectangle of the frame, turned about its centre; it may reach over the frame's edge. */
export interface Patch {
  readonly centreXPx: number;
  readonly centreYPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Positive: clockwise as seen, as in `HeadPose.rollDeg`. */
  readonly rollRad: number;
}

/** The smallest patch of the aspect `width / height` around the whole frame. */
export function wholeFrame({ widthPx, heightPx }: Frame, aspect: number): Patch {
  const width = Math.max(widthPx, heightPx * aspect);
  return {
    centreXPx: widthPx / 2,
    centreYPx: heightPx / 2,
    widthPx: width,
    heightPx: width / aspect,
    rollRad: 0,
  };
}

export function square(
  centreXPx: number,
  centreYPx: number,
  sidePx: number,
  rollRad: number,
): Patch {
  return { centreXPx, centreYPx, widthPx: sidePx, heightPx: sidePx, rollRad };
}

/** Intersection over union of two boxes, 0..1; 0 where one is empty. */
export function overlap(a: FaceBox, b: FaceBox): number {
  const width = Math.min(a.xPx + a.widthPx, b.xPx + b.widthPx) - Math.max(a.xPx, b.xPx);
  const height = Math.min(a.yPx + a.heightPx, b.yPx + b.heightPx) - Math.max(a.yPx, b.yPx);
  if (!(width > 0 && height > 0)) return 0;
  const both = width * height;
  return both / (a.widthPx * a.heightPx + b.widthPx * b.heightPx - both);
}

/** `degrees` of radians. */
export function degrees(rad: number): number {
  return rad * 180 / Math.PI;
}
