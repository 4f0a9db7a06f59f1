/**
 * The pipeline as tests and tools run it: in this process, over WebAssembly or over the native runtime.
 * @module
 */
import { type ModelBytes, readModels } from "../../daemon/focus/model_files.ts";
import { loadBackend } from "../../daemon/focus/onnx_runtime.ts";
import {
  type Backend,
  createOrtBackend,
  createPipeline,
  MODELS,
  type Pipeline,
  type PipelineOptions,
} from "../../vision/mod.ts";
import { loadOnnxruntimeNode } from "../onnxruntime_node.ts";

let webBackend: Promise<Backend> | undefined;
let nativeBackend: Promise<Backend> | undefined;
let models: Promise<ModelBytes> | undefined;

/** `onnxruntime-web`, one thread. */
export function web(): Promise<Backend> {
  return webBackend ??= loadBackend();
}

/** `onnxruntime-node`, one thread. */
export function native(): Promise<Backend> {
  return nativeBackend ??= loadOnnxruntimeNode().then((ort) => createOrtBackend(ort));
}

/** The models' bytes, read once. */
export function modelBytes(): Promise<ModelBytes> {
  return models ??= readModels();
}

/** A pipeline over `backend`. */
export async function openPipeline(
  backend: Promise<Backend>,
  options?: PipelineOptions,
): Promise<Pipeline> {
  return createPipeline(await backend, await modelBytes(), options);
}

/**
 * Starts the WebAssembly, for test files to await before their tests: it makes a message channel when it starts, of
 * which the first test would be told that it leaks.
 */
export async function startWeb(): Promise<void> {
  const session = await (await web()).load(MODELS.eyes, (await modelBytes()).eyes);
  await session.release();
}
