/**
 * `service`: the daemon, started with the login by the system itself.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { systemEnv } from "../../daemon/config/env.ts";
import { SETTINGS } from "../../daemon/config/schema.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { type Context, type Define, readConfig } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, write } from "../output.ts";
import { bold, cyan, dim, green, yellow } from "../style.ts";
import { clean } from "../text.ts";
import { defineLogs } from "./service_logs.ts";
import { defineStatus, waitUntilItAnswers } from "./service_status.ts";

export const define: Define = (command, context) => {
  defineInstall(command.command("install"), context);
  defineUninstall(command.command("uninstall"), context);
  defineStatus(command.command("status"), context);
  defineLogs(command.command("logs"), context);
  examples(
    command,
    ["service install", "from now on it starts with the login"],
    ["service status", "whether it runs, and sees the desktop"],
    ["service logs -f", "what it says, as it says it"],
    ["service uninstall", "stop it; what was recorded stays"],
  );
};

/** Settings that are not the daemon's. */
const CLIENT_ONLY: ReadonlySet<string> = new Set(["API_BASE"]);
/** Where the data directory is found by, besides the settings. */
const PLACES = Deno.build.os === "windows" ? ["LOCALAPPDATA"] : ["XDG_DATA_HOME"];

/** What the commands need to know of where they are. */
export async function managerOptions(context: Context) {
  const config = await readConfig(context);
  return { config, options: { env: systemEnv, dataDir: config.dataDir } };
}

function defineInstall(command: Command, context: Context): void {
  command.summary("start it now, and with each login")
    .description(
      "Has the system start `serve` now and with each login, and again when it fails. Doing it again brings it " +
        "up to date. Settings are read from .env; those of this shell are not copied.",
    )
    .option("--lan", "also listen for phones on the local network, at PC_IP")
    .option("--autostart", "by the desktop's autostart, where there is no systemd")
    .option("--dry-run", "print what would be written, and write nothing")
    .action(async ({ lan, autostart, dryRun }) => {
      refuseSudo();
      const { config, options: base } = await managerOptions(context);
      const options = { ...base, autostart };
      const caller = {
        checkoutRoot: context.checkoutRoot,
        execPath: Deno.execPath(),
        isStandalone: Deno.build.standalone,
        packed: systemEnv("PRODTRACKER_EXECUTABLE"),
      };
      const serve = { ...context.globals(), lan };
      const service = await (await import("../client.ts")).autostart();
      if (dryRun) {
        const { path, text } = service.preview(options, caller, serve);
        note(dim(`Would be written to ${clean(path)}:`));
        return write(text);
      }
      const done = await service.install(options, caller, serve);
      print(`${done.changed ? "wrote" : "unchanged:"} ${bold(clean(done.path))}`);
      for (const line of done.did) note(clean(line));
      if (done.caution) note(yellow(clean(done.caution)));
      warnOfShell(envFileOf(config.dataDir, context), done.environment);
      if (!autostart) await waitUntilItAnswers(options, config, context.signal);
      note(
        `${green("Installed.")} To undo it: ${cyan("prodtracker service uninstall")}` +
          (autostart ? "" : dim("  (it runs while you are logged in, no longer)")),
      );
    });
  examples(
    command,
    ["service install", "as it was called: the built file, or this checkout"],
    ["service install --dry-run", "what would be written, and where"],
    ["service install --data-dir ~/work", "with a data directory of its own"],
    ["service install --autostart", "without systemd: the desktop starts it"],
  );
}

function defineUninstall(command: Command, context: Context): void {
  command.summary("stop it, and start it no more")
    .description("Stops the service and takes away what install wrote. What was recorded stays.")
    .action(async () => {
      refuseSudo();
      const { config, options } = await managerOptions(context);
      const service = await (await import("../client.ts")).autostart();
      const removed = await service.uninstall(options);
      if (removed.length === 0) return note("Nothing was installed");
      print(...removed.map((path) => `removed ${clean(path)}`));
      note(dim(`What was recorded stays in ${clean(config.dataDir)}`));
    });
  examples(command, ["service uninstall", "stop it; what was recorded stays"]);
}

/** Root's login is not the one that the user sits at. */
function refuseSudo(): void {
  const user = systemEnv("SUDO_USER");
  if (!user || user === "root" || Deno.build.os === "windows" || Deno.uid() !== 0) return;
  throw new FatalError(
    `Cannot install a service for root: it belongs to the login of ${user}; call it without sudo`,
    EXIT_CODES.wrongUsage,
  );
}

function envFileOf(dataDir: string, { checkoutRoot, globals }: Context): string {
  const { envFile } = globals();
  return envFile === undefined ? join(checkoutRoot ?? dataDir, ".env") : resolve(envFile);
}

/** Names the variables that are set here and that the service will not have; never their values. */
function warnOfShell(envFile: string, environment: ReadonlyMap<string, string>): void {
  let written: Record<string, string | undefined> = {};
  try {
    written = parseEnv(Deno.readTextFileSync(envFile));
  } catch { /* there is none: nothing is written there */ }
  const names = [...Object.keys(SETTINGS), ...PLACES].filter((name) => {
    const value = systemEnv(name);
    return value && !CLIENT_ONLY.has(name) && (environment.get(name) ?? written[name]) !== value;
  });
  if (names.length === 0) return;
  const places = names.some((name) => name === "PRODTRACKER_DATA_DIR" || PLACES.includes(name))
    ? "; or name the directory: service install --data-dir"
    : "";
  note(
    yellow(
      `Set in this shell, but not for the service: ${
        names.join(", ")
      }. Write what it should have into ` +
        `${clean(envFile)}, then install again${places}`,
    ),
  );
}
