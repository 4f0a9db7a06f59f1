/**
 * The worker that looks at pictures. It reads the models when it is opened, then answers each picture with what
 * it shows and the picture's buffer, which goes to and fro. Nothing of a picture is kept or goes elsewhere.
 * @module
 */
/// <reference lib="deno.worker" />
import { createPipeline, type Pipeline } from "../../vision/mod.ts";
import type { Frame, Observation } from "../../vision/types.ts";
import { readModels } from "./model_files.ts";
import { loadBackend } from "./onnx_runtime.ts";

/** A picture's buffer is moved with it. */
export type Order =
  | { readonly open: { readonly modelsDir: string | undefined } }
  | { readonly frame: Frame; readonly atMs: number }
  | { readonly close: true };

export type Answer =
  | { readonly opened: true }
  | { readonly closed: true }
  | { readonly observation: Observation; readonly buffer: ArrayBuffer }
  | { readonly failed: string };

let pipeline: Pipeline | undefined;

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  try {
    if ("frame" in data) {
      const observation = await pipeline!.step(data.frame, data.atMs);
      const buffer = data.frame.data.buffer as ArrayBuffer;
      answer({ observation, buffer }, [buffer]);
    } else if ("open" in data) {
      await open(data.open.modelsDir);
      answer({ opened: true });
    } else {
      await pipeline?.dispose();
      answer({ closed: true });
    }
  } catch (error) {
    answer({ failed: (error as Error).message });
  }
};

function answer(said: Answer, transfer: Transferable[] = []): void {
  self.postMessage(said, transfer);
}

async function open(modelsDir: string | undefined): Promise<void> {
  const dir = modelsDir === undefined ? undefined : new URL(modelsDir);
  const [backend, models] = await Promise.all([loadBackend(dir), readModels(dir)]);
  pipeline = await createPipeline(backend, models);
}
