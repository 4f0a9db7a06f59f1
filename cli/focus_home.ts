/**
 * Who keeps a session: the daemon that runs, else the program that looks.
 * @module
 */
import type { Config } from "../daemon/config/load.ts";
import type { findDaemon, openDaemon } from "../daemon/mod.ts";
import { type Client, clientOf, openClient } from "./client.ts";
import type { Context } from "./context.ts";
import type { Reach } from "./focus_keeper.ts";

/** What only a command that is a service may load. */
export interface Services {
  readonly findDaemon: typeof findDaemon;
  readonly openDaemon: typeof openDaemon;
}

export interface Home {
  readonly client: Client;
  readonly reach: Reach;
  /** No daemon stays behind when this process ends. */
  readonly isAlone: boolean;
  /** Rejects when a daemon of this process cannot go on. */
  readonly failed: Promise<void>;
}

/**
 * The daemon that keeps the session: the one that runs, else this process, which tracks as well, so that it is
 * known focused on what.
 */
export async function openHome(
  config: Config,
  context: Context,
  { findDaemon, openDaemon }: Services,
): Promise<Home> {
  const open = clientFor(config);
  const isRunning = async () =>
    config.apiBase !== undefined || await findDaemon(config.dataDir) !== undefined;
  const reach: Reach = {
    running: async () => await isRunning() ? await open() : undefined,
    last: open,
  };
  if (await isRunning()) {
    const client = await open();
    context.cleanups.defer(() => client.close());
    return { client, reach, isAlone: false, failed: new Promise(() => {}) };
  }
  const daemon = await openDaemon({ config, service: "focus", track: true });
  context.cleanups.defer(() => daemon.close());
  const client = clientOf(daemon, new AbortController().signal);
  return { client, reach, isAlone: true, failed: daemon.finished };
}

/** Opens clients that go on when the command is asked to end: what is to be saved is saved then. */
export function clientFor(config: Config): () => Promise<Client> {
  return () => openClient(config, new AbortController().signal);
}
