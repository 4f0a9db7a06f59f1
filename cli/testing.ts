/**
 * The program as a child process, as a user's machine would run it: the product's permissions, an empty
 * home, and nothing in the environment but what is given.
 * @module
 */
import { join } from "node:path";
import { productCommand } from "../tests/daemon_process.ts";

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Record<string, string>;
  /** What it reads; `{ open: true }` leaves that to the caller. @default nothing */
  readonly stdin?: string | { readonly open: true };
  readonly cwd?: string;
}

/** A scratch directory with the program in it. */
export class Cli {
  readonly dir = Deno.makeTempDirSync({ prefix: "prodtracker-cli-" });
  readonly dataDir = join(this.dir, "data");

  /** Starts a command without waiting for it. */
  spawn(args: readonly string[], { env = {}, stdin, cwd }: CliOptions = {}): Deno.ChildProcess {
    const home = Deno.env.get("HOME");
    const child = new Deno.Command(Deno.execPath(), {
      args: [...productCommand(), ...args],
      clearEnv: true,
      cwd: cwd ?? this.dir,
      env: {
        HOME: this.dir,
        PATH: Deno.env.get("PATH") ?? "",
        DENO_DIR: Deno.env.get("DENO_DIR") ?? `${home}/.cache/deno`,
        PRODTRACKER_DATA_DIR: this.dataDir,
        ...env,
      },
      stdin: stdin === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    if (typeof stdin === "string") feed(child, stdin);
    return child;
  }

  /** Runs a command to its end. */
  async run(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    const { code, stdout, stderr } = await this.spawn(args, options).output();
    const decoder = new TextDecoder();
    // Programs of the permission list that this machine does not have are named by the runtime.
    const said = decoder.decode(stderr).replaceAll(/^.*Failed to resolve .*\n/gm, "");
    return { code, stdout: decoder.decode(stdout), stderr: said };
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.dir, { recursive: true });
  }
}

async function feed(child: Deno.ChildProcess, text: string): Promise<void> {
  const writer = child.stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch { /* the command did not want all of it */ }
}

/** Lines of an export: `count` windows of a minute each, from noon of a day long ago. */
export function exported(count: number, app = "Code", title = "main.ts"): string {
  return Array.from({ length: count }, (_, i) => {
    const start = new Date(Date.UTC(2026, 0, 15, 12, i)).toISOString();
    const end = new Date(Date.UTC(2026, 0, 15, 12, i + 1)).toISOString();
    return `${JSON.stringify({ start, end, source: "window", app, title: `${title} ${i}` })}\n`;
  }).join("");
}
