/**
 * Telling what a session came to by mail and SMS, beside the terminal.
 * @module
 */
import type { Config } from "../daemon/config/load.ts";
import { EXIT_CODES, FatalError } from "../daemon/core/errors.ts";
import { type Client, RefusedError } from "./client.ts";
import { dim, green, red, yellow } from "./style.ts";
import { clean } from "./text.ts";
import type { WireChannels, WireMessage } from "./wire.ts";

/** By which ways the end of a session is told. */
export interface SendWish {
  readonly email: boolean;
  readonly sms: boolean;
}

/** What became of it. */
export type Told =
  | { readonly messages: readonly WireMessage[] }
  /** The daemon could not be asked, or did not want to. */
  | { readonly error: Error };

export function isAny({ email, sms }: SendWish): boolean {
  return email || sms;
}

/**
 * Makes sure that what is wished can be, before anything else begins.
 * @throws {FatalError} with exit code 2, naming the settings that are missing.
 */
export async function checkChannels(
  wish: SendWish,
  open: () => Promise<Client>,
  settings?: Config["settings"],
): Promise<void> {
  if (!isAny(wish)) return;
  const client = await open();
  try {
    await assertChannels(client, wish, settings);
  } finally {
    await client.close();
  }
}

/**
 * @param settings As this command sees them: a daemon may have begun with others.
 * @throws {FatalError} with exit code 2, naming the settings that are missing.
 */
export async function assertChannels(
  client: Client,
  wish: SendWish,
  settings?: Config["settings"],
): Promise<void> {
  const channels = await client.get<WireChannels>("/messages/channels");
  const missing = (["email", "sms"] as const)
    .filter((channel) => wish[channel] && !channels[channel].ready);
  if (missing.length === 0) return;
  const said = missing
    .map((channel) => channels[channel].hindrance ?? `Cannot send by ${channel}`).join(". ");
  const isStale = settings !== undefined && client.url !== undefined &&
    await areSet(missing, settings);
  const hint = isStale
    ? ". They are set now: start the running daemon again, which reads them"
    : "";
  throw new FatalError(`${said}${hint}`, EXIT_CODES.wrongUsage);
}

async function areSet(
  channels: readonly (keyof SendWish)[],
  settings: Config["settings"],
): Promise<boolean> {
  const [{ mailConfig }, { smsConfig }] = await Promise.all([
    import("../daemon/config/mail.ts"),
    import("../daemon/config/sms.ts"),
  ]);
  const configs = { email: mailConfig, sms: smsConfig };
  return channels.every((channel) => configs[channel](settings).kind === "ready");
}

/** Tells a session that has ended; never rejects. */
export async function tell(
  keeper: { wishSend(wish: SendWish): Promise<readonly WireMessage[]> },
  wish: SendWish,
): Promise<Told> {
  try {
    return { messages: await keeper.wishSend(wish) };
  } catch (error) {
    return { error: error as Error };
  }
}

/**
 * A line for each message.
 * @param isAlone No daemon stays behind when this program ends.
 */
export function toldLines(told: Told, isAlone: boolean): string[] {
  if ("error" in told) {
    // Without an answer it may be in the outbox all the same.
    const what = told.error instanceof RefusedError
      ? "The summary could not be sent"
      : "What became of the summary is not known";
    return [red(`${what}: ${reasonOf(told.error.message)}`)];
  }
  return told.messages.map((message) => line(message, isAlone));
}

/** Whether a message is lost for good, or nobody knows of any. */
export function hasFailed(told: Told): boolean {
  return "error" in told || told.messages.some(({ state }) => state === "failed");
}

function line({ state, recipient, error }: WireMessage, isAlone: boolean): string {
  const to = clean(recipient);
  const why = error === null ? "" : `: ${reasonOf(error)}`;
  switch (state) {
    case "sent":
      return green(`Sent the summary to ${to}`);
    case "unknown":
      return yellow(`Whether ${to} got the summary is not known, and it is not sent again${why}`);
    case "failed":
      return red(`Could not send the summary to ${to}${why}`);
    case "sending": {
      const who = isAlone ? "the next serve" : "the daemon";
      return yellow(
        `The summary is on its way to ${to}; if it does not arrive, ${who} tries again`,
      );
    }
    default: {
      const who = isAlone ? "the next serve tries again" : "the daemon tries again";
      return yellow(`Could not be sent to ${to} now${why}; it is in the outbox, ${who}`);
    }
  }
}

/** What is shown while a mail server is waited for. */
export const SENDING = dim("Sending the summary; Ctrl-C twice does not wait for it");

function reasonOf(message: string): string {
  return clean(message).replace(/\.$/, "").replace(/^Cannot (.)/, "cannot $1");
}
