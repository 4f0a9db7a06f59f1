/**
 * The settings: one row a variable, with how its text is read and what is allowed.
 * @module
 */
import { parseMailbox, parsePhoneNumber, parseRecipients } from "./address.ts";
import { DEFAULTS } from "./defaults.ts";

/** A variable's text is not a value it may have; the message names the variable and what is allowed. */
export class SettingError extends Error {
  override name = "SettingError";
}

/** How one variable is read. */
export interface Setting<T> {
  /** @throws {SettingError} naming what is allowed. */
  readonly read: (text: string) => T;
  /** What is allowed, for messages: "a whole number from 1 to 65535". */
  readonly allowed: string;
  /** One line of why, for `.env.example`. */
  readonly help: string;
  /** The default as it would be written in `.env`; empty: none. */
  readonly example: string;
  /** A secret's value is never shown, not even in an error. */
  readonly secret?: boolean;
}

const MIN_SECRET_CHARS = 16;
const MAX_RECIPIENTS = 20;

function setting<T>(
  help: string,
  allowed: string,
  example: string | number | boolean,
  parse: (text: string) => T | undefined,
  secret?: boolean,
): Setting<T> {
  const read = (text: string): T => {
    // A line of a mail's head, or of a request's, would end where a value has a line break.
    const value = /\p{Cc}/u.test(text) ? undefined : parse(text);
    if (value === undefined) throw new SettingError(allowed);
    return value;
  };
  return { read, allowed, help, example: String(example), secret };
}

function integer(help: string, min: number, max: number, example: number | "") {
  return setting(help, `a whole number from ${min} to ${max}`, example, (text) => {
    const value = Number(text);
    return /^\d{1,10}$/.test(text) && value >= min && value <= max ? value : undefined;
  });
}

function flag(help: string, example: boolean) {
  return setting(help, `"true" or "false"`, example, (text) => {
    if (/^(true|1|yes|on)$/i.test(text)) return true;
    if (/^(false|0|no|off)$/i.test(text)) return false;
    return undefined;
  });
}

function text(help: string, example = "") {
  return setting(help, "one line of at most 1000 characters", example, (value) => {
    return value.length <= 1000 ? value : undefined;
  });
}

function url(help: string, protocols: readonly string[], example = "", secret = false) {
  const allowed = `a URL that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`;
  return setting(help, allowed, example, (value) => {
    const parsed = URL.parse(value);
    return parsed && protocols.includes(parsed.protocol) ? value : undefined;
  }, secret);
}

/** The address of a service that gets a secret: encrypted, or on this computer. */
function secretUrl(help: string, example: string) {
  const allowed = "a URL that begins with https://, or with http:// and leads to this computer";
  return setting(help, allowed, example, (value) => {
    const { protocol, hostname } = URL.parse(value) ?? {};
    const isHere = /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname ?? "");
    return protocol === "https:" || (protocol === "http:" && isHere) ? value : undefined;
  });
}

