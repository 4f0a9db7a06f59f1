/**
 * SMS by Twilio's REST API (twilio.com/docs/messaging/api/message-resource).
 * @module
 */
import type { ReadySms } from "../config/sms.ts";
import type { Notifier, OutgoingSms, SendResult } from "../core/messages.ts";
import { describeAnswer } from "./twilio_errors.ts";
import { askTwilio, isLoopback, type NoAnswer, type TwilioAnswer } from "./twilio_request.ts";

export interface SmsOptions {
  /** How long Twilio may take to answer; it needs a second or two. @default 30 000 */
  readonly replyMs?: number;
  /**
   * Ask for the account before anything is sent: where a network swallows everything, nobody could tell afterwards
   * whether it swallowed the SMS too. @default unless the API is on this computer
   */
  readonly asksFirst?: boolean;
}

const REPLY_MS = 30_000;

/** Sends SMS from an account, one request an SMS. */
export function createSmsNotifier(
  account: ReadySms,
  { replyMs = REPLY_MS, asksFirst = !isLoopback(account.apiBase) }: SmsOptions = {},
): Notifier<OutgoingSms> {
  return {
    async send({ to, text }, signal): Promise<SendResult> {
      if (asksFirst) {
        const asked = await askTwilio(account, "", { replyMs, signal });
        if (asked.kind === "none") return { kind: "later", reason: asked.reason };
        if (asked.status >= 500) return { kind: "later", reason: describeAnswer(asked, account) };
      }
      const sender: [name: string, value: string] = account.from.startsWith("MG")
        ? ["MessagingServiceSid", account.from]
        : ["From", account.from];
      const form = new URLSearchParams([["To", to], sender, ["Body", text]]);
      return resultOf(
        await askTwilio(account, "/Messages.json", { form, replyMs, signal }),
        account,
      );
    },
  };
}

/** What became of the request; only a clear word counts. */
function resultOf(reply: TwilioAnswer | NoAnswer, account: ReadySms): SendResult {
  if (reply.kind === "none") {
    return { kind: reply.wasSent ? "unknown" : "later", reason: reply.reason };
  }
  const { status, retryAfterMs, json } = reply;
  if (status >= 200 && status < 300) {
    const { sid, status: stage } = json ?? {};
    if (typeof sid !== "string") {
      const { host } = new URL(account.apiBase);
      const reason = `${host} answered status ${status} without saying what became of the SMS`;
      return { kind: "unknown", reason };
    }
    if (stage === "failed" || stage === "undelivered" || stage === "canceled") {
      return { kind: "failed", reason: describeAnswer(reply, account) };
    }
    return { kind: "sent", answer: `${String(stage ?? "accepted")}, ${sid}`.slice(0, 100) };
  }
  const reason = describeAnswer(reply, account);
  // "A request that receives an error 429 response is never processed."
  if (status === 429) return { kind: "later", reason, retryAfterMs };
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  return { kind: isRefusal ? "failed" : "unknown", reason };
}

/** An account as Twilio knows it. */
export interface TwilioAccount {
  /** "active", "suspended" or "closed". */
  readonly status: string;
  /** "Trial" or "Full". */
  readonly type: string;
}

/**
 * Asks for the account, which sends nothing and costs nothing.
 * @throws {Error} in one line, when it is not taken or cannot be asked for.
 */
export async function checkAccount(
  account: ReadySms,
  { replyMs = REPLY_MS }: Pick<SmsOptions, "replyMs"> = {},
): Promise<TwilioAccount> {
  const reply = await askTwilio(account, "", { replyMs });
  if (reply.kind === "none") throw new Error(reply.reason);
  if (reply.status !== 200) throw new Error(describeAnswer(reply, account));
  const { status, type } = reply.json ?? {};
  if (typeof status !== "string" || typeof type !== "string") {
    throw new Error(`${account.apiBase} does not answer as Twilio does; correct TWILIO_API_BASE`);
  }
  return { status, type };
}
