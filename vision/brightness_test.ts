import assert from "node:assert/strict";
import { gainFor, lightOf } from "./brightness.ts";
import { level } from "./eyes.ts";
import { square } from "./geometry.ts";
import type { Frame } from "./types.ts";

/** Left half black, right half white. */
const HALVES: Frame = {
  widthPx: 32,
  heightPx: 32,
  channels: 3,
  data: Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => i % 96 < 48 ? 0 : 255),
};

Deno.test("lightOf() is the mean and spread of what lies in the frame", () => {
  assert.deepEqual(lightOf(HALVES, square(16, 16, 32, 0), 8), { mean: 0.5, spread: 0.5 });
  assert.deepEqual(lightOf(HALVES, square(24, 16, 8, 0), 4), { mean: 1, spread: 0 });
  // Half of it lies beyond the right edge.
  assert.deepEqual(lightOf(HALVES, square(32, 16, 8, 0), 4), { mean: 1, spread: 0 });
  assert.deepEqual(lightOf(HALVES, square(100, 100, 8, 0), 4), { mean: 0, spread: 0 });
});

Deno.test("gainFor() leaves lit pictures alone and brightens dim ones by at most 8", () => {
  assert.equal(gainFor(0.5), 1);
  assert.equal(gainFor(0.3), 1);
  assert.ok(Math.abs(gainFor(0.15) - 3) < 1e-9);
  assert.equal(gainFor(0.01), 8);
  assert.equal(gainFor(0), 8);
});

Deno.test("level() stretches what is dull, lights what is dim, and stays within 0..1", () => {
  const dull = Float32Array.from({ length: 576 }, (_, i) => i % 2 ? 0.12 : 0.08);
  level(dull);
  const mean = dull.reduce((sum, value) => sum + value, 0) / 576;
  assert.ok(Math.abs(mean - 0.45) < 1e-3);
  assert.ok(Math.abs(dull[1] - dull[0] - 0.32) < 1e-3);
  const clear = Float32Array.from({ length: 576 }, (_, i) => i % 2 ? 0.9 : 0.3);
  const before = clear.slice();
  level(clear);
  assert.deepEqual(clear, before);
  const flat = new Float32Array(576).fill(0.99);
  level(flat);
  assert.ok(flat.every((value) => value >= 0 && value <= 1));
});
