/** Small models of every operation, run by TensorFlow.js as they are and by ONNX Runtime after conversion. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { noise } from "../../tests/npm_double.ts";
import { loadOnnxruntimeNode } from "../../tests/onnxruntime_node.ts";
import { runTfjs, type TfjsModel } from "../../tests/tfjs.ts";
import { MODELS } from "../../vision/models.ts";
import { createOrtBackend } from "../../vision/ort_backend.ts";
import { readGraph } from "./tfjs_graph.ts";
import { convertGraph } from "./tfjs_to_onnx.ts";

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Record<string, unknown>;
}

/** A constant: its shape, and its values or, for weights, what they are made from. */
type Weight = readonly [name: string, shape: readonly number[], ints?: readonly number[]];

/** The two files of a model. */
function model(nodes: readonly Node[], weights: readonly Weight[]): TfjsModel {
  const parts = weights.map(([, shape, ints], index) =>
    ints ? new Int32Array(ints) : floats(count(shape), index + 1)
  );
  const json = {
    format: "graph-model",
    modelTopology: {
      node: [
        ...weights.map(([name, , ints]) => ({
          name,
          op: "Const",
          attr: { dtype: { type: ints ? "DT_INT32" : "DT_FLOAT" } },
        })),
        ...nodes,
      ],
      versions: {},
      library: {},
    },
    weightsManifest: [{
      paths: ["weights.bin"],
      weights: weights.map(([name, shape, ints]) => ({
        name,
        shape,
        dtype: ints ? "int32" : "float32",
      })),
    }],
  };
  const bytes = parts.flatMap((part) => [...new Uint8Array(part.buffer)]);
  return { json: JSON.stringify(json), bin: new Uint8Array(bytes) };
}

const count = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** Numbers of -1..1, the same for the same seed. */
function floats(length: number, seed: number): Float32Array {
  return Float32Array.from(noise(length, seed), (byte) => byte / 127.5 - 1);
}

const input = (dims: readonly number[]): Node => ({
  name: "in",
  op: "Placeholder",
  attr: {
    dtype: { type: "DT_FLOAT" },
    shape: { shape: { dim: dims.map((size) => ({ size: String(size) })) } },
  },
});

const ints = (...values: number[]) => ({ list: { i: values.map(String) } });

function sliding(stride: number, padding: string, ksize?: number): Record<string, unknown> {
  return {
    strides: ints(1, stride, stride, 1),
    padding: { s: btoa(padding) },
    data_format: { s: btoa("NHWC") },
    dilations: ints(1, 1, 1, 1),
    ...(ksize ? { ksize: ints(1, ksize, ksize, 1) } : {}),
  };
}

const fused = (...ops: string[]) => ({ fused_ops: { list: { s: ops.map((op) => btoa(op)) } } });

async function assertSame(
  files: TfjsModel,
  dims: readonly number[],
  outputs: readonly string[],
): Promise<void> {
  const picture = floats(count(dims), 99);
  const expected = await runTfjs(files, picture, dims, outputs);
  const native = createOrtBackend(await loadOnnxruntimeNode());
  const bytes = convertGraph(readGraph(files.json, files.bin), outputs);
  const session = await native.load(MODELS.landmarks, bytes);
  const results = await session.run({ data: picture, dims });
  await session.release();
  for (const [index, name] of outputs.entries()) {
    const actual = results[name];
    assert.equal(actual.length, expected[index].length, name);
    for (const [at, value] of expected[index].entries()) {
      assert.ok(Math.abs(value - actual[at]) < 1e-4, `${name}[${at}]: ${actual[at]}, not ${value}`);
    }
  }
}

/** Brings a picture out: back in TensorFlow's layout, as one row. */
const flat = (from: string): Node => ({ name: "out", op: "Reshape", input: [from, "row"] });
const ROW: Weight = ["row", [2], [1, -1]];

const SHAPE = fc.record({
  height: fc.integer({ min: 5, max: 12 }),
  width: fc.integer({ min: 5, max: 12 }),
  channels: fc.integer({ min: 1, max: 4 }),
  kernel: fc.constantFrom(1, 2, 3, 5),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.constantFrom("SAME", "VALID"),
});

Deno.test("convertGraph() keeps what convolutions compute, whatever their size, stride and padding", async () => {
  const more = fc.record({ to: fc.integer({ min: 1, max: 5 }), prelu: fc.boolean() });
  const law = fc.asyncProperty(SHAPE, more, async (shape, { to, prelu }) => {
    const { height, width, channels, kernel, stride, padding } = shape;
    const dims = [1, height, width, channels];
    const files = model([
      input(dims),
      {
        name: "conv",
        op: "_FusedConv2D",
        input: ["in", "filter", "bias", ...(prelu ? ["slope"] : [])],
        attr: {
          ...sliding(stride, padding),
          ...fused("BiasAdd", ...(prelu ? ["Prelu"] : [])),
          num_args: { i: prelu ? "2" : "1" },
        },
      },
      flat("conv"),
    ], [
      ["filter", [kernel, kernel, channels, to]],
      ["bias", [to]],
      ["slope", [1, 1, to]],
      ROW,
    ]);
    await assertSame(files, dims, ["out"]);
  });
  await fc.assert(law, { numRuns: 40 });
});

