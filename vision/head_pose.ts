/**
 * Where a head points, from the mesh's depth.
 * @module
 */
import { degrees } from "./geometry.ts";
import { type Mesh, POINT, rollOf } from "./landmarks.ts";
import type { HeadPose } from "./types.ts";

/**
 * The pose that `mesh` shows, without a camera model.
 *
 * Axes of the head: X from its right cheek to its left, Y from the forehead to the chin, Z = X x Y, away from the
 * camera when it looks into it. They are taken in the square, where the roll is gone already. The zero differs by
 * some 10 degrees from person to person and camera to camera; the attention learns it.
 */
export function headPose(mesh: Mesh): HeadPose {
  const { points } = mesh;
  const right = 3 * POINT.rightCheekEdge, left = 3 * POINT.leftCheekEdge;
  const top = 3 * POINT.foreheadTop, chin = 3 * POINT.chin;
  const xx = points[left] - points[right];
  const xy = points[left + 1] - points[right + 1];
  const xz = points[left + 2] - points[right + 2];
  const yx = points[chin] - points[top];
  const yy = points[chin + 1] - points[top + 1];
  const yz = points[chin + 2] - points[top + 2];
  const zy = xz * yx - xx * yz;
  const zz = xx * yy - xy * yx;
  return {
    yawDeg: -degrees(Math.atan2(xz, xx)),
    pitchDeg: -degrees(Math.atan2(-zy, zz)),
    rollDeg: degrees(rollOf(mesh)),
  };
}
