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
import { ConflictError, TooManyError, UnavailableError } from "../core/errors.ts";
import type { PartHealth } from "../core/health.ts";
import type { Channel } from "../core/messages.ts";
import type { Clock } from "../core/ports.ts";
import { systemClock } from "../os/clock.ts";
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
/** An SMS costs money, and a mailbox can be flooded: so long nothing follows a test that may have been sent. */
const TEST_EVERY_MS = 60_000;
const SENTENCE = "You asked for it on the settings page of your dashboard.";

export interface ServedDoctorOptions {
  readonly config: Config;
  readonly env: Env;
  /** This daemon; `undefined`: it does not listen. */
  readonly running: () => ServiceNote | undefined;
  readonly parts: () => readonly PartHealth[];
  /** @default the system's */
  readonly clock?: Pick<Clock, "monoMs">;
}

export class ServedDoctor implements DoctorPort {
  #checking: Promise<Check[]> | undefined;
  #isTesting = false;
  /** When the last test of a channel began to be sent, by the monotonic clock. */
  readonly #sentMs = new Map<Channel, number>();

  constructor(private readonly options: ServedDoctorOptions) {}

  /** Whoever asks while they run gets the same answer. */
  checks(): Promise<Check[]> {
    return this.#checking ??= this.#check().finally(() => this.#checking = undefined);
  }

  async sendTest(channel: Channel): Promise<Check[]> {
    const work = this.#testOf(channel);
    const name = channel === "email" ? "test mail" : "test SMS";
    if (this.#isTesting) throw new ConflictError("Cannot send a test: another is under way");
    const waitMs = (this.#sentMs.get(channel) ?? -Infinity) + TEST_EVERY_MS - this.#monoMs();
    if (waitMs > 0) {
      const what = `Cannot send a ${name}: one was sent less than a minute ago`;
      throw new TooManyError(Math.ceil(waitMs / 1000), what);
    }
    this.#isTesting = true;
    try {
      const job: CheckJob = {
        ...{ group: "Messages", name },
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

  #monoMs(): number {
    return (this.options.clock ?? systemClock).monoMs();
  }

  /** @throws {UnavailableError} when the channel is not set up. */
  #testOf(channel: Channel): () => AsyncGenerator<Check> {
    const { config } = this.options;
    const send = (messages: () => AsyncGenerator<Check>) => () => {
      // From here on one may arrive, whatever is heard of it.
      this.#sentMs.set(channel, this.#monoMs());
      return messages();
    };
    if (channel === "email") {
      const account = mailConfig(config.settings);
      if (account.kind !== "ready") throw new UnavailableError(account.hindrance);
      return () => tried(() => checkMail(config), send(() => sendTestMail(account, SENTENCE)));
    }
    const account = smsConfig(config.settings);
    if (account.kind !== "ready") throw new UnavailableError(account.hindrance);
    return () => tried(() => checkSms(config), send(() => sendTestSms(account)));
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
