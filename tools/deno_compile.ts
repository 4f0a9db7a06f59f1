/**
 * `deno compile` of a bundled program, and telling its one expected failure from the others.
 * @module
 */
import { join } from "node:path";
import { removeIfThere } from "./files.ts";

/** What `deno compile --target` takes. */
export const TARGETS = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-pc-windows-msvc",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
] as const;

export type Target = typeof TARGETS[number];

/** What every executable carries beside its bundle. */
export const PARTS: readonly string[] = ["web", "models"];

export interface DenoCompileOptions {
  /** The folder with `bundle/` and the other parts. */
  readonly folder: string;
  /** What is embedded beside `bundle/`. @default web and models */
  readonly parts?: readonly string[];
  /** What the program may do, as flags of `deno compile`. */
  readonly flags: readonly string[];
  readonly output: string;
  /** @default the machine this runs on */
  readonly target?: Target;
  /** A base runtime (denort) to use instead of the downloaded one; @default $DENORT_BIN */
  readonly denort?: string;
}

/** The base runtime that `deno compile` downloads cannot be had here. */
export class NoBaseRuntimeError extends Error {
  override name = "NoBaseRuntimeError";
}

/**
 * Compiles and returns what the compiler printed: the tree of embedded files and their sizes.
 * @throws {NoBaseRuntimeError} when only the base runtime is missing; any other failure as a plain Error.
 */
export async function denoCompile(options: DenoCompileOptions): Promise<string> {
  const { folder, parts = PARTS, flags, output, target, denort } = options;
  // The compiler overwrites only what it compiled itself.
  await removeIfThere(output);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["compile", "--no-config", "--no-check", "--output", output, ...flags],
      ...(target ? ["--target", target] : []),
      ...[...parts, "bundle"].flatMap((part) => ["--include", join(folder, part)]),
      join(folder, "bundle", "main.js"),
    ],
    env: { NO_COLOR: "1", ...(denort ? { DENORT_BIN: denort } : {}) },
  }).output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stderr) + decoder.decode(stdout);
  if (success) return said.slice(Math.max(0, said.indexOf("Embedded Files"))).trim();
  if (said.includes("Setting up base binary")) {
    const cause = /^\s*1: (.*)$/m.exec(said)?.[1];
    throw new NoBaseRuntimeError(`Cannot get the base runtime for "deno compile": ${cause}`);
  }
  throw new Error(`Cannot compile "${output}": ${said.trim()}`);
}
