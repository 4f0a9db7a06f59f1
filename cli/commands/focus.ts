/**
 * `focus`: a session before the camera, or a film in its place.
 * @module
 */
import type { Config } from "../../daemon/config/load.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { findDaemon, focusTerminal, openDaemon, openInBrowser } from "../../daemon/mod.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { fetchModels, openEyes } from "../focus_eyes.ts";
import { runFilm } from "../focus_film.ts";
import { knownOf } from "../focus_calibration.ts";
import type { FocusTerminal } from "../focus_host.ts";
import { clientFor, openHome } from "../focus_home.ts";
import { runLive } from "../focus_live.ts";
import { checkChannels } from "../focus_telling.ts";
import { examples } from "../help.ts";
import { number } from "../numbers.ts";
import { openLoggedIn } from "../open_page.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { bold, cyan, dim } from "../style.ts";
import { table } from "../table.ts";
import { defineCalibrate } from "./focus_calibrate.ts";
import { defineHistory } from "./focus_history.ts";

const DEFAULT_MINUTES = 25;
const DEFAULT_FPS = 5;

interface FocusOptions {
  readonly minutes?: number;
  readonly camera?: string;
  readonly source?: string;
  readonly fps?: number;
  readonly lookAway?: number;
  readonly bell: boolean;
  readonly notify: boolean;
  readonly browser?: true;
  readonly listCameras?: true;
  readonly email?: true;
  readonly sms?: true;
  readonly json?: true;
}

export const define: Define = (command, context) => {
  command.description(
    "Watches, on this machine alone, whether you look at the screen. No picture is kept or sent.",
  )
    .option("-m, --minutes <number>", `how long (default: ${DEFAULT_MINUTES})`, number(0.05, 1440))
    .option("--camera <name>", "a camera's name, place in the list or path (default: the first)")
    .option("--source <file>", "look at a film instead, by its own clock")
    .option("--fps <number>", `pictures a second (default: ${DEFAULT_FPS})`, number(1, 30))
    .option("--look-away <seconds>", "how long you may look away (default: 3)", number(0, 60))
    .option("--no-bell", "do not ring the terminal's bell")
    .option("--no-notify", "do not show desktop notifications")
    .option("--email", "mail the summary at the end")
    .option("--sms", "send the summary by SMS at the end")
    .option("--browser", "open the dashboard's page for it instead")
    .option("--list-cameras", "show which cameras there are")
    .option("--json", "print a JSON line for each observation, and the summary last")
    .action((options) => focus(options, context));
  defineHistory(command.command("history"), context);
  defineCalibrate(command.command("calibrate"), context, focusTerminal);
  examples(
    command,
    ["focus", "25 minutes before the camera"],
    ["focus --minutes 50 --camera c920", "longer, with this camera"],
    ["focus --source clip.mp4 --json", "what is seen in a film"],
    ["focus --email", "with a mail of what it came to"],
    ["focus --browser", "in the browser, with your picture"],
    ["focus history --days 7", "what the last week came to"],
    ["focus calibrate", "show how you look at the screen"],
  );
};

async function focus(options: FocusOptions, context: Context): Promise<void> {
  if (options.listCameras) return await listCameras(options);
  const config = await readConfig(context);
  if (options.browser) return await openPage(options, config, context);
  const { source: film, camera, fps = DEFAULT_FPS, lookAway, json = false } = options;
  const send = { email: options.email ?? false, sms: options.sms ?? false };
  const open = clientFor(config);
  await checkChannels(send, open, config.settings);
  const host = await focusTerminal();
  await host.ffmpegVersion();
  const source = await host.sourceOf({ film, camera });
  if (source.kind !== "film") await refuseSecond(config);
  const eyes = await openEyes(host, context);
  const shared = {
    ...{ eyes, source, rate: fps, json, send },
    lookAwayMs: lookAway === undefined ? undefined : lookAway * 1000,
  };
  context.result.runsUntilStopped = true;
  if (source.kind === "film") {
    const label = await host.labelOf(source);
    const known = await knownOf(label, open);
    return await runFilm({ ...shared, label, known, openClient: open }, context);
  }
  const { minutes = DEFAULT_MINUTES, bell, notify } = options;
  // Of two that waited for the models together, one has begun.
  await refuseSecond(config);
  const home = await openHome(config, context, { findDaemon, openDaemon });
  const live = { ...shared, ...home, host, minutes, bell, notify };
  await Promise.race([runLive(live, context), home.failed]);
}

/** Two cameras cannot say whether one person looks at one screen. */
async function refuseSecond({ dataDir, apiBase }: Config): Promise<void> {
  const found = apiBase === undefined ? await findDaemon(dataDir) : undefined;
  if (found?.service !== "focus") return;
  throw new FatalError(
    `Cannot begin a session: focus (process ${found.pid}) has one, at ${found.url}; end that one first`,
    EXIT_CODES.failed,
  );
}

async function listCameras({ json }: FocusOptions): Promise<void> {
  const host: FocusTerminal = await focusTerminal();
  const cameras = await host.listCameras();
  if (json) return printJson(cameras);
  if (cameras.length === 0) return note("No camera was found");
  const rows = cameras.map(({ id, name }, i) => [String(i), { text: name, paint: bold }, id]);
  print(...table([{ align: "right" }, { shrinkTo: 8 }, {}], rows, terminal.columns));
}

/** Opens the dashboard's page: of the daemon that runs, else of this process, until Ctrl-C. */
async function openPage(options: FocusOptions, config: Config, context: Context): Promise<void> {
  const misfit = options.source !== undefined
    ? "--source with --browser: the page looks at a camera"
    : options.email || options.sms
    ? "--email and --sms with --browser: the page has boxes for that among its settings"
    : undefined;
  if (misfit) throw new FatalError(`Cannot use ${misfit}`, EXIT_CODES.wrongUsage);
  const open = async (base: string, code: string) => {
    print(`The page is at ${cyan(`${base}/focus`)}`);
    const link = `${base}/focus#code=${code}`;
    context.cleanups.use(await openLoggedIn(link, config.dataDir, openInBrowser));
  };
  if (config.apiBase !== undefined || await findDaemon(config.dataDir)) {
    const client = await connect(context);
    const { code } = await client.send<{ code: string }>("POST", "/session/code");
    await open(client.url!, code);
    // The browser must have read the file that leads there before it goes.
    return await pageIsRead(context.signal);
  }
  await fetchModels(await focusTerminal(), context);
  const daemon = await openDaemon({ config, service: "focus", track: true });
  context.cleanups.defer(() => daemon.close());
  context.result.runsUntilStopped = true;
  await open(daemon.url!, daemon.createLoginCode());
  note(dim("No daemon runs: this command serves the page until Ctrl-C"));
  await daemon.finished;
}

/** How long a browser is given to start. */
const READ_MS = 10_000;

function pageIsRead(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, READ_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
