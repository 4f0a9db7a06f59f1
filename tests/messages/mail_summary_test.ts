/** A summary by mail, from a real daemon to a real SMTP server, read again and compared with the API. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { WireMessage } from "../../daemon/api/messages.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import {
  MAIL_LOGIN,
  MAIL_SERVER_NEEDS,
  type MailServer,
  startMailServer,
} from "../mail/mail_server.ts";

const DAY = "2026-01-15";
/** Of another script, and with all that could become a header or markup. */
const ODD_APP = 'Zoë 日本 <b>&"x"</b>\r\nBcc: evil@mail.test';
/** Of each class two, in two categories, so that no sum is a part too. */
const WINDOWS: readonly [app: string, title: string, minutes: number][] = [
  ["Code", "main.ts - prodtracker", 80],
  ["firefox", "reddit.com - front page", 20],
  [ODD_APP, "a title", 15],
  ["chromium", "github.com - a pull request", 13],
  ["vlc", "a film", 7],
  ["another thing", "a title", 4],
];

interface Summary {
  readonly signal_seconds: number;
  readonly noise_seconds: number;
  readonly neutral_seconds: number;
  readonly signal_share: number | null;
  readonly sentence: string;
  readonly top_apps: readonly { readonly name: string | null; readonly seconds: number }[];
}

async function importDay(daemon: DaemonProcess): Promise<void> {
  let atMs = Date.parse(`${DAY}T10:00:00Z`);
  const lines = WINDOWS.flatMap(([app, title, minutes]) =>
    Array.from({ length: minutes }, () => {
      const [start, end] = [atMs, atMs += 60_000].map((ms) => new Date(ms).toISOString());
      return JSON.stringify({ start, end, source: "window", app, title });
    })
  );
  const path = "/import?format=jsonl";
  const response = await daemon.fetch(path, { method: "POST", body: lines.join("\n") });
  assert.equal(response.status, 200, await response.text());
}

async function sendDay(daemon: DaemonProcess, more: Record<string, unknown> = {}) {
  const response = await daemon.fetch("/summary/send", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ period: "day", date: DAY, email: true, ...more }),
  });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text) as { already: boolean; messages: WireMessage[] };
}

/** What a mail program shows of HTML, its blanks as one. */
function shown(html: string): string {
  const plain = html.replaceAll(/<(style|head|title)\b.*?<\/\1>/gs, " ").replaceAll(
    /<[^>]*>/g,
    " ",
  );
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
  return plain
    .replaceAll(
      /&#(x?)([0-9a-f]+);/gi,
      (_, hex, code) => String.fromCodePoint(parseInt(code, hex ? 16 : 10)),
    )
    .replaceAll(/&(\w+);/g, (all, name) => named[name] ?? all)
    .replaceAll(/\s+/g, " ");
}

/** "1 h 20 min", "20 min": times of whole minutes, as everything here is. */
function inWords(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.round(seconds / 60) % 60];
  if (hours === 0) return `${minutes} min`;
  return minutes === 0 ? `${hours} h` : `${hours} h ${String(minutes).padStart(2, "0")} min`;
}

/** Whether `text` has the two beside each other, with no more than an app's class between them. */
function says(text: string, name: string, value: string): boolean {
  const between = String.raw`\W{1,9}(?:(?:signal|noise|neutral)\W{1,9})?`;
  return new RegExp(`\\b${name}${between}${value}\\b|\\b${value}\\W{1,9}${name}\\b`, "i").test(
    text,
  );
}

function mailTest(
  name: string,
  run: (
    server: MailServer,
    start: (env?: Record<string, string>) => Promise<DaemonProcess>,
  ) => Promise<void>,
): void {
  const fn = async () => {
    await using server = await startMailServer();
    const daemons: DaemonProcess[] = [];
    try {
      await run(server, async (env = {}) => {
        const daemon = await startDaemon(["--no-track"], {
          env: { ...server.env(), TZ: "UTC", ...env },
        });
        daemons.push(daemon);
        return daemon;
      });
    } finally {
      for (const daemon of daemons) {
        await daemon.stop();
        await Deno.remove(daemon.dataDir, { recursive: true });
      }
    }
  };
  Deno.test({ name: `${name}${MAIL_SERVER_NEEDS.suffix}`, ignore: MAIL_SERVER_NEEDS.ignore, fn });
}

