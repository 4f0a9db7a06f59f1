/**
 * Focus sessions in a terminal: the camera, the pipeline and the notifications, for `focus` alone. Nothing of it
 * is loaded by a daemon that runs.
 * @module
 */
import { basename, isAbsolute, resolve } from "node:path";
import { systemEnv } from "./config/env.ts";
import { readNpmRegistry } from "./config/npm_registry.ts";
import { BufferPool, type CameraSource } from "./core/camera.ts";
import { Inference } from "./focus/inference.ts";
import { ensureModels, missingModels, type ModelProgress } from "./focus/model_files.ts";
import { type AttentionOptions, watch, type WatchUpdate } from "./focus/watch.ts";
import { createUpClock } from "./os/clock.ts";
import { runProgram } from "./os/exec.ts";
import { openTeller } from "./notifiers/desktop.ts";
import { watchCamera } from "./watchers/camera_ffmpeg.ts";
import { ffmpegVersion, listCameras } from "./watchers/ffmpeg.ts";
import { chooseCamera } from "./watchers/ffmpeg_words.ts";
import { readFilm } from "./watchers/film_ffmpeg.ts";

export type { CameraInfo, CameraSource } from "./core/camera.ts";
export type { ModelProgress } from "./focus/model_files.ts";
export { calibrationOf, type WatchUpdate, zoneAround } from "./focus/watch.ts";
export { ffmpegVersion, listCameras };

/** Shows a notification. @throws {UnsupportedError} in one line with the remedy, where that cannot be done. */
export const notifyDesktop = openTeller(systemEnv);

/** Where pictures come from: a film, else the camera that `camera` names, else the first one. */
export async function sourceOf(
  { film, camera }: { readonly film?: string; readonly camera?: string },
): Promise<CameraSource> {
  if (film !== undefined) return { kind: "film", path: resolve(film) };
  if (camera !== undefined && isAbsolute(camera) && await isPipe(camera)) {
    return { kind: "pipe", path: camera };
  }
  return { kind: "camera", wanted: camera };
}

async function isPipe(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFifo === true;
  } catch {
    // Devices may not be looked at, but by ffmpeg.
    return false;
  }
}

/** The name under which a source's sessions and calibration are kept. */
export async function labelOf(source: CameraSource): Promise<string> {
  if (source.kind !== "camera") return basename(source.path).slice(0, 200);
  const { wanted } = source;
  const found = chooseCamera(await listCameras(), wanted);
  return (found?.name ?? wanted ?? "camera").slice(0, 200);
}

/** Sees to it that the models are there. @throws {Error} in one line, when they cannot be had. */
export async function fetchModels(
  options: {
    readonly checkoutRoot: string | undefined;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: ModelProgress) => void;
  },
): Promise<void> {
  if ((await missingModels()).length === 0) return;
  const { checkoutRoot, signal, onProgress } = options;
  const registry = readNpmRegistry(systemEnv, checkoutRoot);
  await ensureModels({ registry, signal, onProgress });
}

export interface LookOptions {
  /** Pictures a second. */
  readonly rate: number;
  readonly attention: AttentionOptions;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** The session's clock; a film has its own, from 0. */
  readonly nowMs: () => number;
}

/** The models, loaded, for as long as a session lasts. */
export interface Eyes {
  /** What a source shows, until it is over or `signal` aborts; one at a time. */
  look(source: CameraSource, options: LookOptions): AsyncGenerator<WatchUpdate, void, void>;
  close(): Promise<void>;
}

/** Loads the models. @throws {Error} naming the one that is missing, cut short or changed. */
export async function openEyes(): Promise<Eyes> {
  const inference = await Inference.open();
  return {
    look(source, { attention, ...options }) {
      const pool = new BufferPool();
      const isFilm = source.kind === "film";
      const camera = isFilm
        ? readFilm(source.path, { ...options, pool })
        : watchCamera(source, { ...options, pool });
      return watch({ camera, inference, pool, attention, ahead: isFilm });
    },
    close: () => inference.close(),
  };
}

/** Whether this program is the one that the terminal's keys are for; in the background it would be stopped. */
export async function isInForeground(): Promise<boolean> {
  if (Deno.build.os === "windows") return true;
  const { code, stdout } = await runProgram(["ps", "-o", "stat=", "-p", String(Deno.pid)]);
  return code === 0 && stdout.includes("+");
}

/** A clock of milliseconds from `startMs` on that nobody can set; sleep included where the system says. */
export function sessionClock(startMs: number): () => number {
  const clock = createUpClock();
  const offsetMs = startMs - clock.upMs();
  return () => clock.upMs() + offsetMs;
}
