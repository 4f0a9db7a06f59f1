/**
 * The pipeline in a worker of its own, for as long as a session lasts.
 * @module
 */
import type { Frame, Observation } from "../../vision/types.ts";
import type { Answer, Order } from "./inference_worker.ts";

/** A worker that takes longer to let go is cut off. */
const CLOSE_LIMIT_MS = 1_000;

export interface InferenceOptions {
  /** Where the models lie. @default beside the program */
  readonly modelsDir?: URL;
}

/** What a picture showed, and its buffer, which may be used for the next. */
export interface Seen {
  readonly observation: Observation;
  readonly buffer: ArrayBuffer;
}

/** Looks at one picture after another, in a worker. */
export class Inference {
  #worker: Worker;
  #waiting: PromiseWithResolvers<Answer> | undefined;
  #failure: Error | undefined;

  private constructor() {
    // A bundle is JavaScript, and all of its chunks lie in the folder of its entry points.
    const file = import.meta.url.endsWith(".ts")
      ? "./inference_worker.ts"
      : "./inference_worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { type: "module", name: "vision" });
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("failed" in data) this.#waiting?.reject(new Error(data.failed));
      else this.#waiting?.resolve(data);
      this.#waiting = undefined;
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new Error(`Cannot go on looking: ${event.message}`));
    };
  }

  /**
   * Starts the worker and loads the models into it.
   * @throws {Error} naming the model that is missing, cut short or changed.
   */
  static async open({ modelsDir }: InferenceOptions = {}): Promise<Inference> {
    const inference = new Inference();
    try {
      await inference.#ask({ open: { modelsDir: modelsDir?.href } });
      return inference;
    } catch (error) {
      inference.#worker.terminate();
      throw error;
    }
  }

  /**
   * What `frame` shows. Its buffer moves to the worker, so that `frame` is empty from now on, and comes back
   * with the answer. One picture at a time.
   */
  async step(frame: Frame, atMs: number): Promise<Seen> {
    const answer = await this.#ask({ frame, atMs }, [frame.data.buffer as ArrayBuffer]);
    if (!("observation" in answer)) throw new TypeError("The worker answers something else");
    return answer;
  }

  /** Frees what the worker holds, and ends it; whoever still waits is told. */
  async close(): Promise<void> {
    if (this.#failure) return;
    await this.#waiting?.promise.catch(() => {});
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => timer = setTimeout(resolve, CLOSE_LIMIT_MS));
    await Promise.race([this.#ask({ close: true }).catch(() => {}), late]);
    clearTimeout(timer);
    this.#fail(new Error("Cannot look any more: it is closed"));
  }

  #ask(order: Order, transfer: Transferable[] = []): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#waiting) return Promise.reject(new TypeError("One picture at a time"));
    this.#waiting = Promise.withResolvers();
    const { promise } = this.#waiting;
    this.#worker.postMessage(order, transfer);
    return promise;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#worker.terminate();
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}
