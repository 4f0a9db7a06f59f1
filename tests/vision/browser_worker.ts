/**
 * The worker of `browser.ts`: a trial in a browser, over the very same pipeline.
 * @module
 */
import {
  createOrtBackend,
  type ModelFiles,
  MODELS,
  RUNTIME,
  RUNTIME_SCRIPT,
} from "../../vision/mod.ts";
import type { Frame } from "../../vision/types.ts";
import { type Plan, runTrial } from "./trial.ts";

export interface Shown {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly count: number;
  readonly plans: readonly Plan[];
}

const scope = self as unknown as {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<Shown>) => void) | null;
};

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ trials: await run(data) });
  } catch (error) {
    scope.postMessage({ failed: String(error) });
  }
};

async function bytes(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

async function run({ widthPx, heightPx, count, plans }: Shown) {
  const all = await bytes("/frames");
  const length = widthPx * heightPx * 3;
  const frames = Array.from({ length: count }, (_, i): Frame => ({
    widthPx,
    heightPx,
    channels: 3,
    data: all.subarray(i * length, (i + 1) * length),
  }));
  const files = Object.fromEntries(
    await Promise.all(
      Object.entries(MODELS).map(async ([name, { file }]) => [name, await bytes(`/${file}`)]),
    ),
  ) as ModelFiles;
  const runtime = await import(String(`/${RUNTIME_SCRIPT.file}`));
  const backend = createOrtBackend(runtime, { wasm: await bytes(`/${RUNTIME.file}`) });
  const trials = [];
  for (const plan of plans) trials.push(await runTrial(backend, files, frames, plan));
  return trials;
}
