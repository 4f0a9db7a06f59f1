/**
 * Whose face is meant: the largest and most central one, and who else counts.
 * @module
 */
import { overlap } from "./geometry.ts";
import type { FoundFace } from "./face.ts";
import type { FaceBox, Frame } from "./types.ts";

/** Another face is somebody else at the screen from this part of the main one's height; smaller ones are behind. */
export const COMPANY_SIZE = 0.4;
/** A second face has to be surer than the first: posters and patterns must not make a session uncertain. */
export const COMPANY_SCORE = 0.75;
/** A tracked face is left for another only when that is this much more prominent: no hopping to and fro. */
const CLEARLY = 1.5;
/** Boxes of the detector and of the mesh that share this much are the same face. */
const SAME_FACE = 0.2;

/** How much a box stands out: its area, halved towards the frame's corners. */
export function prominence(box: FaceBox, frame: Frame): number {
  const dx = box.xPx + box.widthPx / 2 - frame.widthPx / 2;
  const dy = box.yPx + box.heightPx / 2 - frame.heightPx / 2;
  const far = Math.min(1, Math.hypot(dx, dy) / (Math.hypot(frame.widthPx, frame.heightPx) / 2));
  return box.widthPx * box.heightPx * (1 - far / 2);
}

/** The faces, the most prominent first. */
export function byProminence(faces: readonly FoundFace[], frame: Frame): FoundFace[] {
  return faces.toSorted((a, b) => prominence(b.box, frame) - prominence(a.box, frame));
}

/** The one of `faces` that is the tracked one in `box`; `undefined` when none is. */
export function sameFace(faces: readonly FoundFace[], box: FaceBox): FoundFace | undefined {
  let best: FoundFace | undefined;
  let most = SAME_FACE;
  for (const face of faces) {
    const shared = overlap(face.box, box);
    if (shared > most) [best, most] = [face, shared];
  }
  return best;
}

/** Whether the most prominent of `faces` is clearly before the tracked one in `box`. */
export function isOusting(faces: readonly FoundFace[], box: FaceBox, frame: Frame): boolean {
  return faces.length > 0 && prominence(faces[0].box, frame) > CLEARLY * prominence(box, frame);
}

/** How many of `faces` besides `main` sit at the screen too. */
export function company(faces: readonly FoundFace[], main: FoundFace): number {
  return faces.filter((face) =>
    face !== main && face.box.score >= COMPANY_SCORE &&
    face.box.heightPx >= COMPANY_SIZE * main.box.heightPx
  ).length;
}
