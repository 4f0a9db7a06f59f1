/**
 * The pictures of a camera, by ffmpeg: v4l2 on Linux, avfoundation on macOS, dshow on Windows. It is opened
 * again for as long as somebody watches. Nothing of a picture is written anywhere.
 * @module
 */
import type {
  BufferPool,
  CameraEvent,
  CameraSource,
  CaptureOptions,
  Picture,
} from "../core/camera.ts";
import { UnsupportedError } from "../core/errors.ts";
import { Alarm } from "../os/alarm.ts";
import { listCameras, startCapture } from "./ffmpeg.ts";
import type { FfmpegInput } from "./ffmpeg_args.ts";
import { cameraTrouble, chooseCamera, errorsIn } from "./ffmpeg_words.ts";
import { PpmReader } from "./ppm.ts";

type LiveSource = Exclude<CameraSource, { kind: "film" }>;
type LiveInput = Exclude<FfmpegInput, { kind: "film" }>;

/** Waits before a camera is opened again; the last one repeats. */
const REOPEN_MS = [500, 1_000, 2_000, 5_000];
/** A camera that gave no picture for so long is told of, and after a longer while opened anew. */
const SLOW_MS = 3_000, STUCK_MS = 10_000;
/** From when on nothing is known, at the usual rates. */
const SILENCE_MS = 1_000;

