/**
 * The worker that takes pictures and writes them. In between it asks: first about the windows, then where the pictures
 * are to go. So what is not to be kept is written nowhere, and no pixel leaves the worker.
 * @module
 */
/// <reference lib="deno.worker" />
import { UnsupportedError } from "../core/errors.ts";
import type { ScreenshotRefusal } from "../core/screenshot.ts";
import { capture, type PictureFacts, RefusedError } from "./capture.ts";
import { writePicture } from "./files.ts";
import type { Seen } from "./judge.ts";

/** What is wanted. */
export interface Order {
  readonly display: string;
  /** Where the display's cookie may be. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly scale: number;
}

/** Where the pictures go, a file each below a folder. */
export interface Places {
  readonly folder: string;
  readonly files: readonly string[];
}

/** What the worker asks, or says at the end. */
export type Message =
  | { readonly judge: Seen }
  | { readonly place: readonly PictureFacts[] }
  | { readonly written: true }
  | { readonly refused: ScreenshotRefusal }
  | { readonly failed: string; readonly isUnsupported: boolean };

/** What it is told, the order first. */
export type Reply =
  | { readonly order: Order }
  | { readonly verdict: ScreenshotRefusal | undefined }
  | { readonly places: Places };

let asked: ((reply: Reply) => void) | undefined;

self.onmessage = ({ data }: MessageEvent<Reply>) => {
  if ("order" in data) void carryOut(data.order);
  else asked?.(data);
};

async function carryOut({ display, env, scale }: Order): Promise<void> {
  try {
    const pictures = await capture({
      ...{ display, scale, signal: new AbortController().signal },
      env: (name) => env[name],
      judge: async (seen) => {
        const reply = await ask({ judge: seen });
        return "verdict" in reply ? reply.verdict : "private";
      },
    });
    const reply = await ask({ place: pictures.map(({ png: _, ...facts }) => facts) });
    if (!("places" in reply)) throw new TypeError("The pictures have no place to go");
    const { folder, files } = reply.places;
    for (const [i, { png }] of pictures.entries()) await writePicture(folder, files[i], png);
    say({ written: true });
  } catch (error) {
    if (error instanceof RefusedError) return say({ refused: error.refusal });
    const isUnsupported = error instanceof UnsupportedError || error instanceof RangeError;
    say({ failed: (error as Error).message, isUnsupported });
  }
}

function ask(question: Message): Promise<Reply> {
  return new Promise((resolve) => {
    asked = resolve;
    say(question);
  });
}

function say(message: Message): void {
  self.postMessage(message);
}
