/**
 * The inference port: tensors in, tensors out. Each host hands in its own, so that `vision/` imports no runtime.
 * @module
 */
import type { ModelRecord } from "./models.ts";

/** 32-bit floats with their shape; `data` is row-major and exactly as long as the shape says. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** One loaded model. Runs of one session do not overlap. */
export interface Session {
  /**
   * Runs the model on its one input and resolves with its outputs by name; the arrays are the caller's to keep.
   * `input.data` must stay as it is until then, and may be used again for the next run.
   *
   * @throws {TypeError} when the runtime refuses the input's shape
   */
  run(input: Tensor): Promise<Readonly<Record<string, Float32Array>>>;
  /** Frees what the runtime holds; the session may not run afterwards. Twice is once. */
  release(): Promise<void>;
}

/** Something that runs ONNX models. */
export interface Backend {
  /**
   * A session of `model`, whose file is `bytes`.
   *
   * @throws {Error} naming the model's file when the runtime cannot read it
   */
  load(model: ModelRecord, bytes: Uint8Array): Promise<Session>;
}
