/**
 * `summary --email --sms`: sends a summary instead of printing it. Made for cron: it says nothing when all is well.
 * @module
 */
import type { Config } from "../../daemon/config/load.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Client } from "../client.ts";
import { assertChannels, type SendWish } from "../focus_telling.ts";
import { note, printJson, terminal } from "../output.ts";
import { dim } from "../style.ts";
import type { WireMessage, WireSent } from "../wire.ts";

/** How long another command is waited for: cron may start two at once, and a server be slow to both. */
export const LONGEST_SENDING_MS = 15 * 60_000;

export interface SendOptions {
  readonly email?: true;
  readonly sms?: true;
  readonly again?: true;
}

/**
 * The channels that a command line names; `undefined`: it only prints.
 * @throws {FatalError} with exit code 2 for --again alone.
 */
export function sendWish({ email, sms, again }: SendOptions): SendWish | undefined {
  if (email || sms) return { email: email ?? false, sms: sms ?? false };
  if (!again) return undefined;
  const message = "Cannot use --again without --email or --sms: only what is sent is sent again";
  throw new FatalError(message, EXIT_CODES.wrongUsage);
}

/**
 * Sends the summary of a period.
 * @param period As {@linkcode periodQuery} makes it.
 * @throws {FatalError} with exit code 2 when a channel is not configured, 1 when not everybody got it.
 */
export async function sendSummary(
  client: Client,
  period: Readonly<Record<string, string>>,
  wish: SendWish,
  { again = false, json, settings }: {
    readonly again?: boolean;
    readonly json?: boolean;
    readonly settings?: Config["settings"];
  },
): Promise<void> {
  await assertChannels(client, wish, settings);
  const body = { ...period, ...wish, again };
  const sent = await client.send<WireSent>("POST", "/summary/send", body);
  if (json) printJson(sent);
  const problems = sendProblems(sent.messages, { isAlone: client.url === undefined });
  if (problems !== undefined) throw new FatalError(problems, EXIT_CODES.failed);
  if (!json && terminal.stderr) note(dim(sentLine(sent)));
}

/** What is to be told of messages in one line; `undefined`: all of them were sent. */
function sendProblems(
  messages: readonly Pick<WireMessage, "recipient" | "state" | "error">[],
  { isAlone }: { readonly isAlone: boolean },
): string | undefined {
  const groups = new Map<string, { readonly to: string[]; readonly say: (to: string) => string }>();
  for (const message of messages) {
    if (message.state === "sent") continue;
    const kind = `${message.state} ${message.error}`;
    const group = groups.get(kind) ??
      { to: [], say: (to: string) => problem(message, to, isAlone) };
    groups.set(kind, group);
    group.to.push(message.recipient);
  }
  const said = [...groups.values()].map(({ to, say }) => say(to.join(", ")));
  if (said.length === 0) return undefined;
  return said.map((line, i) => i === 0 ? line : line.replace(/^Cannot/, "cannot")).join("; ");
}

function problem(
  { state, error }: Pick<WireMessage, "state" | "error">,
  to: string,
  isAlone: boolean,
): string {
  const why = error === null ? "" : `: ${error.replace(/\.$/, "").replace(/^Cannot /, "cannot ")}`;
  const who = isAlone ? "the next serve or summary --email tries again" : "the daemon tries again";
  switch (state) {
    case "failed":
      return `Cannot send the summary to ${to}${why}`;
    case "unknown":
      return `Cannot say whether ${to} got the summary${why}`;
    case "sending":
      return `Cannot wait any longer for the summary to reach ${to}: it is on its way, and if it does not arrive, ${who}`;
    default:
      return `Cannot send the summary to ${to} now${why}; it stays in the outbox, and ${who}`;
  }
}

function sentLine({ already, messages }: WireSent): string {
  const to = messages.map(({ recipient }) => recipient).join(", ");
  return already ? `It was sent to ${to} before; --again sends it anew` : `Sent to ${to}`;
}
