/**
 * A module of our own in a process of its own, for work that takes memory: what it took is given back when it
 * ends, which a worker does not do (a worker that had fetched left 30 MB behind).
 * @module
 */
import { fileURLToPath } from "node:url";
import { UnsupportedError } from "../core/errors.ts";

export interface OwnProcessOptions {
  /** What it may do, as flags of `deno run`. */
  readonly flags: readonly string[];
  /** Its first line of standard input; not seen by other users, as arguments would be. */
  readonly input: string;
  /** Called with each line of its standard output. */
  readonly onLine: (line: string) => void;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** The most that is kept of what it says to standard error. */
const SAID_CHARS = 4_000;

/**
 * Runs the module to its end, and resolves with its exit code and the end of its standard error. Its standard
 * input stays open as long as this process lives, so that it can tell.
 * @throws {UnsupportedError} when no process may be started here; the signal's reason when that aborts.
 */
export async function runOwn(
  module: URL,
  { flags, input, onLine, signal }: OwnProcessOptions,
): Promise<{ code: number; said: string }> {
  signal?.throwIfAborted();
  const child = start(module, flags);
  const kill = () => {
    try {
      child.kill("SIGKILL");
    } catch { /* it has ended */ }
  };
  signal?.addEventListener("abort", kill);
  const writer = child.stdin.getWriter();
  try {
    const [said] = await Promise.all([
      textOf(child.stderr),
      readLines(child.stdout, onLine),
      // One that ended before it read says so by its exit code.
      writer.write(new TextEncoder().encode(`${input}\n`)).catch(() => {}),
    ]);
    const { code } = await child.status;
    signal?.throwIfAborted();
    return { code, said };
  } finally {
    signal?.removeEventListener("abort", kill);
    kill();
    await writer.close().catch(() => {});
  }
}

function start(module: URL, flags: readonly string[]): Deno.ChildProcess {
  const command = [
    ...[Deno.execPath(), "run", "--quiet", "--no-prompt", "--no-lock", ...configFlags(module)],
    ...[...flags, fileURLToPath(module)],
  ];
  // Only listed programs may be started, the runtime is none of them. Ctrl-C is not for the child.
  const [program, ...args] = Deno.build.os === "windows"
    ? command
    : [Deno.build.os === "linux" ? "setsid" : "nohup", ...command];
  try {
    return new Deno.Command(program, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    throw new UnsupportedError(`Cannot start a process: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Sources need the names of `deno.json`, a bundle must not find one by chance. */
function configFlags(module: URL): string[] {
  if (!module.pathname.endsWith(".ts")) return ["--no-config", "--no-npm", "--no-remote"];
  return ["--config", fileURLToPath(new URL("../../deno.json", import.meta.url))];
}

async function textOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  await readText(stream, (part) => text = (text + part).slice(-SAID_CHARS));
  return text.trim();
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void,
): Promise<void> {
  let rest = "";
  await readText(stream, (part) => {
    const lines = (rest + part).split("\n");
    rest = lines.pop()!;
    lines.forEach(onLine);
  });
}

/** Into one small buffer: by default each read has a new one of 64 KB, which stays until the next collection. */
async function readText(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onText: (part: string) => void,
): Promise<void> {
  const reader = stream.getReader({ mode: "byob" });
  const decoder = new TextDecoder();
  let buffer = new Uint8Array(4_096);
  while (true) {
    const { value, done } = await reader.read(buffer);
    if (done) return;
    onText(decoder.decode(value, { stream: true }));
    buffer = new Uint8Array(value.buffer);
  }
}
