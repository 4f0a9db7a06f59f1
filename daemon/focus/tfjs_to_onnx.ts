/**
 * Converts a TFJS graph model to ONNX: the operations that MediaPipe's face mesh is made of.
 *
 * TensorFlow keeps pictures as NHWC, ONNX's convolutions want NCHW. So the input is turned once, everything
 * within is NCHW, and what leaves (Reshape) is turned back. Shapes are followed all the way, which makes
 * TensorFlow's "SAME" an exact padding and an operation that does not fit an error here instead of a wrong result
 * later. Weights stay fp32, batch is 1. What the wanted outputs do not need is left out.
 * @module
 */
import { OnnxGraph } from "./onnx_writer.ts";
import {
  type Constant,
  dimsOf,
  type Graph,
  type GraphNode,
  numbersOf,
  textOf,
  textsOf,
} from "./tfjs_graph.ts";

/** A converted tensor: its ONNX name, and its shape as TensorFlow has it (pictures NHWC). */
interface Value {
  readonly name: string;
  readonly dims: readonly number[];
}

/**
 * The ONNX file that computes `outputs` (names of nodes) of `graph`; the same graph gives the same bytes.
 * @throws {TypeError} naming the node that cannot be converted.
 */
export function convertGraph(graph: Graph, outputs: readonly string[]): Uint8Array<ArrayBuffer> {
  const conversion = new Conversion(graph);
  const ports = outputs.map((name) => conversion.value(name));
  return conversion.onnx.finish("converted from TFJS", conversion.inputs, ports);
}

class Conversion {
  readonly onnx = new OnnxGraph();
  readonly inputs: Value[] = [];
  #done = new Map<string, Value>();

  constructor(private readonly graph: Graph) {}

  /** The converted node, converted now if it was not yet; what it needs comes first. */
  value(name: string): Value {
    const known = this.#done.get(name);
    if (known) return known;
    const node = this.graph.nodes.get(name);
    if (!node) throw new TypeError(`it has no node "${name}"`);
    const convert = OPERATIONS[node.op];
    if (!convert) throw refusal(node, "it is not one of the operations known here");
    const value = convert(this, node);
    this.#done.set(name, value);
    return value;
  }

  constant(node: GraphNode, index: number): Constant {
    const found = this.graph.constants.get(node.inputs[index]);
    if (!found) throw refusal(node, `its input ${index} is not constant`);
    return found;
  }

  floats(node: GraphNode, index: number): Constant & { readonly data: Float32Array } {
    const { dims, data } = this.constant(node, index);
    if (!(data instanceof Float32Array)) throw refusal(node, `its input ${index} is not fp32`);
    return { dims, data };
  }

  /** A picture among the inputs of `node`: [1, height, width, channels]. */
  picture(node: GraphNode): Value {
    const value = this.value(node.inputs[0]);
    if (value.dims.length !== 4) throw refusal(node, "its input is no picture");
    return value;
  }
}

const OPERATIONS: Readonly<Record<string, (to: Conversion, node: GraphNode) => Value>> = {
  Placeholder: convertInput,
  _FusedConv2D: convertConvolution,
  DepthwiseConv2dNative: convertDepthwise,
  MaxPool: convertMaxPool,
  AddV2: convertAdd,
  Prelu: (to, node) => addPrelu(to, node, to.picture(node), 1, node.name),
  Sigmoid: (to, node) => convertUnary(to, node, "Sigmoid"),
  Identity: (to, node) => convertUnary(to, node, "Identity"),
  Pad: convertPad,
  Reshape: convertReshape,
};

function convertInput(to: Conversion, node: GraphNode): Value {
  const dims = dimsOf(node.attributes.shape).map((size) => size < 0 ? 1 : size);
  if (dims.length !== 4) throw refusal(node, "the input is no picture");
  to.inputs.push({ name: node.name, dims });
  const perm = [0, 3, 1, 2];
  return { name: to.onnx.node("Transpose", `${node.name}/nchw`, [node.name], { perm }), dims };
}

