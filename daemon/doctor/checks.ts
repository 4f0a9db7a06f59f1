/**
 * Every precondition, checked for real, with the remedy.
 * @module
 */
import type { Config } from "../config/load.ts";
import type { Env } from "../config/paths.ts";
import type { PartHealth } from "../core/health.ts";
import type { ServiceNote } from "../os/ownership.ts";
import { checkBlocker } from "./blocker.ts";
import { checkBrowsers } from "./browsers.ts";
import { checkBus, checkLock, checkNotifications, lockCheck } from "./bus.ts";
import type { Check, CheckOptions } from "./check.ts";
import { checkClock, checkTimeSync } from "./clock.ts";
import { checkDataDir, checkDisk } from "./data_dir.ts";
import { checkCopies, checkDatabase } from "./database.ts";
import { probeWatcher, watcherAsServed } from "./desktop.ts";
import { checkDisplay } from "./display.ts";
import { checkCamera, checkFfmpeg, checkModels } from "./focus.ts";
import { checkMail } from "./mail.ts";
import { checkLiveState, checkPhone } from "./phone.ts";
import { type CheckJob, runJobs } from "./run.ts";
import { askHealth, checkPort, checkService, type Health } from "./service.ts";
import { checkSms } from "./sms.ts";
import { checkSound } from "./sound.ts";
import { checkErasing, checkPause } from "./state.ts";
import { checkUsers } from "./users.ts";

export type { Check, CheckOptions } from "./check.ts";

/** A mail server, or Twilio, may take its time. */
const MESSAGES_MS = 30_000;
/** What only desktops of Linux have. */
const LINUX = new Set([
  ...["time server", "system bus", "display", "session bus", "notifications", "screen lock"],
  "sound server",
]);
/** A large database takes a second for some 100 MB. */
const DATABASE_MS = 120_000;

/**
 * Runs all checks side by side, and tells of them in their order; `running` is the service that has the data directory,
 * if any.
 */
export async function* runChecks(
  config: Config,
  env: Env,
  running: ServiceNote | undefined,
  { sendTest = false, onWait }: CheckOptions = {},
): AsyncGenerator<Check> {
  const health = running && await askHealth(running, config);
  const found = new Map<string, Check>();
  const jobs = allJobs(config, env, { running, health });
  for await (const check of runJobs(jobs, onWait)) {
    found.set(check.name, check);
    yield check;
  }
  if (!sendTest) return;
  const { sendTests } = await import("./test_messages.ts");
  const [mail, sms] = ["mail", "SMS"].map((name) => found.get(name)!);
  const run = () => sendTests(config, { mail, sms });
  const test = {
    group: "Messages",
    name: "test",
    limitMs: 4 * MESSAGES_MS,
    onHang: "fail",
  } as const;
  yield* runJobs([{ ...test, run }], onWait);
}

type Parts = readonly PartHealth[] | undefined;

/** What there is to check on this system, in its order. */
export function allJobs(config: Config, env: Env, { running, health }: {
  readonly running: ServiceNote | undefined;
  readonly health: Health | undefined;
}): CheckJob[] {
  const all = [
    ...dataJobs(config, health?.parts),
    ...daemonJobs(config, { env, running, health }),
    ...desktopJobs(config, env, health?.parts),
    ...otherJobs(config, running),
  ];
  return Deno.build.os === "linux" ? all : all.filter(({ name }) => !LINUX.has(name));
}

function dataJobs(config: Config, parts: Parts): CheckJob[] {
  const group = "Data";
  return [
    { group, name: "data directory", run: () => checkDataDir(config) },
    { group, name: "disk space", run: () => checkDisk(config) },
    { group, name: "recording", run: () => checkPause(config, parts) },
    { group, name: "erasing", run: () => checkErasing(config, parts) },
    {
      ...{ group, name: "database", limitMs: DATABASE_MS, onHang: "fail" },
      run: (signal) => checkDatabase(config, signal),
    },
    { group, name: "daily copies", run: () => checkCopies(config) },
  ];
}

function daemonJobs(config: Config, { env, running, health }: {
  readonly env: Env;
  readonly running: ServiceNote | undefined;
  readonly health: Health | undefined;
}): CheckJob[] {
  const group = "Daemon";
  return [
    { group, name: "service", run: () => checkService(running, health) },
    { group, name: "port", run: () => checkPort(config, running) },
    {
      ...{ group, name: "start at login" },
      run: async () => (await import("./autostart.ts")).checkAutostart(config, env),
    },
    { group: "Machine", name: "clock", run: () => checkClock() },
    { group: "Machine", name: "time server", run: checkTimeSync },
    { group: "Machine", name: "other users", run: () => checkUsers(config, env, running) },
    { group: "Machine", name: "system bus", run: (signal) => checkBus("system", env, signal) },
  ];
}

function desktopJobs(config: Config, env: Env, parts: Parts): CheckJob[] {
  const group = "Desktop";
  const wantsScreenshots = config.settings.PRODTRACKER_SCREENSHOTS === true;
  const session = parts?.find(({ name }) => name === "session");
  const isServed = parts?.some(({ name, status }) => name === "window" && status === "ok") ?? false;
  // What counts is what the tracker sees; this terminal may stand outside of the desktop.
  const watcher = (kind: "window" | "idle") =>
    (parts && watcherAsServed(kind, parts)) ?? probeWatcher(kind, config, env);
  return [
    {
      ...{ group, name: "display", limitMs: 12_000, onHang: "fail" },
      run: (signal) => checkDisplay(env, { wantsScreenshots, isServed, signal }),
    },
    { group, name: "window tracking", run: () => watcher("window") },
    { group, name: "idle detection", run: () => watcher("idle") },
    { group, name: "session bus", run: (signal) => checkBus("session", env, signal) },
    { group, name: "notifications", run: (signal) => checkNotifications(env, signal) },
    {
      ...{ group, name: "screen lock" },
      run: (signal) =>
        session && session.status !== "starting"
          ? lockCheck(session, wantsScreenshots)
          : checkLock(env, { wantsScreenshots, signal }),
    },
    { group, name: "sound server", run: checkSound },
  ];
}

function otherJobs(config: Config, running: ServiceNote | undefined): CheckJob[] {
  const message = { group: "Messages", limitMs: MESSAGES_MS, onHang: "fail" } as const;
  return [
    { group: "Blocking", name: "blocker", run: checkBlocker },
    { group: "Blocking", name: "browsers", run: checkBrowsers },
    { group: "Phone", name: "phone", run: () => checkPhone(config, running) },
    {
      ...{ group: "Phone", name: "live state", limitMs: 15_000, onHang: "fail" },
      run: () => checkLiveState(config),
    },
    { group: "Focus sessions", name: "ffmpeg", run: checkFfmpeg },
    { group: "Focus sessions", name: "camera", limitMs: 20_000, run: checkCamera },
    { group: "Focus sessions", name: "vision models", limitMs: 20_000, run: checkModels },
    { ...message, name: "mail", run: () => checkMail(config) },
    { ...message, name: "SMS", run: () => checkSms(config) },
  ];
}
