/**
 * The real SMTP server of the tests, as tests use it.
 * @module
 */
import { fileURLToPath } from "node:url";
import type { ReadyMail } from "../../daemon/config/mail.ts";
import { waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { makeCertificates } from "./certificates.ts";
import type { Behaviour, Door, ReceivedMail, ServerEvent } from "./wire.ts";

/** What a server needs of the system; see `needs`. */
export const MAIL_SERVER_NEEDS = needs("openssl");

/** The account that the server knows. */
export const MAIL_LOGIN = {
  username: "me@mail.test",
  password: "the-app-password",
} as const;

const SERVER = fileURLToPath(new URL("server.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("deno.json", import.meta.url));

/** A running server; disposing of it ends its process. */
export interface MailServer extends AsyncDisposable {
  /** The settings of an account at `door`, the first recipient's address in them, and whom to trust. */
  env(door?: Door): Record<string, string>;
  /** The same for a notifier in the test's own process. */
  config(door?: Door): ReadyMail;
  /** The authority that signed the good certificate, in PEM. */
  readonly ca: string;
  /** The mails that it took so far. */
  mails(): Promise<readonly ReceivedMail[]>;
  /** Waits until there are `count` of them. */
  waitForMails(count: number): Promise<readonly ReceivedMail[]>;
  /** What clients did so far. */
  events(): Promise<readonly ServerEvent[]>;
  /** Waits until clients did `kind` of thing `count` times. */
  waitForEvents(kind: ServerEvent["kind"], count: number): Promise<void>;
  /** How it behaves from now on; greylists are forgotten. */
  behave(behaviour: Behaviour): Promise<void>;
  /** Forgets mails and events. */
  forget(): Promise<void>;
}

export interface MailServerOptions {
  /** The largest mail that it takes, which it says. @default 10 MB */
  readonly maxBytes?: number;
  /** It does not say so. */
  readonly hideSize?: boolean;
}

/** Starts a server on free ports of this machine. */
export async function startMailServer(
  { maxBytes = 10_000_000, hideSize = false }: MailServerOptions = {},
): Promise<MailServer> {
  const folder = await Deno.makeTempDir({ prefix: "prodtracker-mail-" });
  await makeCertificates(folder);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...[
        "run",
        "--quiet",
        "--no-prompt",
        "--frozen",
        "--allow-all",
        "--config",
        CONFIG,
      ],
      ...[SERVER, folder, String(maxBytes), String(hideSize)],
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const { ports, control } = JSON.parse(await firstLine(child.stdout)) as {
    ports: Record<Door, number>;
    control: number;
  };
  const ask = async (path: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: "PUT", body: JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${control}/${path}`, init);
    return await response.json() as {
      mails: ReceivedMail[];
      events: ServerEvent[];
    };
  };
  return {
    ca: await Deno.readTextFile(`${folder}/ca.crt`),
    env: (door = "starttls") => ({
      FOCUS_SMTP_HOST: "localhost",
      FOCUS_SMTP_PORT: String(ports[door]),
      FOCUS_SMTP_USERNAME: MAIL_LOGIN.username,
      FOCUS_SMTP_PASSWORD: MAIL_LOGIN.password,
      FOCUS_SMTP_USE_TLS: String(door !== "plain"),
      FOCUS_EMAIL_TO: "you@mail.test",
      DENO_CERT: `${folder}/ca.crt`,
    }),
    config: (door = "starttls") => ({
      kind: "ready",
      host: "localhost",
      port: ports[door],
      secure: door.startsWith("implicit") ? "implicit" : "starttls",
      ...MAIL_LOGIN,
      from: { name: "ProdTracker", address: MAIL_LOGIN.username },
      to: ["you@mail.test"],
    }),
    mails: async () => (await ask("all")).mails,
    waitForMails: (count) =>
      waitFor(async () => {
        const { mails } = await ask("all");
        return mails.length >= count ? mails : undefined;
      }),
    events: async () => (await ask("all")).events,
    waitForEvents: async (kind, count) => {
      await waitFor(async () => {
        const { events } = await ask("all");
        return events.filter((event) => event.kind === kind).length >= count ||
          undefined;
      });
    },
    async behave(behaviour) {
      await ask("behaviour", behaviour);
    },
    async forget() {
      await ask("forget");
    },
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The first line of a stream, whose rest is let go of. */
async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("The mail server of the tests ended at once");
    text += value;
  }
  await reader.cancel();
  return text;
}
