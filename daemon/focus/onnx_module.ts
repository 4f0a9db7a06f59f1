/**
 * ONNX's own schema, as a module of our own: loaded only where a model is converted.
 *
 * The package is CommonJS, whose one export Deno finds in the default one and the bundler beside it.
 * @module
 */
import * as module from "onnx-proto";
import type { onnx as Schema } from "onnx-proto";

const { default: exports = module } = module as typeof module & { default?: typeof module };

export const onnx: typeof Schema = exports.onnx;
// deno-lint-ignore no-namespace -- a namespace of types can only be handed on as one
export namespace onnx {
  export type IAttributeProto = Schema.IAttributeProto;
  export type INodeProto = Schema.INodeProto;
  export type ITensorProto = Schema.ITensorProto;
  export type IValueInfoProto = Schema.IValueInfoProto;
}
