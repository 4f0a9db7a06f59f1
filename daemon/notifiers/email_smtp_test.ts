/** Mail against a real SMTP server; see `tests/mail/`. */
import assert from "node:assert/strict";
import {
  MAIL_LOGIN,
  MAIL_SERVER_NEEDS,
  type MailServer,
  type MailServerOptions,
  startMailServer,
} from "../../tests/mail/mail_server.ts";
import type { ReadyMail } from "../config/mail.ts";
import type { OutgoingMail } from "../core/messages.ts";
import { createMailNotifier, verifyMail } from "./email_smtp.ts";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const MAIL: OutgoingMail = {
  to: "you@mail.test",
  messageId: "<day-2026-01-31.1@prodtracker.test>",
  subject: "Your day",
  text: "Signal 3 h\n.\n..Noise 1 h",
  html: `<p>Signal 3 h <img src="cid:hours" alt="hours"></p>`,
  pictures: [{ cid: "hours", pngBase64: PNG }],
};

function send(
  server: MailServer,
  { mail = {}, account = server.config(), signal = new AbortController().signal, silenceMs }: {
    readonly mail?: Partial<OutgoingMail>;
    readonly account?: ReadyMail;
    readonly signal?: AbortSignal;
    readonly silenceMs?: number;
  } = {},
) {
  return createMailNotifier(account, { ca: server.ca, silenceMs }).send(
    { ...MAIL, ...mail },
    signal,
  );
}

function mailTest(
  name: string,
  run: (server: MailServer) => Promise<void>,
  options?: MailServerOptions,
): void {
  const { ignore, suffix } = MAIL_SERVER_NEEDS;
  const fn = async () => {
    await using server = await startMailServer(options);
    await run(server);
  };
  Deno.test({ name: `createMailNotifier() ${name}${suffix}`, ignore, fn });
}

mailTest(
  "sends text, HTML and pictures by STARTTLS, as another program reads them",
  async (server) => {
    const beforeMs = Date.now();
    assert.deepEqual(await send(server), { kind: "sent", answer: "250 queued" });
    const [mail] = await server.mails();
    assert.ok(mail.secure);
    assert.equal(mail.user, MAIL_LOGIN.username);
    assert.deepEqual(mail.envelope, { from: "me@mail.test", to: ["you@mail.test"] });
    assert.equal(mail.messageId, MAIL.messageId);
    assert.equal(mail.from, '"ProdTracker" <me@mail.test>');
    assert.equal(mail.to, "you@mail.test");
    assert.equal(mail.subject, MAIL.subject);
    assert.equal(mail.text, MAIL.text);
    assert.equal(mail.html, MAIL.html);
    const { cid, contentType, disposition, base64 } = mail.attachments[0];
    assert.deepEqual([cid, contentType, disposition, base64], [
      "hours",
      "image/png",
      "inline",
      PNG,
    ]);
    const header = (name: string) => mail.headers.find((each) => each.name === name)?.line;
    assert.equal(header("auto-submitted"), "Auto-Submitted: auto-generated");
    assert.equal(header("x-mailer"), "X-Mailer: ProdTracker");
    assert.ok(Math.abs(Date.parse(mail.date) - beforeMs) < 60_000);
    assert.match(mail.raw, /^Content-Type: multipart\/alternative;/m);
    assert.ok(mail.raw.split("\r\n").every((line) => line.length <= 998));
  },
);

mailTest(
  "speaks TLS from the first byte at the port for it, and plain text where that is wished",
  async (server) => {
    assert.equal((await send(server, { account: server.config("implicit") })).kind, "sent");
    assert.equal(
      (await send(server, { account: { ...server.config("plain"), secure: "none" } })).kind,
      "sent",
    );
    assert.deepEqual((await server.mails()).map(({ secure }) => secure), [true, false]);
  },
);

