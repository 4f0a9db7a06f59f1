/**
 * Making a picture smaller.
 * @module
 */
import { blankPicture, type Picture, rowBytes } from "./picture.ts";

/**
 * The picture at a share of its width and height, at least 1 pixel each: every new pixel is the mean of the
 * area that it covers (a box filter).
 * @param scale Above 0, up to 1; 1 gives the same picture.
 */
export function scaled(picture: Picture, scale: number): Picture {
  if (scale >= 1) return picture;
  const small = blankPicture(
    Math.max(1, Math.round(picture.widthPx * scale)),
    Math.max(1, Math.round(picture.heightPx * scale)),
  );
  const from = rowBytes(picture.widthPx), to = rowBytes(small.widthPx);
  const columns = shares(picture.widthPx, small.widthPx);
  const sums = new Float64Array(3 * small.widthPx);
  shares(picture.heightPx, small.heightPx).forEach(({ first, weights }, y) => {
    sums.fill(0);
    weights.forEach((weight, i) => {
      addRow(picture.rows, (first + i) * from + 1, columns, weight, sums);
    });
    for (let i = 0; i < sums.length; i++) small.rows[y * to + 1 + i] = Math.round(sums[i]);
  });
  return small;
}

/** Which of the old places a new one covers, and how much each weighs; the weights add up to 1. */
interface Share {
  readonly first: number;
  readonly weights: Float64Array;
}

function shares(oldCount: number, newCount: number): Share[] {
  const width = oldCount / newCount;
  return Array.from({ length: newCount }, (_, place) => {
    const start = place * width, end = Math.min(oldCount, start + width);
    const first = Math.min(oldCount - 1, Math.floor(start));
    const weights = new Float64Array(Math.max(1, Math.ceil(end) - first));
    for (let i = 0; i < weights.length; i++) {
      weights[i] = (Math.min(end, first + i + 1) - Math.max(start, first + i)) / width;
    }
    return { first, weights };
  });
}

function addRow(
  rows: Uint8Array,
  start: number,
  columns: readonly Share[],
  rowWeight: number,
  sums: Float64Array,
): void {
  for (let x = 0; x < columns.length; x++) {
    const { first, weights } = columns[x];
    let red = 0, green = 0, blue = 0;
    for (let i = 0, at = start + 3 * first; i < weights.length; i++, at += 3) {
      const weight = weights[i];
      red += rows[at] * weight;
      green += rows[at + 1] * weight;
      blue += rows[at + 2] * weight;
    }
    sums[3 * x] += red * rowWeight;
    sums[3 * x + 1] += green * rowWeight;
    sums[3 * x + 2] += blue * rowWeight;
  }
}
