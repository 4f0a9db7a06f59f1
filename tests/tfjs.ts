/**
 * The original runtime of the face mesh, to compare with: TensorFlow.js on the CPU.
 * @module
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageFolder } from "./npm_package.ts";

const TFJS = {
  package: "@tensorflow/tfjs",
  version: "4.22.0",
  integrity:
    "sha512-0TrIrXs6/b7FLhLVNmfh8Sah6JgjBPH4mZ8JGb7NU6WW+cx00qK5BcAZxw7NCzxj6N8MRAIfHq+oNbPUNG5VAg==",
  bytes: 30_566_337,
} as const;
const FILE = "dist/tf.min.js";

/** A TFJS graph model as it lies in its two files. */
export interface TfjsModel {
  readonly json: string;
  readonly bin: Uint8Array<ArrayBuffer>;
}

interface Tensor {
  dataSync(): Float32Array;
}

/** What is used of TensorFlow.js. */
interface Tfjs {
  setBackend(name: "cpu"): Promise<boolean>;
  tensor(values: Float32Array, dims: readonly number[]): Tensor;
  loadGraphModel(source: { load(): Promise<unknown> }): Promise<{
    execute(input: Tensor, outputs: readonly string[]): Tensor | Tensor[];
    dispose(): void;
  }>;
}

let loaded: Promise<Tfjs> | undefined;

async function load(): Promise<Tfjs> {
  const folder = await packageFolder(TFJS, (path) => path === FILE);
  const tf: Tfjs = createRequire(import.meta.url)(join(folder, FILE));
  await tf.setBackend("cpu");
  return tf;
}

/** What TensorFlow.js itself computes: the `outputs` of a model for one picture. */
export async function runTfjs(
  { json, bin }: TfjsModel,
  picture: Float32Array,
  dims: readonly number[],
  outputs: readonly string[],
): Promise<Float32Array[]> {
  const { modelTopology, weightsManifest, format } = JSON.parse(json);
  const [{ weights: weightSpecs }] = weightsManifest;
  const weightData = bin.slice().buffer;
  const tf = await (loaded ??= load());
  const model = await tf.loadGraphModel({
    load: () => Promise.resolve({ modelTopology, weightSpecs, weightData, format }),
  });
  try {
    const results = [model.execute(tf.tensor(picture, dims), outputs)].flat();
    return results.map((result) => Float32Array.from(result.dataSync()));
  } finally {
    model.dispose();
  }
}