for (
  const [door, reason] of [
    [
      "untrusted",
      /^Cannot trust localhost:\d+: its certificate is expired, or of an authority unknown here; .*DENO_CERT/,
    ],
    ["implicit_untrusted", /^Cannot trust localhost:\d+: /],
    ["expired", /^Cannot trust localhost:\d+: its certificate is expired/],
    [
      "wrong_name",
      /^Cannot trust localhost:\d+: its certificate is for another name than localhost; .*FOCUS_SMTP_HOST/,
    ],
    ["plain", /^Cannot talk to localhost:\d+ by TLS: it offers no STARTTLS \(5\d\d .*465/],
  ] as const
) {
  mailTest(
    `tells a server that is ${door} no password, and does not try it again`,
    async (server) => {
      const result = await send(server, { account: server.config(door) });
      assert.ok(result.kind === "failed");
      assert.match(result.reason, reason);
      // Of a handshake that failed from the first byte on, the server tells nothing.
      if (!door.startsWith("implicit")) await server.waitForEvents("closed", 1);
      const kinds = (await server.events()).map(({ kind }) => kind);
      assert.deepEqual(kinds.filter((kind) => kind !== "connect" && kind !== "closed"), []);
      assert.ok(kinds.length <= 2);
    },
  );
}

mailTest("trusts no authority that it was not told of", async (server) => {
  const result = await createMailNotifier(server.config()).send(MAIL, new AbortController().signal);
  assert.ok(result.kind === "failed" && /^Cannot trust /.test(result.reason));
});

mailTest("names app passwords where a login is refused, and never the password", async (server) => {
  const account = { ...server.config(), password: "hunter2" };
  const wrong = await send(server, { account });
  assert.ok(wrong.kind === "failed");
  assert.match(
    wrong.reason,
    /^Cannot log in to localhost:\d+: 535 5\.7\.8 .*; .*app password; see docs\/email_setup\.md$/,
  );
  const token = btoa(`\0${account.username}\0hunter2`);
  await server.behave({ login: `534 5.7.9 bad: hunter2, ${token} ${btoa("hunter2")}` });
  const echoed = await send(server, { account });
  assert.ok(echoed.kind === "failed");
  assert.match(echoed.reason, /^Cannot log in to localhost:\d+: 534 5\.7\.9 bad: …, … …; /);
  await server.behave({ login: "454 4.7.0 Temporary authentication failure" });
  assert.equal((await send(server)).kind, "later");
  assert.deepEqual(await server.mails(), []);
});

mailTest("logs in nowhere where a login is not offered or not wished", async (server) => {
  const { username: _, password: __, ...without } = server.config();
  const result = await send(server, { account: without });
  assert.ok(result.kind === "failed");
  assert.match(result.reason, /refuses the mail: 530 .*; set FOCUS_SMTP_USERNAME/);
});

mailTest("comes again after a greylist's 451, with the same Message-ID", async (server) => {
  await server.behave({ greylist: true });
  const first = await send(server);
  assert.ok(first.kind === "later");
  assert.match(first.reason, /says: 451 4\.7\.1 Greylisted/);
  assert.equal((await send(server)).kind, "sent");
  assert.deepEqual((await server.mails()).map(({ messageId }) => messageId), [MAIL.messageId]);
});

mailTest(
  "does not know what arrived when the connection ends inside of DATA, or after it",
  async (server) => {
    for (const data of ["cut", "cut_after"] as const) {
      await server.behave({ data });
      const result = await send(server);
      assert.ok(result.kind === "unknown", data);
      assert.match(result.reason, /^The connection to localhost:\d+ ended inside of a mail: /);
    }
    assert.equal((await server.mails()).length, 1);
  },
);

mailTest(
  "waits for a silent server no longer than it should, and ends at once when asked",
  async (server) => {
    await server.behave({ data: "hang" });
    const silent = await send(server, { silenceMs: 300 });
    assert.ok(silent.kind === "unknown" && /did not answer in time$/.test(silent.reason));
    await server.forget();
    const stop = new AbortController();
    const hanging = send(server, { signal: stop.signal });
    await server.waitForEvents("data", 1);
    stop.abort(new Error("the daemon stops"));
    const ended = await hanging;
    assert.ok(ended.kind === "unknown" && /it was ended from here$/.test(ended.reason));
    await server.waitForEvents("closed", 1);
  },
);

mailTest("knows that nothing arrived when it ends before DATA", async (server) => {
  await server.behave({ silent: true });
  const stop = new AbortController();
  const waiting = send(server, { signal: stop.signal });
  await server.waitForEvents("connect", 1);
  stop.abort();
  assert.equal((await waiting).kind, "later");
  assert.equal((await send(server, { signal: stop.signal })).kind, "later");
  assert.equal((await server.events()).filter(({ kind }) => kind === "connect").length, 1);
});

mailTest('says "later" only of what did not arrive, whenever it is ended', async (server) => {
  const kinds = new Map<string, string>();
  // Of a name with two addresses the runtime's own timers are left behind.
  const account = { ...server.config(), host: "127.0.0.1" };
  const round = async (number: number) => {
    const messageId = `<${number}@prodtracker.test>`;
    const result = await send(server, {
      account,
      mail: { messageId },
      signal: AbortSignal.timeout(number * 4),
    });
    kinds.set(messageId, result.kind);
  };
  await Promise.all(Array.from({ length: 60 }, (_, number) => round(number)));
  const closed = (await server.events()).filter(({ kind }) => kind === "connect").length;
  await server.waitForEvents("closed", closed);
  const arrived = (await server.mails()).map(({ messageId }) => messageId);
  assert.equal(new Set(arrived).size, arrived.length);
  for (const [messageId, kind] of kinds) {
    if (kind === "later") assert.ok(!arrived.includes(messageId), messageId);
    if (kind === "sent") assert.ok(arrived.includes(messageId), messageId);
  }
  assert.ok([...kinds.values()].includes("later"));
});

const TEN_MB_OF_TEXT = `${"x".repeat(99)}\n`.repeat(101_000);

mailTest("does not even begin to send what is over the limit a server names", async (server) => {
  const result = await send(server, { mail: { text: TEN_MB_OF_TEXT } });
  assert.ok(result.kind === "failed");
  assert.match(result.reason, /Message size larger than allowed 10000000$/);
  assert.ok(!(await server.events()).some(({ kind }) => kind === "data"));
});

mailTest("takes a 552 after DATA for a refusal", async (server) => {
  const result = await send(server, { mail: { text: TEN_MB_OF_TEXT } });
  assert.ok(result.kind === "failed");
  assert.match(result.reason, /refuses the mail: 552 5\.3\.4 Message is too big$/);
}, { hideSize: true });

mailTest(
  "tells one recipient's refusal from another's success, and a reply 4xx from one 5xx",
  async (server) => {
    await server.behave({ recipients: { "gone@mail.test": "550 5.1.1 No such user" } });
    const gone = await send(server, { mail: { to: "gone@mail.test" } });
    assert.ok(gone.kind === "failed" && /: 550 5\.1\.1 No such user$/.test(gone.reason));
    assert.equal((await send(server)).kind, "sent");
    await server.behave({ reply: "451 4.3.0 Try later", times: 1 });
    assert.equal((await send(server)).kind, "later");
    await server.behave({ reply: "554 5.7.1 Looks like spam" });
    assert.equal((await send(server)).kind, "failed");
    assert.equal((await server.mails()).length, 1);
  },
);

mailTest(
  "lets no text become a header, and keeps names and titles of any script",
  async (server) => {
    const name = 'Zoë "日本", <x@y.z>';
    const account = { ...server.config(), from: { name, address: MAIL_LOGIN.username } };
    const subject = "Täg 日本\r\nBcc: evil@mail.test\r\n\r\nbody \u{1F600} ".repeat(5);
    const text = "Bcc: evil@mail.test\r\n\r\nZoë 日本";
    const pictures = [{ cid: "a\r\nBcc: evil@mail.test", pngBase64: PNG }];
    assert.equal((await send(server, { account, mail: { subject, text, pictures } })).kind, "sent");
    const [mail] = await server.mails();
    assert.equal(mail.subject, subject.replaceAll(/[\r\n]+/g, " "));
    assert.equal(mail.text, text.replaceAll("\r", ""));
    assert.match(mail.from, /Zoë .*日本/);
    assert.deepEqual(mail.envelope, { from: MAIL_LOGIN.username, to: ["you@mail.test"] });
    assert.ok(!mail.headers.some((header) => header.name === "bcc"));
    const heads = mail.raw.split("\r\n").filter((line) => /^bcc/i.test(line));
    assert.deepEqual(heads, ["Bcc: evil@mail.test"], "in the text alone");
    const wrong = await send(server, { mail: { to: "a@b.c>\r\nRCPT TO:<evil@mail.test" } });
    assert.equal(wrong.kind, "failed");
  },
);

const NOWHERE: ReadyMail = {
  kind: "ready",
  host: "nowhere.invalid",
  port: 587,
  secure: "starttls",
  from: { address: "me@mail.test" },
  to: ["you@mail.test"],
};

Deno.test("createMailNotifier() tries an unknown name, and a port where nothing listens, again", async () => {
  const { signal } = new AbortController();
  const unknown = await createMailNotifier(NOWHERE).send(MAIL, signal);
  assert.ok(unknown.kind === "later");
  assert.match(
    unknown.reason,
    /nowhere\.invalid:587: its name leads nowhere, or there is no network$/,
  );
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  const closed = { ...NOWHERE, host: "127.0.0.1", port: listener.addr.port };
  const refused = await createMailNotifier(closed).send(MAIL, signal);
  assert.ok(refused.kind === "later" && /nothing listens there$/.test(refused.reason));
});

Deno.test({
  name: `verifyMail() logs in without sending anything${MAIL_SERVER_NEEDS.suffix}`,
  ignore: MAIL_SERVER_NEEDS.ignore,
  async fn() {
    await using server = await startMailServer();
    assert.equal(await verifyMail(server.config(), { ca: server.ca }), undefined);
    const wrong = await verifyMail({ ...server.config(), password: "x" }, { ca: server.ca });
    assert.equal(wrong?.kind, "failed");
    assert.match(wrong!.remedy!, /app password/);
    assert.ok(!(await server.events()).some(({ kind }) => kind === "sender"));
  },
});
