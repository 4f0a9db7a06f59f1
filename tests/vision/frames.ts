/**
 * Frames to test with: photographs and clips, decoded by ffmpeg, and what can be done to a frame.
 * @module
 */
import { basename } from "node:path";
import type { Frame } from "../../vision/types.ts";
import { clip, type ClipName, stills } from "../clips.ts";

/** An RGB frame whose bytes may be changed. */
export interface RgbFrame extends Frame {
  readonly channels: 3;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Fits a picture into 640x480, with a border of `colour`. */
export function fit(colour = "black"): string {
  return `scale=640:480:force_original_aspect_ratio=decrease,pad=640:480:(ow-iw)/2:(oh-ih)/2:${colour}`;
}

/**
 * The pictures of a file, as ffmpeg decodes them; `filter` is a chain of its filters.
 *
 * @throws {Error} with ffmpeg's words when the file is missing or no picture
 */
export async function decode(path: string, filter = "null"): Promise<RgbFrame[]> {
  const input = ["-nostdin", "-v", "error", "-i", path, "-vf", filter];
  const { success, stdout, stderr } = await new Deno.Command("ffmpeg", {
    args: [...input, "-f", "image2pipe", "-c:v", "ppm", "-"],
    stdin: "null",
  }).output();
  const frames = success ? parsePpms(stdout) : [];
  if (frames.length === 0) {
    const words = new TextDecoder().decode(stderr).trim();
    throw new Error(`Cannot decode "${basename(path)}": ${words || "it has no picture"}`);
  }
  return frames;
}

/** One after the other: "P6", width, height, 255, one blank, the bytes. */
function parsePpms(bytes: Uint8Array<ArrayBuffer>): RgbFrame[] {
  const frames: RgbFrame[] = [];
  let at = 0;
  while (at < bytes.length) {
    const head = new TextDecoder("latin1").decode(bytes.subarray(at, at + 40));
    const [header, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(head)!;
    const [widthPx, heightPx] = [Number(width), Number(height)];
    const from = at + header.length, to = from + widthPx * heightPx * 3;
    frames.push({ widthPx, heightPx, channels: 3, data: bytes.subarray(from, to) });
    at = to;
  }
  return frames;
}

/** Pictures of a clip, at 640x480. */
export async function clipFrames(
  name: ClipName,
  { fps = 5, fromS = 0, count = 10 }: { fps?: number; fromS?: number; count?: number } = {},
): Promise<RgbFrame[]> {
  const trim = `trim=start=${fromS}:duration=${count / fps},setpts=PTS-STARTPTS`;
  return (await decode(await clip(name), `${trim},fps=${fps},${fit()}`)).slice(0, count);
}

/** A photograph of the clips' package, at 640x480. */
export async function still(name: string): Promise<RgbFrame> {
  return (await decode(`${await stills()}/${name}`, fit()))[0];
}

/** A frame of one colour. */
export function plain(widthPx: number, heightPx: number, luma: number): RgbFrame {
  const data = new Uint8Array(widthPx * heightPx * 3).fill(luma);
  return { widthPx, heightPx, channels: 3, data };
}

/** Every byte through `change`. */
export function mapBytes(frame: Frame, change: (byte: number) => number): RgbFrame {
  const { widthPx, heightPx } = frame;
  return { widthPx, heightPx, channels: 3, data: Uint8Array.from(rgb(frame).data, change) };
}

/** A quarter of the light. */
export function darken(frame: Frame): RgbFrame {
  return mapBytes(frame, (byte) => byte / 4);
}

/** Half the width and height: the mean of each four pixels. */
export function halve(frame: Frame): RgbFrame {
  const widthPx = frame.widthPx >> 1, heightPx = frame.heightPx >> 1;
  const out = plain(widthPx, heightPx, 0);
  const { data } = rgb(frame);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      for (let c = 0; c < 3; c++) {
        const i = (2 * y * frame.widthPx + 2 * x) * 3 + c, j = i + frame.widthPx * 3;
        out.data[(y * widthPx + x) * 3 + c] = (data[i] + data[i + 3] + data[j] + data[j + 3]) / 4;
      }
    }
  }
  return out;
}

/** `frame` in the middle of a grey one of this size; what does not fit is cut off. */
export function onGrey(frame: Frame, widthPx: number, heightPx: number): RgbFrame {
  const out = plain(widthPx, heightPx, 128);
  const { data } = rgb(frame);
  const left = (widthPx - frame.widthPx) >> 1, top = (heightPx - frame.heightPx) >> 1;
  for (let y = Math.max(0, -top); y < Math.min(frame.heightPx, heightPx - top); y++) {
    const from = Math.max(0, -left), to = Math.min(frame.widthPx, widthPx - left);
    const row = data.subarray((y * frame.widthPx + from) * 3, (y * frame.widthPx + to) * 3);
    out.data.set(row, ((y + top) * widthPx + from + left) * 3);
  }
  return out;
}

/** Left and right exchanged. */
export function mirror(frame: Frame): RgbFrame {
  const { widthPx, heightPx } = frame;
  const out = plain(widthPx, heightPx, 0);
  const { data } = rgb(frame);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const from = (y * widthPx + x) * 3;
      out.data.set(data.subarray(from, from + 3), (y * widthPx + widthPx - 1 - x) * 3);
    }
  }
  return out;
}

/** Turned clockwise by 90 degrees. */
export function turn(frame: Frame): RgbFrame {
  const { widthPx, heightPx } = frame;
  const out = plain(heightPx, widthPx, 0);
  const { data } = rgb(frame);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const from = (y * widthPx + x) * 3;
      out.data.set(data.subarray(from, from + 3), (x * heightPx + heightPx - 1 - y) * 3);
    }
  }
  return out;
}

/** With a fourth byte a pixel, as a canvas has it. */
export function rgba(frame: Frame): Frame {
  const { widthPx, heightPx } = frame;
  const { data } = rgb(frame);
  const out = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  for (let i = 0; i < widthPx * heightPx; i++) out.set(data.subarray(3 * i, 3 * i + 3), 4 * i);
  return { widthPx, heightPx, channels: 4, data: out };
}

function rgb(frame: Frame): RgbFrame {
  if (frame.channels !== 3) throw new TypeError("This is done to RGB frames only");
  return frame as RgbFrame;
}
