/**
 * What ffmpeg says, understood.
 * @module
 */
import type { CameraInfo } from "../core/camera.ts";

/** The cameras in the answer to `listArgs(os)`, which stands on either of its two streams. */
export function parseCameras(os: string, text: string): CameraInfo[] {
  const lines = text.split(/\r?\n/);
  if (os === "darwin") return parseAvfoundation(lines);
  return os === "windows" ? parseDshow(lines) : parseV4l2(lines);
}

/** `* /dev/video0 [Integrated Camera] (none)`; the star marks the first choice. */
function parseV4l2(lines: readonly string[]): CameraInfo[] {
  return lines.flatMap((line) => {
    const [, id, name] = /^[* ]\s+(\S+)\s+\[(.*)\](?:\s+\([^)]*\))?\s*$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id, name: name.trim() || id }];
  });
}

/** `[AVFoundation indev @ 0x7f8] [0] FaceTime HD Camera`, up to the list of microphones. */
function parseAvfoundation(lines: readonly string[]): CameraInfo[] {
  const from = lines.findIndex((line) => /video devices:\s*$/.test(line));
  const to = lines.findIndex((line) => /audio devices:\s*$/.test(line));
  return lines.slice(from + 1, to === -1 ? undefined : to).flatMap((line) => {
    const [, id, name] = /\]\s+\[(\d+)\]\s+(.+?)\s*$/.exec(line) ?? [];
    // A screen is no camera.
    return id === undefined || /^Capture screen/.test(name) ? [] : [{ id, name }];
  });
}

/** `[dshow @ 0x1] "USB Camera" (video)`; before ffmpeg 5 under a heading, and without its kind. */
function parseDshow(lines: readonly string[]): CameraInfo[] {
  let ofVideo = true;
  return lines.flatMap((line) => {
    if (/DirectShow \w+ devices/.test(line)) ofVideo = /DirectShow video devices/.test(line);
    const [, name, kinds] = /\]\s+"(.+)"(?:\s+\((.*)\))?\s*$/.exec(line) ?? [];
    const isCamera = kinds === undefined ? ofVideo : /\bvideo\b/.test(kinds);
    if (name === undefined || !isCamera || /Alternative name/.test(line)) return [];
    return [{ id: name, name }];
  });
}

/**
 * The camera that `wanted` names: by id, by name, by its place in the list (from 0), or by a part of its name
 * that no other has; `undefined` when none, or more than one, is meant.
 */
export function chooseCamera(
  cameras: readonly CameraInfo[],
  wanted: string | undefined,
): CameraInfo | undefined {
  if (wanted === undefined) return cameras[0];
  const exact = cameras.find(({ id, name }) => id === wanted || name === wanted);
  if (exact) return exact;
  if (/^\d{1,3}$/.test(wanted)) return cameras[Number(wanted)];
  const part = wanted.toLowerCase();
  const similar = cameras.filter(({ name }) => name.toLowerCase().includes(part));
  return similar.length === 1 ? similar[0] : undefined;
}

/** What the lines before the first picture tell of a film. */
export interface FilmFacts {
  /** "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", …. */
  readonly format?: string;
  /** The length that the film itself states, in milliseconds. */
  readonly lengthMs?: number;
}

/** The facts that one line states. */
export function filmFacts(line: string): FilmFacts {
  const format = /Input #0, (\S+), from /.exec(line)?.[1];
  if (format !== undefined) return { format };
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(line) ?? [];
  if (hours === undefined) return {};
  return { lengthMs: Math.round(((+hours * 60 + +minutes) * 60 + +seconds) * 1000) };
}

/** ffmpeg draws text files as pictures of letters. */
const TEXT_FORMATS = new Set(["tty", "bin", "xbin", "adf", "idf"]);

/** Whether a format is pictures at all. */
export function isText({ format }: FilmFacts): boolean {
  return format !== undefined && TEXT_FORMATS.has(format);
}

/** The errors among lines, without who says them and of which file. */
export function errorsIn(lines: readonly string[]): string[] {
  return lines
    .filter((line) => /\[(error|fatal|panic)\]/.test(line))
    .map((line) => line.replace(/^(\[[^\]]*\]\s*)+/, "").replace(/^file:\S+: /, "").trim());
}

/** Why a camera gives no picture, with what to do about it. */
export function cameraTrouble(camera: string, lines: readonly string[], code: number): string {
  const action = `Cannot use the camera ${camera}`;
  const text = lines.join("\n");
  if (/resource busy|device is busy|already in use|in use by another/i.test(text)) {
    return `${action}: another program has it; close that one`;
  }
  if (/permission denied|not authorized|access is denied|operation not permitted/i.test(text)) {
    return `${action}: this user may not; ${PERMISSION_REMEDY}`;
  }
  if (/no such device|device disconnected|VIDIOC_DQBUF/i.test(text)) {
    return `${action}: it was unplugged; plug it in again`;
  }
  const missing = /no such file|could not find video device|invalid device index|device not found/i;
  if (missing.test(text)) {
    return `${action}: it is not there; plug it in, or name another with --camera ` +
      "(focus --list-cameras shows which there are)";
  }
  if (/inappropriate ioctl|not a video capture device/i.test(text)) {
    return `${action}: it is no camera; focus --list-cameras shows which there are`;
  }
  const reason = errorsIn(lines).at(-1) ?? `ffmpeg ended with code ${code}`;
  return `${action}: ${reason}`;
}

const PERMISSION_REMEDY = "on Linux, sudo usermod -aG video $USER and log in again; " +
  "elsewhere, allow the terminal to use the camera in the system's settings";

/** Why a film cannot be read at all. */
export function filmTrouble(path: string, lines: readonly string[], facts: FilmFacts): string {
  const action = `Cannot read the film "${path}"`;
  const text = lines.join("\n");
  if (isText(facts)) return `${action}: it is text`;
  if (/no such file or directory/i.test(text)) return `${action}: there is no such file`;
  if (/is a directory/i.test(text)) return `${action}: it is a directory`;
  if (/permission denied/i.test(text)) return `${action}: this user may not read it`;
  if (/moov atom not found/.test(text)) {
    return `${action}: it is cut short, or no film (its index is missing)`;
  }
  if (/matches no streams|does not contain any stream/i.test(text)) {
    return `${action}: there are no pictures in it`;
  }
  if (/protocol .*not on whitelist|not in allowed_extensions/i.test(text)) {
    return `${action}: it leads to another place than this file`;
  }
  if (/end of file/i.test(text)) return `${action}: it is cut short, before its first picture`;
  if (/invalid data found/i.test(text)) return `${action}: it is no film, or damaged`;
  return `${action}: ${errorsIn(lines).at(-1) ?? "there is no picture in it"}`;
}

/** What of a film could not be read; `undefined` when all of it was. */
export function filmProblem(
  readMs: number,
  { lengthMs }: FilmFacts,
  lines: readonly string[],
): string | undefined {
  const errors = errorsIn(lines);
  const seconds = (ms: number) => `${Number((ms / 1000).toFixed(1))} s`;
  // A second at the end may be sound alone.
  if (lengthMs !== undefined && readMs < lengthMs - 1_000) {
    const why = errors.length === 0 ? "" : ` (${errors.at(-1)})`;
    return `The film is cut short: ${seconds(readMs)} of ${seconds(lengthMs)} could be read${why}`;
  }
  if (errors.length === 0) return undefined;
  return `Parts of the film are damaged: ${errors[0]}`;
}
