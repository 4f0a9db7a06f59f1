/**
 * Finds small faces, of which BlazeFace misses every second one; slower, so it is asked only where that finds none.
 *
 * It also sees faces in animals and patterns. So BlazeFace looks again at what it found, closer, and decides.
 *
 * Source: "Ultra-Light-Fast-Generic-Face-Detector" in faceplugin's packing, where boxes come decoded.
 * @module
 */
import type { Session } from "./backend.ts";
import { overlap, type Patch, wholeFrame } from "./geometry.ts";
import { sample, type Target } from "./preprocess.ts";
import type { FaceBox, Frame } from "./types.ts";

const WIDTH = 320, HEIGHT = 240;
/** Higher than the package's own 0.65, which sees faces in coffee cups. */
export const FAR_FACE_SCORE = 0.95;
const SAME_FACE = 0.4;
const MAX_FACES = 16;

/** Detects small faces; its buffers are reused from frame to frame. */
export class FarFaceDetector {
  readonly #session: Session;
  readonly #target: Target = {
    data: new Float32Array(WIDTH * HEIGHT * 3),
    widthPx: WIDTH,
    heightPx: HEIGHT,
    layout: "chw",
    scale: 1 / 128,
    offset: -127 / 128,
    beyond: "black",
  };
  readonly #input = { data: this.#target.data, dims: [1, 3, HEIGHT, WIDTH] };

  constructor(session: Session) {
    this.#session = session;
  }

  /** Where faces of `frame` may be, the surest first. */
  async detect(frame: Frame, gain: number): Promise<FaceBox[]> {
    const patch = wholeFrame(frame, WIDTH / HEIGHT);
    sample(frame, patch, this.#target, gain);
    return decodeFarFaces(await this.#session.run(this.#input), patch);
  }
}

/** The boxes that the model's outputs speak of, in the frame of which it saw `patch`. */
export function decodeFarFaces(
  { scores, boxes }: Readonly<Record<string, Float32Array>>,
  patch: Patch,
): FaceBox[] {
  const left = patch.centreXPx - patch.widthPx / 2;
  const top = patch.centreYPx - patch.heightPx / 2;
  const candidates: FaceBox[] = [];
  for (let i = 0; i < scores.length / 2; i++) {
    const score = scores[2 * i + 1];
    if (score < FAR_FACE_SCORE) continue;
    candidates.push({
      xPx: left + boxes[4 * i] * patch.widthPx,
      yPx: top + boxes[4 * i + 1] * patch.heightPx,
      widthPx: (boxes[4 * i + 2] - boxes[4 * i]) * patch.widthPx,
      heightPx: (boxes[4 * i + 3] - boxes[4 * i + 1]) * patch.heightPx,
      score,
    });
  }
  candidates.sort((a, b) => b.score - a.score);
  const kept: FaceBox[] = [];
  for (const box of candidates) {
    if (kept.length === MAX_FACES) break;
    if (kept.every((other) => overlap(box, other) <= SAME_FACE)) kept.push(box);
  }
  return kept;
}
