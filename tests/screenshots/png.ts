/**
 * Reads PNG files as the standard says, to see what is in them.
 * @module
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { crc32, inflateSync } from "node:zlib";

export interface Decoded {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 0xRRGGBB of a pixel. */
  at(x: number, y: number): number;
  /** Whether any pixel has that colour. */
  has(colour: number): boolean;
}

/** Pixels of 8 bits red, green, blue; every checksum is looked at. */
export function decodePng(png: Uint8Array): Decoded {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  let widthPx = 0, heightPx = 0, type = "";
  const data: Uint8Array[] = [];
  for (let at = 8; type !== "IEND";) {
    const length = view.getUint32(at);
    type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    assert.equal(view.getUint32(end), crc32(png.subarray(at + 4, end)), type);
    if (type === "IHDR") {
      [widthPx, heightPx] = [view.getUint32(at + 8), view.getUint32(at + 12)];
      assert.deepEqual([...png.subarray(at + 16, at + 21)], [8, 2, 0, 0, 0]);
    }
    if (type === "IDAT") data.push(png.subarray(at + 8, end));
    at = end + 4;
  }
  const pixels = unfilter(new Uint8Array(inflateSync(Buffer.concat(data))), widthPx, heightPx);
  const at = (x: number, y: number) => {
    const place = 3 * (y * widthPx + x);
    return pixels[place] << 16 | pixels[place + 1] << 8 | pixels[place + 2];
  };
  const has = (colour: number) => {
    for (let i = 0; i < widthPx * heightPx; i++) {
      if (at(i % widthPx, Math.floor(i / widthPx)) === colour) return true;
    }
    return false;
  };
  return { widthPx, heightPx, at, has };
}

function unfilter(rows: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const length = 3 * widthPx;
  assert.equal(rows.length, (length + 1) * heightPx);
  const pixels = new Uint8Array(length * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const filter = rows[y * (length + 1)];
    for (let i = 0; i < length; i++) {
      const raw = rows[y * (length + 1) + 1 + i];
      const left = i < 3 ? 0 : pixels[y * length + i - 3];
      const above = y === 0 ? 0 : pixels[(y - 1) * length + i];
      assert.ok([0, 1, 2].includes(filter), `filter ${filter}`);
      pixels[y * length + i] = raw + [0, left, above][filter];
    }
  }
  return pixels;
}
