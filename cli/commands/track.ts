/**
 * `track`: the tracker alone, in the foreground, with a line for each change.
 * @module
 */
import type { wireHealth } from "../../daemon/api/health.ts";
import type { WireState } from "../../daemon/api/wire.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { type Daemon, openDaemon } from "../../daemon/mod.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { sayWhatIsOff } from "../health_notes.ts";
import { examples } from "../help.ts";
import { JsonLines, LiveLines, spanLine, spanOf } from "../live_lines.ts";
import { ask } from "../own_daemon.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { dim } from "../style.ts";
import type { Status } from "../wire.ts";

/** How long `--once` waits for the desktop to answer. */
const ONCE_LIMIT_MS = 5_000;

type WireHealth = ReturnType<typeof wireHealth>;

interface TrackOptions {
  readonly once?: true;
  readonly json?: true;
}

export const define: Define = (command, context) => {
  command
    .option("--once", "print the window in front and end")
    .option("--json", "print JSON lines: one when a window gets the focus, one when it loses it")
    .action((options) => options.once ? once(options, context) : track(options, context));
  examples(
    command,
    ["track", "record, and see it happen, until Ctrl-C"],
    ["track --once", "what has the focus now?"],
  );
};

async function track(options: TrackOptions, context: Context): Promise<void> {
  const daemon = await openTracker(context);
  context.result.runsUntilStopped = true;
  note(dim(`Tracking, with the API at ${daemon.url}; Ctrl-C ends it`));
  const lines = options.json ? new JsonLines() : new LiveLines();
  const broken = Promise.withResolvers<never>();
  // What a listener throws reaches nobody: a closed pipe must end the command.
  const tell = (act: () => void) => {
    try {
      act();
    } catch (error) {
      broken.reject(error);
    }
  };
  const unsubscribe = daemon.onUpdate("state", (state) => {
    tell(() => lines.take(state as WireState, Date.now()));
  });
  const timer = setInterval(() => tell(() => lines.tick(Date.now())), 1_000);
  context.cleanups.defer(() => {
    clearInterval(timer);
    unsubscribe();
    tell(() => lines.end(Date.now()));
  });
  sayWhatIsOff(daemon);
  const state = await ask<Status>(daemon, "/status");
  tell(() => lines.take(state, Date.now()));
  await Promise.race([daemon.finished, broken.promise]);
}

async function openTracker(context: Context): Promise<Daemon> {
  const config = await readConfig(context);
  const daemon = await openDaemon({ config, service: "track", track: true });
  context.cleanups.defer(() => daemon.close());
  return daemon;
}

/** Prints the window in front: as the daemon that runs sees it, else by a short look of our own. */
async function once(options: TrackOptions, context: Context): Promise<void> {
  const { now, afk } = await running(context) ?? await firstState(await openTracker(context));
  if (options.json) return printJson({ now, afk });
  const nowMs = Date.now();
  if (now) print(spanLine(spanOf({ now, afk: false }, nowMs)!, nowMs, terminal.columns));
  else print(dim("nothing has the focus, or nothing that may be known"));
}

/** What a daemon that runs says. */
async function running(context: Context): Promise<Pick<WireState, "now" | "afk"> | undefined> {
  const { findDaemon } = await import("../../daemon/mod.ts");
  const config = await readConfig(context);
  if (!config.apiBase && !await findDaemon(config.dataDir)) return undefined;
  const client = await connect(context);
  return await client.get<Status>("/status");
}

/** The first state that the tracker reports. @throws {FatalError} when this desktop cannot be watched. */
function firstState(daemon: Daemon): Promise<WireState> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      const message = `Cannot tell what has the focus: ${reason}`;
      reject(new FatalError(message, EXIT_CODES.notSupported));
    };
    let isWatched = false;
    const timer = setTimeout(() => {
      // No window has the focus, or privacy rules hide the one that has.
      if (isWatched) ask<Status>(daemon, "/status").then(resolve, reject);
      else fail("the desktop does not answer");
    }, ONCE_LIMIT_MS);
    const lookAtHealth = ({ parts }: WireHealth) => {
      const part = parts.find(({ name }) => name === "window");
      isWatched = part?.status === "ok";
      if (part && (part.status === "off" || part.status === "degraded")) fail(part.detail);
    };
    const lookAtState = (state: WireState) => {
      if (!state.now) return;
      clearTimeout(timer);
      resolve(state);
    };
    daemon.onUpdate("health", (health) => lookAtHealth(health as WireHealth));
    daemon.onUpdate("state", (state) => lookAtState(state as WireState));
    // What was told before anybody listened.
    ask<WireHealth>(daemon, "/health").then(lookAtHealth, reject);
    ask<Status>(daemon, "/status").then(lookAtState, reject);
  });
}
