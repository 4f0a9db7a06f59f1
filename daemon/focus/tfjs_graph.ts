/**
 * Reads a TFJS graph model: its nodes, and its weights as numbers.
 *
 * Format: `model.json` of tfjs-converter ("graph-model"), where strings in attributes are base64 and weights lie
 * one after the other in a binary file, here as fp16 that stands for fp32, or as int32.
 * @module
 */

/** One operation; `inputs` are names of nodes. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** One constant: row by row, the last dimension fastest. */
export interface Constant {
  readonly dims: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly constants: ReadonlyMap<string, Constant>;
}

/** An attribute as JSON has it: 64-bit numbers and base64 as text. */
interface Attribute {
  readonly s?: string;
  readonly list?: { readonly s?: readonly string[]; readonly i?: readonly string[] };
  readonly shape?: { readonly dim?: readonly { readonly size: string }[] };
}

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string };
}

interface ModelJson {
  readonly format?: string;
  readonly modelTopology?: {
    readonly node: readonly {
      readonly name: string;
      readonly op: string;
      readonly input?: readonly string[];
      readonly attr?: Record<string, Attribute & { shape?: { shape?: Attribute["shape"] } }>;
    }[];
  };
  readonly weightsManifest?: readonly { readonly weights: readonly WeightSpec[] }[];
}

/**
 * The graph in `json` with the weights in `bin`.
 * @throws {TypeError} when it is no graph model, or the weights do not fit it.
 */
export function readGraph(json: string, bin: Uint8Array): Graph {
  const model = JSON.parse(json) as ModelJson;
  if (model.format !== "graph-model" || !model.modelTopology || !model.weightsManifest) {
    throw new TypeError(`Cannot read the TFJS model: its format is "${model.format}"`);
  }
  const nodes = model.modelTopology.node.map(({ name, op, input = [], attr = {} }) =>
    [name, { name, op, inputs: input.map(nodeName), attributes: attr }] as const
  );
  return { nodes: new Map(nodes), constants: readWeights(model.weightsManifest, bin) };
}

/** An input names a node's output, as "node" or "node:0". */
function nodeName(input: string): string {
  const [name, output = "0"] = input.split(":");
  if (output !== "0") throw new TypeError(`Cannot read the TFJS model: it uses "${input}"`);
  return name;
}

function readWeights(
  manifest: NonNullable<ModelJson["weightsManifest"]>,
  bin: Uint8Array,
): Map<string, Constant> {
  const constants = new Map<string, Constant>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of manifest.flatMap(({ weights }) => weights)) {
    const read = READERS[quantization ? `${quantization.dtype} as ${dtype}` : dtype];
    if (!read) throw new TypeError(`Cannot read the weight "${name}": its type is ${dtype}`);
    const count = shape.reduce((product, size) => product * size, 1);
    const bytes = bin.slice(at, at += count * read.size);
    if (bytes.length < count * read.size) {
      throw new TypeError(`Cannot read the weight "${name}": the file ends before it`);
    }
    constants.set(name, { dims: shape, data: read.from(bytes.buffer) });
  }
  if (at !== bin.length) {
    throw new TypeError(`Cannot read the weights: ${bin.length - at} bytes are left over`);
  }
  return constants;
}

interface Reader {
  /** Bytes a number. */
  readonly size: number;
  from(bytes: ArrayBuffer): Float32Array | Int32Array;
}

/** By how a weight is stored, on machines that count from the low byte, as all that Deno runs on. */
const READERS: Readonly<Record<string, Reader>> = {
  "float32": { size: 4, from: (bytes) => new Float32Array(bytes) },
  "float16 as float32": { size: 2, from: (bytes) => Float32Array.from(new Float16Array(bytes)) },
  "int32": { size: 4, from: (bytes) => new Int32Array(bytes) },
};

/** A text attribute; `undefined` when there is none. */
export function textOf(attribute: Attribute | undefined): string | undefined {
  return attribute?.s === undefined ? undefined : atob(attribute.s);
}

/** A list of texts; empty when there is none. */
export function textsOf(attribute: Attribute | undefined): string[] {
  return (attribute?.list?.s ?? []).map((text) => atob(text));
}

/** A list of whole numbers; empty when there is none. */
export function numbersOf(attribute: Attribute | undefined): number[] {
  return (attribute?.list?.i ?? []).map(Number);
}

/** The dimensions a placeholder declares; -1 is "any". */
export function dimsOf(attribute: Attribute | undefined): number[] {
  const shape = (attribute?.shape ?? {}) as { shape?: Attribute["shape"] } & Attribute["shape"];
  return ((shape?.shape ?? shape)?.dim ?? []).map(({ size }) => Number(size));
}
