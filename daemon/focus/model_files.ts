/**
 * The models beside the program: whether they are there, how they come there, and their bytes.
 * @module
 */
import { fileURLToPath } from "node:url";
import { type ModelRecord, MODELS, RUNTIME, RUNTIME_SCRIPT } from "../../vision/models.ts";
import type { NpmRegistry } from "../config/npm_registry.ts";
import { UnavailableError, UnsupportedError } from "../core/errors.ts";
import { runOwn } from "../os/own_process.ts";
import type { ModelProgress } from "./model_fetch.ts";
import type { FetchOrder, FetchReport } from "./model_process.ts";

export type { ModelProgress } from "./model_fetch.ts";

/** Every file of the folder. */
export const MODEL_FILES: readonly ModelRecord[] = [
  ...Object.values(MODELS),
  RUNTIME,
  RUNTIME_SCRIPT,
];

/** The bytes of each model. */
export type ModelBytes = Readonly<Record<keyof typeof MODELS, Uint8Array<ArrayBuffer>>>;

/** What mends a folder that is not whole, for messages. */
const REMEDY = "run `deno task models` in a checkout, or install the program again";

/** The folder of models: beside the bundle, or in a checkout's `dist`. */
export function modelsDir(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? "../../dist/models/" : "../models/", import.meta.url);
}

/**
 * The files that are not there or have another length; what is changed within is only found by reading.
 * @throws {Error} when the folder cannot be read.
 */
export async function missingModels(dir = modelsDir()): Promise<ModelRecord[]> {
  const missing: ModelRecord[] = [];
  for (const record of MODEL_FILES) {
    if (await sizeOf(new URL(record.file, dir)) !== record.bytes) missing.push(record);
  }
  return missing;
}

export interface EnsureOptions {
  /** npm's settings on this machine, from `readNpmRegistry()`. */
  readonly registry: NpmRegistry;
  readonly onProgress?: (progress: ModelProgress) => void;
  readonly signal?: AbortSignal;
  /** @default modelsDir() */
  readonly dir?: URL;
  /** @default MODEL_FILES */
  readonly records?: readonly ModelRecord[];
}

/**
 * Makes the folder complete: every file is checked by its digest and fetched if that is not right. An
 * interrupted download is taken up where it stopped; of two callers at once, the second waits.
 * @throws {UnavailableError} when a package cannot be had now; {@linkcode UnsupportedError} in an executable
 * that has no models; the signal's reason when that aborts; {@linkcode Error} saying what else is wrong.
 */
export async function ensureModels(options: EnsureOptions): Promise<void> {
  const { registry, onProgress, signal, dir = modelsDir(), records = MODEL_FILES } = options;
  signal?.throwIfAborted();
  if (Deno.build.standalone) {
    // Its files lie within itself and cannot be added to.
    if ((await missingModels(dir)).length === 0) return;
    throw new UnsupportedError("This executable was built without what it needs to use the webcam");
  }
  const order: FetchOrder = { dir: fileURLToPath(dir), records, registry };
  try {
    await fetchApart(order, onProgress, signal);
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    const { fetchModels } = await import("./model_fetch.ts");
    await fetchModels({ ...order, onProgress, signal });
  }
}

/** @throws {UnsupportedError} when no process may be started here. */
async function fetchApart(
  order: FetchOrder,
  onProgress: EnsureOptions["onProgress"],
  signal: AbortSignal | undefined,
): Promise<void> {
  // A bundle is JavaScript, and all of its chunks lie in the folder of its entry points.
  const file = import.meta.url.endsWith(".ts") ? "./model_process.ts" : "./model_process.js";
  let last: FetchReport | undefined;
  const { said } = await runOwn(new URL(file, import.meta.url), {
    flags: ["--allow-read", "--allow-write", "--allow-net"],
    input: JSON.stringify(order),
    onLine: (line) => {
      last = JSON.parse(line) as FetchReport;
      if ("progress" in last) onProgress?.(last.progress);
    },
    signal,
  });
  if (last && "done" in last) return;
  if (last && "failed" in last) {
    throw new (last.isUnavailable ? UnavailableError : Error)(last.failed);
  }
  throw new Error(
    `Cannot fetch the models: ${said.split("\n").at(-1) || "the process ended early"}`,
  );
}

/** The bytes of all models. @throws {Error} naming the file that is missing, cut short or changed. */
export async function readModels(dir = modelsDir()): Promise<ModelBytes> {
  const names = Object.keys(MODELS) as (keyof typeof MODELS)[];
  const files = await Promise.all(
    names.map(async (name) => [name, await readModelFile(MODELS[name], dir)] as const),
  );
  return Object.fromEntries(files) as ModelBytes;
}

/** One file's bytes, when they are the right ones. @throws {Error} naming the file and the remedy. */
export async function readModelFile(
  { file, bytes, sha256 }: ModelRecord,
  dir = modelsDir(),
): Promise<Uint8Array<ArrayBuffer>> {
  let content: Uint8Array<ArrayBuffer>;
  try {
    content = await Deno.readFile(new URL(file, dir));
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound;
    const reason = isMissing ? "it is not there" : (error as Error).message;
    throw new Error(`Cannot use the model "${file}": ${reason}; ${REMEDY}`, { cause: error });
  }
  if (content.length !== bytes) {
    throw new Error(
      `Cannot use the model "${file}": it is ${content.length} bytes long, not ${bytes}; ${REMEDY}`,
    );
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content)).toHex();
  if (digest !== sha256) {
    throw new Error(`Cannot use the model "${file}": its content was changed; ${REMEDY}`);
  }
  return content;
}

async function sizeOf(url: URL): Promise<number | undefined> {
  try {
    return (await Deno.stat(url)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    const { message } = error as Error;
    throw new Error(`Cannot look for the models: ${message}`, { cause: error });
  }
}