function convertConvolution(to: Conversion, node: GraphNode): Value {
  const input = to.picture(node);
  const { dims: [height, width, fromChannels, channels], data } = to.floats(node, 1);
  if (fromChannels !== input.dims[3]) throw refusal(node, "its filter has other channels");
  const [first, activation, ...others] = textsOf(node.attributes.fused_ops);
  if (first !== "BiasAdd" || others.length > 0 || (activation && activation !== "Prelu")) {
    throw refusal(node, `fused with ${[first, activation, ...others].join(", ")}`);
  }
  const { attributes, sizePx } = slide(node, input, [height, width]);
  const dims = [1, ...sizePx, channels];
  const name = activation ? `${node.name}/conv` : node.name;
  const bias = to.onnx.constant(`${node.name}/bias`, [channels], to.floats(node, 2).data);
  if (isWhole(attributes, input, [height, width])) {
    const matrix = permute(data, [height, width, fromChannels, channels], [2, 0, 1, 3]);
    const count = height * width * fromChannels;
    const shape = to.onnx.constant(`${node.name}/shape`, [4], [1, channels, 1, 1]);
    const product = to.onnx.node("Gemm", `${node.name}/product`, [
      to.onnx.node("Flatten", `${node.name}/flat`, [input.name], { axis: 1 }),
      to.onnx.constant(`${node.name}/filter`, [count, channels], matrix),
      bias,
    ]);
    to.onnx.node("Reshape", name, [product, shape]);
  } else {
    const filter = permute(data, [height, width, fromChannels, channels], [3, 2, 0, 1]);
    to.onnx.node("Conv", name, [
      input.name,
      to.onnx.constant(`${node.name}/filter`, [channels, fromChannels, height, width], filter),
      bias,
    ], attributes);
  }
  return activation ? addPrelu(to, node, { name, dims }, 3, node.name) : { name, dims };
}

/**
 * Whether the window is as large as the picture, so that there is one place for it. Such a convolution is a matrix
 * times a vector, and written as one: ONNX Runtime then keeps the matrix as it wants to read it, where for a
 * convolution it would prepare 1.6 MB in every run of the face mesh (0.57 ms of 7.0 in WebAssembly, now 0.1).
 */
function isWhole(
  { pads }: ReturnType<typeof slide>["attributes"],
  { dims }: Value,
  [height, width]: readonly [number, number],
): boolean {
  return height > 1 && height === dims[1] && width === dims[2] && pads.every((pad) => pad === 0);
}

function convertDepthwise(to: Conversion, node: GraphNode): Value {
  const input = to.picture(node);
  const { dims: [height, width, channels, multiplier], data } = to.floats(node, 1);
  if (channels !== input.dims[3] || multiplier !== 1) {
    throw refusal(node, "its filter does not go by channel");
  }
  const filter = permute(data, [height, width, channels, 1], [2, 3, 0, 1]);
  const { attributes, sizePx } = slide(node, input, [height, width]);
  to.onnx.node("Conv", node.name, [
    input.name,
    to.onnx.constant(`${node.name}/filter`, [channels, 1, height, width], filter),
  ], { ...attributes, group: channels });
  return { name: node.name, dims: [1, ...sizePx, channels] };
}

function convertMaxPool(to: Conversion, node: GraphNode): Value {
  const input = to.picture(node);
  const [, height, width] = numbersOf(node.attributes.ksize);
  const { attributes, sizePx } = slide(node, input, [height, width]);
  to.onnx.node("MaxPool", node.name, [input.name], attributes);
  return { name: node.name, dims: [1, ...sizePx, input.dims[3]] };
}

function convertAdd(to: Conversion, node: GraphNode): Value {
  const [a, b] = node.inputs.map((name) => to.value(name));
  if (String(a.dims) !== String(b.dims)) throw refusal(node, `adds ${a.dims} and ${b.dims}`);
  return { name: to.onnx.node("Add", node.name, [a.name, b.name]), dims: a.dims };
}

/** Adds x > 0 ? x : slope * x, a slope for each channel; `slopeIndex` is the slopes' input of `node`. */
function addPrelu(
  to: Conversion,
  node: GraphNode,
  { name, dims }: Value,
  slopeIndex: number,
  output: string,
): Value {
  const { data } = to.floats(node, slopeIndex);
  if (data.length !== dims[3]) throw refusal(node, "its slopes do not go by channel");
  const slope = to.onnx.constant(`${node.name}/slope`, [data.length, 1, 1], data);
  return { name: to.onnx.node("PRelu", output, [name, slope]), dims };
}

