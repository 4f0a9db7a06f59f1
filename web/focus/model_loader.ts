/**
 * Fetches the models and what runs them from our own origin, with progress.
 * @module
 */
import { type ModelRecord, MODELS, RUNTIME, RUNTIME_SCRIPT } from "../../vision/models.ts";
import type { ModelFiles, OrtLike } from "../../vision/mod.ts";

export interface LoadedModels {
  readonly files: ModelFiles;
  readonly runtime: OrtLike;
  /** What the runtime runs. */
  readonly wasm: Uint8Array;
}

export type OnLoading = (doneBytes: number, totalBytes: number) => void;

/** @throws {Error} in the daemon's words when it does not have one. */
export async function loadModels(onLoading: OnLoading): Promise<LoadedModels> {
  const records: readonly ModelRecord[] = [...Object.values(MODELS), RUNTIME];
  const totalBytes = records.reduce((sum, { bytes }) => sum + bytes, 0);
  let doneBytes = 0;
  const load = (record: ModelRecord) =>
    fetchFile(record, (bytes) => onLoading(doneBytes += bytes, totalBytes));
  const [face, farFace, landmarks, eyes, wasm] = await Promise.all([
    load(MODELS.face),
    load(MODELS.farFace),
    load(MODELS.landmarks),
    load(MODELS.eyes),
    load(RUNTIME),
  ]);
  // Afterwards: a failed import has no words, where the daemon's are read above.
  const runtime: OrtLike = await import(addressOf(RUNTIME_SCRIPT));
  return { files: { face, farFace, landmarks, eyes }, runtime, wasm };
}

/** Another file of the same name has another address: the browser keeps them for ever. */
function addressOf({ file, sha256 }: ModelRecord): string {
  return `/models/${file}?v=${sha256.slice(0, 16)}`;
}

async function fetchFile(
  record: ModelRecord,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> {
  const { file, bytes } = record;
  const response = await fetch(addressOf(record));
  if (!response.ok || !response.body) throw new Error(await reasonOf(response, file));
  const content = new Uint8Array(bytes);
  let at = 0;
  for await (const chunk of chunksOf(response.body)) {
    if (at + chunk.length > bytes) {
      throw new Error(`The model "${file}" is longer than it should be`);
    }
    content.set(chunk, at);
    at += chunk.length;
    onBytes(chunk.length);
  }
  if (at < bytes) throw new Error(`The model "${file}" was cut short`);
  return content;
}

/** Not every browser lets a stream be walked by itself. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

async function reasonOf(response: Response, file: string): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const message = (body as { error?: { message?: string } } | undefined)?.error?.message;
  return message ?? `The daemon answered ${response.status} for the model "${file}"`;
}
