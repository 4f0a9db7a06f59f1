/**
 * The worker that fetches the models, so that what it takes in memory goes with it. It is told once what to do,
 * and answers with its progress, then with how it ended.
 * @module
 */
/// <reference lib="deno.worker" />
import { UnavailableError } from "../core/errors.ts";
import { fetchModels, type FetchOptions, type ModelProgress } from "./model_fetch.ts";

export type FetchOrder = Omit<FetchOptions, "signal" | "onProgress">;
export type FetchReport =
  | { readonly progress: ModelProgress }
  | { readonly done: true }
  | { readonly failed: string; readonly isUnavailable: boolean };

self.onmessage = async ({ data }: MessageEvent<FetchOrder>) => {
  const report = (said: FetchReport) => self.postMessage(said);
  try {
    await fetchModels({ ...data, onProgress: (progress) => report({ progress }) });
    report({ done: true });
  } catch (error) {
    report({
      failed: (error as Error).message,
      isUnavailable: error instanceof UnavailableError,
    });
  }
};