function convertUnary(to: Conversion, node: GraphNode, op: string): Value {
  const { name, dims } = to.value(node.inputs[0]);
  return { name: to.onnx.node(op, node.name, [name]), dims };
}

function convertPad(to: Conversion, node: GraphNode): Value {
  const input = to.picture(node);
  const pairs = [...to.constant(node, 1).data];
  if (pairs.length !== 8) throw refusal(node, "its paddings are not those of a picture");
  const before = (axis: number) => pairs[2 * axis];
  const after = (axis: number) => pairs[2 * axis + 1];
  const pads = to.onnx.constant(`${node.name}/pads`, [8], [
    ...[0, 3, 1, 2].map(before),
    ...[0, 3, 1, 2].map(after),
  ]);
  const dims = input.dims.map((size, axis) => size + before(axis) + after(axis));
  return { name: to.onnx.node("Pad", node.name, [input.name, pads]), dims };
}

function convertReshape(to: Conversion, node: GraphNode): Value {
  const input = to.value(node.inputs[0]);
  const count = input.dims.reduce((product, size) => product * size, 1);
  const wanted = [...to.constant(node, 1).data];
  const known = wanted.filter((size) => size >= 0).reduce((product, size) => product * size, 1);
  const dims = wanted.map((size) => size < 0 ? count / known : size);
  let { name } = input;
  if (input.dims.length === 4 && input.dims[1] * input.dims[2] > 1) {
    name = to.onnx.node("Transpose", `${node.name}/nhwc`, [name], { perm: [0, 2, 3, 1] });
  }
  const shape = to.onnx.constant(`${node.name}/shape`, [dims.length], dims);
  return { name: to.onnx.node("Reshape", node.name, [name, shape]), dims };
}

/** A window sliding over a picture: its ONNX attributes, and the height and width of what comes out. */
function slide(node: GraphNode, { dims }: Value, kernelPx: readonly [number, number]) {
  const { attributes } = node;
  const layout = textOf(attributes.data_format) ?? "NHWC";
  if (layout !== "NHWC") throw refusal(node, `its layout is ${layout}`);
  if (numbersOf(attributes.dilations).some((step) => step !== 1)) {
    throw refusal(node, "it is dilated");
  }
  const padding = textOf(attributes.padding);
  if (padding !== "SAME" && padding !== "VALID") throw refusal(node, `its padding is ${padding}`);
  const strides = numbersOf(attributes.strides).slice(1, 3);
  const begin: number[] = [];
  const end: number[] = [];
  const sizePx = kernelPx.map((kernel, axis) => {
    const from = dims[axis + 1];
    const stride = strides[axis];
    if (padding === "VALID") {
      begin.push(0);
      end.push(0);
      return Math.floor((from - kernel) / stride) + 1;
    }
    // What is left over of TensorFlow's padding is below and at the right.
    const to = Math.ceil(from / stride);
    const padPx = Math.max(0, (to - 1) * stride + kernel - from);
    begin.push(Math.floor(padPx / 2));
    end.push(Math.ceil(padPx / 2));
    return to;
  });
  return { attributes: { kernel_shape: kernelPx, strides, pads: [...begin, ...end] }, sizePx };
}

/** `data` with its four axes in the order `axes`: `permute(x, [h, w, i, o], [3, 2, 0, 1])` is [o, i, h, w]. */
function permute(
  data: Float32Array,
  dims: readonly number[],
  axes: readonly number[],
): Float32Array {
  const steps = [dims[1] * dims[2] * dims[3], dims[2] * dims[3], dims[3], 1];
  const [a, b, c, d] = axes;
  const result = new Float32Array(data.length);
  let at = 0;
  for (let i = 0; i < dims[a]; i++) {
    for (let j = 0; j < dims[b]; j++) {
      for (let k = 0; k < dims[c]; k++) {
        for (let l = 0; l < dims[d]; l++) {
          result[at++] = data[i * steps[a] + j * steps[b] + k * steps[c] + l * steps[d]];
        }
      }
    }
  }
  return result;
}

function refusal({ op, name }: GraphNode, reason: string): TypeError {
  return new TypeError(`${op} "${name}": ${reason}`);
}
