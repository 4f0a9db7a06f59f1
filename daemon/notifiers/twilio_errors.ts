/**
 * What Twilio's refusals mean, and what to do (twilio.com/docs/api/errors).
 * @module
 */
import type { ReadySms } from "../config/sms.ts";
import type { TwilioAnswer } from "./twilio_request.ts";

const TRIAL =
  "a trial account sends to verified numbers only: verify FOCUS_SMS_TO in Twilio's console";
const LOGIN = "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN";
const SENDER = "name a number of this account that can send SMS in TWILIO_FROM_NUMBER";

/** What to do about a code; of others, Twilio's own words have to do. */
const REMEDIES: Readonly<Record<string, string>> = {
  20003: LOGIN,
  20005: "the account is not active: see Twilio's console",
  20006: LOGIN,
  20008: "test credentials cannot do this: take the live ones",
  20404: LOGIN,
  21211: "correct FOCUS_SMS_TO",
  21212: "correct TWILIO_FROM_NUMBER",
  21219: TRIAL,
  21265: "correct FOCUS_SMS_TO",
  21266: "FOCUS_SMS_TO and TWILIO_FROM_NUMBER must not be the same number",
  21408: "allow its country in Twilio's console, under Messaging, Geo permissions",
  21601: SENDER,
  21603: SENDER,
  21606: SENDER,
  21607: "a trial account sends from its own trial number only: name that in TWILIO_FROM_NUMBER",
  21608: TRIAL,
  21610: "the recipient has answered STOP: START, sent from that phone, takes it back",
  21612: "this sender cannot reach FOCUS_SMS_TO: name another in TWILIO_FROM_NUMBER",
  21614: "FOCUS_SMS_TO must be a mobile number",
  21659: SENDER,
  21660: SENDER,
  21703: "add a number to the messaging service",
  21704: "add a number to the messaging service",
  21705: "correct the messaging service in TWILIO_FROM_NUMBER",
  30007: "a carrier took it for spam: see Twilio's console",
  30032: "a toll-free number must be verified first: see docs/sms_setup.md",
  30034: "a number of the USA must be registered first (A2P 10DLC): see docs/sms_setup.md",
  30044: "a trial account sends short texts only: upgrade it; see docs/sms_setup.md",
  572002:
    "take the trial number that Twilio's console shows for this recipient as TWILIO_FROM_NUMBER",
  572005: TRIAL,
  572006: "a trial account sends Twilio's own texts only: upgrade it; see docs/sms_setup.md",
};

const MAX_CHARS = 200;

/** An answer that was no yes, in one line: Twilio's code and words, and what to do. */
export function describeAnswer({ status, json }: TwilioAnswer, account: ReadySms): string {
  const { host } = new URL(account.apiBase);
  const code = String(json?.code ?? json?.error_code ?? "");
  const words = clean(String(json?.message ?? json?.error_message ?? ""), account);
  const what = /^\d{1,9}$/.test(code) ? `error ${code}` : `status ${status}`;
  const said = `${host} answered ${what}${words === "" ? "" : `: ${words}`}`;
  const remedy = Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : fromStatus(status);
  return remedy === undefined ? said : `${said}; ${remedy}`;
}

function fromStatus(status: number): string | undefined {
  if (status === 401) return LOGIN;
  return status >= 300 && status < 400 ? "correct TWILIO_API_BASE" : undefined;
}

/** Twilio's words without what a server might repeat of the login, in one line. */
function clean(text: string, { accountSid, authToken }: ReadySms): string {
  const line = [btoa(`${accountSid}:${authToken}`), authToken]
    .reduce((rest, secret) => rest.replaceAll(secret, "…"), text)
    .replaceAll(/[\p{C}\s]+/gu, " ").replaceAll(";", ",").trim().replace(/\.$/, "");
  return line.length <= MAX_CHARS ? line : `${line.slice(0, MAX_CHARS)}…`;
}
