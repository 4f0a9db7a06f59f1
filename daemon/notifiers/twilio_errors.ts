/**
 * What Twilio's refusals mean, and what to do (twilio.com/docs/api/errors).
 * @module
 */
import type { ReadySms } from "../config/sms.ts";

/** What to do about a code; where nothing is known, Twilio's own words have to do. */
const REMEDIES: Readonly<Record<number, string>> = {
  20003: "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
  20005: "the account is not active: see Twilio's console",
  20404: "check TWILIO_ACCOUNT_SID",
  20429: "too many requests",
  21211: "correct FOCUS_SMS_TO",
  21212: "correct TWILIO_FROM_NUMBER",
  21219: "a trial account sends to verified numbers alone: verify FOCUS_SMS_TO in Twilio's console",
  21266: "FOCUS_SMS_TO and TWILIO_FROM_NUMBER are the same number",
  21408: "allow the recipient's country in Twilio's console (Messaging, Geo permissions)",
  21606: "TWILIO_FROM_NUMBER is not a number of the account that can send SMS",
  21608: "a trial account sends to verified numbers alone: verify FOCUS_SMS_TO in Twilio's console",
  21610: "the recipient has answered STOP: START, sent from that phone, takes it back",
  21612: "TWILIO_FROM_NUMBER cannot send to FOCUS_SMS_TO",
  21614: "FOCUS_SMS_TO is not a mobile number",
  21617: "the text is too long",
  21659: "TWILIO_FROM_NUMBER is not a number of the account",
  21660: "TWILIO_FROM_NUMBER belongs to another account",
  30007: "a carrier filtered it as spam",
  30034: "a number of the USA has to be registered (A2P 10DLC)",
};

const MAX_CHARS = 200;

/** A refusal in one line: status, Twilio's code and words, and the remedy. */
export function describeRefusal(status: number, json: unknown, account: ReadySms): string {
  const { host } = new URL(account.apiBase);
  const body = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const code = Number(body.code ?? body.error_code ?? 0);
  const message = String(body.message ?? body.error_message ?? "");
  const words = withoutSecrets(message, account)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim().replace(/\.$/, "").slice(0, MAX_CHARS);
  const what = code > 0 ? `error ${code}` : `status ${status}`;
  const remedy = Object.hasOwn(REMEDIES, code)
    ? REMEDIES[code]
    : status === 401
    ? REMEDIES[20003]
    : undefined;
  return `${host} answered ${what}${words === "" ? "" : `: ${words}`}${
    remedy === undefined ? "" : `; ${remedy}`
  }`;
}

function withoutSecrets(text: string, { authToken }: ReadySms): string {
  return text.replaceAll(authToken, "…");
}
