/**
 * One conversation with a mail server.
 * @module
 */
import { Readable } from "node:stream";
import type SmtpConnection from "nodemailer/lib/smtp-connection";
import type { ReadyMail } from "../config/mail.ts";

/** A mail as it goes over the wire. */
export interface WireMail {
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How far a conversation came; after `data` nobody knows whether the mail arrived. */
export type Phase = "connect" | "login" | "envelope" | "data";

/** A conversation that did not end well; the cause is what nodemailer says of it. */
export class SmtpTrouble extends Error {
  override name = "SmtpTrouble";
  constructor(readonly phase: Phase, override readonly cause: unknown) {
    super(`The mail server's conversation ended in the phase "${phase}"`, { cause });
  }
}

/** The server has no login, and the settings have one. */
export class NoLoginOffered extends Error {
  override name = "NoLoginOffered";
}

export interface SmtpOptions {
  readonly signal?: AbortSignal;
  /** Authorities to trust instead of the system's, in PEM. */
  readonly ca?: string;
  /** Silence of the server that ends the conversation. @default 60 000 */
  readonly silenceMs?: number;
  /** The whole conversation, for a server that says a word now and then. @default 300 000 */
  readonly wholeMs?: number;
}

/** Finding the server, connecting, its greeting, and TLS. */
const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;
const WHOLE_MS = 300_000;

/**
 * Connects, logs in and sends `mail`, if there is one; one connection for each. Resolves to what the server said
 * last, once the mail is its own.
 * @throws {SmtpTrouble}
 */
export async function talkSmtp(
  config: ReadyMail,
  mail: WireMail | undefined,
  { signal, ca, silenceMs = SILENCE_MS, wholeMs = WHOLE_MS }: SmtpOptions = {},
): Promise<string> {
  let phase: Phase = "connect";
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  const connection = new Connection(connectionOptions(config, ca, silenceMs));
  const lost = Promise.withResolvers<never>();
  // What goes wrong after the end is nobody's business any more.
  lost.promise.catch(() => {});
  connection.on("error", lost.reject);
  const stop = () => lost.reject(new DOMException("", "AbortError"));
  signal?.addEventListener("abort", stop);
  const timer = setTimeout(() => lost.reject(new DOMException("", "TimeoutError")), wholeMs);
  const step = (run: (done: (error?: Error | null) => void) => void) =>
    Promise.race([
      lost.promise,
      new Promise<void>((resolve, reject) => run((error) => error ? reject(error) : resolve())),
    ]);
  let answer = "";
  try {
    if (signal?.aborted) stop();
    await step((done) => connection.connect(done));
    if (config.username !== undefined) {
      phase = "login";
      if (!connection.allowsAuth) throw new NoLoginOffered("The server offers no login");
      const login = { user: config.username, pass: config.password };
      await step((done) => connection.login(login, done));
    }
    answer = lastReply(connection);
    if (!mail) return answer;
    phase = "envelope";
    const body = readWhenAsked(mail.bytes, () => phase = "data");
    const envelope = { from: mail.from, to: [mail.to], size: mail.bytes.length };
    await step((done) =>
      connection.send(envelope, body, (error, info) => {
        if (info) answer = info.response;
        done(error);
      })
    );
    return answer;
  } catch (error) {
    throw new SmtpTrouble(phase, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    connection.close();
  }
}

function connectionOptions(
  { host, port, secure }: ReadyMail,
  ca: string | undefined,
  silenceMs: number,
): SmtpConnection.Options {
  return {
    host,
    port,
    secure: secure === "implicit",
    requireTLS: secure === "starttls",
    // What is offered is not taken: who stands in between could leave the offer out.
    ignoreTLS: secure === "none",
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: true, ...(ca !== undefined && { ca }) },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: silenceMs,
    // At the end there is nothing left to say, and in the middle nothing more may be said.
    socketCloseTimeout: 0,
    logger: false,
    debug: false,
  };
}

function lastReply(connection: SmtpConnection): string {
  return connection.lastServerResponse || "";
}

/** A stream that tells when it is read for the first time, which is after the server has agreed to DATA. */
function readWhenAsked(bytes: Uint8Array, onRead: () => void): Readable {
  return new Readable({
    read() {
      onRead();
      this.push(bytes);
      this.push(null);
    },
  });
}
