/**
 * What ffmpeg is asked for, per system.
 * @module
 */

/** Pictures are made smaller, never larger, to fit into this. */
export const FIT_PX = { width: 640, height: 480 } as const;

/** Where ffmpeg reads from. */
export type FfmpegInput =
  | { readonly kind: "camera"; readonly os: string; readonly id: string }
  | { readonly kind: "pipe"; readonly path: string }
  | { readonly kind: "film"; readonly path: string };

/** Lines say how bad they are; no progress, no questions. */
const QUIET = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+info"];

/**
 * Arguments that make ffmpeg write RGB pictures to its standard output, `rate` a second, as PPM.
 *
 * The `fps` filter gives pictures evenly spaced whatever the source does: picture n stands for the moment
 * n / rate. Pixels that are not square are made so; pictures that are marked as turned are turned by ffmpeg
 * itself.
 */
export function captureArgs(input: FfmpegInput, rate: number): string[] {
  const { width, height } = FIT_PX;
  // Of the true width, iw*sar: how much it must shrink to fit.
  const shrink = `min(1,min(${width}/(iw*sar),${height}/ih))`;
  const side = (length: string) => `'max(1,round(${length}*${shrink}))'`;
  const scale = `scale=w=${side("iw*sar")}:h=${side("ih")}`;
  const filters = `fps=${rate},${scale},setsar=1,format=rgb24`;
  const output = ["-map", "0:v:0", "-vf", filters, "-c:v", "ppm", "-f", "image2pipe", "pipe:1"];
  return [...QUIET, ...inputArgs(input), ...output];
}

function inputArgs(input: FfmpegInput): string[] {
  // A playlist must not lead to the network.
  const local = ["-protocol_whitelist", "file,pipe"];
  if (input.kind === "film") return [...local, "-i", `file:${input.path}`];
  // A picture is wanted now, not smoothly.
  const live = ["-fflags", "nobuffer", "-threads", "1"];
  if (input.kind === "pipe") return [...live, ...local, "-i", `file:${input.path}`];
  const { os, id } = input;
  const size = ["-video_size", `${FIT_PX.width}x${FIT_PX.height}`];
  if (os === "darwin") {
    // It refuses a rate that it does not have; every Mac's camera has 30.
    return [...live, "-f", "avfoundation", "-framerate", "30", ...size, "-i", `${id}:none`];
  }
  // DirectShow refuses a size that the camera does not have: it is left to choose.
  if (os === "windows") return [...live, "-f", "dshow", "-rtbufsize", "64M", "-i", `video=${id}`];
  // The driver takes the size nearest to it.
  return [...live, "-f", "v4l2", ...size, "-i", id];
}

/** Arguments that make ffmpeg list the cameras. */
export function listArgs(os: string): string[] {
  if (os === "darwin") {
    return ["-nostdin", "-hide_banner", "-f", "avfoundation", "-list_devices", "true", "-i", ""];
  }
  if (os === "windows") {
    return ["-nostdin", "-hide_banner", "-list_devices", "true", "-f", "dshow", "-i", "dummy"];
  }
  return ["-hide_banner", "-sources", "v4l2"];
}
