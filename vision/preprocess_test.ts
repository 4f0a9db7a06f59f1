import assert from "node:assert/strict";
import fc from "fast-check";
import { square, wholeFrame } from "./geometry.ts";
import { sample, type Target } from "./preprocess.ts";
import type { Frame } from "./types.ts";

/** A frame whose pixel at x, y is what `colour` says. */
function frameOf(
  widthPx: number,
  heightPx: number,
  colour: (x: number, y: number) => readonly [number, number, number],
  channels: 3 | 4 = 3,
): Frame {
  const data = new Uint8Array(widthPx * heightPx * channels).fill(77);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) data.set(colour(x, y), (y * widthPx + x) * channels);
  }
  return { widthPx, heightPx, channels, data };
}

function target(side: number, options: Partial<Target> = {}): Target {
  const layout = options.layout ?? "hwc";
  return {
    data: new Float32Array(side * side * (layout === "gray" ? 1 : 3)),
    widthPx: side,
    heightPx: side,
    layout,
    scale: 1,
    offset: 0,
    beyond: "black",
    ...options,
  };
}

const RAMP = frameOf(16, 16, (x, y) => [x * 10, y * 10, 200]);

Deno.test("sample() copies a patch of the target's own size pixel by pixel", () => {
  const to = target(16);
  sample(RAMP, wholeFrame(RAMP, 1), to);
  // The last column and row are reached through weights of 1 / 128.
  for (let i = 0; i < to.data.length; i++) {
    assert.ok(Math.abs(to.data[i] - RAMP.data[i]) < 0.1, `${i}: ${to.data[i]}`);
  }
});

Deno.test("sample() gives the same plane by plane, interleaved, and of four channels", () => {
  const patch = square(7.3, 8.1, 9, 0.4);
  const hwc = target(8), chw = target(8, { layout: "chw" }), four = target(8);
  sample(RAMP, patch, hwc);
  sample(RAMP, patch, chw);
  sample(frameOf(16, 16, (x, y) => [x * 10, y * 10, 200], 4), patch, four);
  assert.deepEqual(four.data, hwc.data);
  for (let pixel = 0; pixel < 64; pixel++) {
    for (let c = 0; c < 3; c++) assert.equal(chw.data[c * 64 + pixel], hwc.data[pixel * 3 + c]);
  }
});

Deno.test("sample() makes luma of RGB, brightens, and then scales", () => {
  const red = frameOf(4, 4, () => [100, 50, 0]);
  const to = target(4, { layout: "gray", scale: 1 / 255, offset: -0.5 });
  sample(red, wholeFrame(red, 1), to, 2);
  assert.ok(Math.abs(to.data[5] - ((0.299 * 200 + 0.587 * 100) / 255 - 0.5)) < 1e-5);
  sample(red, wholeFrame(red, 1), to, 100);
  assert.ok(Math.abs(to.data[5] - ((0.299 * 255 + 0.587 * 255) / 255 - 0.5)) < 1e-5);
});

Deno.test("sample() takes what is beyond the frame for black, or for its edge", () => {
  const white = frameOf(8, 8, () => [255, 255, 255]);
  const black = target(8), edge = target(8, { beyond: "edge" });
  sample(white, square(4, 4, 12, 0), black);
  sample(white, square(4, 4, 12, 0), edge);
  assert.equal(black.data[0], 0);
  assert.ok(black.data[(4 * 8 + 4) * 3] > 254);
  assert.ok(edge.data.every((value) => value > 254));
});

Deno.test("sample() turns clockwise: the patch's right is the frame's down at a quarter", () => {
  const to = target(16);
  sample(RAMP, square(8, 8, 16, Math.PI / 2), to);
  // To the right in the target, y of the frame grows (green), and x stays (red).
  const at = (
    x: number,
    y: number,
  ) => [...to.data.subarray((y * 16 + x) * 3, (y * 16 + x) * 3 + 2)];
  const [red, green] = at(3, 8), [red2, green2] = at(12, 8);
  assert.ok(Math.abs(red - red2) < 1);
  assert.ok(green2 - green > 85);
});

Deno.test("sample() keeps a colour whatever the patch, coarse or fine", () => {
  const colour = fc.integer({ min: 0, max: 255 });
  const place = fc.record({
    x: fc.double({ min: 20, max: 44, noNaN: true }),
    y: fc.double({ min: 20, max: 44, noNaN: true }),
    side: fc.double({ min: 0.5, max: 24, noNaN: true }),
    roll: fc.double({ min: -4, max: 4, noNaN: true }),
    size: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(fc.property(colour, colour, colour, place, (r, g, b, { x, y, side, roll, size }) => {
    const to = target(size);
    sample(frameOf(64, 64, () => [r, g, b]), square(x, y, side, roll), to);
    for (let i = 0; i < to.data.length; i += 3) {
      assert.ok(Math.abs(to.data[i] - r) < 1e-3);
      assert.ok(Math.abs(to.data[i + 1] - g) < 1e-3);
      assert.ok(Math.abs(to.data[i + 2] - b) < 1e-3);
    }
  }));
});

Deno.test("sample() of any patch of any frame stays within the frame's range", () => {
  const sides = fc.integer({ min: 1, max: 9 });
  const far = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  fc.assert(fc.property(sides, sides, far, far, far, far, (width, height, x, y, side, roll) => {
    for (const beyond of ["black", "edge"] as const) {
      const to = target(5, { beyond });
      const frame = frameOf(width, height, () => [100, 150, 200]);
      sample(frame, square(x, y, Math.abs(side) + 0.1, roll), to);
      for (const value of to.data) assert.ok(value >= 0 && value <= 200.001, String(value));
      if (beyond === "edge") assert.ok(to.data.every((value) => value > 99));
    }
  }));
});
