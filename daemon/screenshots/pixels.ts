/**
 * From the pixels of an X server to those of a picture.
 * @module
 */
import type { PixmapFormat, Screen } from "../watchers/x11_protocol.ts";
import { type Picture, rowBytes } from "./picture.ts";

/** How an X server lays out the pixels of an image. */
export interface PixelLayout extends Pick<PixmapFormat, "bitsPerPixel" | "scanlinePadBits"> {
  readonly isLittleEndian: boolean;
  readonly masks: Screen["masks"];
}

/** Bytes of a row of an image. */
export function imageRowBytes(
  widthPx: number,
  { bitsPerPixel, scanlinePadBits }: Pick<PixelLayout, "bitsPerPixel" | "scanlinePadBits">,
): number {
  return Math.ceil(widthPx * bitsPerPixel / scanlinePadBits) * (scanlinePadBits / 8);
}

/**
 * Writes the rows of an image, as wide as the picture, into the picture from row `top` on.
 * @throws {RangeError} for pixels that are no colours (a palette's), or of a size that is not known.
 */
export function readPixels(
  data: Uint8Array,
  layout: PixelLayout,
  picture: Picture,
  top: number,
): void {
  const { bitsPerPixel, isLittleEndian, masks } = layout;
  const bytes = bitsPerPixel / 8;
  if (![2, 3, 4].includes(bytes) || masks.red === 0) {
    throw new RangeError(
      `Cannot read the screen's pixels: ${bitsPerPixel} bits each` +
        (masks.red === 0 ? ", places in a palette" : ""),
    );
  }
  const { widthPx, rows } = picture;
  const from = imageRowBytes(widthPx, layout), to = rowBytes(widthPx);
  const count = Math.min(picture.heightPx - top, Math.floor(data.length / from));
  const places = [masks.red, masks.green, masks.blue]
    .map((mask) => bytePlace(mask, bytes, isLittleEndian));
  const readRow = places.includes(undefined)
    ? anyMasks(layout)
    : wholeBytes(bytes, places as number[]);
  for (let y = 0; y < count; y++) {
    readRow(data, y * from, rows, (top + y) * to + 1, widthPx);
  }
}

type ReadRow = (
  data: Uint8Array,
  from: number,
  rows: Uint8Array,
  to: number,
  widthPx: number,
) => void;

/** Where in a pixel the byte lies that a mask covers; `undefined`: it does not cover just one. */
function bytePlace(mask: number, bytes: number, isLittleEndian: boolean): number | undefined {
  const place = [0, 1, 2, 3].find((each) => mask >>> 0 === (0xff << (8 * each)) >>> 0);
  if (place === undefined || place >= bytes) return undefined;
  return isLittleEndian ? place : bytes - 1 - place;
}

/** The common case: each colour is a byte. */
function wholeBytes(bytes: number, [red, green, blue]: readonly number[]): ReadRow {
  return (data, from, rows, to, widthPx) => {
    const end = from + widthPx * bytes;
    for (; from < end; from += bytes, to += 3) {
      rows[to] = data[from + red];
      rows[to + 1] = data[from + green];
      rows[to + 2] = data[from + blue];
    }
  };
}

/** Colours of 5, 6 or 10 bits and the like. */
function anyMasks({ bitsPerPixel, isLittleEndian, masks }: PixelLayout): ReadRow {
  const bytes = bitsPerPixel / 8;
  const channels = [masks.red, masks.green, masks.blue].map((mask) => {
    const shift = 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: mask >>> shift };
  });
  return (data, from, rows, to, widthPx) => {
    for (let x = 0; x < widthPx; x++, from += bytes, to += 3) {
      let pixel = 0;
      for (let i = 0; i < bytes; i++) {
        pixel |= data[from + i] << (8 * (isLittleEndian ? i : bytes - 1 - i));
      }
      for (let i = 0; i < 3; i++) {
        const { mask, shift, most } = channels[i];
        rows[to + i] = Math.round(255 * ((pixel & mask) >>> shift) / most);
      }
    }
  };
}
