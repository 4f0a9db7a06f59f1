/**
 * What focus sessions in a terminal need: ffmpeg, a camera that gives pictures, the models.
 * @module
 */
import { BufferPool } from "../core/camera.ts";
import { missingModels, MODEL_FILES, readModelFile } from "../focus/model_files.ts";
import { systemClock } from "../os/clock.ts";
import { watchCamera } from "../watchers/camera_ffmpeg.ts";
import { ffmpegVersion, listCameras } from "../watchers/ffmpeg.ts";
import type { Check } from "./check.ts";

/** How long a camera may take to give its first picture. */
const PICTURE_MS = 8_000;

/** Whether ffmpeg is there, which reads cameras. */
export async function checkFfmpeg(): Promise<Check> {
  const name = "ffmpeg";
  try {
    return { name, status: "ok", detail: `version ${await ffmpegVersion()}` };
  } catch (error) {
    const [, detail, remedy] = /^(.*?): (.*)$/.exec((error as Error).message)!;
    return { name, status: "off", detail, remedy };
  }
}

/** Whether there is a camera, and it gives a picture, which is not kept. */
export async function checkCamera(): Promise<Check> {
  const name = "camera";
  let camera;
  try {
    [camera] = await listCameras();
  } catch {
    return { name, status: "off", detail: "Cannot be looked for without ffmpeg" };
  }
  if (!camera) {
    const remedy = "for focus sessions plug one in, and see focus --list-cameras";
    return { name, status: "off", detail: "none was found", remedy };
  }
  const trouble = await firstTrouble(camera.id);
  if (trouble === undefined) return { name, status: "ok", detail: `${camera.name} gives pictures` };
  const [detail, remedy] = trouble.split("; ");
  return { name, status: "warn", detail, remedy };
}

/** What hinders a camera; `undefined` once it has given a picture. */
async function firstTrouble(id: string): Promise<string | undefined> {
  const late = AbortSignal.timeout(PICTURE_MS);
  const options = { rate: 5, pool: new BufferPool(), signal: late, nowMs: systemClock.monoMs };
  for await (const event of watchCamera({ kind: "camera", wanted: id }, options)) {
    if (event.kind === "picture") return undefined;
    if (event.kind === "trouble") return event.message;
  }
  return `Cannot use the camera ${id}: it gives no picture`;
}

/** Whether all models are there, and what they should be. */
export async function checkModels(): Promise<Check> {
  const name = "vision models";
  const remedy = "focus fetches them, or deno task models in a checkout";
  try {
    const missing = await missingModels();
    if (missing.length > 0) {
      const detail = `${missing.map(({ file }) => file).join(", ")} not there yet`;
      return { name, status: "off", detail, remedy };
    }
    const files = await Promise.all(MODEL_FILES.map((record) => readModelFile(record)));
    const megabytes = files.reduce((sum, { length }) => sum + length, 0) / 1e6;
    return {
      name,
      status: "ok",
      detail: `${files.length} files, ${megabytes.toFixed(1)} MB, as they should be`,
    };
  } catch (error) {
    return { name, status: "fail", detail: (error as Error).message, remedy };
  }
}
