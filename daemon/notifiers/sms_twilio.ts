/**
 * SMS by Twilio's REST API (twilio.com/docs/messaging/api/message-resource).
 * @module
 */
import type { ReadySms } from "../config/sms.ts";
import type { Notifier, OutgoingSms, SendResult } from "../core/messages.ts";
import { describeRefusal } from "./twilio_errors.ts";

const VERSION = "2010-04-01";
/** Twilio answers within a second or two. */
const REPLY_MS = 30_000;
/** The longest answer that is read. */
const MAX_REPLY_CHARS = 64 * 1024;

/** Sends SMS from an account, one request an SMS. */
export function createSmsNotifier(
  account: ReadySms,
  { replyMs = REPLY_MS } = {},
): Notifier<OutgoingSms> {
  return {
    async send({ to, text }, signal): Promise<SendResult> {
      const sender: Record<string, string> = account.from.startsWith("MG")
        ? { MessagingServiceSid: account.from }
        : { From: account.from };
      const body = new URLSearchParams({ To: to, ...sender, Body: text });
      const reply = await call(account, "Messages.json", {
        ...{
          method: "POST",
          body,
          signal: AbortSignal.any([signal, AbortSignal.timeout(replyMs)]),
        },
      });
      return resultOf(reply, account);
    },
  };
}

/** An account as Twilio knows it. */
export interface TwilioAccount {
  readonly status: string;
  /** "Trial" or "Full". */
  readonly type: string;
}

/**
 * Looks the account up, without sending anything.
 * @throws {Error} in one line, when it is not taken or cannot be asked.
 */
export async function checkAccount(
  account: ReadySms,
  { replyMs = REPLY_MS } = {},
): Promise<TwilioAccount> {
  const reply = await call(account, "", { signal: AbortSignal.timeout(replyMs) });
  if (reply.kind === "none") throw new Error(reply.reason);
  const { status, type } = (reply.json ?? {}) as Partial<TwilioAccount>;
  if (reply.status !== 200) throw new Error(describeRefusal(reply.status, reply.json, account));
  if (typeof status !== "string" || typeof type !== "string") {
    throw new Error(`${account.apiBase} does not answer as Twilio does`);
  }
  return { status, type };
}

type Reply =
  | {
    readonly kind: "reply";
    readonly status: number;
    readonly retryAfterMs: number | undefined;
    /** `undefined`: it was no JSON, or broke off. */
    readonly json: unknown;
  }
  /** There was none. */
  | { readonly kind: "none"; readonly wasSent: boolean; readonly reason: string };

async function call(
  account: ReadySms,
  resource: string,
  init: { method?: string; body?: URLSearchParams; signal: AbortSignal },
): Promise<Reply> {
  const { accountSid, authToken, apiBase } = account;
  const path = resource === "" ? `${accountSid}.json` : `${accountSid}/${resource}`;
  using client = Deno.createHttpClient(directOptions(apiBase));
  let response: Response;
  try {
    response = await fetch(`${apiBase}/${VERSION}/Accounts/${path}`, {
      ...init,
      ...{ client, redirect: "manual" },
      headers: {
        Accept: "application/json",
        Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`,
      },
    });
  } catch (error) {
    return { kind: "none", wasSent: mayHaveBeenSent(error), reason: whyNot(error, apiBase) };
  }
  const wait = response.headers.get("retry-after");
  const retryAfterMs = wait !== null && /^\d{1,6}$/.test(wait) ? Number(wait) * 1000 : undefined;
  let json: unknown;
  try {
    const text = await response.text();
    if (text.length <= MAX_REPLY_CHARS) json = JSON.parse(text);
  } catch { /* what the status says has to do */ }
  return { kind: "reply", status: response.status, retryAfterMs, json };
}

function resultOf(reply: Reply, account: ReadySms): SendResult {
  if (reply.kind === "none") {
    const { wasSent, reason } = reply;
    return { kind: wasSent ? "unknown" : "later", reason };
  }
  const { status, retryAfterMs, json } = reply;
  const { sid, status: state } = (json ?? {}) as { sid?: unknown; status?: unknown };
  if (status === 201) {
    if (state === "failed" || state === "undelivered") {
      return { kind: "failed", reason: describeRefusal(status, json, account) };
    }
    // An answer that broke off leaves no doubt: 201 says that it was made.
    return { kind: "sent", answer: `${String(state ?? "accepted")}, ${String(sid ?? "no id")}` };
  }
  const reason = describeRefusal(status, json, account);
  if (status === 429) return { kind: "later", reason, retryAfterMs };
  if (status >= 400 && status < 500) return { kind: "failed", reason };
  // A redirect, a gateway's error, a success that is none: it may have been sent.
  return { kind: "unknown", reason };
}

/** Straight to a server on this machine: HTTP_PROXY, where it is set, must not see the token. */
function directOptions(apiBase: string): Deno.CreateHttpClientOptions {
  const { hostname, port, protocol } = new URL(apiBase);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (!isHere) return {};
  return {
    proxy: {
      transport: "tcp",
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || (protocol === "https:" ? 443 : 80),
    },
  };
}

/** Only what failed before there was a connection is known not to have been sent. */
function mayHaveBeenSent(error: unknown): boolean {
  return !/client error \(Connect\)|dns error|tcp connect error/i.test(textOf(error));
}

function whyNot(error: unknown, apiBase: string): string {
  const text = textOf(error);
  const { host } = new URL(apiBase);
  if (/TimeoutError|timed out/i.test(text)) return `${host} did not answer in time`;
  if (/dns error/i.test(text)) return `${host} cannot be found; is there a network?`;
  if (/certificate|tls|UnknownIssuer/i.test(text)) return `${host} has no certificate to trust`;
  if (!mayHaveBeenSent(error)) return `${host} cannot be reached`;
  return `the connection to ${host} broke off before its answer`;
}

function textOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  return `${name} ${message} ${cause === undefined ? "" : textOf(cause)}`;
}
