// deno-lint-ignore-file no-console -- its first line of output is where it listens
/**
 * A real SMTP server in a process of its own, told by HTTP how to behave: `server.ts FOLDER MAX_BYTES HIDE_SIZE`.
 *
 * Its packages are in `deno.json` beside it and not in the program's: nobody else needs them.
 * @module
 */
import { Buffer } from "node:buffer";
import type { Behaviour, Door, ReceivedMail, ServerEvent } from "./wire.ts";
import { DOORS } from "./wire.ts";

/** What is used of the packages; their own types are not there for who checks this with the root's `deno.json`. */
interface Session {
  readonly id: string;
  readonly secure: boolean;
  readonly user?: string;
  readonly envelope: {
    readonly mailFrom: { readonly address: string } | false;
    readonly rcptTo: readonly { readonly address: string }[];
  };
}
type Done = (error?: Error | null, result?: unknown) => void;
interface DataStream extends AsyncIterable<Uint8Array> {
  readonly sizeExceeded: boolean;
}
interface Server {
  readonly connections: Set<{ session: Session; _socket: { destroy(): void } }>;
  listen(port: number, host: string, done: () => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  readonly server: { address(): { port: number } };
}
interface Parsed {
  readonly headerLines: readonly { key: string; line: string }[];
  readonly subject?: string;
  readonly from?: { text: string };
  readonly to?: { text: string };
  readonly date?: Date;
  readonly messageId?: string;
  readonly text?: string;
  readonly html?: string | false;
  readonly attachments: readonly {
    cid?: string;
    contentType: string;
    contentDisposition: string;
    filename?: string;
    size: number;
    content: Uint8Array<ArrayBuffer>;
  }[];
}

// Names that are not literals: the root's `deno.json` does not know them.
const [serverPackage, parserPackage]: string[] = ["smtp-server", "mailparser"];
const { SMTPServer }: { SMTPServer: new (options: unknown) => Server } = await import(
  serverPackage
);
const { simpleParser }: {
  simpleParser: (raw: Uint8Array, options: unknown) => Promise<Parsed>;
} = await import(parserPackage);

const [folder, maxBytes, hideSize] = Deno.args;
/** The account of the tests; see `mail_server.ts`. */
const LOGIN = { user: "me@mail.test", password: "the-app-password" };

let behaviour: Behaviour = {};
let seen = new Set<string>();
let mails: ReceivedMail[] = [];
let events: ServerEvent[] = [];

function refusal(reply: string): Error {
  const [, code, text] = /^(\d{3}) (.*)$/s.exec(reply)!;
  return Object.assign(new Error(text), { responseCode: Number(code) });
}

function openDoor(door: Door): Promise<number> {
  const tell = (kind: ServerEvent["kind"], detail?: string) => events.push({ kind, door, detail });
  const secure = door === "implicit" || door === "implicit_untrusted";
  const certificate = /^(starttls|implicit|plain)$/.test(door)
    ? "good"
    : door.replace(/^.*_u/, "u");
  const server: Server = new SMTPServer({
    secure,
    name: "mail.test",
    key: Deno.readTextFileSync(`${folder}/${certificate}.key`),
    cert: Deno.readTextFileSync(`${folder}/${certificate}.crt`),
    disabledCommands: door === "plain" ? ["STARTTLS"] : [],
    authOptional: false,
    allowInsecureAuth: door === "plain",
    disableReverseLookup: true,
    size: Number(maxBytes),
    hideSize: hideSize === "true",
    onConnect(_session: Session, done: Done) {
      tell("connect");
      if (!behaviour.silent) done();
    },
    onAuth(
      auth: { username: string; password: string },
      _session: Session,
      done: Done,
    ) {
      tell("login", auth.username);
      if (behaviour.login) return done(refusal(behaviour.login));
      if (auth.username === LOGIN.user && auth.password === LOGIN.password) {
        return done(null, { user: auth.username });
      }
      done(refusal("535 5.7.8 Username and Password not accepted"));
    },
    onMailFrom(
      { address }: { address: string },
      _session: Session,
      done: Done,
    ) {
      tell("sender", address);
      done();
    },
    onRcptTo({ address }: { address: string }, _session: Session, done: Done) {
      tell("recipient", address);
      const reply = behaviour.recipients?.[address];
      if (reply) return done(refusal(reply));
      if (!behaviour.greylist || seen.has(address)) return done();
      seen.add(address);
      done(refusal("451 4.7.1 Greylisted, try again later"));
    },
    onData(stream: DataStream, session: Session, done: Done) {
      tell("data");
      take(stream, session, () => cut(server, session)).then(
        (taken) => {
          if (taken) tell("taken");
          if (taken !== undefined) done(null, "queued");
        },
        (error) => done(error),
      );
    },
    onClose: () => tell("closed"),
  });
  // Clients that hang up in a handshake are a part of the tests.
  server.on("error", () => {});
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server.server.address().port));
  });
}

