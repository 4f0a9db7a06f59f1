import assert from "node:assert/strict";
import { columnChart, type Fill, type Part } from "./chart.ts";
import { CLASS_COLOURS } from "./mail_frame.ts";
import type { Colour, Picture } from "./png.ts";

const GREEN: Colour = [1, 2, 3, 255], RED: Colour = [9, 8, 7, 255];
const part = (share: number, colour = GREEN, fill: Fill = "solid"): Part => ({
  share,
  colour,
  fill,
});

/** The colours of one line of pixels, from the bottom up, each with how often it comes. */
function line(picture: Picture, x: number): [colour: string, count: number][] {
  const runs: [string, number][] = [];
  for (let y = picture.height - 1; y >= 0; y--) {
    const colour = String(picture.palette[picture.pixels[y * picture.width + x]]);
    const last = runs.at(-1);
    if (last?.[0] === colour) last[1]++;
    else runs.push([colour, 1]);
  }
  return runs;
}

Deno.test("columnChart() has two pixels a point, and each part as high as its share", () => {
  const picture = columnChart([[part(0.5), part(0.25, RED)]], { width: 20, height: 100 });
  assert.deepEqual([picture.width, picture.height], [40, 200]);
  const [first, gap, second, empty] = line(picture, 20);
  assert.deepEqual(first, ["1,2,3,255", 100]);
  assert.deepEqual(gap, ["0,0,0,0", 2]);
  assert.deepEqual(second, ["9,8,7,255", 48]);
  assert.equal(empty[1], 50);
  assert.match(empty[0], /^128,122,112,\d\d$/, "the empty column shows through");
});

Deno.test("columnChart() shows the least part, and cuts what is too much", () => {
  const least = line(columnChart([[part(0.0001)]], { width: 20, height: 50 }), 20);
  assert.deepEqual(least[0], ["1,2,3,255", 2]);
  const most = columnChart([[part(0.9), part(0.9, RED), part(0.9)]], { width: 20, height: 50 });
  const runs = line(most, 20);
  assert.deepEqual(runs.map(([colour]) => colour), ["1,2,3,255", "0,0,0,0", "9,8,7,255"]);
  assert.equal(runs.reduce((sum, [, count]) => sum + count, 0), 100);
  for (const share of [0, -1, NaN]) {
    assert.equal(line(columnChart([[part(share)]], { width: 20, height: 50 }), 20).length, 1);
  }
});

Deno.test("columnChart() tells fills apart without colour", () => {
  const looks = (["solid", "striped", "hollow"] as const).map((fill) => {
    const { pixels, palette } = columnChart([[part(1, GREEN, fill)]], { width: 30, height: 30 });
    const opaque = pixels.filter((place) => palette[place][3] === 255).length;
    return opaque / pixels.length;
  });
  assert.ok(looks[0] > 0.8 && looks[1] < 0.7 && looks[1] > 0.4 && looks[2] < 0.2, `${looks}`);
});

Deno.test("columnChart() makes hundreds of thin columns, and none at all", () => {
  for (const count of [0, 1, 45, 600]) {
    const columns = Array.from({ length: count }, () => [part(1)]);
    const picture = columnChart(columns, { width: 276, height: 20 });
    assert.equal(picture.pixels.length, 552 * 40);
    assert.equal(picture.pixels.some((place) => place !== 0), count > 0);
  }
});

Deno.test("the colours of charts are seen on white and on dark grounds", () => {
  const WHITE = 1, DARK = luminance([0x1d, 0x20, 0x24]);
  for (const [cls, [red, green, blue]] of Object.entries(CLASS_COLOURS)) {
    const own = luminance([red, green, blue]);
    for (const ground of [WHITE, DARK]) {
      const [lighter, darker] = [Math.max(own, ground), Math.min(own, ground)];
      const contrast = (lighter + 0.05) / (darker + 0.05);
      assert.ok(contrast >= 3, `${cls}: ${contrast.toFixed(2)}`);
    }
  }
});

/** Relative luminance (WCAG 2.2). */
function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
