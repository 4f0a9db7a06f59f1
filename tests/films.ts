/**
 * Films made by ffmpeg, for tests.
 * @module
 */
import { needs } from "./programs.ts";

/** For tests that need ffmpeg. */
export const FILM_NEEDS = needs("ffmpeg", "ffprobe");

/** Runs ffmpeg with `args`. @throws {Error} with its words. */
export async function ffmpeg(...args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("ffmpeg", {
    args: ["-nostdin", "-loglevel", "error", "-y", ...args],
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`ffmpeg ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

/** Makes a film out of one of ffmpeg's own pictures ("testsrc=size=64x48:rate=25:duration=1"). */
export async function makeFilm(path: string, picture: string, ...args: string[]): Promise<string> {
  await ffmpeg("-f", "lavfi", "-i", picture, ...args, path);
  return path;
}

/** Plays a film into a named pipe in real time, over and over, until it is killed. */
export function playInto(pipe: string, film: string, ...args: string[]): Deno.ChildProcess {
  return new Deno.Command("ffmpeg", {
    args: [
      ...["-nostdin", "-loglevel", "quiet", "-y", "-re", "-stream_loop", "-1", "-i", film],
      ...[...args, "-f", "yuv4mpegpipe", "-pix_fmt", "yuv420p", pipe],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** Makes a named pipe. */
export async function makePipe(path: string): Promise<string> {
  const { success } = await new Deno.Command("mkfifo", { args: [path] }).output();
  if (!success) throw new Error(`Cannot make the pipe "${path}"`);
  return path;
}

/** Runs `work` with a folder that is removed afterwards. */
export async function inFolder(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "prodtracker-film-" });
  try {
    await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