function cut(server: Server, session: Session): void {
  for (const { session: { id }, _socket } of server.connections) {
    if (id === session.id) _socket.destroy();
  }
}

/** Reads a mail to its end; `undefined`: nothing more is to be said. @throws what it is refused with */
async function take(
  stream: DataStream,
  session: Session,
  cutOff: () => void,
): Promise<true | undefined> {
  const { data, reply } = behaviour;
  if ((data || reply) && behaviour.times !== undefined) {
    behaviour = behaviour.times > 1 ? { ...behaviour, times: behaviour.times - 1 } : {};
  }
  const parts: Uint8Array[] = [];
  for await (const part of stream) {
    if (data === "cut") return void cutOff();
    // The stream's buffer is used again.
    parts.push(part.slice());
  }
  if (stream.sizeExceeded) throw refusal("552 5.3.4 Message is too big");
  if (reply) throw refusal(reply);
  if (data === "hang") return undefined;
  const raw = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
  mails.push(await parsed(raw, session));
  if (data === "hang_after") return undefined;
  if (data !== "cut_after") return true;
  cutOff();
  return undefined;
}

async function parsed(
  raw: Uint8Array,
  session: Session,
): Promise<ReceivedMail> {
  // Pictures stay attachments, to be counted.
  const mail = await simpleParser(Buffer.from(raw), {
    skipImageLinks: true,
    skipTextLinks: true,
  });
  const { mailFrom, rcptTo } = session.envelope;
  return {
    headers: mail.headerLines.map(({ key, line }) => ({ name: key, line })),
    subject: mail.subject ?? "",
    from: mail.from?.text ?? "",
    to: mail.to?.text ?? "",
    date: mail.date?.toISOString() ?? "",
    messageId: mail.messageId ?? "",
    text: mail.text ?? "",
    html: mail.html || "",
    attachments: mail.attachments.map((each) => ({
      cid: each.cid ?? null,
      contentType: each.contentType,
      disposition: each.contentDisposition,
      filename: each.filename ?? null,
      bytes: each.size,
      base64: new Uint8Array(each.content).toBase64(),
    })),
    envelope: {
      from: mailFrom ? mailFrom.address : "",
      to: rcptTo.map(({ address }) => address),
    },
    secure: session.secure,
    user: session.user ?? null,
    rawBytes: raw.length,
    raw: new TextDecoder("latin1").decode(raw),
  };
}

const ports: Partial<Record<Door, number>> = {};
for (const door of DOORS) ports[door] = await openDoor(door);

const control = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen() {} },
  async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/behaviour") {
      behaviour = await request.json();
      seen = new Set();
    } else if (pathname === "/forget") {
      mails = [];
      events = [];
    }
    return Response.json({ mails, events });
  },
);
console.log(JSON.stringify({ ports, control: control.addr.port }));
// Whoever started this is gone when nobody holds the other end.
for await (const _ of Deno.stdin.readable);
Deno.exit(0);
