/**
 * The worker that takes pictures: one order, one answer, and in between the windows that are to be judged.
 * @module
 */
/// <reference lib="deno.worker" />
import { UnsupportedError } from "../core/errors.ts";
import type { ScreenshotRefusal } from "../core/screenshot.ts";
import { capture, RefusedError, type TakenPicture } from "./capture.ts";
import type { Seen } from "./judge.ts";

export type Order =
  | {
    readonly display: string;
    /** Where the display's cookie may be. */
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly scale: number;
  }
  | { readonly verdict: ScreenshotRefusal | undefined };

export type Answer =
  | { readonly judge: Seen }
  | { readonly pictures: readonly TakenPicture[] }
  | { readonly refused: ScreenshotRefusal }
  | { readonly failed: string; readonly isUnsupported: boolean };

let judged: PromiseWithResolvers<ScreenshotRefusal | undefined> | undefined;

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  if ("verdict" in data) {
    judged?.resolve(data.verdict);
    return;
  }
  try {
    const { display, env, scale } = data;
    const pictures = await capture({
      ...{ display, scale, signal: new AbortController().signal },
      env: (name) => env[name],
      judge: (seen) => {
        judged = Promise.withResolvers();
        answer({ judge: seen });
        return judged.promise;
      },
    });
    answer({ pictures }, pictures.map(({ png }) => png.buffer));
  } catch (error) {
    if (error instanceof RefusedError) return answer({ refused: error.refusal });
    const isUnsupported = error instanceof UnsupportedError || error instanceof RangeError;
    answer({ failed: (error as Error).message, isUnsupported });
  }
};

function answer(answer: Answer, transfer: Transferable[] = []): void {
  self.postMessage(answer, transfer);
}
