/**
 * The port over ONNX Runtime: `onnxruntime-web` and `onnxruntime-node` share an interface, and each host hands in
 * its own, so that no package is imported here.
 * @module
 */
import type { Backend, Session, Tensor } from "./backend.ts";

interface OrtTensor {
  readonly data: unknown;
}

interface OrtSession {
  readonly inputNames: readonly string[];
  // deno-lint-ignore no-explicit-any -- the two packages type feeds differently
  run(feeds: any): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

/** What is used of ONNX Runtime's module. */
export interface OrtLike {
  readonly InferenceSession: {
    // deno-lint-ignore no-explicit-any -- the two packages type options differently
    create(bytes: Uint8Array, options?: any): Promise<OrtSession>;
  };
  // deno-lint-ignore no-explicit-any -- a class with overloads, of which one is used
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => any;
  readonly env: {
    readonly wasm?: {
      numThreads?: number;
      wasmBinary?: ArrayBufferLike | Uint8Array;
    };
  };
}

export interface OrtBackendOptions {
  /** The WebAssembly to run, `RUNTIME`'s file. @default none: the runtime is native */
  readonly wasm?: Uint8Array;
}

/** Inference by `ort` on one thread. */
export function createOrtBackend(ort: OrtLike, { wasm }: OrtBackendOptions = {}): Backend {
  if (wasm) {
    if (!ort.env.wasm) throw new TypeError("This ONNX Runtime does not run WebAssembly");
    // Threads need cross-origin isolation, and the rest of the machine is the user's.
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = wasm;
  }
  return {
    async load(model, bytes) {
      try {
        const session = await ort.InferenceSession.create(bytes, sessionOptions(wasm));
        // The runtime has made of it what it needs: 14 MB less to keep.
        if (ort.env.wasm) ort.env.wasm.wasmBinary = undefined;
        return new OrtModel(ort, session);
      } catch (error) {
        throw new Error(`Cannot load the model "${model.file}": ${messageOf(error)}`, {
          cause: error,
        });
      }
    },
  };
}

function sessionOptions(wasm: Uint8Array | undefined) {
  return {
    executionProviders: [wasm ? "wasm" : "cpu"],
    graphOptimizationLevel: "all",
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // Errors only: it warns of initializers that its own optimizer has left over.
    logSeverityLevel: 3,
  };
}

class OrtModel implements Session {
  readonly #ort: OrtLike;
  readonly #session: OrtSession;
  readonly #feeds: Record<string, unknown> = {};
  readonly #outputs: Record<string, Float32Array> = {};
  #wrapped: Float32Array | undefined;
  #isReleased = false;

  constructor(ort: OrtLike, session: OrtSession) {
    this.#ort = ort;
    this.#session = session;
  }

  async run({ data, dims }: Tensor): Promise<Readonly<Record<string, Float32Array>>> {
    // The pipeline's buffers are the same each time, and each has one shape: one wrapper for all runs.
    if (this.#wrapped !== data) {
      this.#feeds[this.#session.inputNames[0]] = new this.#ort.Tensor("float32", data, dims);
      this.#wrapped = data;
    }
    const results = await this.#session.run(this.#feeds);
    for (const name in results) this.#outputs[name] = results[name].data as Float32Array;
    return this.#outputs;
  }

  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    await this.#session.release();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
