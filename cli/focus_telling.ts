/**
 * Telling what a session came to by mail and SMS, beside the terminal.
 * @module
 */
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
export async function checkChannels(wish: SendWish, open: () => Promise<Client>): Promise<void> {
  if (!isAny(wish)) return;
  const client = await open();
  try {
    await assertChannels(client, wish);
  } finally {
    await client.close();
  }
}

/** @throws {FatalError} with exit code 2, naming the settings that are missing. */
export async function assertChannels(client: Client, wish: SendWish): Promise<void> {
  const channels = await client.get<WireChannels>("/messages/channels");
  const hindrances = (["email", "sms"] as const)
    .filter((channel) => wish[channel] && !channels[channel].ready)
    .map((channel) => channels[channel].hindrance ?? `Cannot send by ${channel}`);
  if (hindrances.length === 0) return;
  throw new FatalError(hindrances.join(". "), EXIT_CODES.wrongUsage);
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
