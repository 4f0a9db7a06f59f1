/**
 * `serve`: the daemon, with the tracker, the API and the dashboard.
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Daemon, openDaemon, openInBrowser } from "../../daemon/mod.ts";
import { type Context, type Define, readConfig } from "../context.ts";
import { sayWhatIsOff } from "../health_notes.ts";
import { examples } from "../help.ts";
import { note, print, terminal } from "../output.ts";
import { bold, cyan, dim, yellow } from "../style.ts";

/** How long the file that logs the browser in lies there; its code is no longer valid then. */
const PAGE_LIFE_MS = 60_000;

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
  const daemon = await openDaemon({ config, service: "serve", track, lan });
  context.cleanups.defer(() => daemon.close());
  context.result.runsUntilStopped = true;
  print(`${bold("ProdTracker")} is at ${cyan(daemon.url!)}${dim("  (Ctrl-C ends it)")}`);
  if (daemon.lanUrl) print(`Phones reach it at ${cyan(daemon.lanUrl)}`);
  if (terminal.stdout) {
    print(`Log in, once and within a minute: ${cyan(loginLink(daemon))}`);
  }
  sayWhatIsOff(daemon);
  if (options.open) {
    const remove = await openPage(loginLink(daemon), config.dataDir);
    const timer = setTimeout(remove, PAGE_LIFE_MS);
    context.cleanups.defer(() => {
      clearTimeout(timer);
      remove();
    });
  }
  await daemon.finished;
}

function loginLink(daemon: Daemon): string {
  return `${daemon.url}/#code=${daemon.createLoginCode()}`;
}

/**
 * Opens the dashboard by a private file that leads to the one-time link, so that the code stands in no
 * process's arguments. Returns what removes the file.
 */
async function openPage(link: string, dataDir: string): Promise<() => void> {
  const path = join(dataDir, "login.html");
  const remove = () => {
    try {
      Deno.removeSync(path);
    } catch { /* it was not there, or is gone already */ }
  };
  remove();
  const page = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">` +
    `<title>ProdTracker</title><meta http-equiv="refresh" content="0;url=${link}">` +
    `<a href="${link}">ProdTracker</a>\n`;
  await Deno.writeTextFile(path, page, { mode: 0o600, createNew: true });
  // The program that opens it may run as long as the browser does.
  openInBrowser(pathToFileURL(path).href).catch((error: Error) => {
    note(yellow(`${error.message}; open ${link.replace(/#.*/, "")} yourself`));
  });
  return remove;
}
