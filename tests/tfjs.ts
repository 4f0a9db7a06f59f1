/**
 * The original runtime of the face mesh, to compare with: TensorFlow.js on the CPU.
 * @module
 */
import "@tensorflow/tfjs-backend-cpu";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";

/** A TFJS graph model as it lies in its two files. */
export interface TfjsModel {
  readonly json: string;
  readonly bin: Uint8Array<ArrayBuffer>;
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
  await tf.setBackend("cpu");
  const model = await loadGraphModel({
    load: () => Promise.resolve({ modelTopology, weightSpecs, weightData, format }),
  });
  try {
    const input = tf.tensor(picture, [...dims]);
    const results = [model.execute(input, [...outputs])].flat();
    return results.map((result) => Float32Array.from(result.dataSync()));
  } finally {
    model.dispose();
    tf.disposeVariables();
  }
}
