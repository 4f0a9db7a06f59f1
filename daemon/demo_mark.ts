/**
 * Directories of the demo: how one is known, and what a daemon on it leaves alone.
 * @module
 */
import { join } from "node:path";
import type { Config } from "./config/load.ts";
import type { BlockEnforcer } from "./core/block.ts";
import { EXIT_CODES, FatalError, UnsupportedError } from "./core/errors.ts";
import type { DaemonOptions } from "./mod.ts";
import { readIfThere, writePrivateFile } from "./os/files.ts";

/** What stands in the file that marks a directory as a demo's. */
export interface DemoMark {
  /** Which generator made it. */
  readonly version: number;
  /** The day that is the demo's last one. */
  readonly date: string;
  /** When it was made, and until when it tells (UTC); the latter absent while it is being made. */
  readonly madeMs: number;
  readonly untilMs?: number;
}

/** Why a part of a demo is off. */
export const DEMO_OFF = "this is the demo: nothing is recorded, blocked or sent";

/** The file that makes a directory a demo's. */
export const MARK_FILE = "demo.json";

/** The mark of a directory; `undefined`: it is no demo's. One that cannot be read is a demo's as well. */
export function demoMark(dataDir: string): DemoMark | undefined {
  const text = readIfThere(join(dataDir, MARK_FILE));
  if (text === undefined) return undefined;
  const unreadable = { version: 0, date: "", madeMs: 0 };
  try {
    return { ...unreadable, ...JSON.parse(text) };
  } catch {
    return unreadable;
  }
}

export function setDemoMark(dataDir: string, mark: DemoMark): void {
  writePrivateFile(join(dataDir, MARK_FILE), JSON.stringify(mark));
}

/** Where the demo beside a data directory is kept, and all that it needs to know. */
export function demoConfig(config: Config): Config {
  return inert({ ...config, dataDir: `${config.dataDir}_demo` });
}

/**
 * The same options for a demo's directory: nothing is recorded, blocked or sent.
 * @throws {FatalError} for a service whose only work is to record.
 */
export function demoOptions(options: DaemonOptions): DaemonOptions {
  const { config, service } = options;
  if (service === "track" || service === "focus") {
    throw new FatalError(
      `Cannot record into "${config.dataDir}": it holds the demo's data; name another with --data-dir`,
      EXIT_CODES.wrongUsage,
    );
  }
  return {
    ...{ ...options, config: inert(config), track: false, lan: false },
    // No display, no bus, no home directory: there is nobody to watch, and nobody to notify.
    env: () => undefined,
    enforcer: IDLE_ENFORCER,
  };
}

/** Without the addresses and secrets of anybody, and with a database of its own. */
function inert(config: Config): Config {
  const { PRODTRACKER_DAY_START, PRODTRACKER_HOST, PRODTRACKER_PORT } = config.settings;
  return {
    ...config,
    databasePath: join(config.dataDir, "prodtracker.db"),
    adminToken: undefined,
    settings: {
      ...PRODTRACKER_DAY_START !== undefined && { PRODTRACKER_DAY_START },
      ...PRODTRACKER_HOST !== undefined && { PRODTRACKER_HOST },
      ...PRODTRACKER_PORT !== undefined && { PRODTRACKER_PORT },
    },
  };
}

/** Leaves hosts file and browsers as they are. */
const IDLE_ENFORCER: BlockEnforcer = {
  current: () => Promise.resolve(undefined),
  apply: () =>
    Promise.reject(
      new UnsupportedError("Cannot block: this is the demo, which changes nothing on this machine"),
    ),
  lift: () => Promise.resolve(),
  async *check() {
    yield {
      layer: "hosts file",
      status: "not there",
      detail: "this is the demo, which changes nothing on this machine",
    };
  },
};
