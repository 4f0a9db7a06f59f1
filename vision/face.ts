/**
 * BlazeFace: where faces are, near enough for a webcam.
 *
 * Source: MediaPipe's face detection graph (short range). Boxes that overlap are merged by their scores, as there,
 * which is steadier from frame to frame than keeping the best alone.
 * @module
 */
import type { Session } from "./backend.ts";
import { overlap, type Patch, square, wholeFrame } from "./geometry.ts";
import { sample, type Target } from "./preprocess.ts";
import type { FaceBox, Frame } from "./types.ts";

/** A detected face. */
export interface FoundFace {
  readonly box: FaceBox;
  /** The eyes' line against the horizontal, as `HeadPose.rollDeg`. */
  readonly rollRad: number;
}

/** The longer side of what the model sees; it was trained on squares of this. */
const SIDE = 128;
/** The other side is a multiple of this, the model's coarsest cell. */
const CELL = 16;
/** Scores under it are not faces. */
export const FACE_SCORE = 0.6;
/** Boxes that share more than this of their union are the same face. */
const SAME_FACE = 0.3;
/** Numbers an anchor: x, y, width, height, and six points. */
const STRIDE = 16;
/** Faces that are told apart at most; more than anybody needs to know. */
const MAX_FACES = 16;
/** What is kept of each candidate: its box and its eyes. */
type Candidate = { score: number; box: FaceBox; eyes: readonly [number, number, number, number] };

/** The two grids of anchors: pixels a cell, anchors a cell, and the outputs that belong to them. */
const GRIDS = [
  { cellPx: 8, anchors: 2, scores: "Identity:0", boxes: "Identity_2:0" },
  { cellPx: 16, anchors: 6, scores: "Identity_1:0", boxes: "Identity_3:0" },
] as const;

/** A face fills this part of the square in which it is looked at again: about as of a webcam's user. */
const ZOOM = 1 / 2.5;

/** The square in which to look closer at what may be a face in `box`, turned by so many quarters of a turn. */
export function zoomOn({ xPx, yPx, widthPx, heightPx }: FaceBox, quarters: number): Patch {
  const side = Math.max(widthPx, heightPx) / ZOOM;
  return square(xPx + widthPx / 2, yPx + heightPx / 2, side, quarters * Math.PI / 2);
}

/** What a picture of some aspect is put into. */
function targetOf(widthPx: number, heightPx: number): Target {
  return {
    data: new Float32Array(widthPx * heightPx * 3),
    widthPx,
    heightPx,
    layout: "hwc",
    scale: 1 / 127.5,
    offset: -1,
    beyond: "black",
  };
}

/**
 * Detects faces; its buffers are reused from frame to frame.
 *
 * The model is convolutions all through, so it need not see the black bars that would make a frame a square: at 4:3
 * that is a quarter of its work.
 */
export class FaceDetector {
  readonly #session: Session;
  readonly #targets = new Map<number, Target>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** The faces of `frame`, the surest first. */
  detect(frame: Frame, gain: number): Promise<FoundFace[]> {
    const { widthPx, heightPx } = frame;
    const longer = Math.max(widthPx, heightPx);
    const side = (px: number) => Math.ceil(px / longer * SIDE / CELL) * CELL;
    const width = side(widthPx), height = side(heightPx);
    return this.detectIn(frame, gain, wholeFrame(frame, width / height), width, height);
  }

  /** The faces in `patch` of `frame`, seen as a picture of this size. */
  async detectIn(
    frame: Frame,
    gain: number,
    patch: Patch,
    widthPx = SIDE,
    heightPx = SIDE,
  ): Promise<FoundFace[]> {
    const target = this.#target(widthPx, heightPx);
    sample(frame, patch, target, gain);
    const input = { data: target.data, dims: [1, heightPx, widthPx, 3] };
    return decodeFaces(await this.#session.run(input), patch, widthPx, heightPx);
  }

  #target(widthPx: number, heightPx: number): Target {
    const key = widthPx * 256 + heightPx;
    const known = this.#targets.get(key) ?? targetOf(widthPx, heightPx);
    this.#targets.set(key, known);
    return known;
  }
}

/**
 * The faces that BlazeFace's outputs speak of, in the frame of which it saw `patch` as a picture of
 * `widthPx` x `heightPx`.
 */
export function decodeFaces(
  outputs: Readonly<Record<string, Float32Array>>,
  patch: Patch,
  widthPx: number,
  heightPx: number,
): FoundFace[] {
  const scale = patch.widthPx / widthPx;
  const cos = Math.cos(patch.rollRad) * scale, sin = Math.sin(patch.rollRad) * scale;
  // From pixels of the picture to the frame.
  const frameX = (x: number, y: number) =>
    patch.centreXPx + (x - widthPx / 2) * cos - (y - heightPx / 2) * sin;
  const frameY = (x: number, y: number) =>
    patch.centreYPx + (x - widthPx / 2) * sin + (y - heightPx / 2) * cos;
  const candidates: Candidate[] = [];
  for (const { cellPx, anchors, scores, boxes } of GRIDS) {
    const logits = outputs[scores], numbers = outputs[boxes];
    const columns = widthPx / cellPx;
    for (let i = 0; i < logits.length; i++) {
      if (logits[i] < LOGIT) continue;
      const cell = Math.floor(i / anchors);
      // The cell's centre, and what the anchor says from there.
      const x = (cell % columns + 0.5) * cellPx, y = (Math.floor(cell / columns) + 0.5) * cellPx;
      const at = (k: number) => numbers[i * STRIDE + k];
      const width = at(2) * scale, height = at(3) * scale;
      candidates.push({
        score: 1 / (1 + Math.exp(-logits[i])),
        box: {
          xPx: frameX(x + at(0), y + at(1)) - width / 2,
          yPx: frameY(x + at(0), y + at(1)) - height / 2,
          widthPx: width,
          heightPx: height,
          score: 0,
        },
        eyes: [
          frameX(x + at(4), y + at(5)),
          frameY(x + at(4), y + at(5)),
          frameX(x + at(6), y + at(7)),
          frameY(x + at(6), y + at(7)),
        ],
      });
    }
  }
  return merge(candidates.sort((a, b) => b.score - a.score));
}

/** `FACE_SCORE` before the sigmoid. */
const LOGIT = Math.log(FACE_SCORE / (1 - FACE_SCORE));

/** One face of each heap of candidates, the surest first. */
function merge(sorted: Candidate[]): FoundFace[] {
  const faces: FoundFace[] = [];
  let rest = sorted;
  while (rest.length > 0 && faces.length < MAX_FACES) {
    const [best] = rest;
    const same = rest.filter(({ box }) => box === best.box || overlap(box, best.box) > SAME_FACE);
    rest = rest.filter((candidate) => !same.includes(candidate));
    const weight = same.reduce((sum, { score }) => sum + score, 0);
    const mean = (pick: (candidate: Candidate) => number) =>
      same.reduce((sum, candidate) => sum + pick(candidate) * candidate.score, 0) / weight;
    faces.push({
      box: {
        xPx: mean(({ box }) => box.xPx),
        yPx: mean(({ box }) => box.yPx),
        widthPx: mean(({ box }) => box.widthPx),
        heightPx: mean(({ box }) => box.heightPx),
        score: best.score,
      },
      // The subject's right eye comes first; it is on the left of the picture.
      rollRad: Math.atan2(
        mean(({ eyes }) => eyes[3] - eyes[1]),
        mean(({ eyes }) => eyes[2] - eyes[0]),
      ),
    });
  }
  return faces;
}
