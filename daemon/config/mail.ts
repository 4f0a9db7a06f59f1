/**
 * How mail leaves this computer, from the settings.
 * @module
 */
import { type Mailbox, parseAddress } from "./address.ts";
import { DEFAULTS } from "./defaults.ts";
import { missingSettings } from "./missing.ts";
import type { SettingName, SettingValues } from "./schema.ts";

/** The account and the server. */
export interface ReadyMail {
  readonly kind: "ready";
  /** A name, or an address; that of IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /**
   * `implicit`: TLS from the first byte. `starttls`: nothing is said before TLS. `none`: plain, whatever the server
   * offers: what may be left out would be left out by whoever stands in between.
   */
  readonly secure: "implicit" | "starttls" | "none";
  /** Absent together with the password: the server asks for no login. */
  readonly username?: string;
  readonly password?: string;
  readonly from: Mailbox;
  /** At least one, each once. */
  readonly to: readonly string[];
}

/** A channel that cannot be used: nothing of it is set (`off`), or not all that it needs (`half`). */
export interface NotReady {
  readonly kind: "off" | "half";
  /** One line that names what is missing. */
  readonly hindrance: string;
}

const IMPLICIT_TLS_PORT = 465;
/** Those that somebody sets to have mail; the others have defaults. */
const OWN = [
  "FOCUS_SMTP_HOST",
  "FOCUS_SMTP_USERNAME",
  "FOCUS_SMTP_PASSWORD",
  "FOCUS_EMAIL_FROM",
  "FOCUS_EMAIL_TO",
] as const satisfies readonly SettingName[];

/** The mail account, or why there is none. */
export function mailConfig(settings: SettingValues): ReadyMail | NotReady {
  const isOff = OWN.every((name) => settings[name] === undefined);
  const { FOCUS_SMTP_HOST: host, FOCUS_EMAIL_TO: to } = settings;
  const { FOCUS_SMTP_USERNAME: username, FOCUS_SMTP_PASSWORD: password } = settings;
  const ownAddress = username === undefined ? undefined : parseAddress(username);
  const from = settings.FOCUS_EMAIL_FROM ?? (ownAddress && { address: ownAddress });
  const hasLogin = username !== undefined || password !== undefined || isOff;
  const missing: SettingName[] = [];
  if (host === undefined) missing.push("FOCUS_SMTP_HOST");
  if (hasLogin && username === undefined) missing.push("FOCUS_SMTP_USERNAME");
  if (hasLogin && password === undefined) missing.push("FOCUS_SMTP_PASSWORD");
  // A name to come may be the sender's address too.
  if (!from && !missing.includes("FOCUS_SMTP_USERNAME")) missing.push("FOCUS_EMAIL_FROM");
  if (to === undefined) missing.push("FOCUS_EMAIL_TO");
  if (host === undefined || to === undefined || !from || missing.length > 0) {
    const hindrance = missingSettings("Cannot send mail", missing, "docs/email_setup.md");
    return { kind: isOff ? "off" : "half", hindrance };
  }
  const port = settings.FOCUS_SMTP_PORT ?? DEFAULTS.smtpPort;
  const wantsTls = settings.FOCUS_SMTP_USE_TLS ?? DEFAULTS.smtpUseTls;
  return {
    kind: "ready",
    host: host.replace(/^\[|\]$/g, ""),
    port,
    secure: port === IMPLICIT_TLS_PORT ? "implicit" : wantsTls ? "starttls" : "none",
    username,
    password,
    from,
    to,
  };
}