/** A host name or an IP address; never an "Origin", a port or a path. */
function host(help: string, example = "") {
  return setting(help, "a host name or an IP address, without a port", example, (value) => {
    const bare = /^\[[0-9a-f:.]+\]$/i.test(value)
      ? value
      : value.includes(":")
      ? `[${value}]`
      : value;
    const parsed = URL.parse(`http://${bare}/`);
    return parsed && parsed.port === "" && parsed.pathname === "/" && parsed.username === "" &&
        !/[/?#@\s%]/.test(value)
      ? parsed.hostname
      : undefined;
  });
}

function secret(help: string) {
  const allowed = `at least ${MIN_SECRET_CHARS} characters, and not "change-me"`;
  return setting(help, allowed, "", (value) => {
    return value.length >= MIN_SECRET_CHARS && !/change[-_ ]?me/i.test(value) ? value : undefined;
  }, true);
}

/** A credential that somebody else issued: its length is theirs to choose. */
function credential(help: string) {
  return setting(help, `not empty, and not "change-me"`, "", (value) => {
    return value !== "" && !/^change[-_ ]?me$/i.test(value) ? value : undefined;
  }, true);
}

function mailbox(help: string) {
  const allowed = "an address such as me@example.org, or Name <me@example.org>";
  return setting(
    help,
    allowed,
    "",
    (value) => value.length <= 1000 ? parseMailbox(value) : undefined,
  );
}

function recipients(help: string) {
  const allowed = `addresses such as me@example.org, at most ${MAX_RECIPIENTS}`;
  return setting(help, allowed, "", (value) => parseRecipients(value, MAX_RECIPIENTS));
}

function phoneNumber(help: string) {
  const allowed = `a number with "+" and its country's code, such as +15551234567`;
  return setting(help, allowed, "", parsePhoneNumber);
}

/** What Twilio names things by: two letters and 32 hexadecimal digits. */
function sid(help: string, prefix: string) {
  const allowed = `"${prefix}" and 32 hexadecimal digits`;
  return setting(help, allowed, "", (value) => isSid(value, prefix) ? value : undefined);
}

function isSid(text: string, prefix: string): boolean {
  return text.startsWith(prefix) && /^[0-9a-f]{32}$/i.test(text.slice(prefix.length));
}

function smsSender(help: string) {
  const allowed =
    `a number such as +15551234567, or a messaging service: "MG" and 32 hexadecimal digits`;
  return setting(
    help,
    allowed,
    "",
    (value) => isSid(value, "MG") ? value : parsePhoneNumber(value),
  );
}

function dayStart(help: string) {
  return setting(help, "a local time HH:MM at a multiple of 15 minutes", "04:00", (value) => {
    const match = /^([01]\d|2[0-3]):(00|15|30|45)$/.exec(value);
    return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
  });
}

/** Every variable the program reads, in the order of `.env.example`. */
export const SETTINGS = {
  PRODTRACKER_DATA_DIR: text("Where everything is kept (0700); default: the user's data directory"),
  PRODTRACKER_DB: text("The database file; default: prodtracker.db in the data directory"),
  PRODTRACKER_HOST: host("Address the API and dashboard listen on", DEFAULTS.host),
  PRODTRACKER_PORT: integer(
    "Port of the API and dashboard; 0 takes a free one",
    0,
    65535,
    DEFAULTS.port,
  ),
  PRODTRACKER_LAN_PORT: integer(
    "Port of the phone's routes under serve --lan",
    1,
    65535,
    DEFAULTS.lanPort,
  ),
  PRODTRACKER_TLS_CERT: text("PEM certificate file for the LAN port"),
  PRODTRACKER_TLS_KEY: text("PEM key file for the LAN port"),
  PRODTRACKER_REQUIRE_TOKEN: flag("Ask for the admin token on every route, loopback too", false),
  PRODTRACKER_DAY_START: dayStart("Local time at which a day begins"),
  PRODTRACKER_AFK_SECONDS: integer(
    "Seconds without input before you count as away",
    5,
    86400,
    DEFAULTS.afkSeconds,
  ),
  PRODTRACKER_PHONE_RATE: integer(
    "Heartbeats a phone may send, a minute",
    1,
    6000,
    DEFAULTS.phoneRatePerMinute,
  ),
  PRODTRACKER_SCREENSHOTS: flag("Take screenshots", false),
  PC_IP: host("This computer's address on the local network, for phones and other devices"),
  API_BASE: url("Talk to the daemon at this address instead of the local one", ["http:", "https:"]),
  DASHBOARD_ADMIN_TOKEN: secret("Admin token of the API; generated and kept when unset"),
  PAIRING_JWT_SECRET: secret("Signs pairing tokens; generated and kept when unset"),
  REDIS_URL: url(
    "Redis for the live state, instead of the five names below",
    ["redis:", "rediss:"],
    "",
    true,
  ),
  REDIS_HOST: host("Redis host; none: the embedded live state"),
  REDIS_PORT: integer("Redis port", 1, 65535, DEFAULTS.redisPort),
  REDIS_DB: integer("Redis database number", 0, 65535, DEFAULTS.redisDb),
  REDIS_PASSWORD: credential("Redis password"),
  FOCUS_SMTP_HOST: host("Mail server; none: no mail is sent"),
  FOCUS_SMTP_PORT: integer("Mail server's port (465: implicit TLS)", 1, 65535, DEFAULTS.smtpPort),
  FOCUS_SMTP_USERNAME: text("Mail account"),
  FOCUS_SMTP_PASSWORD: credential("Mail account's (app) password"),
  FOCUS_SMTP_USE_TLS: flag(
    "Demand STARTTLS; false: plain text (465 is TLS all the same)",
    DEFAULTS.smtpUseTls,
  ),
  FOCUS_EMAIL_FROM: mailbox("Sender; none: the account, when that is an address"),
  FOCUS_EMAIL_TO: recipients("Recipients, separated by commas"),
  TWILIO_ACCOUNT_SID: sid("Twilio account; none: no SMS is sent", "AC"),
  TWILIO_AUTH_TOKEN: credential("Twilio's auth token"),
  TWILIO_FROM_NUMBER: smsSender("Number that SMS come from"),
  FOCUS_SMS_TO: phoneNumber("Number that SMS go to"),
  TWILIO_API_BASE: secretUrl("Twilio's API", DEFAULTS.twilioApiBase),
} as const;

export type SettingName = keyof typeof SETTINGS;

/** What each variable holds after reading; absent when neither set nor defaulted. */
export type SettingValues = {
  readonly [K in SettingName]?: ReturnType<(typeof SETTINGS)[K]["read"]>;
};
