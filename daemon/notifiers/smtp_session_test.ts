/** Servers that answer oddly, each told what to say line by line. */
import assert from "node:assert/strict";
import type { ReadyMail } from "../config/mail.ts";
import type { SendResult } from "../core/messages.ts";
import { createMailNotifier } from "./email_smtp.ts";

const ACCOUNT: Omit<ReadyMail, "port"> = {
  kind: "ready",
  host: "127.0.0.1",
  secure: "none",
  from: { address: "me@mail.test" },
  to: ["you@mail.test"],
};
const MAIL = { to: "you@mail.test", messageId: "<1@mail.test>", subject: "s", text: "text" };

interface Odd {
  readonly name: string;
  /** What it says: at once, then after each thing it hears; then it closes. */
  readonly says: readonly string[];
  readonly account?: Partial<ReadyMail>;
  readonly kind: SendResult["kind"];
  /** Of the reason, or the answer. */
  readonly text: RegExp;
}

const LOGIN = { username: "me", password: "hunter2" };

const ODD: readonly Odd[] = [
  { name: "hangs up at once", says: [], kind: "later", text: /Connection closed unexpectedly/ },
  {
    name: "is a web server",
    says: ["HTTP/1.1 400 Bad Request\r\n\r\n"],
    kind: "later",
    text: /: it does not answer as a mail server does: HTTP\/1\.1 400 Bad Request$/,
  },
  {
    name: "wants nothing from us, in colour",
    says: ["554 go \u001b[31maway\r\n"],
    kind: "failed",
    text: /refuses the mail: 554 go \[31maway$/,
  },
  { name: "is busy", says: ["421 busy\r\n"], kind: "later", text: /says: 421 busy$/ },
  {
    name: "never ends its greeting",
    says: [`220-${"x".repeat(3_000_000)}`],
    kind: "later",
    text: /Server response exceeds maximum allowed size$/,
  },
  {
    name: "knows no EHLO",
    says: [
      "220 hi\r\n",
      "502 no\r\n",
      "250 hi\r\n",
      "250 ok\r\n",
      "250 ok\r\n",
      "354 go\r\n",
      "250 kept\r\n",
    ],
    kind: "sent",
    text: /^250 kept$/,
  },
  {
    name: "closes after the sender",
    says: ["220 hi\r\n", "250 hi\r\n", "421 4.7.0 closing\r\n"],
    kind: "later",
    text: /says: 421 4\.7\.0 closing$/,
  },
  {
    name: "wants no DATA now",
    says: ["220 hi\r\n", "250 hi\r\n", "250 ok\r\n", "250 ok\r\n", "451 no\r\n"],
    kind: "later",
    text: /says: 451 no$/,
  },
  {
    name: "hangs up after DATA",
    says: ["220 hi\r\n", "250 hi\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n"],
    kind: "unknown",
    text: /ended inside of a mail/,
  },
  {
    name: "has no login where we have one",
    says: ["220 hi\r\n", "250 hi\r\n", "250 ok\r\n"],
    account: LOGIN,
    kind: "failed",
    text: /it offers no login; take FOCUS_SMTP_USERNAME/,
  },
  {
    name: "says STARTTLS and speaks none",
    says: ["220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220 go\r\n", "this is no TLS at all\r\n"],
    account: { secure: "starttls", ...LOGIN },
    kind: "failed",
    text: /^Cannot talk to 127\.0\.0\.1:\d+ by TLS: .*; it must speak TLS 1\.2 or better$/,
  },
  {
    name: "hangs up in the handshake",
    says: ["220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220 go\r\n"],
    account: { secure: "starttls", ...LOGIN },
    kind: "later",
    text: /^Cannot reach the mail server/,
  },
  {
    name: "takes EHLO for an error where TLS is a must",
    says: ["220 hi\r\n", "502 no\r\n", "250 hi\r\n"],
    account: { secure: "starttls", ...LOGIN },
    kind: "failed",
    text: /502 no/,
  },
];

for (const { name, says, account, kind, text } of ODD) {
  Deno.test(`createMailNotifier() bears a server that ${name}`, async () => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const heard = serve(listener, says);
    const ready = { ...ACCOUNT, ...account, port: listener.addr.port };
    const result = await createMailNotifier(ready).send(MAIL, new AbortController().signal);
    assert.equal(result.kind, kind, JSON.stringify(result));
    assert.match(result.kind === "sent" ? result.answer! : result.reason, text);
    const all = await heard;
    for (const secret of ["hunter2", btoa("hunter2"), btoa("\0me\0hunter2")]) {
      assert.ok(!all.includes(secret));
    }
    listener.close();
  });
}

Deno.test("createMailNotifier() is held up by nobody who says a word now and then", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const trickle = (async () => {
    using connection = await listener.accept();
    const say = (text: string) => connection.write(new TextEncoder().encode(text));
    await say("220 hi\r\n");
    try {
      while (true) {
        await say("250-and another thing\r\n");
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } catch { /* the client had enough */ }
  })();
  const ready = { ...ACCOUNT, port: listener.addr.port };
  const notifier = createMailNotifier(ready, { silenceMs: 5_000, wholeMs: 500 });
  const result = await notifier.send(MAIL, new AbortController().signal);
  assert.ok(result.kind === "later" && /did not answer in time$/.test(result.reason));
  await trickle;
  listener.close();
});

/** Says its lines to one client; resolves to all that it heard. */
async function serve(listener: Deno.TcpListener, says: readonly string[]): Promise<string> {
  using connection = await listener.accept();
  const buffer = new Uint8Array(65_536);
  let heard = "";
  try {
    for (const line of says) {
      await new Blob([line]).stream().pipeTo(connection.writable, { preventClose: true });
      const count = await connection.read(buffer);
      if (count === null) break;
      heard += new TextDecoder("latin1").decode(buffer.subarray(0, count));
    }
  } catch { /* the client had enough */ }
  return heard;
}