Deno.test("convertGraph() keeps what a window as large as the picture computes", async () => {
  const sizes = fc.record({
    height: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 4 }),
    channels: fc.integer({ min: 1, max: 4 }),
    to: fc.integer({ min: 1, max: 5 }),
    prelu: fc.boolean(),
  });
  const law = fc.asyncProperty(sizes, async ({ height, width, channels, to, prelu }) => {
    const dims = [1, height, width, channels];
    const files = model([
      input(dims),
      {
        name: "conv",
        op: "_FusedConv2D",
        input: ["in", "filter", "bias", ...(prelu ? ["slope"] : [])],
        attr: {
          ...sliding(3, "VALID"),
          ...fused("BiasAdd", ...(prelu ? ["Prelu"] : [])),
          num_args: { i: prelu ? "2" : "1" },
        },
      },
      flat("conv"),
    ], [["filter", [height, width, channels, to]], ["bias", [to]], ["slope", [1, 1, to]], ROW]);
    await assertSame(files, dims, ["out"]);
  });
  await fc.assert(law, { numRuns: 40 });
});

Deno.test("convertGraph() keeps what depthwise convolutions and pools compute", async () => {
  const law = fc.asyncProperty(SHAPE, async (shape) => {
    const { height, width, channels, kernel, stride, padding } = shape;
    const dims = [1, height, width, channels];
    const files = model([
      input(dims),
      {
        name: "depthwise",
        op: "DepthwiseConv2dNative",
        input: ["in", "filter"],
        attr: sliding(stride, padding),
      },
      { name: "pool", op: "MaxPool", input: ["in"], attr: sliding(stride, padding, kernel) },
      { name: "sum", op: "AddV2", input: ["depthwise", "pool:0"] },
      { name: "bent", op: "Prelu", input: ["sum", "slope"] },
      flat("bent"),
    ], [["filter", [kernel, kernel, channels, 1]], ["slope", [1, 1, channels]], ROW]);
    await assertSame(files, dims, ["out"]);
  });
  await fc.assert(law, { numRuns: 40 });
});

Deno.test("convertGraph() pads each side of each axis, and gives several outputs", async () => {
  const padding = fc.array(fc.nat(3), { minLength: 6, maxLength: 6 });
  const law = fc.asyncProperty(padding, async (sides) => {
    const dims = [1, 3, 4, 2];
    const files = model([
      input(dims),
      { name: "pad", op: "Pad", input: ["in", "sides"] },
      flat("pad"),
      { name: "soft", op: "Sigmoid", input: ["out"] },
      { name: "same", op: "Identity", input: ["soft"] },
    ], [["sides", [4, 2], [0, 0, ...sides]], ROW]);
    await assertSame(files, dims, ["same", "out"]);
  });
  await fc.assert(law, { numRuns: 20 });
});

const DIMS = [1, 4, 4, 2];
const CONVOLUTION: Node = {
  name: "conv",
  op: "_FusedConv2D",
  input: ["in", "filter", "bias"],
  attr: { ...sliding(1, "SAME"), ...fused("BiasAdd") },
};
const WEIGHTS: readonly Weight[] = [["filter", [3, 3, 2, 2]], ["bias", [2]], ROW];

/** What is not the same in ONNX, or not known, must never become a model that computes something else. */
const REFUSED: readonly [what: string, node: Node, said: RegExp][] = [
  [
    "an unknown operation",
    { name: "conv", op: "Softmax", input: ["in"] },
    /^Softmax "conv": it is/,
  ],
  ["an input that is not there", { ...CONVOLUTION, input: ["x", "filter", "bias"] }, /no node "x"/],
  [
    "a filter that is computed",
    { ...CONVOLUTION, input: ["in", "in", "bias"] },
    /its input 1 is not constant/,
  ],
  ["a filter of whole numbers", { ...CONVOLUTION, input: ["in", "row", "bias"] }, /is not fp32/],
  [
    "another activation",
    { ...CONVOLUTION, attr: { ...CONVOLUTION.attr, ...fused("BiasAdd", "Elu") } },
    /fused with BiasAdd, Elu/,
  ],
  [
    "another layout",
    { ...CONVOLUTION, attr: { ...CONVOLUTION.attr, data_format: { s: btoa("NCHW") } } },
    /its layout is NCHW/,
  ],
  [
    "a dilation",
    { ...CONVOLUTION, attr: { ...CONVOLUTION.attr, dilations: ints(1, 2, 2, 1) } },
    /it is dilated/,
  ],
  [
    "an explicit padding",
    { ...CONVOLUTION, attr: { ...CONVOLUTION.attr, padding: { s: btoa("EXPLICIT") } } },
    /its padding is EXPLICIT/,
  ],
  ["a second output of a node", { ...CONVOLUTION, input: ["in:1", "filter", "bias"] }, /"in:1"/],
  ["an addition of other shapes", { name: "conv", op: "AddV2", input: ["in", "out2"] }, /adds/],
];

for (const [what, node, said] of REFUSED) {
  Deno.test(`convertGraph() refuses ${what}`, () => {
    const other: Node = { name: "out2", op: "Reshape", input: ["in", "row"] };
    const { json, bin } = model([input(DIMS), other, node, flat("conv")], WEIGHTS);
    assert.throws(() => convertGraph(readGraph(json, bin), ["out"]), (error: Error) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, said);
      return true;
    });
  });
}

Deno.test("readGraph() refuses what is no graph model", () => {
  for (const json of ["{}", '{"format":"layers-model"}']) {
    assert.throws(() => readGraph(json, new Uint8Array(0)), /Cannot read the TFJS model/);
  }
});
