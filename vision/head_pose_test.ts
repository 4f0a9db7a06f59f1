import assert from "node:assert/strict";
import fc from "fast-check";
import { square } from "./geometry.ts";
import { headPose } from "./head_pose.ts";
import { type Mesh, nextPatch, POINT, POINTS } from "./landmarks.ts";

type Vector = readonly [number, number, number];

/** A head of a few points that looks into the camera: x to its left, y down, z away from the camera. */
const HEAD: readonly (readonly [number, Vector])[] = [
  [POINT.rightCheekEdge, [-60, 0, 30]],
  [POINT.leftCheekEdge, [60, 0, 30]],
  [POINT.foreheadTop, [0, -70, 20]],
  [POINT.chin, [0, 70, 20]],
  [POINT.rightEyeOuter, [-40, -20, 10]],
  [POINT.leftEyeOuter, [40, -20, 10]],
];

/** The head turned by yaw and then by pitch, in degrees as `HeadPose` has them. */
function meshOf(yawDeg: number, pitchDeg: number, rollRad = 0): Mesh {
  const points = new Float32Array(POINTS * 3).fill(96);
  const yaw = yawDeg * Math.PI / 180, pitch = pitchDeg * Math.PI / 180;
  for (const [index, [x, y, z]] of HEAD) {
    // Up: the forehead goes back, away from the camera, and the nose up.
    const y1 = y * Math.cos(pitch) + z * Math.sin(pitch);
    const z1 = z * Math.cos(pitch) - y * Math.sin(pitch);
    // Towards the image's left: the left cheek comes to the front.
    const x2 = x * Math.cos(yaw) + z1 * Math.sin(yaw);
    const z2 = z1 * Math.cos(yaw) - x * Math.sin(yaw);
    points.set([96 + x2, 96 + y1, z2], index * 3);
  }
  return { score: 1, points, patch: square(320, 240, 192, rollRad), gain: 1 };
}

Deno.test("headPose() is 0 of a head that looks into the camera", () => {
  const { yawDeg, pitchDeg, rollDeg } = headPose(meshOf(0, 0));
  for (const angle of [yawDeg, pitchDeg, rollDeg]) assert.ok(Math.abs(angle) < 1e-4);
});

Deno.test("headPose() finds yaw and pitch again", () => {
  const angle = fc.integer({ min: -60, max: 60 });
  fc.assert(fc.property(angle, angle, (yawDeg, pitchDeg) => {
    const yawOnly = headPose(meshOf(yawDeg, 0)), pitchOnly = headPose(meshOf(0, pitchDeg));
    assert.ok(Math.abs(yawOnly.yawDeg - yawDeg) < 0.01, `${yawOnly.yawDeg} is not ${yawDeg}`);
    assert.ok(Math.abs(yawOnly.pitchDeg) < 0.01);
    assert.ok(Math.abs(pitchOnly.pitchDeg - pitchDeg) < 0.01, `${pitchOnly.pitchDeg}`);
    assert.ok(Math.abs(pitchOnly.yawDeg) < 0.01);
  }));
});

Deno.test("headPose() takes the roll from the square, clockwise as seen", () => {
  assert.ok(Math.abs(headPose(meshOf(0, 0, Math.PI / 6)).rollDeg - 30) < 1e-4);
});

Deno.test("nextPatch() of a head in the middle keeps its centre and roll", () => {
  const patch = nextPatch(meshOf(0, 0, 0.3));
  assert.ok(Math.abs(patch.centreXPx - 320) < 1e-3);
  assert.ok(Math.abs(patch.centreYPx - 240) < 1e-3);
  assert.ok(Math.abs(patch.rollRad - 0.3) < 1e-6);
  // 1.5 times the 140 pixels from the forehead to the chin.
  assert.ok(Math.abs(patch.widthPx - 210) < 1e-3);
});
