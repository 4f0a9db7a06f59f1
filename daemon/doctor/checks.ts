/**
 * Every precondition, checked for real, with the remedy.
 * @module
 */
import type { Config } from "../config/load.ts";
import type { Env } from "../config/paths.ts";
import type { ServiceNote } from "../os/ownership.ts";
import { checkBlocker } from "./blocker.ts";
import { checkClock } from "./clock.ts";
import { checkCopies, checkDatabase } from "./database.ts";
import { checkDataDir, checkDisk } from "./data_dir.ts";
import { checkCamera, checkFfmpeg, checkModels } from "./focus.ts";
import { probeWatcher, watcherAsServed } from "./desktop.ts";
import { checkMail } from "./mail.ts";
import { checkLiveState, checkPhone } from "./phone.ts";
import { askHealth, checkPort, checkService } from "./service.ts";
import { checkSms } from "./sms.ts";
import { sendTests } from "./test_messages.ts";

export interface Check {
  readonly name: string;
  /** `fail`: something configured does not work; `warn`: it may soon; `off`: not there, and not needed. */
  readonly status: "ok" | "warn" | "fail" | "off";
  /** What was found. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export interface CheckOptions {
  /** Send a message by each channel, too. @default false */
  readonly sendTest?: boolean;
}

/** Runs all checks one after another; `running` is the service that has the data directory, if any. */
export async function* runChecks(
  config: Config,
  env: Env,
  running: ServiceNote | undefined,
  { sendTest = false }: CheckOptions = {},
): AsyncGenerator<Check> {
  yield checkDataDir(config);
  yield checkDisk(config);
  yield* checkDatabase(config);
  yield checkCopies(config);
  const health = running && await askHealth(running, config);
  yield checkService(running, health);
  yield checkPort(config, running);
  for (const kind of ["window", "idle"] as const) {
    // What counts is what the tracker sees; this terminal may stand outside of the desktop.
    const served = health && watcherAsServed(kind, health.parts);
    yield served ?? await probeWatcher(kind, config, env);
  }
  yield checkBlocker();
  yield checkPhone(config, running);
  yield await checkLiveState(config);
  yield await checkFfmpeg();
  yield await checkCamera();
  yield await checkModels();
  yield checkClock();
  const channels = { mail: await checkMail(config), sms: await checkSms(config) };
  yield* Object.values(channels);
  if (sendTest) yield* sendTests(config, channels);
}
