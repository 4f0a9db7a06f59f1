/**
 * The service's log where the system keeps none.
 * @module
 */
import { join } from "node:path";
import { UnsupportedError } from "../core/errors.ts";
import type { LogOptions } from "./manager.ts";

const LOOK_MS = 500;

export function logPathIn(dataDir: string): string {
  return join(dataDir, "service.log");
}

/** Makes the log if it is not there, readable by its owner only. */
export function prepareLog(path: string): void {
  Deno.openSync(path, { write: true, append: true, create: true, mode: 0o600 }).close();
}

/**
 * The last lines of a file, and what comes after them; a file that was cut is read from its beginning.
 * @throws {UnsupportedError} when there is none.
 */
export function readLog(path: string, options: LogOptions): ReadableStream<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch (error) {
    throw new UnsupportedError(`Cannot read the log "${path}": ${(error as Error).message}`);
  }
  return ReadableStream.from(follow(path, bytes, options));
}

async function* follow(
  path: string,
  bytes: Uint8Array,
  { lines, follow, signal }: LogOptions,
): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(startOfLast(bytes, lines));
  let at = bytes.length;
  while (follow && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = await Deno.readFile(path).catch(() => new Uint8Array());
    if (now.length < at) at = 0;
    if (now.length > at) yield now.subarray(at);
    at = now.length;
  }
}

/** Where the last `lines` lines begin. */
export function startOfLast(bytes: Uint8Array, lines: number): number {
  let at = bytes.length;
  // A line break at the very end ends the last line.
  for (let left = lines; at > 0 && left > 0; left--) at = bytes.lastIndexOf(10, at - 2) + 1;
  return at;
}
