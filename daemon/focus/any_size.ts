/**
 * Takes the fixed picture size out of an ONNX model that is convolutions all through.
 *
 * BlazeFace comes for 128x128. Nothing in it depends on that but what its converter wrote down: the zeros that
 * widen a tensor's channels have a shape of their own, and the outputs are reshaped to so many anchors. A webcam's
 * picture is 4:3, and a quarter of a square around it is black bars that need not be looked at.
 * @module
 */
import { onnx } from "./onnx_module.ts";

/** Operations that work at any height and width. */
const FREE = new Set(["Add", "Conv", "MaxPool", "Pad", "Relu", "Reshape", "Transpose"]);

/**
 * The model in `bytes` for pictures of any height and width (its input's second and third dimension); the same
 * bytes give the same.
 * @throws {TypeError} saying what in it has a fixed size.
 */
export function freeSize(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const model = onnx.ModelProto.decode(bytes);
  const graph = model.graph!;
  const constants = new Map(graph.initializer!.map((tensor) => [tensor.name!, tensor]));
  const zeros = new Map(
    graph.node!.filter(({ opType }) => opType === "ConstantOfShape")
      .map(({ output, input }) => [output![0], input![0]]),
  );
  const add = (name: string, numbers: readonly number[]) => {
    const rawData = new Uint8Array(BigInt64Array.from(numbers, BigInt).buffer);
    const dataType = onnx.TensorProto.DataType.INT64;
    graph.initializer!.push({ name, dims: [numbers.length], dataType, rawData });
    return name;
  };
  graph.node = graph.node!.filter(({ opType }) => opType !== "ConstantOfShape").map((node) => {
    const [first, second] = node.input!;
    const output = node.output![0];
    if (node.opType === "Concat" && zeros.has(second)) {
      // [1, channels, height, width] of zeros behind the channels there are: a padding, whatever the size.
      const [, channels] = numbersOf(constants.get(zeros.get(second)!));
      const pads = add(`${output}/pads`, [0, 0, 0, 0, 0, channels, 0, 0]);
      return { ...node, opType: "Pad", input: [first, pads], attribute: [] };
    }
    if (node.opType === "Reshape") {
      const [batch, , ...rest] = numbersOf(constants.get(second));
      return { ...node, input: [first, add(`${output}/shape`, [batch, -1, ...rest])] };
    }
    return node;
  });
  const fixed = graph.node.find(({ opType }) => !FREE.has(opType!));
  if (fixed) throw new TypeError(`${fixed.opType} "${fixed.output![0]}" may be of a fixed size`);
  const used = new Set(graph.node.flatMap(({ input }) => input!));
  graph.initializer = graph.initializer!.filter(({ name }) => used.has(name!));
  graph.valueInfo = [];
  for (const { name, type } of graph.input!) {
    const { dim } = type!.tensorType!.shape!;
    [dim![1], dim![2]] = [{ dimParam: `${name}/height` }, { dimParam: `${name}/width` }];
  }
  for (const { name, type } of graph.output!) {
    type!.tensorType!.shape!.dim![1] = { dimParam: `${name}/anchors` };
  }
  return new Uint8Array(onnx.ModelProto.encode(model).finish());
}

/** A constant list of whole numbers. */
function numbersOf(tensor: onnx.ITensorProto | undefined): number[] {
  if (!tensor) throw new TypeError("a shape is computed");
  if (tensor.int64Data && tensor.int64Data.length > 0) return tensor.int64Data.map(Number);
  // A copy: what lies in the file may lie anywhere.
  return Array.from(new BigInt64Array(new Uint8Array(tensor.rawData ?? []).buffer), Number);
}
