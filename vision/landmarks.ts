/**
 * MediaPipe's face mesh: 468 points of a face, and whether there is one.
 * @module
 */
import type { Session } from "./backend.ts";
import { gainFor, lightOf } from "./brightness.ts";
import { type Patch, square } from "./geometry.ts";
import { sample, type Target } from "./preprocess.ts";
import type { FaceBox, Frame } from "./types.ts";

const SIDE = 192;
/** Points of the mesh. */
export const POINTS = 468;
/** Below this probability what was followed is no face any more. */
export const MESH_SCORE = 0.5;
/** What is new has to be this surely a face; real ones come to 0.98, dolls and patterns to anything. */
export const NEW_MESH_SCORE = 0.75;
/** How much larger than the face's box the square is that the model wants. */
export const MARGIN = 1.5;

/** Points by what they are; left and right are the subject's. Numbers: MediaPipe's canonical face model. */
export const POINT = {
  foreheadTop: 10,
  chin: 152,
  leftCheekEdge: 454,
  rightCheekEdge: 234,
  leftEyeOuter: 263,
  leftEyeInner: 362,
  rightEyeOuter: 33,
  rightEyeInner: 133,
} as const;

/** A face's points. */
export interface Mesh {
  /** Probability that this is a face, 0..1. */
  readonly score: number;
  /** x, y, z of each point in the square of `patch`, in pixels of 192; z grows away from the camera. */
  readonly points: Float32Array;
  /** Where the square was. */
  readonly patch: Patch;
  /** What the picture was brightened by. */
  readonly gain: number;
}

/** Finds the points; its buffers are reused from frame to frame. */
export class LandmarkFinder {
  readonly #session: Session;
  readonly #target: Target = {
    data: new Float32Array(SIDE * SIDE * 3),
    widthPx: SIDE,
    heightPx: SIDE,
    layout: "hwc",
    scale: 1 / 255,
    offset: 0,
    beyond: "edge",
  };
  readonly #input = { data: this.#target.data, dims: [1, SIDE, SIDE, 3] };

  constructor(session: Session) {
    this.#session = session;
  }

  /** The mesh of what `patch` shows; `score` says whether it is one. */
  async find(frame: Frame, patch: Patch): Promise<Mesh> {
    const gain = gainFor(lightOf(frame, patch, 16).mean);
    sample(frame, patch, this.#target, gain);
    const outputs = await this.#session.run(this.#input);
    return { score: outputs.Identity_1[0], points: outputs.Identity_2, patch, gain };
  }
}

/** Where point `index` is in the frame. */
export function pointX({ points, patch }: Mesh, index: number): number {
  const u = (points[3 * index] / SIDE - 0.5) * patch.widthPx;
  const v = (points[3 * index + 1] / SIDE - 0.5) * patch.heightPx;
  return patch.centreXPx + u * Math.cos(patch.rollRad) - v * Math.sin(patch.rollRad);
}

export function pointY({ points, patch }: Mesh, index: number): number {
  const u = (points[3 * index] / SIDE - 0.5) * patch.widthPx;
  const v = (points[3 * index + 1] / SIDE - 0.5) * patch.heightPx;
  return patch.centreYPx + u * Math.sin(patch.rollRad) + v * Math.cos(patch.rollRad);
}

/** The line through the eyes' outer corners against the horizontal. */
export function rollOf(mesh: Mesh): number {
  const { points, patch } = mesh;
  const from = 3 * POINT.rightEyeOuter, to = 3 * POINT.leftEyeOuter;
  return patch.rollRad +
    Math.atan2(points[to + 1] - points[from + 1], points[to] - points[from]);
}

/** The upright box around all points, in the frame; its score is the mesh's. */
export function boxOf(mesh: Mesh): FaceBox {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let i = 0; i < POINTS; i++) {
    const x = pointX(mesh, i), y = pointY(mesh, i);
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { xPx: left, yPx: top, widthPx: right - left, heightPx: bottom - top, score: mesh.score };
}

/**
 * The square in which to look for this face in the next frame.
 *
 * The points' extent is taken along the face's own axes: an upright box around a leaning head would grow and shrink
 * with its roll.
 */
export function nextPatch(mesh: Mesh): Patch {
  const { points, patch } = mesh;
  const roll = rollOf(mesh);
  const cos = Math.cos(roll - patch.rollRad), sin = Math.sin(roll - patch.rollRad);
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let i = 0; i < POINTS; i++) {
    const x = points[3 * i] * cos + points[3 * i + 1] * sin;
    const y = points[3 * i + 1] * cos - points[3 * i] * sin;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  const scale = patch.widthPx / SIDE;
  const middleX = (left + right) / 2, middleY = (top + bottom) / 2;
  const u = (middleX * cos - middleY * sin - SIDE / 2) * scale;
  const v = (middleX * sin + middleY * cos - SIDE / 2) * scale;
  return square(
    patch.centreXPx + u * Math.cos(patch.rollRad) - v * Math.sin(patch.rollRad),
    patch.centreYPx + u * Math.sin(patch.rollRad) + v * Math.cos(patch.rollRad),
    Math.max(right - left, bottom - top) * scale * MARGIN,
    roll,
  );
}

/** The square in which to look for the points of a detected face. */
export function patchOfFace(
  { xPx, yPx, widthPx, heightPx }: FaceBox,
  rollRad: number,
): Patch {
  const side = Math.max(widthPx, heightPx) * MARGIN;
  return square(xPx + widthPx / 2, yPx + heightPx / 2, side, rollRad);
}
