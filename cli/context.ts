/**
 * What every command is given.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import type { Config } from "../daemon/config/load.ts";
import type { SettingName } from "../daemon/config/schema.ts";
import { EXIT_CODES, FatalError } from "../daemon/core/errors.ts";
import type { Client, OpenOptions } from "./client.ts";

/** The options that stand before or after any command. */
export interface GlobalOptions {
  dataDir?: string;
  envFile?: string;
}

export interface Context {
  readonly checkoutRoot: string | undefined;
  readonly globals: () => GlobalOptions;
  /** Aborts when somebody asks the program to end. */
  readonly signal: AbortSignal;
  /** Run at the end, last first, however the command ends. */
  readonly cleanups: AsyncDisposableStack;
  readonly result: {
    /** For a command that did its work and has something else than "done" to say. */
    exitCode: number;
    /** A service: asked to end by the system, it has done what it should. */
    runsUntilStopped?: boolean;
  };
}

/** Gives a command its options, arguments and action; called when the command is used. */
export type Define = (command: Command, context: Context) => void;

/** The flags that stand for a setting. */
export type SettingFlags = Readonly<Partial<Record<keyof typeof FLAGS, string>>>;

const FLAGS = { host: "PRODTRACKER_HOST", port: "PRODTRACKER_PORT" } as const;

/**
 * The settings as flags, environment and `.env` have them.
 * @throws {FatalError} with exit code 2 when one is wrong, named as it was given.
 */
export async function readConfig(
  { globals, checkoutRoot }: Context,
  flags: SettingFlags = {},
): Promise<Config> {
  const { loadConfig, readSetting } = await import("../daemon/config/load.ts");
  const { systemEnv } = await import("../daemon/config/env.ts");
  const given = new Map<string, string>();
  for (const [flag, name] of Object.entries(FLAGS) as [keyof SettingFlags, SettingName][]) {
    const value = flags[flag];
    if (value === undefined) continue;
    try {
      readSetting(name, value);
    } catch (error) {
      const message = (error as Error).message.replace(name, `--${flag}`);
      throw new FatalError(message, EXIT_CODES.wrongUsage, { cause: error });
    }
    given.set(name, value);
  }
  return loadConfig({
    ...globals(),
    checkoutRoot,
    env: (name) => given.get(name) ?? systemEnv(name),
  });
}

/** A client of the daemon that is right for this command line; closed at the end. */
export async function connect(context: Context, options?: OpenOptions): Promise<Client> {
  const config = await readConfig(context);
  const { openClient } = await import("./client.ts");
  const client = await openClient(config, context.signal, options);
  context.cleanups.defer(() => client.close());
  return client;
}
