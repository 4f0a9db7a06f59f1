/**
 * Pictures of few colours as PNG (https://www.w3.org/TR/png-3/), colour type 3: a palette with transparency.
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/** Red, green, blue, and how opaque; each 0..255. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** A byte a pixel, row by row from the top left: its place in the palette. */
  readonly pixels: Uint8Array;
  /** At most 256. */
  readonly palette: readonly Colour[];
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const EIGHT_BITS = 8, INDEXED = 3, FILTER_UP = 2;

/** The bytes of a PNG file. @throws {RangeError} when the pixels do not fill the picture. */
export function encodePng({ width, height, pixels, palette }: Picture): Uint8Array<ArrayBuffer> {
  if (width < 1 || height < 1 || pixels.length !== width * height) {
    throw new RangeError(
      `Cannot make a picture of ${width} x ${height}: there are ${pixels.length} pixels`,
    );
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([EIGHT_BITS, INDEXED], 8);
  return concat([
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flatMap(([red, green, blue]) => [red, green, blue]))),
    chunk("tRNS", Uint8Array.from(palette.map((colour) => colour[3]))),
    chunk("IDAT", deflateSync(filtered(width, height, pixels), { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Each row as its difference from the one above: bars become rows of zeros. */
function filtered(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (width + 1), from = y * width;
    rows[to] = FILTER_UP;
    for (let x = 0; x < width; x++) {
      const above = y === 0 ? 0 : pixels[from - width + x];
      rows[to + 1 + x] = pixels[from + x] - above;
    }
  }
  return rows;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = concat([new TextEncoder().encode(type), data]);
  const whole = new Uint8Array(typed.length + 8);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(typed, 4);
  view.setUint32(typed.length + 4, crc32(typed));
  return whole;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
