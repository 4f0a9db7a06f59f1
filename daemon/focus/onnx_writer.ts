/**
 * Writes ONNX: a graph is put together node by node, then encoded.
 * @module
 */
import { onnx } from "./onnx_module.ts";

/** What is written: IR version 7 is the one that opset 13 came with. */
const IR_VERSION = 7;
const OPSET = 13;

/** An attribute: a whole number, a list of them, or a text. */
export type OnnxAttribute = number | readonly number[] | string;

/** An input or output of the graph, fp32. */
export interface OnnxPort {
  readonly name: string;
  readonly dims: readonly number[];
}

/** A graph that grows; what is added must use only what is there. */
export class OnnxGraph {
  #nodes: onnx.INodeProto[] = [];
  #initializers: onnx.ITensorProto[] = [];

  /** Adds an operation with one output, which bears the node's name. */
  node(
    op: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    const attribute = Object.entries(attributes).map(([key, value]) => encode(key, value));
    this.#nodes.push({ opType: op, name, input: [...inputs], output: [name], attribute });
    return name;
  }

  /** Adds a constant: fp32, or int64 where `data` is a list of whole numbers. */
  constant(name: string, dims: readonly number[], data: Float32Array | readonly number[]): string {
    const isFloat = data instanceof Float32Array;
    const { FLOAT, INT64 } = onnx.TensorProto.DataType;
    const numbers = isFloat ? data : BigInt64Array.from(data, BigInt);
    this.#initializers.push({
      name,
      dims: [...dims],
      dataType: isFloat ? FLOAT : INT64,
      rawData: new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    });
    return name;
  }

  /** The whole as a file; the same graph gives the same bytes. */
  finish(
    name: string,
    inputs: readonly OnnxPort[],
    outputs: readonly OnnxPort[],
  ): Uint8Array<ArrayBuffer> {
    const bytes = onnx.ModelProto.encode({
      irVersion: IR_VERSION,
      producerName: "prodtracker",
      opsetImport: [{ domain: "", version: OPSET }],
      graph: {
        name,
        node: this.#nodes,
        initializer: this.#initializers,
        input: inputs.map(valueInfo),
        output: outputs.map(valueInfo),
      },
    }).finish();
    return new Uint8Array(bytes);
  }
}

function encode(name: string, value: OnnxAttribute): onnx.IAttributeProto {
  const { INT, INTS, STRING } = onnx.AttributeProto.AttributeType;
  if (typeof value === "number") return { name, type: INT, i: value };
  if (typeof value === "string") return { name, type: STRING, s: new TextEncoder().encode(value) };
  return { name, type: INTS, ints: [...value] };
}

function valueInfo({ name, dims }: OnnxPort): onnx.IValueInfoProto {
  const elemType = onnx.TensorProto.DataType.FLOAT;
  const dim = dims.map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
