/**
 * ONNX Runtime as WebAssembly, loaded from the folder of models.
 * @module
 */
import { RUNTIME, RUNTIME_SCRIPT } from "../../vision/models.ts";
import type { Backend } from "../../vision/backend.ts";
import { createOrtBackend, type OrtLike } from "../../vision/ort_backend.ts";
import { modelsDir, readModelFile } from "./model_files.ts";

/** Inference on one thread. @throws {Error} naming the file that is missing, cut short or changed. */
export async function loadBackend(dir = modelsDir()): Promise<Backend> {
  const [script, wasm] = await Promise.all([
    readModelFile(RUNTIME_SCRIPT, dir),
    readModelFile(RUNTIME, dir),
  ]);
  return createOrtBackend(await run(script), { wasm });
}

/**
 * The module whose text was checked, and not what may lie under its name a moment later. It takes whatever has a
 * `location` for a page, and stumbles over the origin of a worker that was loaded from a file, which is "null".
 */
async function run(script: Uint8Array<ArrayBuffer>): Promise<OrtLike> {
  Object.defineProperty(globalThis, "location", { value: undefined, configurable: true });
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
