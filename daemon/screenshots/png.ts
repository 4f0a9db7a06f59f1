/**
 * Pictures of any colours as PNG (https://www.w3.org/TR/png-3/), colour type 2, made in little time.
 * @module
 */
import { crc32, deflateSync } from "node:zlib";
import { type Picture, rowBytes } from "./picture.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const EIGHT_BITS = 8, RED_GREEN_BLUE = 2, FILTER_UP = 2;
/** zlib's quickest; in large pieces, as hundreds of small ones stay with the process. */
const HASTY = { level: 1, chunkSize: 1 << 20 };

/** The bytes of a PNG file; the picture's rows are used up in making it. */
export function encodePng(picture: Picture): Uint8Array<ArrayBuffer> {
  const { widthPx, heightPx, rows } = picture;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header.set([EIGHT_BITS, RED_GREEN_BLUE], 8);
  filterUp(picture);
  const parts = [
    Uint8Array.from(SIGNATURE),
    ...chunk("IHDR", header),
    ...chunk("IDAT", deflateSync(rows, HASTY)),
    ...chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** Each row as its difference from the one above, from the lowest up, in place. */
function filterUp({ widthPx, heightPx, rows }: Picture): void {
  const length = rowBytes(widthPx);
  for (let y = heightPx - 1; y >= 0; y--) {
    const start = y * length;
    rows[start] = FILTER_UP;
    if (y === 0) break;
    for (let at = start + 1; at < start + length; at++) rows[at] -= rows[at - length];
  }
}

function chunk(type: string, data: Uint8Array): Uint8Array[] {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, data.length);
  head.set(new TextEncoder().encode(type), 4);
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, crc32(data, crc32(head.subarray(4))));
  return [head, data, tail];
}
