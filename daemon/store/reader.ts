/**
 * The reader worker, started when first asked and ended when it has had nothing to do for a while.
 * @module
 */
import { UnavailableError } from "../core/errors.ts";
import type { Answer, Calls } from "./reader_worker.ts";
import { storeError } from "./sqlite_error.ts";

/** How long an unused worker lives: starting one takes about 30 ms, keeping one about 5 MB. */
const IDLE_END_MS = 10_000;
const CLOSE_LIMIT_MS = 1_000;
/**
 * A worker that is never unused, as an open page keeps it, is ended as well, some minutes of such a page later: its heap
 * does not shrink by itself (45 MB after ten minutes instead of 16).
 */
const CALLS_OF_A_LIFE = 200;

type Rest<F> = F extends (db: never, ...args: infer A) => unknown ? A : never;

export class Reader {
  #worker: Worker | undefined;
  #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #nextId = 1;
  /** The id of the worker's first call. */
  #firstId = 1;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  /** The end of a worker that had nothing to do. */
  #ending: Promise<void> = Promise.resolve();

  /** @param idleEndMs How long the worker outlives its last call, in milliseconds. */
  constructor(private readonly path: string, private readonly idleEndMs = IDLE_END_MS) {}

  /** Runs one of the worker's functions there. */
  call<K extends keyof Calls>(
    name: K,
    ...args: Rest<Calls[K]>
  ): Promise<Awaited<ReturnType<Calls[K]>>> {
    clearTimeout(this.#idleTimer);
    const id = this.#nextId++;
    const worker = this.#worker ??= this.#start(id);
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    worker.postMessage({ id, name, args });
    return answer.promise as Promise<Awaited<ReturnType<Calls[K]>>>;
  }

  /**
   * Ends the worker once it has closed its connection: one that is cut off would keep its lock on the
   * WAL. A call that runs on is given a second; whoever waits is told.
   */
  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    await Promise.all([this.#ending, this.#end()]);
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    const closed = Promise.withResolvers<void>();
    worker.onmessage = ({ data }: MessageEvent<Answer | { closed: true }>) => {
      if ("closed" in data) closed.resolve();
      else this.#answer(data);
    };
    worker.postMessage({ close: true });
    const timer = setTimeout(closed.resolve, CLOSE_LIMIT_MS);
    await closed.promise;
    clearTimeout(timer);
    worker.terminate();
    if (this.#worker === undefined) this.#fail("it is closed");
  }

  #fail(reason: string): void {
    for (const { reject } of this.#waiting.values()) {
      reject(new UnavailableError(`Cannot read the database: ${reason}`));
    }
    this.#waiting.clear();
  }

  #start(firstId: number): Worker {
    this.#firstId = firstId;
    // A bundle is JavaScript, and all of its chunks lie in the folder of its entry points.
    const file = import.meta.url.endsWith(".ts") ? "./reader_worker.ts" : "./reader_worker.js";
    const worker = new Worker(new URL(file, import.meta.url), { type: "module", name: "reader" });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#answer(data);
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      if (this.#worker === worker) this.#worker = undefined;
      this.#fail(event.message);
    };
    worker.postMessage({ path: this.path });
    return worker;
  }

  #answer(answer: Answer): void {
    const waiter = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("value" in answer) waiter?.resolve(answer.value);
    else {
      const error = Object.assign(new Error(answer.message), { errcode: answer.errcode });
      waiter?.reject(storeError("read the database", error));
    }
    if (this.#waiting.size === 0 && this.#worker) {
      const isOld = answer.id - this.#firstId >= CALLS_OF_A_LIFE;
      this.#idleTimer = setTimeout(() => {
        this.#ending = Promise.all([this.#ending, this.#end()]).then(() => {});
      }, isOld ? 0 : this.idleEndMs);
    }
  }
}
