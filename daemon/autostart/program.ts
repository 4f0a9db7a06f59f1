/**
 * What the system is to start: the program as it was called, by absolute paths.
 * @module
 */
import { join, resolve } from "node:path";
import { UnsupportedError } from "../core/errors.ts";

/** A program and its arguments; the program is an absolute path. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** What is known of the process that asks. */
export interface Caller {
  /** The checkout that it runs from, if it does. */
  readonly checkoutRoot?: string;
  /** The runtime, or the executable that `deno compile` made. */
  readonly execPath: string;
  /** Whether `execPath` is the program itself. */
  readonly isStandalone: boolean;
  /** Where the self-extracting file lies, when this process was started by it. */
  readonly packed?: string;
}

export interface ServeOptions {
  readonly dataDir?: string;
  readonly envFile?: string;
  readonly lan?: boolean;
}

export interface ServiceProgram {
  readonly command: CommandLine;
  /** Run to its end before each start: a checkout is built when it has changed. */
  readonly prepare?: CommandLine;
  /** Not about this program's settings: those stay in `.env`. */
  readonly env: Readonly<Record<string, string>>;
  /** What may make the service fail one day, and what to do about it. */
  readonly caution?: string;
}

/**
 * How the system starts the daemon.
 * @throws {UnsupportedError} when nothing lasting is known to start it by.
 */
export function serviceProgram(caller: Caller, options: ServeOptions = {}): ServiceProgram {
  const { checkoutRoot, execPath, isStandalone, packed } = caller;
  const { dataDir, envFile, lan } = options;
  const serve = [
    ...["serve", "--as-service"],
    ...(dataDir === undefined ? [] : ["--data-dir", resolve(dataDir)]),
    ...(envFile === undefined ? [] : ["--env-file", resolve(envFile)]),
    ...(lan ? ["--lan"] : []),
  ];
  if (checkoutRoot !== undefined) {
    const at = (...names: string[]) => join(resolve(checkoutRoot), ...names);
    const config = ["--config", at("deno.json")];
    return {
      // Word by word what `deno task start` does; the task runner would stay in memory beside it.
      prepare: [execPath, "run", "-A", "-q", ...config, at("tools", "build.ts"), "--quiet"],
      command: [
        ...[
          execPath,
          "run",
          "-q",
          ...config,
          "-P=product",
          "--no-prompt",
          "--no-code-cache",
        ] as const,
        ...[at("dist", "start", "main.js"), ...serve],
      ],
      env: { DENO_NO_UPDATE_CHECK: "1" },
      caution: /[\\/]_npx[\\/]/.test(execPath)
        ? `the runtime lies in npx's cache (${execPath}), which npm may empty; install Deno for good ` +
          "(npm install -g deno), or build the executable (deno task compile), and install again"
        : undefined,
    };
  }
  if (isStandalone) return { command: [execPath, ...serve], env: {} };
  if (packed !== undefined) return { command: [resolve(packed), ...serve], env: {} };
  throw new UnsupportedError(
    "Cannot tell what to start: this is neither the built executable nor a checkout; " +
      "build it by deno task compile, and call dist/prodtracker service install",
  );
}
