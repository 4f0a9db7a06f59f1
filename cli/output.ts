/**
 * The terminal: data to standard output, everything else to standard error.
 * @module
 */
import { systemEnv } from "../daemon/config/env.ts";
import { clean, clip, withoutColours } from "./text.ts";

/** Columns where the width is not known: a pipe, a file, a mail from cron. */
const DEFAULT_COLUMNS = 80;

const encoder = new TextEncoder();

/** Whether colours are wanted on a stream: NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
export function wantsColour(isTerminal: boolean, env = systemEnv): boolean {
  if (env("NO_COLOR")) return false;
  const forced = env("FORCE_COLOR");
  if (forced) return forced !== "0" && forced !== "false";
  return isTerminal && env("TERM") !== "dumb";
}

const stdoutIsTerminal = Deno.stdout.isTerminal();
const stderrIsTerminal = Deno.stderr.isTerminal();
const colour = { stdout: wantsColour(stdoutIsTerminal), stderr: wantsColour(stderrIsTerminal) };

/** What is known of the two streams. */
export const terminal = {
  stdin: Deno.stdin.isTerminal(),
  stdout: stdoutIsTerminal,
  stderr: stderrIsTerminal,
  colour,
  /** Columns of the terminal. */
  get columns(): number {
    return columnsOf(stdoutIsTerminal);
  },
};

function columnsOf(isTerminal: boolean): number {
  if (!isTerminal) return DEFAULT_COLUMNS;
  try {
    return Math.max(20, Deno.consoleSize().columns);
  } catch {
    return DEFAULT_COLUMNS;
  }
}

/** Writes lines of data. @throws {Deno.errors.BrokenPipe} when nobody reads any more. */
export function print(...lines: readonly string[]): void {
  write(`${lines.join("\n")}\n`);
}

/** Writes text of data as it is. */
export function write(text: string): void {
  writeAll(Deno.stdout, encoder.encode(colour.stdout ? text : withoutColours(text)));
}

/** Writes data as JSON, which cannot steer a terminal either. */
export function printJson(value: unknown, indent = 2): void {
  const text = JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  writeAll(Deno.stdout, encoder.encode(`${text}\n`));
}

/**
 * Writes bytes of data, waiting for a slow reader. On a terminal, what could steer it is made harmless;
 * a file or a pipe gets every byte.
 */
export async function writeStream(stream: ReadableStream<Uint8Array>): Promise<void> {
  if (stdoutIsTerminal) {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      write(text.split("\n").map(clean).join("\n"));
    }
    return;
  }
  for await (const bytes of stream) {
    for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
  }
}

/** Tells the person something that is not data. */
export function note(line: string): void {
  try {
    writeAll(Deno.stderr, encoder.encode(`${colour.stderr ? line : withoutColours(line)}\n`));
  } catch { /* nobody reads it */ }
}

/** Makes the terminal sound; nothing where none listens. */
export function ringBell(): void {
  if (!stderrIsTerminal) return;
  try {
    writeAll(Deno.stderr, encoder.encode("\x07"));
  } catch { /* nobody hears it */ }
}

/** A line that is rewritten while something goes on; only where a person looks at it. */
export class Progress {
  #shown = false;
  #lastMs = -Infinity;

  /** Shows `text` instead of what was there, at most ten times a second. */
  update(text: string): void {
    if (!stderrIsTerminal || performance.now() - this.#lastMs < 100) return;
    this.#lastMs = performance.now();
    this.#shown = true;
    this.#write(`\r\x1b[K${clip(clean(text), columnsOf(true) - 1)}`);
  }

  /** Takes the line away. */
  [Symbol.dispose](): void {
    if (this.#shown) this.#write("\r\x1b[K");
    this.#shown = false;
  }

  #write(text: string): void {
    try {
      writeAll(Deno.stderr, encoder.encode(text));
    } catch { /* nobody looks */ }
  }
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
}
