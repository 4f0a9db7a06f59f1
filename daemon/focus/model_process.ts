/**
 * The process that fetches the models, so that what it takes in memory goes with it. Standard input is one line
 * of what to do, standard output lines of its progress, then of how it ended. It ends when whoever started it does.
 * @module
 */
import { UnavailableError } from "../core/errors.ts";
import { fetchModels, type FetchOptions, type ModelProgress } from "./model_fetch.ts";

export type FetchOrder = Omit<FetchOptions, "signal" | "onProgress">;
export type FetchReport =
  | { readonly progress: ModelProgress }
  | { readonly done: true }
  | { readonly failed: string; readonly isUnavailable: boolean };

const encoder = new TextEncoder();

function report(said: FetchReport): void {
  const line = encoder.encode(`${JSON.stringify(said)}\n`);
  for (let at = 0; at < line.length;) at += Deno.stdout.writeSync(line.subarray(at));
}

async function run(order: FetchOrder): Promise<void> {
  try {
    await fetchModels({ ...order, onProgress: (progress) => report({ progress }) });
    report({ done: true });
  } catch (error) {
    const isUnavailable = error instanceof UnavailableError;
    report({ failed: (error as Error).message, isUnavailable });
  }
  Deno.exit(0);
}

let text = "";
for await (const part of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const end = part.indexOf("\n");
  text += part;
  if (end >= 0) void run(JSON.parse(text));
}
Deno.exit(1);
