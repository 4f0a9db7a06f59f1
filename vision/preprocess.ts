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

/** From so many frame pixels a target pixel on, points are averaged: blending sees two, and what lies between is lost. */
const COARSE = 2.5;
/** Points averaged a pixel, each way. */
const TAPS = 2;

/** Fills `target` with what `patch` shows. `frame` is not empty. */
export function sample(frame: Frame, patch: Patch, target: Target, gain = 1): void {
  const { widthPx, heightPx, layout } = target;
  const cos = Math.cos(patch.rollRad), sin = Math.sin(patch.rollRad);
  const stepX = patch.widthPx / widthPx, stepY = patch.heightPx / heightPx;
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
  if (Math.max(stepX, stepY) < COARSE) {
    blend(frame, walk, target, gain, pixelStride, channelStride);
  } else {
    average(frame, walk, target, gain, pixelStride, channelStride);
  }
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

/** The mean of `TAPS` x `TAPS` points a pixel. */
function average(
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
  const { columnX, columnY, rowX, rowY } = walk;
  const maxX = frameWidth - 1, maxY = frameHeight - 1;
  const limit = 255 * TAPS * TAPS;
  const scale = target.scale / (TAPS * TAPS);
  let at = 0;
  for (let row = 0; row < heightPx; row++) {
    for (let column = 0; column < widthPx; column++, at += pixelStride) {
      let r = 0, g = 0, b = 0;
      for (let tap = 0; tap < TAPS * TAPS; tap++) {
        const u = column + ((tap & 1) + 0.5) / TAPS, v = row + ((tap >> 1) + 0.5) / TAPS;
        let x = Math.floor(walk.startX + u * columnX + v * rowX) | 0;
        let y = Math.floor(walk.startY + u * columnY + v * rowY) | 0;
        if (x < 0 || y < 0 || x > maxX || y > maxY) {
          if (isBlack) continue;
          x = x < 0 ? 0 : x > maxX ? maxX : x;
          y = y < 0 ? 0 : y > maxY ? maxY : y;
        }
        const i = (y * frameWidth + x) * channels;
        r += data[i];
        g += data[i + 1];
        b += data[i + 2];
      }
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
