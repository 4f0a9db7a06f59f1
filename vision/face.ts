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

const SIDE = 128;
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

/** The two grids of anchors: cells a side, anchors a cell, and the outputs that belong to them. */
const GRIDS = [
  { cells: 16, anchors: 2, scores: "Identity:0", boxes: "Identity_2:0" },
  { cells: 8, anchors: 6, scores: "Identity_1:0", boxes: "Identity_3:0" },
] as const;

/** A face fills this part of the square in which it is looked at again: about as of a webcam's user. */
const ZOOM = 1 / 2.5;

/** The square in which to look closer at what may be a face in `box`, turned by so many quarters of a turn. */
export function zoomOn({ xPx, yPx, widthPx, heightPx }: FaceBox, quarters: number): Patch {
  const side = Math.max(widthPx, heightPx) / ZOOM;
  return square(xPx + widthPx / 2, yPx + heightPx / 2, side, quarters * Math.PI / 2);
}

/** Detects faces; its buffers are reused from frame to frame. */
export class FaceDetector {
  readonly #session: Session;
  readonly #target: Target = {
    data: new Float32Array(SIDE * SIDE * 3),
    widthPx: SIDE,
    heightPx: SIDE,
    layout: "hwc",
    scale: 1 / 127.5,
    offset: -1,
    beyond: "black",
  };
  readonly #input = { data: this.#target.data, dims: [1, SIDE, SIDE, 3] };

  constructor(session: Session) {
    this.#session = session;
  }

  /** The faces in a square of `frame`, the surest first. */
  async detect(frame: Frame, gain: number, patch = wholeFrame(frame, 1)): Promise<FoundFace[]> {
    sample(frame, patch, this.#target, gain);
    return decodeFaces(await this.#session.run(this.#input), patch);
  }
}

/** The faces that BlazeFace's outputs speak of, in the frame of which it saw the square `patch`. */
export function decodeFaces(
  outputs: Readonly<Record<string, Float32Array>>,
  patch: Patch,
): FoundFace[] {
  const size = patch.widthPx;
  const cos = Math.cos(patch.rollRad), sin = Math.sin(patch.rollRad);
  // From parts of the patch to the frame.
  const frameX = (x: number, y: number) =>
    patch.centreXPx + ((x - 0.5) * cos - (y - 0.5) * sin) * size;
  const frameY = (x: number, y: number) =>
    patch.centreYPx + ((x - 0.5) * sin + (y - 0.5) * cos) * size;
  const candidates: Candidate[] = [];
  for (const { cells, anchors, scores, boxes } of GRIDS) {
    const logits = outputs[scores], numbers = outputs[boxes];
    for (let i = 0; i < logits.length; i++) {
      if (logits[i] < LOGIT) continue;
      const cell = Math.floor(i / anchors);
      // The cell's centre, and what the anchor says from there.
      const x = (cell % cells + 0.5) / cells, y = (Math.floor(cell / cells) + 0.5) / cells;
      const at = (k: number) => numbers[i * STRIDE + k] / SIDE;
      const width = at(2) * size, height = at(3) * size;
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
