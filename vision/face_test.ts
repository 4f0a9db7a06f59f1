import assert from "node:assert/strict";
import { decodeFaces } from "./face.ts";
import { square } from "./geometry.ts";

const PATCH = square(320, 240, 640, 0);

/** Outputs in which only the given anchors of the 16x16 grid see something: index, logit, numbers. */
function outputs(...anchors: [index: number, logit: number, numbers: number[]][]) {
  const empty = {
    "Identity:0": new Float32Array(512).fill(-20),
    "Identity_1:0": new Float32Array(384).fill(-20),
    "Identity_2:0": new Float32Array(512 * 16),
    "Identity_3:0": new Float32Array(384 * 16),
  };
  for (const [index, logit, numbers] of anchors) {
    empty["Identity:0"][index] = logit;
    empty["Identity_2:0"].set(numbers, index * 16);
  }
  return empty;
}

/** The anchor of the cell in the middle, right below the centre: its own is at 8.5 / 16. */
const MIDDLE = (8 * 16 + 8) * 2;
/** A face of a quarter of the patch whose eyes lie level. */
const LEVEL = [0, 0, 32, 32, -6, -4, 6, -4];

Deno.test("decodeFaces() reads the box from the anchor's cell, in pixels of the frame", () => {
  const [face, ...others] = decodeFaces(outputs([MIDDLE, 3, LEVEL]), PATCH, 128, 128);
  assert.equal(others.length, 0);
  assert.equal(face.box.widthPx, 160);
  assert.ok(Math.abs(face.box.xPx + 80 - 640 * 8.5 / 16) < 1e-6);
  // The square reaches 80 pixels above the frame.
  assert.ok(Math.abs(face.box.yPx + 80 - (640 * 8.5 / 16 - 80)) < 1e-6);
  assert.ok(Math.abs(face.box.score - 1 / (1 + Math.exp(-3))) < 1e-6);
  assert.equal(face.rollRad, 0);
});

Deno.test("decodeFaces() tells the roll from the eyes, and adds the patch's own", () => {
  const leaning = [0, 0, 32, 32, -5, -5, 5, 5];
  const roll = (rollRad: number) =>
    decodeFaces(outputs([MIDDLE, 3, leaning]), { ...PATCH, rollRad }, 128, 128)[0].rollRad;
  assert.ok(Math.abs(roll(0) - Math.PI / 4) < 1e-6);
  assert.ok(Math.abs(roll(Math.PI / 2) - 3 * Math.PI / 4) < 1e-6);
});

Deno.test("decodeFaces() merges what overlaps by score, and keeps what does not", () => {
  const aside = [3, 0, 32, 32, -6, -4, 6, -4];
  const far = [-60, 0, 16, 16, -3, -2, 3, -2];
  const faces = decodeFaces(
    outputs([MIDDLE, 3, LEVEL], [MIDDLE + 1, 3, aside], [0, 1, far]),
    PATCH,
    128,
    128,
  );
  assert.equal(faces.length, 2);
  // Half-way between two boxes of one score.
  assert.ok(Math.abs(faces[0].box.xPx + 80 - (640 * 8.5 / 16 + 1.5 * 5)) < 1e-4);
});

Deno.test("decodeFaces() sees nothing in scores below 0.6", () => {
  assert.deepEqual(decodeFaces(outputs([MIDDLE, 0.4, LEVEL]), PATCH, 128, 128), []);
});

Deno.test("decodeFaces() counts cells by the picture's own width, whatever its height", () => {
  // 128x96 over 640x480: 16 columns and 12 rows of cells.
  const index = (5 * 16 + 3) * 2;
  const [face] = decodeFaces(outputs([index, 3, LEVEL]), { ...PATCH, heightPx: 480 }, 128, 96);
  assert.ok(Math.abs(face.box.xPx + 80 - 640 * 3.5 / 16) < 1e-6);
  assert.ok(Math.abs(face.box.yPx + 80 - 480 * 5.5 / 12) < 1e-6);
  assert.equal(face.box.widthPx, 160);
});
