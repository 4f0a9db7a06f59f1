/**
 * What a conversation's end means: whether another try may help, and what to do.
 * @module
 */
import type { ReadyMail } from "../config/mail.ts";
import type { SendResult } from "../core/messages.ts";
import { NoLoginOffered, type Phase, SmtpTrouble } from "./smtp_session.ts";

/** Why a mail was not sent. */
export interface MailFailure {
  readonly kind: Exclude<SendResult["kind"], "sent">;
  /** What was found, in one line without credentials. */
  readonly reason: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** What nodemailer puts on its errors. */
interface SmtpError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  /** The system's code, where `code` is nodemailer's. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
  readonly timeoutType?: string;
}

const MAX_REPLY_CHARS = 300;
/** What the runtime says when the other side speaks no TLS, or none that is good enough. */
const TLS_FAILED =
  /WRONG_VERSION|corrupt message|InvalidContentType|fatal alert|ProtocolVersion|HandshakeFailure|peer is incompatible/i;
const GUIDE = "see docs/email_setup.md";

/** Judges what {@linkcode talkSmtp} threw. */
export function mailFailure(error: unknown, config: ReadyMail): MailFailure {
  const { phase, cause } = error instanceof SmtpTrouble
    ? error
    : { phase: "connect" as const, cause: error };
  const found = judge(cause as SmtpError, phase, config);
  return { ...found, reason: oneLine(found.reason, config) };
}

function judge(error: SmtpError, phase: Phase, config: ReadyMail): MailFailure {
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  const where = `${host}:${config.port}`;
  const { responseCode } = error;
  if (error instanceof NoLoginOffered) {
    const remedy = "take FOCUS_SMTP_USERNAME and FOCUS_SMTP_PASSWORD away, or name another port";
    return { kind: "failed", reason: `Cannot log in to ${where}: it offers no login`, remedy };
  }
  if (responseCode !== undefined && responseCode >= 500) {
    return refused(error, phase, where);
  }
  if (responseCode !== undefined && responseCode >= 400) {
    return { kind: "later", reason: `The mail server ${where} says: ${error.response}` };
  }
  if (isCertificate(error)) return badCertificate(error, config.host, where);
  if (TLS_FAILED.test(`${codes(error)} ${error.message}`)) return noTls(error, config, where);
  if (error.command === "API" || error.code === "EMESSAGE") {
    return { kind: "failed", reason: `Cannot send mail by ${where}: ${error.message}` };
  }
  if (phase === "data") {
    const reason = `The connection to ${where} ended inside of a mail: ${ending(error)}`;
    return { kind: "unknown", reason };
  }
  const reason = `Cannot reach the mail server ${where}: ${ending(error)}`;
  if (error.timeoutType !== "GREETING_TIMEOUT") return { kind: "later", reason };
  const remedy = "if it speaks TLS from the first byte, its port must be 465";
  return { kind: "later", reason, remedy };
}

/** A reply that another try would get too. */
function refused(error: SmtpError, phase: Phase, where: string): MailFailure {
  const kind = "failed";
  const { response = "", responseCode } = error;
  if (error.command === "STARTTLS") {
    return {
      kind,
      reason: `Cannot talk to ${where} by TLS: it offers no STARTTLS (${response})`,
      remedy: `name another FOCUS_SMTP_PORT: 465 is TLS from the first byte; ${GUIDE}`,
    };
  }
  if (phase === "login") {
    return {
      kind,
      reason: `Cannot log in to ${where}: ${response}`,
      remedy:
        "check FOCUS_SMTP_USERNAME and FOCUS_SMTP_PASSWORD, which with Gmail and many others" +
        ` must be an app password; ${GUIDE}`,
    };
  }
  const reason = `The mail server ${where} refuses the mail: ${response}`;
  if (responseCode === 530) {
    const remedy = "set FOCUS_SMTP_USERNAME, FOCUS_SMTP_PASSWORD and FOCUS_SMTP_USE_TLS as it asks";
    return { kind, reason, remedy };
  }
  return { kind, reason };
}

function noTls(error: SmtpError, { secure }: ReadyMail, where: string): MailFailure {
  const kind = "failed";
  if (secure === "implicit" && !/alert|incompatible/i.test(error.message)) {
    const reason = `Cannot talk to ${where}: it does not speak TLS from the first byte`;
    return { kind, reason, remedy: "name another FOCUS_SMTP_PORT: 587 is usual" };
  }
  const reason = `Cannot talk to ${where} by TLS: ${error.message}`;
  return { kind, reason, remedy: "it must speak TLS 1.2 or better" };
}

function codes({ code = "", originalCode = "" }: SmtpError): string {
  return `${code} ${originalCode}`;
}

function isCertificate(error: SmtpError): boolean {
  return /CERT|UNABLE_TO_|SELF_SIGNED/.test(codes(error)) ||
    /\bcertificate\b|UnknownIssuer|NotValidForName/i.test(error.message);
}

function badCertificate(error: SmtpError, host: string, where: string): MailFailure {
  const kind = "failed";
  if (/ALTNAME/.test(codes(error))) {
    return {
      kind,
      reason: `Cannot trust ${where}: its certificate is for another name than ${host}`,
      remedy: "name the server in FOCUS_SMTP_HOST as its certificate does",
    };
  }
  return {
    kind,
    reason: `Cannot trust ${where}: its certificate is expired, or of an authority unknown here`,
    remedy:
      `for an authority of your own, start with DENO_CERT=its.pem or DENO_TLS_CA_STORE=system; ${GUIDE}`,
  };
}

/** How a connection ended, or why there was none. */
function ending(error: SmtpError): string {
  if (error.name === "AbortError") return "it was ended from here";
  if (error.code === "EDNS") return "its name leads nowhere, or there is no network";
  if (error.code === "ETIMEDOUT" || error.name === "TimeoutError") {
    return "it did not answer in time";
  }
  if (error.originalCode === "ECONNREFUSED") return "nothing listens there";
  if (error.code === "EPROTOCOL" && error.response) {
    return `it does not answer as a mail server does: ${error.response}`;
  }
  return error.message;
}

/** Without what a server might repeat of a login, and short. */
function oneLine(text: string, { username = "", password = "" }: ReadyMail): string {
  const base64 = (...parts: string[]) => new TextEncoder().encode(parts.join("\0")).toBase64();
  const secrets = [base64("", username, password), base64(password), password];
  let line = text;
  for (const secret of password === "" ? [] : secrets) line = line.replaceAll(secret, "…");
  line = line.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  return line.length <= MAX_REPLY_CHARS ? line : `${line.slice(0, MAX_REPLY_CHARS)}…`;
}
