/**
 * From the frame into a model's input in one pass: cut out, turned, resized, brightened, normalised.
 *
 * Nothing is allocated: the caller owns the target. Where the patch is larger than the target, several points are
 * averaged, as a camera's noise and fine patterns would otherwise come through as edges.
 * @module
 */
import type { Patch } from "./geometry.ts";
import type { Frame } from "./types.ts";

/** Where the pixels go, and as what. */
export interface Target {
  readonly data: Float32Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** "hwc" and "chw" are RGB, interleaved or plane by plane; "gray" is luma (Rec. 601). */
  readonly layout: "hwc" | "chw" | "gray";
  /** A byte `b` becomes `min(255, b * gain) * scale + offset`. */
  readonly scale: number;
  readonly offset: number;
  /** What lies beyond the frame: black, or the frame's last pixel. */
  readonly beyond: "black" | "edge";
}

/** Fills `target` with what `patch` shows. `frame` is not empty. */
export function sample(frame: Frame, patch: Patch, target: Target, gain = 1): void {
  const { widthPx, heightPx, layout } = target;
  const cos = Math.cos(patch.rollRad), sin = Math.sin(patch.rollRad);
  const stepX = patch.widthPx / widthPx, stepY = patch.heightPx / heightPx;
  const taps = tapsFor(Math.max(stepX, stepY));
  const walk: Walk = {
    startX: patch.centreXPx - (patch.widthPx * cos - patch.heightPx * sin) / 2,
    startY: patch.centreYPx - (patch.widthPx * sin + patch.heightPx * cos) / 2,
    columnX: stepX * cos,
    columnY: stepX * sin,
    rowX: -stepY * sin,
    rowY: stepY * cos,
  };
  const pixels = widthPx * heightPx;
  const pixelStride = layout === "hwc" ? 3 : 1;
  const channelStride = layout === "hwc" ? 1 : pixels;
  if (taps === 1) blend(frame, walk, target, gain, pixelStride, channelStride);
  else average(frame, walk, target, gain, pixelStride, channelStride, taps);
}

/** How a patch is walked: where its corner is, and how far a column and a row go in the frame. */
interface Walk {
  readonly startX: number;
  readonly startY: number;
  readonly columnX: number;
  readonly columnY: number;
  readonly rowX: number;
  readonly rowY: number;
}

/** Points averaged a pixel and axis, by how many frame pixels one target pixel covers. */
function tapsFor(step: number): number {
  if (step < 1.75) return 1;
  return step < 4 ? 2 : 3;
}

