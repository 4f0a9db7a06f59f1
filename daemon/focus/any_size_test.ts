import assert from "node:assert/strict";
import { noise } from "../../tests/npm_double.ts";
import { loadOnnxruntimeNode } from "../../tests/onnxruntime_node.ts";
import { MODELS } from "../../vision/models.ts";
import { createOrtBackend } from "../../vision/ort_backend.ts";
import { freeSize } from "./any_size.ts";
import { onnx } from "./onnx_module.ts";

const { FLOAT, INT64 } = onnx.TensorProto.DataType;
const { INT, INTS } = onnx.AttributeProto.AttributeType;

/** A network as BlazeFace is made, for pictures of 8x8: 2 channels become 3 by zeros, then a row of anchors. */
function model(more: onnx.INodeProto[] = []): Uint8Array {
  const floats = (name: string, dims: number[]) => {
    const count = dims.reduce((product, size) => product * size, 1);
    const data = Float32Array.from(noise(count, count), (byte) => byte / 127.5 - 1);
    return { name, dims, dataType: FLOAT, rawData: new Uint8Array(data.buffer) };
  };
  const whole = (name: string, int64Data: number[]) => ({
    ...{ name, dims: [int64Data.length], dataType: INT64 },
    rawData: new Uint8Array(BigInt64Array.from(int64Data, BigInt).buffer),
  });
  const ints = (name: string, values: number[]) => ({ name, type: INTS, ints: values });
  const port = (name: string, dims: number[]) => ({
    name,
    type: {
      tensorType: { elemType: FLOAT, shape: { dim: dims.map((dimValue) => ({ dimValue })) } },
    },
  });
  return onnx.ModelProto.encode({
    irVersion: 7,
    opsetImport: [{ domain: "", version: 12 }],
    graph: {
      name: "small",
      input: [port("in", [1, 8, 8, 3])],
      output: [port("out", [1, 64, 3])],
      initializer: [
        floats("filter", [2, 3, 3, 3]),
        whole("zeros", [1, 1, 8, 8]),
        whole("row", [1, 64, 3]),
      ],
      node: [
        {
          opType: "Transpose",
          input: ["in"],
          output: ["nchw"],
          attribute: [ints("perm", [0, 3, 1, 2])],
        },
        {
          opType: "Conv",
          input: ["nchw", "filter"],
          output: ["seen"],
          attribute: [ints("pads", [1, 1, 1, 1])],
        },
        { opType: "ConstantOfShape", input: ["zeros"], output: ["none"] },
        {
          opType: "Concat",
          input: ["seen", "none"],
          output: ["wide"],
          attribute: [{ name: "axis", type: INT, i: 1 }],
        },
        ...more,
        {
          opType: "Transpose",
          input: ["wide"],
          output: ["nhwc"],
          attribute: [ints("perm", [0, 2, 3, 1])],
        },
        { opType: "Reshape", input: ["nhwc", "row"], output: ["out"] },
      ],
    },
  }).finish();
}

async function run(bytes: Uint8Array, heightPx: number, widthPx: number): Promise<Float32Array> {
  const backend = createOrtBackend(await loadOnnxruntimeNode());
  const session = await backend.load(MODELS.face, bytes);
  const data = Float32Array.from(noise(heightPx * widthPx * 3, 7), (byte) => byte / 255);
  const { out } = await session.run({ data, dims: [1, heightPx, widthPx, 3] });
  await session.release();
  return out;
}

Deno.test("freeSize() keeps what the model computes at its own size", async () => {
  assert.deepEqual(await run(freeSize(model()), 8, 8), await run(model(), 8, 8));
});

Deno.test("freeSize() takes other sizes, with as many anchors as there are pixels", async () => {
  const out = await run(freeSize(model()), 6, 10);
  assert.equal(out.length, 60 * 3);
  for (let i = 2; i < out.length; i += 3) assert.equal(out[i], 0);
  assert.ok(out.some((value) => value !== 0));
});

Deno.test("freeSize() gives the same bytes each time", () => {
  assert.deepEqual(freeSize(model()), freeSize(model()));
});

Deno.test("freeSize() refuses what may be of a fixed size", () => {
  const resize = { opType: "Resize", input: ["wide"], output: ["large"] };
  assert.throws(
    () => freeSize(model([resize])),
    /^TypeError: Resize "large" may be of a fixed size/,
  );
});
