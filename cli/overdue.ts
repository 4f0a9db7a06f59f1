/**
 * What every command does first: a block whose time is over is lifted, whoever should have done it.
 * @module
 */
import { join } from "node:path";
import { systemEnv } from "../daemon/config/env.ts";
import { defaultDataDir } from "../daemon/config/paths.ts";

/**
 * Settles the block that was armed from the data directory of this command line, if there is one: one look
 * for a file when there is none. What went wrong comes back as a sentence: the command goes on without it.
 */
export async function settleBlock(args: readonly string[]): Promise<string | undefined> {
  let dataDir: string;
  try {
    dataDir = named(args) || systemEnv("PRODTRACKER_DATA_DIR") ||
      defaultDataDir(Deno.build.os, systemEnv);
    Deno.statSync(join(dataDir, "block_armed.json"));
  } catch {
    return undefined;
  }
  try {
    const { liftOverdue } = await import("./client.ts");
    await liftOverdue({ dataDir, homeDir: systemEnv("HOME") });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function named(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === "--data-dir" || arg.startsWith("--data-dir="));
  if (at < 0) return undefined;
  return args[at].includes("=") ? args[at].slice(args[at].indexOf("=") + 1) : args[at + 1];
}