mailTest("a summary's mail says in text and HTML what GET /summary says", async (server, start) => {
  const daemon = await start();
  await importDay(daemon);
  const { already, messages } = await sendDay(daemon);
  assert.equal(already, false);
  assert.deepEqual(messages.map(({ state, recipient }) => [state, recipient]), [
    ["sent", "you@mail.test"],
  ]);
  const [mail] = await server.waitForMails(1);
  const summary = await daemon.get<Summary>(`/summary?period=day&date=${DAY}`);
  const { signal_seconds, noise_seconds, neutral_seconds } = summary;
  assert.deepEqual([signal_seconds, noise_seconds, neutral_seconds], [93 * 60, 27 * 60, 19 * 60]);
  const parts = { text: mail.text.replaceAll(/\s+/g, " "), html: shown(mail.html) };
  for (const [part, text] of Object.entries(parts)) {
    for (const kind of ["signal", "noise", "neutral"] as const) {
      const value = inWords(summary[`${kind}_seconds`]);
      assert.ok(says(text, kind, value), `${part}: ${kind} ${value}: ${text}`);
    }
    assert.ok(text.includes(`${Math.round(summary.signal_share! * 100)} %`), part);
    assert.ok(text.includes(summary.sentence), part);
    const [first, second] = summary.top_apps;
    for (const app of [first, second]) {
      assert.ok(says(text, app.name!, inWords(app.seconds)), `${part}: ${app.name}: ${text}`);
    }
    assert.match(text, /Zoë 日本 <b>&"x"<\/b> ?\W{0,2}Bcc: evil@mail\.test/, part);
  }
  // Each picture that the HTML shows is there, and the other way round.
  const referred = [...mail.html.matchAll(/\bsrc="cid:([^"]+)"/g)].map(([, cid]) => cid);
  assert.deepEqual(mail.attachments.map(({ cid }) => cid).toSorted(), referred.toSorted());
  assert.ok(
    mail.attachments.every(({ disposition, bytes }) => disposition === "inline" && bytes > 67),
  );
  assert.doesNotMatch(mail.html, /<script|<link|\b(?:src|href)="(?!cid:)/i);
  assert.ok(!mail.headers.some(({ name }) => name === "bcc"));
  assert.deepEqual(mail.envelope.to, ["you@mail.test"]);
  assert.match(mail.messageId, /^<[^<>@\s]+@mail\.test>$/);
});

mailTest(
  "of two recipients one is refused: each is told of, nobody twice",
  async (server, start) => {
    await server.behave({ recipients: { "gone@mail.test": "550 5.1.1 No such user" } });
    const daemon = await start({ FOCUS_EMAIL_TO: "you@mail.test, gone@mail.test" });
    await importDay(daemon);
    const { messages } = await sendDay(daemon);
    const of = (rows: readonly WireMessage[], recipient: string) =>
      rows.findLast((row) => row.recipient === recipient)!;
    assert.equal(of(messages, "you@mail.test").state, "sent");
    const gone = of(messages, "gone@mail.test");
    assert.equal(gone.state, "failed");
    assert.match(gone.error!, /refuses the mail: 550 5\.1\.1 No such user$/);
    await server.behave({});
    const again = await sendDay(daemon);
    assert.equal(of(again.messages, "gone@mail.test").state, "sent");
    const mails = await server.mails();
    assert.deepEqual(mails.map(({ envelope }) => envelope.to), [["you@mail.test"], [
      "gone@mail.test",
    ]]);
    assert.deepEqual(mails.map(({ to }) => to), ["you@mail.test", "gone@mail.test"]);
    assert.equal((await sendDay(daemon)).already, true);
    assert.equal((await server.mails()).length, 2);
  },
);

for (
  const [name, env, state, error] of [
    [
      "a wrong password",
      () => ({ FOCUS_SMTP_PASSWORD: "wrong-one" }),
      "failed",
      /535 .*app password/,
    ],
    [
      "an untrusted certificate",
      (server: MailServer) => server.env("untrusted"),
      "failed",
      /^Cannot trust/,
    ],
    ["an unknown host", () => ({ FOCUS_SMTP_HOST: "nowhere.invalid" }), "waiting", /leads nowhere/],
  ] as const
) {
  mailTest(
    `with ${name} nothing is sent, and why is said without the password`,
    async (server, start) => {
      const daemon = await start(env(server));
      await importDay(daemon);
      const { messages: [message] } = await sendDay(daemon);
      assert.equal(message.state, state);
      assert.match(message.error!, error);
      assert.equal(message.next_try !== null, state === "waiting");
      assert.deepEqual(await server.mails(), []);
      const [listed] = await daemon.get<WireMessage[]>("/messages");
      assert.deepEqual(listed, message);
      await daemon.stop();
      const said = daemon.stderr() + JSON.stringify(message);
      for await (const { name, isFile } of Deno.readDir(daemon.dataDir)) {
        const text = isFile
          ? new TextDecoder("latin1").decode(await Deno.readFile(join(daemon.dataDir, name)))
          : "";
        for (const secret of [MAIL_LOGIN.password, "wrong-one"]) {
          assert.ok(!text.includes(secret), name);
        }
      }
      for (const secret of [MAIL_LOGIN.password, "wrong-one"]) {
        assert.ok(!said.includes(secret));
      }
      assert.ok(!daemon.stderr().includes("you@mail.test"));
    },
  );
}

mailTest(
  "half an account, and a period to come, are refused in one line with nothing written down",
  async (server, start) => {
    const daemon = await start({ FOCUS_EMAIL_TO: "" });
    const ask = async (body: unknown) => {
      const response = await daemon.fetch("/summary/send", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    };
    const half = await ask({ period: "day", date: DAY, email: true });
    assert.equal(half.status, 503);
    assert.match(
      half.text,
      /Cannot send mail: FOCUS_EMAIL_TO is not set; see docs\/email_setup\.md/,
    );
    const well = await start();
    const future = await well.fetch("/summary/send", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ period: "day", date: "2999-01-01", email: true }),
    });
    assert.equal(future.status, 422, await future.clone().text());
    assert.match(await future.text(), /lies in the future/);
    for (const each of [daemon, well]) assert.deepEqual(await each.get("/messages"), []);
    assert.deepEqual(await server.events(), []);
  },
);

mailTest("a day without anything recorded is sent, and says so", async (server, start) => {
  const daemon = await start();
  const { messages } = await sendDay(daemon);
  assert.equal(messages[0].state, "sent");
  const [mail] = await server.mails();
  const { sentence } = await daemon.get<Summary>(`/summary?period=day&date=${DAY}`);
  assert.ok(mail.text.includes(sentence) && shown(mail.html).includes(sentence));
  assert.doesNotMatch(mail.text + shown(mail.html), /NaN|undefined|Infinity|null/);
});
