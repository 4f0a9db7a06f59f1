/**
 * The program ffmpeg: whether it is there, which cameras it sees, and starting it.
 * @module
 */
import type { CameraInfo } from "../core/camera.ts";
import { UnsupportedError } from "../core/errors.ts";
import { type Piped, runProgram, startPiped } from "../os/exec.ts";
import { captureArgs, type FfmpegInput, listArgs } from "./ffmpeg_args.ts";
import { parseCameras } from "./ffmpeg_words.ts";

/** What to do where ffmpeg is missing. */
const INSTALL: Partial<Record<typeof Deno.build.os, string>> = {
  linux: "install it (Debian, Ubuntu: sudo apt install ffmpeg)",
  darwin: "install it (brew install ffmpeg)",
  windows: "install it (winget install ffmpeg)",
};

/** @throws {UnsupportedError} in one line with the remedy. */
export function startCapture(
  input: FfmpegInput,
  rate: number,
  onLine?: (line: string) => void,
): Piped {
  try {
    return startPiped(["ffmpeg", ...captureArgs(input, rate)], { onLine });
  } catch (error) {
    throw noFfmpeg(error);
  }
}

function noFfmpeg(cause: unknown): UnsupportedError {
  const remedy = INSTALL[Deno.build.os] ?? "install it";
  const message =
    `Cannot read a camera or a film without ffmpeg: ${remedy}, or use focus --browser`;
  return new UnsupportedError(message, { cause });
}

/**
 * The version of the ffmpeg that is there.
 * @throws {UnsupportedError} in one line with the remedy, when there is none, or it does not run.
 */
export async function ffmpegVersion(): Promise<string> {
  const { code, stdout, stderr } = await runProgram(["ffmpeg", "-version"]);
  if (code === 127) throw noFfmpeg(stderr);
  if (code === 0) return /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? "of an unknown version";
  const [why] = stderr.trim().split("\n");
  throw new UnsupportedError(
    `Cannot read a camera or a film, as ffmpeg does not run (${why || `exit code ${code}`}): ` +
      "install it anew, or use focus --browser",
  );
}

/** The cameras of this machine. @throws {UnsupportedError} without ffmpeg. */
export async function listCameras(): Promise<CameraInfo[]> {
  const os = Deno.build.os;
  const { code, stdout, stderr } = await runProgram(["ffmpeg", ...listArgs(os)]);
  if (code === 127) throw noFfmpeg(stderr);
  return parseCameras(os, `${stdout}\n${stderr}`);
}
