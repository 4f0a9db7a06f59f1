import assert from "node:assert/strict";
import fc from "fast-check";
import { decodePng } from "../../tests/screenshots/png.ts";
import { blankPicture, type Picture, rowBytes } from "./picture.ts";
import { imageRowBytes, type PixelLayout, readPixels } from "./pixels.ts";
import { encodePng } from "./png.ts";
import { scaled } from "./scale.ts";

const BYTES = { red: 0xff0000, green: 0xff00, blue: 0xff };
const little = { isLittleEndian: true, scanlinePadBits: 32, masks: BYTES };
const CASES: readonly [name: string, PixelLayout, bytes: number[], colour: number[]][] = [
  ["32 bits", { ...little, bitsPerPixel: 32 }, [3, 2, 1, 9], [1, 2, 3]],
  [
    "32 bits, high byte first",
    { ...little, bitsPerPixel: 32, isLittleEndian: false },
    [9, 1, 2, 3],
    [1, 2, 3],
  ],
  [
    "32 bits, blue first",
    { ...little, bitsPerPixel: 32, masks: { red: 0xff, green: 0xff00, blue: 0xff0000 } },
    [1, 2, 3, 9],
    [1, 2, 3],
  ],
  ["24 bits", { ...little, bitsPerPixel: 24 }, [3, 2, 1], [1, 2, 3]],
  ["16 bits", { ...little, bitsPerPixel: 16, masks: { red: 0xf800, green: 0x7e0, blue: 0x1f } }, [
    0x1f,
    0xf8,
  ], [255, 0, 255]],
  [
    "16 bits, high byte first",
    {
      ...little,
      bitsPerPixel: 16,
      isLittleEndian: false,
      masks: { red: 0xf800, green: 0x7e0, blue: 0x1f },
    },
    [0x07, 0xe0],
    [0, 255, 0],
  ],
  [
    "30 bits",
    { ...little, bitsPerPixel: 32, masks: { red: 0x3ff00000, green: 0xffc00, blue: 0x3ff } },
    [0xff, 0x03, 0xf0, 0x3f],
    [255, 0, 255],
  ],
];
for (const [name, layout, bytes, colour] of CASES) {
  Deno.test(`readPixels() reads pixels of ${name}, in rows with whatever is at their ends`, () => {
    const picture = blankPicture(3, 3);
    const row = imageRowBytes(3, layout);
    const data = new Uint8Array(2 * row).fill(0xee);
    for (const y of [0, 1]) for (const x of [0, 1, 2]) data.set(bytes, y * row + x * bytes.length);
    readPixels(data, layout, picture, 1);
    const whole = [0, ...colour, ...colour, ...colour];
    assert.deepEqual([...picture.rows], [...new Array(10).fill(0), ...whole, ...whole]);
  });
}

Deno.test("readPixels() does not guess at palettes", () => {
  const masks = { red: 0, green: 0, blue: 0 };
  const layout = { ...little, bitsPerPixel: 32, masks };
  assert.throws(() => readPixels(new Uint8Array(4), layout, blankPicture(1, 1), 0), /palette/);
});

const anyPicture = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .chain(([widthPx, heightPx]) =>
    fc.uint8Array({ minLength: 3 * widthPx * heightPx, maxLength: 3 * widthPx * heightPx }).map(
      (colours): Picture => {
        const picture = blankPicture(widthPx, heightPx);
        for (let y = 0; y < heightPx; y++) {
          const row = colours.subarray(3 * widthPx * y, 3 * widthPx * (y + 1));
          picture.rows.set(row, y * rowBytes(widthPx) + 1);
        }
        return picture;
      },
    )
  );

Deno.test("encodePng() makes files from which the same pixels are read", () => {
  fc.assert(fc.property(anyPicture, (picture) => {
    const rows = picture.rows.slice();
    const { widthPx, heightPx, at } = decodePng(encodePng(picture));
    assert.deepEqual([widthPx, heightPx], [picture.widthPx, picture.heightPx]);
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const place = y * rowBytes(widthPx) + 1 + 3 * x;
        assert.equal(at(x, y), rows[place] << 16 | rows[place + 1] << 8 | rows[place + 2]);
      }
    }
  }));
});

Deno.test("scaled() is as bright as what it was made of, at every scale", () => {
  const scale = fc.double({ min: 0.1, max: 1, noNaN: true });
  fc.assert(fc.property(anyPicture, scale, (picture, scale) => {
    const small = scaled(picture, scale);
    assert.equal(small.widthPx, Math.max(1, Math.round(picture.widthPx * scale)));
    assert.equal(small.rows.length, rowBytes(small.widthPx) * small.heightPx);
    const mean = ({ rows, widthPx, heightPx }: Picture) =>
      rows.reduce((sum, value) => sum + value, 0) / (3 * widthPx * heightPx);
    // Each new pixel is rounded.
    assert.ok(Math.abs(mean(small) - mean(picture)) <= 0.5 + 1e-6);
  }));
});
