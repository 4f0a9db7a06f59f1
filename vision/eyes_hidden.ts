/**
 * Whether an eye can be seen at all: the model that judges it says "closed" of dark glasses and "open" of a hand.
 *
 * Two cues, both against the person's own cheek, so that neither the light nor the skin matters:
 * - *Dark glasses* darken the skin around the eye as much as the eye. Bare, the skin below the lids has 0.5 to 1.3
 *   times the cheek's luma; behind dark glass a tenth. Shadows of brows fall on the lids, not below them.
 * - *Something opaque* (a hand, hair, a sheet) has no lashes, no white and no lid's edge: bare eyes, open or closed,
 *   vary by 0.11 to 0.5 of the cheek's luma.
 *
 * An eye of a few pixels is hidden as well: what is made of it is interpolation.
 *
 * Clear glasses pass. Mirrored ones do not always fail: what they mirror may look like an eye.
 * @module
 */
import { lightOf } from "./brightness.ts";
import { eyePatch } from "./eyes.ts";
import { square } from "./geometry.ts";
import { type Mesh, POINT, pointX, pointY, rollOf } from "./landmarks.ts";
import type { Frame } from "./types.ts";

/** Skin below both eyes darker than this part of the cheeks is behind glass. */
const GLASS_BELOW = 0.42;
/** The eyes themselves are then darker than this part of the cheeks; a thick rim alone leaves them lighter. */
const GLASS_INSIDE = 0.3;
/** An eye that varies by less than this part of its cheek's luma is covered. */
const FLAT = 0.06;

/** An eye narrower than this shows nothing of its lids. */
const MIN_WIDTH_PX = 6;

/** Which eyes cannot be seen. */
export interface HiddenEyes {
  readonly left: boolean;
  readonly right: boolean;
}

/** Which eyes of the face in `mesh` are hidden. Only meant for faces that look about into the camera. */
export function hiddenEyes(frame: Frame, mesh: Mesh): HiddenEyes {
  const left = lookAt(frame, mesh, LEFT), right = lookAt(frame, mesh, RIGHT);
  // Glasses hide both eyes, and a reflection on one of them must not let the other be judged.
  if (
    (left.below + right.below) / 2 < GLASS_BELOW && (left.inside + right.inside) / 2 < GLASS_INSIDE
  ) return { left: true, right: true };
  return { left: !isSeen(left), right: !isSeen(right) };
}

function isSeen({ spread, widthPx }: ReturnType<typeof lookAt>): boolean {
  return spread >= FLAT && widthPx >= MIN_WIDTH_PX;
}

/** The points that a side is looked at by; numbers as in `POINT`. */
interface Side {
  readonly inner: number;
  readonly outer: number;
  readonly belowLid: number;
  readonly cheek: number;
}

const LEFT: Side = {
  inner: POINT.leftEyeInner,
  outer: POINT.leftEyeOuter,
  belowLid: 450,
  cheek: 280,
};
const RIGHT: Side = {
  inner: POINT.rightEyeInner,
  outer: POINT.rightEyeOuter,
  belowLid: 230,
  cheek: 50,
};

/** An eye's surroundings in parts of its cheek's luma. */
function lookAt(frame: Frame, mesh: Mesh, { inner, outer, belowLid, cheek }: Side) {
  const eye = eyePatch(mesh, inner, outer, 1);
  const at = (point: number, part: number) =>
    lightOf(
      frame,
      square(pointX(mesh, point), pointY(mesh, point), eye.widthPx * part, rollOf(mesh)),
      5,
    ).mean;
  const skin = Math.max(at(cheek, 0.4), 1 / 255);
  const { mean, spread } = lightOf(frame, { ...eye, heightPx: eye.heightPx / 2 }, 12);
  return {
    below: at(belowLid, 0.25) / skin,
    inside: mean / skin,
    spread: spread / skin,
    widthPx: eye.widthPx,
  };
}
