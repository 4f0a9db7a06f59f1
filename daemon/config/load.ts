/**
 * Flags > environment > `.env` > defaults, read once, validated, frozen, handed down.
 * @module
 */
import { isAbsolute, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { EXIT_CODES, FatalError } from "../core/errors.ts";
import { DEFAULTS } from "./defaults.ts";
import { systemEnv } from "./env.ts";
import { defaultDataDir, type Env } from "./paths.ts";
import { type SettingName, SETTINGS, type SettingValues } from "./schema.ts";

/** Where the settings come from; flags win over all. */
export interface LoadOptions {
  /** `--data-dir` */
  readonly dataDir?: string;
  /** `--env-file` */
  readonly envFile?: string;
  /** The checkout's root, when the program runs from one: its `.env` is read instead of the data directory's. */
  readonly checkoutRoot?: string;
  readonly env?: Env;
  readonly os?: typeof Deno.build.os;
}

/** The whole configuration; `settings` holds what was set, the rest is resolved. */
export interface Config {
  readonly dataDir: string;
  readonly databasePath: string;
  readonly host: string;
  readonly port: number;
  readonly requireToken: boolean;
  readonly dayStartMin: number;
  readonly afkLimitMs: number;
  readonly pcIp?: string;
  readonly apiBase?: string;
  /** Set by the user; `undefined` means the generated one in the data directory is used. */
  readonly adminToken?: string;
  readonly settings: SettingValues;
}

/** @throws {FatalError} with exit code 2 and one line that names the variable and what is allowed. */
export function loadConfig(options: LoadOptions = {}): Config {
  const env = options.env ?? systemEnv;
  const os = options.os ?? Deno.build.os;
  const rootDir = (fromFile: Record<string, string>) => {
    const named = options.dataDir ?? (env("PRODTRACKER_DATA_DIR") || fromFile.PRODTRACKER_DATA_DIR);
    if (named) return resolve(named);
    try {
      return defaultDataDir(os, env);
    } catch (error) {
      throw new FatalError((error as Error).message, EXIT_CODES.wrongUsage);
    }
  };
  const file = options.envFile ?? (options.checkoutRoot && join(options.checkoutRoot, ".env"));
  const fromFile = file === undefined
    ? readEnvFile(join(rootDir({}), ".env"), false)
    : readEnvFile(resolve(file), options.envFile !== undefined);

  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const text = env(name) || fromFile[name];
    if (text) settings[name] = readSetting(name, text);
  }
  const values = settings as SettingValues;
  const dataDir = rootDir(fromFile);
  const database = values.PRODTRACKER_DB ?? "prodtracker.db";
  return Object.freeze({
    dataDir,
    databasePath: isAbsolute(database) ? database : join(dataDir, database),
    host: values.PRODTRACKER_HOST ?? DEFAULTS.host,
    port: values.PRODTRACKER_PORT ?? DEFAULTS.port,
    requireToken: values.PRODTRACKER_REQUIRE_TOKEN ?? false,
    dayStartMin: values.PRODTRACKER_DAY_START ?? DEFAULTS.dayStartMin,
    afkLimitMs: (values.PRODTRACKER_AFK_SECONDS ?? DEFAULTS.afkSeconds) * 1000,
    pcIp: values.PC_IP,
    apiBase: values.API_BASE,
    adminToken: values.DASHBOARD_ADMIN_TOKEN,
    settings: Object.freeze(values),
  });
}

/**
 * One variable's value from its text.
 * @throws {FatalError} (exit code 2) naming the variable, the value (never a secret's) and what is allowed.
 */
export function readSetting<K extends SettingName>(name: K, text: string): SettingValues[K] {
  const setting = SETTINGS[name];
  try {
    return setting.read(text) as SettingValues[K];
  } catch {
    const value = setting.secret ? "a value that is not shown" : JSON.stringify(text.slice(0, 100));
    throw new FatalError(
      `Cannot use ${name}: it is ${value}, allowed is ${setting.allowed}`,
      EXIT_CODES.wrongUsage,
    );
  }
}

function readEnvFile(path: string, required: boolean): Record<string, string> {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound && !required) return {};
    throw new FatalError(
      `Cannot read the settings file "${path}": ${(error as Error).message}`,
      EXIT_CODES.wrongUsage,
      { cause: error },
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FatalError(
      `Cannot read the settings file "${path}": it is not UTF-8 text`,
      EXIT_CODES.wrongUsage,
    );
  }
  return parseEnv(text) as Record<string, string>;
}
