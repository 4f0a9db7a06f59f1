/**
 * A film in a camera's place: its pictures, by its own clock.
 * @module
 */
import type { CameraEvent, CaptureOptions } from "../core/camera.ts";
import { startCapture } from "./ffmpeg.ts";
import { type FilmFacts, filmFacts, filmProblem, filmTrouble, isText } from "./ffmpeg_words.ts";
import { PpmReader } from "./ppm.ts";

/**
 * A film's pictures, each with its time in the clip; ffmpeg is read no faster than they are taken.
 * @throws {Error} when there is no picture in it; {@linkcode UnsupportedError} without ffmpeg.
 */
export async function* readFilm(
  path: string,
  { rate, pool, signal }: CaptureOptions,
): AsyncGenerator<CameraEvent, void, void> {
  let facts: FilmFacts = {};
  const known = Promise.withResolvers<void>();
  const child = startCapture({ kind: "film", path }, rate, (line) => {
    facts = { ...filmFacts(line), ...facts };
    if (facts.format !== undefined) known.resolve();
  });
  const reader = new PpmReader(child.stdout, pool);
  // Where "ffmpeg" is a wrapper, what it started holds the pipe: it ends when nobody reads that.
  const stop = () => {
    child.kill();
    return reader.cancel();
  };
  signal.addEventListener("abort", stop);
  const atMs = (n: number) => Math.round(n * 1000 / rate);
  let n = 0;
  try {
    await Promise.race([known.promise, child.ended]);
    while (!signal.aborted && !isText(facts)) {
      const picture = await reader.next();
      if (!picture) break;
      const { lengthMs } = facts;
      if (n === 0 && lengthMs !== undefined) yield { kind: "length", atMs: 0, lengthMs };
      yield { kind: "picture", atMs: atMs(n++), picture };
    }
    if (signal.aborted) return;
    if (n === 0) child.kill();
    await child.ended;
    if (n === 0) throw new Error(filmTrouble(path, child.said, facts));
    yield { kind: "end", atMs: atMs(n), problem: filmProblem(atMs(n), facts, child.said) };
  } finally {
    signal.removeEventListener("abort", stop);
    await stop();
    await child.ended;
  }
}
