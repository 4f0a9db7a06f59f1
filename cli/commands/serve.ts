/**
 * `serve`: the daemon, with the tracker, the API and the dashboard.
 * @module
 */
import { type Daemon, findDaemon, openDaemon, openInBrowser } from "../../daemon/mod.ts";
import { type Context, type Define, readConfig } from "../context.ts";
import { sayWhatIsOff } from "../health_notes.ts";
import { examples } from "../help.ts";
import { openLoggedIn } from "../open_page.ts";
import { note, print, terminal } from "../output.ts";
import { bold, cyan, dim, yellow } from "../style.ts";

/** How often it is looked whether a focus session is over. */
const LOOK_MS = 500;

interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  readonly track: boolean;
  readonly open?: true;
  readonly lan?: true;
}

export const define: Define = (command, context) => {
  command
    .option("--host <address>", "address to listen on (default: PRODTRACKER_HOST, 127.0.0.1)")
    .option("--port <number>", "port to listen on, 0 takes a free one (default: 8000)")
    .option("--no-track", "serve what was recorded, record nothing")
    .option("--lan", "also listen for phones on the local network, at PC_IP")
    .option("--open", "open the dashboard in the browser, logged in")
    .action((options) => serve(options, context));
  examples(
    command,
    ["serve", "run until Ctrl-C"],
    ["serve --open", "and look at it in the browser"],
    ["serve --port 9000", "on another port"],
    ["serve --no-track", "only look at what was recorded"],
  );
};

async function serve(options: ServeOptions, context: Context): Promise<void> {
  const config = await readConfig(context, options);
  const { track, lan } = options;
  context.result.runsUntilStopped = true;
  await focusIsOver(config.dataDir, context.signal);
  const daemon = await openDaemon({ config, service: "serve", track, lan });
  context.cleanups.defer(() => daemon.close());
  print(`${bold("ProdTracker")} is at ${cyan(daemon.url!)}${dim("  (Ctrl-C ends it)")}`);
  if (daemon.lanUrl) print(`Phones reach it at ${cyan(daemon.lanUrl)}`);
  if (terminal.stdout) {
    print(`Log in, once and within a minute: ${cyan(loginLink(daemon))}`);
  }
  sayWhatIsOff(daemon);
  if (options.open) {
    context.cleanups.use(await openLoggedIn(loginLink(daemon), config.dataDir, openInBrowser));
  }
  await daemon.finished;
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
