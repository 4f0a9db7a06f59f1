/**
 * `serve`: the daemon, with the tracker, the API and the dashboard.
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import type { wireHealth } from "../../daemon/api/health.ts";
import { systemEnv } from "../../daemon/config/env.ts";
import type { Config } from "../../daemon/config/load.ts";
import {
  autostart,
  type Daemon,
  demo as loadDemo,
  findDaemon,
  openDaemon,
  openInBrowser,
} from "../../daemon/mod.ts";
import { type Context, type Define, readConfig } from "../context.ts";
import { sayWhatIsOff } from "../health_notes.ts";
import { examples } from "../help.ts";
import { openLoggedIn } from "../open_page.ts";
import { note, print, terminal } from "../output.ts";
import { ask } from "../own_daemon.ts";
import { bold, cyan, dim, yellow } from "../style.ts";

/** How often it is looked whether a focus session is over. */
const LOOK_MS = 500;

interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  readonly track: boolean;
  readonly open?: true;
  readonly lan?: true;
  readonly demo?: true;
  readonly asService?: true;
}

export const define: Define = (command, context) => {
  command
    .option("--host <address>", "address to listen on (default: PRODTRACKER_HOST, 127.0.0.1)")
    .option("--port <number>", "port to listen on, 0 takes a free one (default: 8000)")
    .option("--no-track", "serve what was recorded, record nothing")
    .option("--lan", "also listen for phones on the local network, at PC_IP")
    .option("--open", "open the dashboard in the browser, logged in")
    .addOption(
      new Option("--demo", "show a made-up fortnight; records, blocks and sends nothing")
        .conflicts(["lan", "asService"]),
    )
    .addOption(new Option("--as-service", "started by the system, not from a terminal").hideHelp())
    .action((options) => serve(options, context));
  examples(
    command,
    ["serve", "run until Ctrl-C"],
    ["serve --open", "and look at it in the browser"],
    ["serve --port 9000", "on another port"],
    ["serve --no-track", "only look at what was recorded"],
    ["serve --demo --open", "look around in data that were made up"],
  );
};

async function serve(options: ServeOptions, context: Context): Promise<void> {
  const given = await readConfig(context, options);
  const config = options.demo ? await makeDemo(given, options) : given;
  const { track, lan, demo } = options;
  context.result.runsUntilStopped = true;
  await focusIsOver(config.dataDir, context.signal);
  const daemon = await openDaemon({ config, service: "serve", track, lan, demo });
  context.cleanups.defer(() => daemon.close());
  const hint = options.asService ? "" : dim("  (Ctrl-C ends it)");
  print(`${bold("ProdTracker")} is at ${cyan(daemon.url!)}${hint}`);
  if (daemon.lanUrl) print(`Phones reach it at ${cyan(daemon.lanUrl)}`);
  if (terminal.stdout) {
    print(`Log in, once and within a minute: ${cyan(loginLink(daemon))}`);
  }
  if (options.demo) note(`The data are made up and lie in ${config.dataDir}`);
  else sayWhatIsOff(daemon);
  if (options.open) {
    context.cleanups.use(await openLoggedIn(loginLink(daemon), config.dataDir, openInBrowser));
  }
  if (options.asService && track) context.cleanups.use(await followDisplay(daemon, context.signal));
  await daemon.finished;
}

/** The demo's settings, once its data are there; where nobody named a port, a taken one is stepped around. */
async function makeDemo(given: Config, { port }: ServeOptions): Promise<Config> {
  const { demoConfig, isPortFree, prepareDemo } = await loadDemo();
  const config = demoConfig(given);
  await prepareDemo({ config, nowMs: Date.now() });
  const isTaken = port === undefined && !isPortFree(config.host, config.port);
  return isTaken ? { ...config, port: 0 } : config;
}

/** Started before the desktop was there, it is started anew when it is. */
async function followDisplay(daemon: Daemon, stopped: AbortSignal): Promise<AsyncDisposable> {
  const { followDisplay } = await autostart();
  const end = new AbortController();
  const following = followDisplay({
    env: systemEnv,
    signal: AbortSignal.any([stopped, end.signal]),
    async seesWindows() {
      const { parts } = await ask<ReturnType<typeof wireHealth>>(daemon, "/health");
      return parts.some(({ name, status }) => name === "window" && status === "ok");
    },
    onFound: () => note("The desktop is there now: starting anew to see it"),
  });
  following.catch(() => {});
  return {
    async [Symbol.asyncDispose]() {
      end.abort();
      await following.catch(() => {});
    },
  };
}

function loginLink(daemon: Daemon): string {
  return `${daemon.url}/#code=${daemon.createLoginCode()}`;
}

/** Waits while a focus session that needed no daemon has the data directory: it is short, and serves as well. */
async function focusIsOver(dataDir: string, signal: AbortSignal): Promise<void> {
  let isTold = false;
  while (true) {
    signal.throwIfAborted();
    const holder = await findDaemon(dataDir);
    if (holder?.service !== "focus") return;
    if (!isTold) {
      note(yellow(
        `A focus session (process ${holder.pid}) has the data directory, at ${holder.url}; ` +
          "serve begins when it has ended",
      ));
    }
    isTold = true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
