/**
 * Takes pictures in a worker of its own, which is started for each and ended after it: it has its own connection
 * to the display, and leaves no memory behind.
 * @module
 */
import { ConflictError, UnavailableError, UnsupportedError } from "../core/errors.ts";
import { REFUSALS, type ScreenshotRefusal } from "../core/screenshot.ts";
import type { FocusedWindow } from "../core/types.ts";
import type { PictureFacts } from "./capture.ts";
import { judge } from "./judge.ts";
import type { Message, Places, Reply } from "./screenshot_worker.ts";

export interface TakeOptions {
  readonly env: (name: string) => string | undefined;
  /** Share of the width and height. */
  readonly scale: number;
  /** Whether a window may be in no picture. */
  readonly isPrivate: (window: FocusedWindow) => boolean;
  /** Where they go; what it throws keeps them from being written. */
  readonly place: (pictures: readonly PictureFacts[]) => Places;
  readonly signal: AbortSignal;
}

/** There is to be no picture now. */
export class ScreenshotRefusedError extends ConflictError {
  override name = "ScreenshotRefusedError";
  constructor(readonly refusal: ScreenshotRefusal) {
    super(`Cannot take a screenshot: ${REFUSALS[refusal]}`);
  }
}

/** Longer than this no display takes to answer. */
const LIMIT_MS = 30_000;

/**
 * Writes a picture of each monitor as a PNG file. Where it fails, some of them may be there, whole or in part.
 * @throws {ScreenshotRefusedError} when there may be none; {@linkcode UnsupportedError} where there is no X display;
 * {@linkcode UnavailableError} when it cannot be read; what `place` throws.
 */
export async function takePictures(options: TakeOptions): Promise<void> {
  const { env, scale, isPrivate, place, signal } = options;
  const display = displayOf(env);
  signal.throwIfAborted();
  // A bundle is JavaScript, and all of its chunks lie in the folder of its entry points.
  const file = import.meta.url.endsWith(".ts")
    ? "./screenshot_worker.ts"
    : "./screenshot_worker.js";
  const worker = new Worker(new URL(file, import.meta.url), { type: "module", name: "screenshot" });
  const done = Promise.withResolvers<void>();
  const fail = (reason: string) =>
    done.reject(new UnavailableError(`Cannot take a screenshot: ${reason}`));
  const reply = (reply: Reply) => worker.postMessage(reply);
  const answer = async (data: Message) => {
    if ("judge" in data) reply({ verdict: await judge(data.judge, { isPrivate }) });
    else if ("place" in data) reply({ places: place(data.place) });
    else if ("written" in data) done.resolve();
    else if ("refused" in data) throw new ScreenshotRefusedError(data.refused);
    else if (data.isUnsupported) throw new UnsupportedError(data.failed);
    else fail(data.failed);
  };
  worker.onmessage = ({ data }: MessageEvent<Message>) => void answer(data).catch(done.reject);
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };
  const timer = setTimeout(() => fail(`no answer for ${LIMIT_MS / 1000} s`), LIMIT_MS);
  const abort = () => fail("the program ends");
  signal.addEventListener("abort", abort);
  try {
    const names = ["XAUTHORITY", "HOME"];
    const kept = Object.fromEntries(names.map((name) => [name, env(name)]));
    reply({ order: { display, env: kept, scale } });
    await done.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    worker.terminate();
  }
}

/**
 * The X display that pictures are taken of.
 * @throws {UnsupportedError} where there is none.
 */
export function displayOf(env: TakeOptions["env"]): string {
  // Beside a Wayland compositor the X server shows only a part of what can be seen, and no title of the rest.
  if (env("WAYLAND_DISPLAY")) {
    throw new UnsupportedError(
      "Cannot take a screenshot: this is a Wayland session, which tells nobody what its windows are",
    );
  }
  const display = env("DISPLAY");
  if (display) return display;
  throw new UnsupportedError("Cannot take a screenshot: no X11 session, DISPLAY is not set");
}
