/**
 * How SMS leave this computer, from the settings.
 * @module
 */
import { DEFAULTS } from "./defaults.ts";
import type { NotReady } from "./mail.ts";
import { missingSettings } from "./missing.ts";
import type { SettingName, SettingValues } from "./schema.ts";

/** The account at Twilio. */
export interface ReadySms {
  readonly kind: "ready";
  /** "AC" and 32 hexadecimal digits. */
  readonly accountSid: string;
  readonly authToken: string;
  /** A number in the form of E.164, or a messaging service: "MG" and 32 hexadecimal digits. */
  readonly from: string;
  /** In the form of E.164. */
  readonly to: string;
  /** Without a "/" at its end. */
  readonly apiBase: string;
}

const OWN = [
  "TWILIO_ACCOUNT_SID",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_FROM_NUMBER",
  "FOCUS_SMS_TO",
] as const satisfies readonly SettingName[];

/** The account for SMS, or why there is none. */
export function smsConfig(settings: SettingValues): ReadySms | NotReady {
  const [accountSid, authToken, from, to] = OWN.map((name) => settings[name]);
  if (!accountSid || !authToken || !from || !to) {
    const missing = OWN.filter((name) => settings[name] === undefined);
    const hindrance = missingSettings("Cannot send SMS", missing, "docs/sms_setup.md");
    return { kind: missing.length === OWN.length ? "off" : "half", hindrance };
  }
  const apiBase = (settings.TWILIO_API_BASE ?? DEFAULTS.twilioApiBase).replace(/\/+$/, "");
  return { kind: "ready", accountSid, authToken, from, to, apiBase };
}