/** Bilinear, one point a pixel. */
function blend(
  { data, widthPx: frameWidth, heightPx: frameHeight, channels }: Frame,
  walk: Walk,
  target: Target,
  gain: number,
  pixelStride: number,
  channelStride: number,
): void {
  const { data: out, widthPx, heightPx, offset } = target;
  const isGray = target.layout === "gray";
  const isBlack = target.beyond === "black";
  const { columnX, columnY } = walk;
  // The last column and row are reached through weights only, so that the neighbours exist.
  const maxX = Math.max(0, frameWidth - 1 - 1 / 128), maxY = Math.max(0, frameHeight - 1 - 1 / 128);
  const right = frameWidth > 1 ? channels : 0;
  const down = frameHeight > 1 ? frameWidth * channels : 0;
  const limit = 255 * 65536;
  const scale = target.scale / 65536;
  let at = 0;
  for (let row = 0; row < heightPx; row++) {
    // Pixel centres: the middle of the target's pixel falls on the middle of the frame's.
    let x = walk.startX + (row + 0.5) * walk.rowX + 0.5 * columnX - 0.5;
    let y = walk.startY + (row + 0.5) * walk.rowY + 0.5 * columnY - 0.5;
    for (
      let column = 0;
      column < widthPx;
      column++, x += columnX, y += columnY, at += pixelStride
    ) {
      let px = x, py = y;
      if (px < 0 || py < 0 || px > maxX || py > maxY) {
        if (isBlack && (px < -1 || py < -1 || px > frameWidth || py > frameHeight)) {
          out[at] = offset;
          if (!isGray) out[at + channelStride] = out[at + 2 * channelStride] = offset;
          continue;
        }
        px = px < 0 ? 0 : px > maxX ? maxX : px;
        py = py < 0 ? 0 : py > maxY ? maxY : py;
      }
      const qx = (px * 256) | 0, qy = (py * 256) | 0;
      const wx = qx & 255, wy = qy & 255;
      const i = ((qy >> 8) * frameWidth + (qx >> 8)) * channels;
      const j = i + down;
      const w11 = wx * wy, w01 = (wx << 8) - w11, w10 = (wy << 8) - w11;
      const w00 = 65536 - w01 - w10 - w11;
      let r = data[i] * w00 + data[i + right] * w01 + data[j] * w10 + data[j + right] * w11;
      let g = data[i + 1] * w00 + data[i + right + 1] * w01 + data[j + 1] * w10 +
        data[j + right + 1] * w11;
      let b = data[i + 2] * w00 + data[i + right + 2] * w01 + data[j + 2] * w10 +
        data[j + right + 2] * w11;
      if (gain !== 1) {
        r = Math.min(limit, r * gain);
        g = Math.min(limit, g * gain);
        b = Math.min(limit, b * gain);
      }
      if (isGray) {
        out[at] = (0.299 * r + 0.587 * g + 0.114 * b) * scale + offset;
      } else {
        out[at] = r * scale + offset;
        out[at + channelStride] = g * scale + offset;
        out[at + 2 * channelStride] = b * scale + offset;
      }
    }
  }
}

/** The mean of `taps` x `taps` points a pixel. */
function average(
  { data, widthPx: frameWidth, heightPx: frameHeight, channels }: Frame,
  walk: Walk,
  target: Target,
  gain: number,
  pixelStride: number,
  channelStride: number,
  taps: number,
): void {
  const { data: out, widthPx, heightPx, offset } = target;
  const isGray = target.layout === "gray";
  const isBlack = target.beyond === "black";
  const stepX = walk.columnX / taps, stepY = walk.columnY / taps;
  const downX = walk.rowX / taps, downY = walk.rowY / taps;
  const maxX = frameWidth - 1, maxY = frameHeight - 1;
  const each = gain / (taps * taps);
  let at = 0;
  for (let row = 0; row < heightPx; row++) {
    let left = walk.startX + row * walk.rowX, top = walk.startY + row * walk.rowY;
    for (
      let column = 0;
      column < widthPx;
      column++, left += walk.columnX, top += walk.columnY, at += pixelStride
    ) {
      let r = 0, g = 0, b = 0;
      for (let v = 0; v < taps; v++) {
        let x = left + (v + 0.5) * downX + 0.5 * stepX;
        let y = top + (v + 0.5) * downY + 0.5 * stepY;
        for (let u = 0; u < taps; u++, x += stepX, y += stepY) {
          let qx = Math.floor(x), qy = Math.floor(y);
          if (qx < 0 || qy < 0 || qx > maxX || qy > maxY) {
            if (isBlack) continue;
            qx = qx < 0 ? 0 : qx > maxX ? maxX : qx;
            qy = qy < 0 ? 0 : qy > maxY ? maxY : qy;
          }
          const i = (qy * frameWidth + qx) * channels;
          r += data[i];
          g += data[i + 1];
          b += data[i + 2];
        }
      }
      r *= each;
      g *= each;
      b *= each;
      if (gain !== 1) {
        r = Math.min(255, r);
        g = Math.min(255, g);
        b = Math.min(255, b);
      }
      if (isGray) {
        out[at] = (0.299 * r + 0.587 * g + 0.114 * b) * target.scale + offset;
      } else {
        out[at] = r * target.scale + offset;
        out[at + channelStride] = g * target.scale + offset;
        out[at + 2 * channelStride] = b * target.scale + offset;
      }
    }
  }
}
