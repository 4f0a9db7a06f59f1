import assert from "node:assert/strict";
import { crc32, inflateSync } from "node:zlib";
import fc from "fast-check";
import { type Colour, encodePng } from "./png.ts";

/** Reads a PNG of colour type 3 with 8 bits, and nothing else: each pixel as the colour it shows. */
function decode(bytes: Uint8Array) {
  assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = new Map<string, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at);
    const typed = bytes.subarray(at + 4, at + 8 + length);
    assert.equal(view.getUint32(at + 8 + length), crc32(typed));
    chunks.set(new TextDecoder().decode(typed.subarray(0, 4)), typed.subarray(4));
    at += length + 12;
  }
  assert.deepEqual([...chunks.keys()], ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
  const header = chunks.get("IHDR")!;
  const sizes = new DataView(header.buffer, header.byteOffset);
  const width = sizes.getUint32(0), height = sizes.getUint32(4);
  assert.deepEqual([...header.subarray(8)], [8, 3, 0, 0, 0]);
  const rows = new Uint8Array(inflateSync(chunks.get("IDAT")!));
  assert.equal(rows.length, (width + 1) * height);
  const places = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (width + 1)];
    assert.equal(filter, 2, "every row is told by the one above");
    for (let x = 0; x < width; x++) {
      const above = y === 0 ? 0 : places[(y - 1) * width + x];
      places[y * width + x] = rows[y * (width + 1) + 1 + x] + above;
    }
  }
  const plte = chunks.get("PLTE")!, alphas = chunks.get("tRNS")!;
  const colours = Array.from(places, (place): Colour => [
    plte[place * 3],
    plte[place * 3 + 1],
    plte[place * 3 + 2],
    alphas[place],
  ]);
  return { width, height, colours };
}

Deno.test("encodePng() writes what a decoder reads back, pixel by pixel", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const picture = fc.record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 20 }),
    palette: fc.array(fc.tuple(byte, byte, byte, byte), { minLength: 1, maxLength: 256 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  });
  fc.assert(
    fc.property(picture, ({ width, height, palette, seed }) => {
      let state = seed;
      const pixels = Uint8Array.from({ length: width * height }, () => {
        state = state * 48_271 % 2_147_483_647;
        return state % palette.length;
      });
      const read = decode(encodePng({ width, height, palette, pixels }));
      assert.deepEqual([read.width, read.height], [width, height]);
      assert.deepEqual(read.colours, Array.from(pixels, (place) => palette[place]));
    }),
    { numRuns: 100 },
  );
});

Deno.test("encodePng() refuses pixels that do not fill the picture", () => {
  for (const [width, height, count] of [[2, 2, 3], [2, 2, 5], [0, 4, 0], [4, 0, 0]]) {
    assert.throws(
      () => encodePng({ width, height, palette: [[0, 0, 0, 0]], pixels: new Uint8Array(count) }),
      RangeError,
    );
  }
});