/** A camera's newest picture each time one is asked for; what went stale meanwhile is dropped. */
export async function* watchCamera(
  source: LiveSource,
  { rate, pool, signal, nowMs }: CaptureOptions,
): AsyncGenerator<CameraEvent, void, void> {
  const stop = new AbortController();
  const feed = new Feed(pool);
  const running = keepOpen(source, { rate, pool, nowMs, signal: stop.signal }, feed);
  const onAbort = () => stop.abort();
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  const silenceMs = Math.max(SILENCE_MS, 2_500 / rate);
  let lastMs = nowMs();
  let isWell = true;
  try {
    while (!signal.aborted) {
      const event = feed.take();
      if (event?.kind === "picture" || event?.kind === "trouble") {
        if (event.kind === "trouble") isWell = false;
        else {
          if (!isWell) yield { kind: "well", atMs: event.atMs };
          isWell = true;
          lastMs = event.atMs;
        }
        yield event;
        continue;
      }
      if (feed.failure) throw feed.failure;
      const quietMs = nowMs() - lastMs;
      if (quietMs >= silenceMs) yield { kind: "nothing", atMs: nowMs() };
      // While it is silent it says so as often as a picture would come.
      const waitMs = quietMs >= silenceMs ? 1000 / rate : silenceMs - quietMs;
      await feed.alarm.wait(waitMs, signal);
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    stop.abort();
    await running;
    feed.close();
  }
}

type Fed = Extract<CameraEvent, { kind: "picture" | "trouble" }>;

/** Between the camera's pace and the watcher's: troubles in their order, and the newest picture. */
class Feed {
  readonly alarm = new Alarm();
  failure: unknown;
  #troubles: Fed[] = [];
  #newest: Extract<CameraEvent, { kind: "picture" }> | undefined;

  constructor(private readonly pool: BufferPool) {}

  picture(picture: Picture, atMs: number): void {
    if (this.#newest) this.pool.give(this.#newest.picture.data.buffer);
    this.#newest = { kind: "picture", picture, atMs };
    this.alarm.ring();
  }

  /** A picture from before the trouble must not look like its end. */
  trouble(message: string, atMs: number): void {
    this.close();
    this.#troubles.push({ kind: "trouble", message, atMs });
    this.alarm.ring();
  }

  fail(error: unknown): void {
    this.failure = error;
    this.alarm.ring();
  }

  take(): Fed | undefined {
    const trouble = this.#troubles.shift();
    if (trouble) return trouble;
    const newest = this.#newest;
    this.#newest = undefined;
    return newest;
  }

  close(): void {
    if (this.#newest) this.pool.give(this.#newest.picture.data.buffer);
    this.#newest = undefined;
  }
}

/** Runs ffmpeg on the camera until `signal` aborts, again and again when it ends; never rejects. */
async function keepOpen(
  source: LiveSource,
  options: CaptureOptions,
  feed: Feed,
): Promise<void> {
  const { signal, nowMs } = options;
  const pause = new Alarm();
  let failures = 0;
  let told: string | undefined;
  const listener: Listener = {
    onPicture(picture) {
      failures = 0;
      told = undefined;
      feed.picture(picture, nowMs());
    },
    onTrouble(message) {
      if (message !== told) feed.trouble(message, nowMs());
      told = message;
    },
    onSilence: (message) => told === undefined && listener.onTrouble(message),
  };
  while (!signal.aborted) {
    try {
      const input = await resolveInput(source);
      if (signal.aborted) return;
      await runOnce(input, options, listener);
    } catch (error) {
      // Without ffmpeg nothing will come, however long one waits.
      if (error instanceof UnsupportedError) return feed.fail(error);
      listener.onTrouble((error as Error).message);
    }
    await pause.wait(REOPEN_MS[Math.min(failures++, REOPEN_MS.length - 1)], signal);
  }
}

interface Listener {
  onPicture(picture: Picture): void;
  onTrouble(message: string): void;
  /** Nothing comes: a trouble only where none is known that explains it. */
  onSilence(message: string): void;
}

/** One life of ffmpeg. */
async function runOnce(
  input: LiveInput,
  { rate, pool, signal }: CaptureOptions,
  { onPicture, onTrouble, onSilence }: Listener,
): Promise<void> {
  const child = startCapture(input, rate);
  const name = input.kind === "pipe" ? input.path : input.id;
  const reader = new PpmReader(child.stdout, pool);
  // Where "ffmpeg" is a wrapper, what it started holds the pipe: it ends when nobody reads that.
  const stop = () => {
    child.kill();
    return reader.cancel();
  };
  signal.addEventListener("abort", stop);
  let count = 0, isStuck = false;
  const timers: ReturnType<typeof setTimeout>[] = [];
  const rest = () => timers.splice(0).forEach(clearTimeout);
  const watchdog = () => {
    rest();
    timers.push(
      setTimeout(() => onSilence(`Cannot use the camera ${name}: it gives no picture`), SLOW_MS),
    );
    // Whoever feeds a pipe may come when they like; opening it anew would cut them off.
    if (input.kind === "pipe") return;
    timers.push(setTimeout(() => {
      isStuck = true;
      void stop();
    }, STUCK_MS));
  };
  try {
    watchdog();
    for (let picture = await reader.next(); picture; picture = await reader.next()) {
      count++;
      onPicture(picture);
      watchdog();
    }
  } catch (error) {
    if (!signal.aborted && !isStuck) onTrouble((error as Error).message);
    isStuck = true;
  } finally {
    rest();
    signal.removeEventListener("abort", stop);
    await stop();
  }
  const code = await child.ended;
  if (!signal.aborted && !isStuck) onTrouble(troubleOf(input, child.said, code, count));
}

function troubleOf(
  input: LiveInput,
  said: readonly string[],
  code: number,
  count: number,
): string {
  if (input.kind === "camera") return cameraTrouble(input.id, said, code);
  if (count > 0 && errorsIn(said).length === 0) {
    return `Cannot use the camera ${input.path}: nobody feeds the pipe any more`;
  }
  return cameraTrouble(input.path, said, code);
}

/** Which camera is meant, as of now: one that was plugged in again may have another number. */
async function resolveInput(
  source: LiveSource,
): Promise<LiveInput> {
  if (source.kind === "pipe") return source;
  const os = Deno.build.os;
  const { wanted } = source;
  const found = wanted?.startsWith("/") ? undefined : chooseCamera(await listCameras(), wanted);
  if (found) return { kind: "camera", os, id: found.id };
  if (wanted?.startsWith("/")) return { kind: "camera", os, id: wanted };
  // ffmpeg lists only what it may open, and says best itself why it may not.
  if (wanted === undefined && os === "linux") return { kind: "camera", os, id: "/dev/video0" };
  const remedy = "focus --list-cameras shows which there are";
  const name = wanted === undefined ? "a camera" : `the camera "${wanted}"`;
  throw new Error(`Cannot find ${name}: plug it in, or name another with --camera (${remedy})`);
}
