/**
 * Whether an eye can be seen at all: the model that judges it says "closed" of dark glasses and "open" of a hand.
 *
 * Three cues, all against the person's own face, so that neither the light nor the skin matters:
 * - *Dark glasses* darken the skin around the eye as much as the eye. In parts of the luma of the cheek or, where
 *   large glasses reach down to it, of the forehead: bare, an eye has 0.32 to 1 and the skin below its lids 0.56 to
 *   1.3; behind dark glass 0.07 to 0.23 and 0.08 to 0.46 (over 190 faces, 7 of them in dark glasses). Brows throw
 *   their shadow on the lids, not below them.
 * - *Something opaque* (a hand, hair, a sheet) has no lashes, no white and no lid's edge: bare eyes, open or closed,
 *   vary by 0.2 to 1.5 times as much as the face as a whole does, also in a hazy picture.
 * - An eye of a few pixels: what is made of it is interpolation.
 *
 * Clear glasses pass. Mirrored ones do not always fail: what they mirror may look like an eye.
 * @module
 */
import { lightOf } from "./brightness.ts";
import { eyePatch } from "./eyes.ts";
import { square } from "./geometry.ts";
import { MARGIN, type Mesh, POINT, pointX, pointY, rollOf } from "./landmarks.ts";
import type { Frame } from "./types.ts";

/** Skin below both eyes darker than this part of the bare skin is behind glass… */
const GLASS_BELOW = 0.51;
/** …if the eyes themselves are darker than this; a thick rim alone leaves them lighter. */
const GLASS_INSIDE = 0.28;
/** An eye that varies by less than this part of the face's own variation is covered. */
const FLAT = 0.13;
/** An eye narrower than this shows nothing of its lids. */
const MIN_WIDTH_PX = 6;

/** Which eyes cannot be seen. */
export interface HiddenEyes {
  readonly left: boolean;
  readonly right: boolean;
}

/** Which eyes of the face in `mesh` are hidden. Only meant for faces that look about into the camera. */
export function hiddenEyes(frame: Frame, mesh: Mesh): HiddenEyes {
  const { patch } = mesh;
  const side = patch.widthPx / MARGIN;
  const face = lightOf(frame, { ...patch, widthPx: side, heightPx: side }, 20);
  const left = lookAt(frame, mesh, LEFT), right = lookAt(frame, mesh, RIGHT);
  // Glasses hide both eyes, and a reflection on one of them must not let the other be judged.
  const below = (left.below + right.below) / 2, inside = (left.inside + right.inside) / 2;
  if (below < GLASS_BELOW && inside < GLASS_INSIDE) return { left: true, right: true };
  const isHidden = ({ spread, widthPx }: Look) =>
    spread < FLAT * face.spread || widthPx < MIN_WIDTH_PX;
  return { left: isHidden(left), right: isHidden(right) };
}

/** The points that a side is looked at by; numbers as in `POINT`. */
interface Side {
  readonly inner: number;
  readonly outer: number;
  readonly belowLid: number;
  readonly cheek: number;
}

const FOREHEAD = 151;
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

interface Look {
  /** Luma below the lids and of the eye itself, in parts of the bare skin's. */
  readonly below: number;
  readonly inside: number;
  /** Standard deviation of the eye's luma, 0..0.5. */
  readonly spread: number;
  readonly widthPx: number;
}

function lookAt(frame: Frame, mesh: Mesh, { inner, outer, belowLid, cheek }: Side): Look {
  const eye = eyePatch(mesh, inner, outer, 1);
  const lumaAt = (point: number, part: number) => {
    const side = eye.widthPx * part;
    return lightOf(frame, square(pointX(mesh, point), pointY(mesh, point), side, rollOf(mesh)), 5)
      .mean;
  };
  const skin = Math.max(lumaAt(cheek, 0.4), lumaAt(FOREHEAD, 0.5), 1 / 255);
  const { mean, spread } = lightOf(frame, { ...eye, heightPx: eye.heightPx / 2 }, 12);
  return {
    below: lumaAt(belowLid, 0.25) / skin,
    inside: mean / skin,
    spread,
    widthPx: eye.widthPx,
  };
}
