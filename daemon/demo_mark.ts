/**
 * Directories of the demo: how one is known, and what a daemon on it leaves alone.
 * @module
 */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Config } from "./config/load.ts";
import type { BlockEnforcer } from "./core/block.ts";
import { EXIT_CODES, FatalError, UnsupportedError } from "./core/errors.ts";
import type { DaemonOptions } from "./mod.ts";
import { exists, readIfThere, writePrivateFile } from "./os/files.ts";

/** What stands in the file that marks a directory as a demo's. */
export interface DemoMark {
  /** What stands in the demo's database too: a stray file makes nobody's data a demo's. */
  readonly id: string;
  /** Which generator made it. */
  readonly version: number;
  /** The day that is the demo's last one, when days begin, and the local zone's offset from UTC. */
  readonly date: string;
  readonly dayStartMin: number;
  readonly offsetMs: number;
  /** When it was made, and until when it tells (UTC); the latter absent while it is being made. */
  readonly madeMs: number;
  readonly untilMs?: number;
}

/** Why a part of a demo is off. */
export const DEMO_OFF = "this is the demo: nothing is recorded, blocked or sent";

/** The file that makes a directory a demo's. */
export const MARK_FILE = "demo.json";

/** The setting of a demo's database that holds the mark's id. */
export const DEMO_SETTING = "demo";

/** What a database of somebody's own has something in. */
const OWN_TABLES = ["event", "note", "rule", "setting"];

/**
 * The mark of a demo's directory; `undefined`: it is none. One with the data of somebody else is none, whatever lies
 * beside them.
 */
export function demoMark(dataDir: string): DemoMark | undefined {
  const mark = readMark(dataDir);
  return mark && isOfDemo(databaseOf(dataDir), mark.id) ? mark : undefined;
}

export function setDemoMark(dataDir: string, mark: DemoMark): void {
  writePrivateFile(join(dataDir, MARK_FILE), JSON.stringify(mark));
}

function textOfMark(dataDir: string): string | undefined {
  try {
    return readIfThere(join(dataDir, MARK_FILE));
  } catch (error) {
    // Whoever opens it says that it is no directory.
    if (error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

function readMark(dataDir: string): DemoMark | undefined {
  const text = textOfMark(dataDir);
  if (text === undefined) return undefined;
  try {
    const mark = JSON.parse(text) as DemoMark | null;
    return typeof mark?.id === "string" ? mark : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a database holds the mark, or nothing yet, as when making it was cut off; not when nobody can tell. */
function isOfDemo(path: string, id: string): boolean {
  if (!exists(path)) return true;
  try {
    using db = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
    return holdsMark(db, id);
  } catch {
    return false;
  }
}

function holdsMark(db: DatabaseSync, id: string): boolean {
  const rows = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const tables = OWN_TABLES.filter((table) => rows.some(({ name }) => name === table));
  if (tables.every((table) => !db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get())) return true;
  const row = db.prepare("SELECT value FROM setting WHERE name = ?").get(DEMO_SETTING);
  return row?.value === JSON.stringify(id);
}

function databaseOf(dataDir: string): string {
  return join(dataDir, "prodtracker.db");
}

/** Where the demo beside a data directory is kept, and all that it needs to know; a demo's own directory is that. */
export function demoConfig(config: Config): Config {
  const { dataDir } = config;
  return inert({ ...config, dataDir: demoMark(dataDir) ? dataDir : `${dataDir}_demo` });
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
    databasePath: databaseOf(config.dataDir),
    adminToken: undefined,
    pcIp: undefined,
    apiBase: undefined,
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
