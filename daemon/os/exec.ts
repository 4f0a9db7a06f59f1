/**
 * Listed programs of the system, run to their end.
 * @module
 */

/** What a program said; `code` 127: it is not there, or may not be started. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Killed when it takes longer. @default 10 000 */
  readonly limitMs?: number;
}

/** Runs a program without input; never throws because of it. */
export async function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  { limitMs = 10_000 }: RunOptions = {},
): Promise<Ran> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    const { code, stdout, stderr } = await new Deno.Command(program, {
      args,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: limit.signal,
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } catch (error) {
    return { code: 127, stdout: "", stderr: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
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
