/**
 * The doctor inside a running daemon, for its own page: the checks that can be made beside the work, and real test
 * messages.
 * @module
 */
import type { DoctorPort } from "../api/doctor.ts";
import type { Config } from "../config/load.ts";
import { mailConfig } from "../config/mail.ts";
import type { Env } from "../config/paths.ts";
import { smsConfig } from "../config/sms.ts";
import { ConflictError, UnavailableError } from "../core/errors.ts";
import type { PartHealth } from "../core/health.ts";
import type { Channel } from "../core/messages.ts";
import type { ServiceNote } from "../os/ownership.ts";
import type { Check } from "./check.ts";
import { allJobs } from "./checks.ts";
import { checkMail, sendTestMail } from "./mail.ts";
import { type CheckJob, runJobs } from "./run.ts";
import { checkSms, sendTestSms } from "./sms.ts";

/**
 * What a daemon does not ask itself. `/health` tells of the first two lines better. The database's and the copies'
 * checks would hold up writes, and reading the database's header drops SQLite's locks on it, as they are the
 * process's. The camera would light up, and may be a session's.
 */
const NOT_SERVED: ReadonlySet<string> = new Set([
  ...["service", "recording", "erasing", "window tracking", "idle detection"],
  ...["vision models", "port"],
  ...["database", "daily copies", "camera"],
]);
/** Two logins and as many messages as there are recipients; a mail server may take its time. */
const TEST_LIMIT_MS = 120_000;
const SENTENCE = "You asked for it on the settings page of your dashboard.";

export interface ServedDoctorOptions {
  readonly config: Config;
  readonly env: Env;
  /** This daemon; `undefined`: it does not listen. */
  readonly running: () => ServiceNote | undefined;
  readonly parts: () => readonly PartHealth[];
}

export class ServedDoctor implements DoctorPort {
  #checking: Promise<Check[]> | undefined;
  #isTesting = false;

  constructor(private readonly options: ServedDoctorOptions) {}

  /** Whoever asks while they run gets the same answer. */
  checks(): Promise<Check[]> {
    return this.#checking ??= this.#check().finally(() => this.#checking = undefined);
  }

  async sendTest(channel: Channel): Promise<Check[]> {
    const work = this.#testOf(channel);
    // An SMS costs money: a second click is not a second message.
    if (this.#isTesting) throw new ConflictError("Cannot send a test: another is under way");
    this.#isTesting = true;
    try {
      const job: CheckJob = {
        ...{ group: "Messages", name: channel === "email" ? "test mail" : "test SMS" },
        ...{ limitMs: TEST_LIMIT_MS, onHang: "fail", run: work },
      };
      return await Array.fromAsync(runJobs([job]));
    } finally {
      this.#isTesting = false;
    }
  }

  async #check(): Promise<Check[]> {
    const { config, env, running, parts } = this.options;
    const health = { version: "", uptime_seconds: 0, parts: parts() };
    const jobs = allJobs(config, env, { running: running(), health })
      .filter(({ name }) => !NOT_SERVED.has(name));
    return await Array.fromAsync(runJobs(jobs));
  }

  /** @throws {UnavailableError} when the channel is not set up. */
  #testOf(channel: Channel): () => AsyncGenerator<Check> {
    const { config } = this.options;
    if (channel === "email") {
      const account = mailConfig(config.settings);
      if (account.kind !== "ready") throw new UnavailableError(account.hindrance);
      return () => tried(() => checkMail(config), () => sendTestMail(account, SENTENCE));
    }
    const account = smsConfig(config.settings);
    if (account.kind !== "ready") throw new UnavailableError(account.hindrance);
    return () => tried(() => checkSms(config), () => sendTestSms(account));
  }
}

/** The login, and the messages when that is well. */
async function* tried(
  login: () => Promise<Check>,
  messages: () => AsyncGenerator<Check>,
): AsyncGenerator<Check> {
  const check = await login();
  yield check;
  if (check.status !== "fail") yield* messages();
}
