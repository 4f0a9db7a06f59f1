/**
 * Listed programs of the system, run to their end or read while they run.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";

/** What a program said; `code` 127: it is not there, or may not be started. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Killed when it takes longer. @default 10 000 */
  readonly limitMs?: number;
  /** Variables it has besides this process's; never PATH, by which Deno would look for it elsewhere. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program without input; never throws because of it. */
export async function runProgram(
  command: readonly [string, ...string[]],
  { limitMs = 10_000, env }: RunOptions = {},
): Promise<Ran> {
  let child: Deno.ChildProcess;
  try {
    child = spawn(command, env);
  } catch (error) {
    return { code: 127, stdout: "", stderr: (error as Error).message };
  }
  const late = Promise.withResolvers<void>();
  // A request to end would not be heard by a program that a driver holds up, or that was stopped.
  const timer = setTimeout(() => {
    kill(child);
    late.resolve();
  }, limitMs);
  const stdout = new Heard(child.stdout), stderr = new Heard(child.stderr);
  const { code } = await child.status;
  // What its own children hold open is waited for no longer than itself.
  await Promise.race([Promise.all([stdout.all, stderr.all]), late.promise]);
  clearTimeout(timer);
  await Promise.all([stdout.close(), stderr.close()]);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Far more than any listed program has to say; what comes after it is let go. */
const MAX_CHARS = 1 << 24;

/** What a stream said so far. */
class Heard {
  text = "";
  /** Resolves at the end of the stream. */
  readonly all: Promise<void>;
  #reader: ReadableStreamDefaultReader<string>;

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    this.all = this.#read();
  }

  async #read(): Promise<void> {
    try {
      for (let part = await this.#reader.read(); !part.done; part = await this.#reader.read()) {
        if (this.text.length < MAX_CHARS) this.text += part.value;
      }
    } catch { /* it was cut off */ }
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
    await this.all;
  }
}

/** @throws {Error} when it is not there, or may not be started. */
function spawn(
  [program, ...args]: readonly [string, ...string[]],
  env?: Readonly<Record<string, string>>,
): Deno.ChildProcess {
  const command = new Deno.Command(program, {
    args,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  return command.spawn();
}

function kill(child: Deno.ChildProcess, signal: Deno.Signal = "SIGKILL"): void {
  try {
    child.kill(signal);
  } catch { /* it has ended */ }
}

/** A process that lives on after this one and its terminal. */
export interface Detached {
  readonly pid: number;
  /** Its first line; `undefined` when it ended, or `limitMs` went by, without one. */
  firstLine(limitMs: number): Promise<string | undefined>;
  /** What it wrote to standard error until it ended; only to be asked after it did. */
  stderr(): Promise<string>;
  /** Stops looking at it; it goes on. */
  release(): Promise<void>;
}

/**
 * Starts a program in a session of its own, with `input` as its standard input. It has this process's
 * environment: with another PATH, Deno would look for the listed programs elsewhere than it did at its start.
 */
export async function startDetached(
  command: readonly [string, ...string[]],
  input: Uint8Array,
): Promise<Detached> {
  const [program, ...args] = Deno.build.os === "windows"
    ? command
    : [Deno.build.os === "linux" ? "setsid" : "nohup", ...command];
  const child = new Deno.Command(program, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  child.unref();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  try {
    const writer = child.stdin.getWriter();
    await writer.write(input);
    await writer.close();
  } catch { /* it ended before it read all; what it said is read below */ }
  return {
    pid: child.pid,
    async firstLine(limitMs) {
      let text = "";
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), limitMs);
      });
      try {
        while (!text.includes("\n")) {
          const part = await Promise.race([reader.read(), late]);
          if (part === undefined || part.done) return undefined;
          text += part.value;
        }
        return text.slice(0, text.indexOf("\n"));
      } finally {
        clearTimeout(timer);
      }
    },
    stderr: () => new Response(child.stderr).text(),
    async release() {
      await reader.cancel().catch(() => {});
      await child.stderr.cancel().catch(() => {});
    },
  };
}

/** A program whose standard output is read while it runs. */
export interface Piped {
  /** A byte stream; who does not read it makes the program wait. */
  readonly stdout: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The last lines of standard error so far. */
  readonly said: readonly string[];
  /** Resolves with the exit code when it has ended and all it said was taken; never rejects. */
  readonly ended: Promise<number>;
  /** Ends it at once, if it still runs; `stdout` ends or fails then. */
  kill(): void;
  /** Asks it to end as Ctrl+C would. */
  interrupt(): void;
}

export interface PipeOptions {
  /** Variables it has besides this process's; see {@linkcode RunOptions}. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each line of standard error as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Lines of standard error that are kept, and how much of each. */
const KEPT_LINES = 40, LINE_CHARS = 500;
/** What a killed program's own children still hold open is not waited for. */
const LAST_WORDS_MS = 200;

/**
 * Starts a program without input whose output is read as it comes.
 * @throws {UnsupportedError} when it is not there, or may not be started.
 */
export function startPiped(
  command: readonly [string, ...string[]],
  { onLine, env }: PipeOptions = {},
): Piped {
  let child: Deno.ChildProcess;
  try {
    child = spawn(command, env);
  } catch (error) {
    const message = `Cannot start ${command[0]}: ${(error as Error).message}`;
    throw new UnsupportedError(message, { cause: error });
  }
  const said: string[] = [];
  const errors = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  const listening = readLines(errors, (line) => {
    if (said.push(line) > KEPT_LINES) said.shift();
    onLine?.(line);
  });
  return {
    stdout: child.stdout,
    said,
    ended: (async () => {
      const { code } = await child.status;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, LAST_WORDS_MS));
      await Promise.race([listening, late]);
      clearTimeout(timer);
      await errors.cancel().catch(() => {});
      await listening;
      return code;
    })(),
    kill: () => kill(child),
    interrupt: () => kill(child, "SIGINT"),
  };
}

/** Calls `take` with each line; an overlong one is cut. */
async function readLines(
  reader: ReadableStreamDefaultReader<string>,
  take: (line: string) => void,
): Promise<void> {
  let open = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // Programs that redraw a line end it by a carriage return.
      const lines = (open + part.value).split(/\r\n|\r|\n/);
      open = lines.pop()!.slice(0, LINE_CHARS);
      for (const line of lines) if (line !== "") take(line.slice(0, LINE_CHARS));
    }
  } catch { /* it was cut off */ }
  if (open !== "") take(open);
}
