/** Sending summaries against the real daemon: what is sent, what is refused, and who may ask. */
import assert from "node:assert/strict";
import type { WireMessage } from "../../daemon/api/messages.ts";
import type { WireSendSchedule, WireSent } from "../../daemon/api/summary_send.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { MAIL_SERVER_NEEDS, type MailServer, startMailServer } from "../mail/mail_server.ts";

const { ignore, suffix } = MAIL_SERVER_NEEDS;

async function withDaemon(
  act: (daemon: DaemonProcess) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

function mailTest(name: string, act: (daemon: DaemonProcess, server: MailServer) => Promise<void>) {
  const fn = async () => {
    await using server = await startMailServer();
    await withDaemon((daemon) => act(daemon, server), server.env());
  };
  Deno.test({ name: `${name}${suffix}`, ignore, fn });
}

async function send<T>(daemon: DaemonProcess, method: string, path: string, body: unknown) {
  const response = await daemon.fetch(path, {
    method,
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, body: await response.json() as T };
}

interface Refusal {
  readonly error: { readonly code: string; readonly message: string };
}

mailTest("POST /summary/send sends once, again only when asked to", async (daemon, server) => {
  const day = { period: "day", date: "2026-01-15", email: true };
  const first = await send<WireSent>(daemon, "POST", "/summary/send", day);
  assert.equal(first.status, 200);
  assert.equal(first.body.already, false);
  const [message] = first.body.messages;
  assert.deepEqual(
    [message.topic, message.recipient, message.state, message.tries, message.error],
    ["day 2026-01-15", "you@mail.test", "sent", 1, null],
  );
  const second = await send<WireSent>(daemon, "POST", "/summary/send", day);
  assert.deepEqual(second.body, { already: true, messages: [message] });
  // The same week by another of its days.
  for (const [date, already] of [["2026-01-12", false], ["2026-01-18", true]] as const) {
    const week = { period: "week", date, email: true };
    const { body } = await send<WireSent>(daemon, "POST", "/summary/send", week);
    assert.equal(body.already, already, date);
    assert.equal(body.messages[0].topic, "week 2026-01-12");
  }
  const range = { from: "2026-01-10T00:00:00Z", to: "2026-01-12T01:00:00+01:00", email: true };
  const ranged = await send<WireSent>(daemon, "POST", "/summary/send", range);
  assert.equal(
    ranged.body.messages[0].topic,
    "range 2026-01-10T00:00:00.000Z 2026-01-12T00:00:00.000Z",
  );
  await send(daemon, "POST", "/summary/send", { ...day, again: true });
  const mails = await server.mails();
  assert.equal(mails.length, 4);
  assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, 4);
  const listed = await daemon.get<WireMessage[]>("/messages?limit=1");
  assert.equal(listed[0].topic, "day 2026-01-15");
});

mailTest("two requests at once send one mail", async (daemon, server) => {
  const day = { period: "day", date: "2026-01-15", email: true };
  const both = await Promise.all(
    Array.from({ length: 5 }, () => send<WireSent>(daemon, "POST", "/summary/send", day)),
  );
  assert.equal(new Set(both.map(({ body }) => body.messages[0].id)).size, 1);
  assert.ok(both.every(({ body }) => body.messages[0].state === "sent"));
  assert.equal((await server.mails()).length, 1);
});

mailTest(
  "POST /summary/send refuses what cannot be, and nothing is half-sent",
  async (daemon, server) => {
    const future = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const cases: [body: unknown, status: number, message: RegExp][] = [
      [{}, 422, /email or sms must be true/],
      [{ period: "day" }, 422, /email or sms must be true/],
      [{ email: true }, 422, /either period, or from and to/],
      [{ period: "day", from: future, email: true }, 422, /either period, or from and to/],
      [{ from: "2026-01-10T00:00:00Z", email: true }, 422, /either period, or from and to/],
      [
        { from: "2026-01-10T00:00:00Z", to: "2026-01-10T00:00:00Z", email: true },
        422,
        /"to" must be after "from"/,
      ],
      [{ period: "year", email: true }, 422, /period/],
      [{ period: "day", date: "2026-02-30", email: true }, 422, /must be a date/],
      [{ period: "day", date: future.slice(0, 10), email: true }, 422, /lies in the future/],
      [{ period: "day", email: "yes" }, 400, /email/],
      [{ period: "day", email: true, to_whom: "x" }, 400, /to_whom/],
      [{ period: "day", email: true, sms: true }, 503, /^Cannot send SMS: TWILIO_ACCOUNT_SID/],
      ["{", 400, /not JSON/],
    ];
    for (const [body, status, message] of cases) {
      const reply = await send<Refusal>(daemon, "POST", "/summary/send", body);
      assert.equal(reply.status, status, JSON.stringify(body));
      assert.match(reply.body.error.message, message);
      assert.ok(!reply.body.error.message.includes("\n"));
    }
    assert.deepEqual(await daemon.get("/messages"), []);
    assert.deepEqual(await server.mails(), []);
  },
);

Deno.test("summaries are sent, and schedules seen and set, with the token only", () =>
  withDaemon(async (daemon) => {
    const headers = { "x-admin-token": "wrong", "content-type": "application/json" };
    for (
      const [method, path] of [
        ["POST", "/summary/send"],
        ["GET", "/summary/schedules"],
        ["PUT", "/summary/schedules"],
      ]
    ) {
      const body = method === "GET" ? undefined : "[]";
      const reply = await daemon.fetch(path, { method, headers, body });
      assert.equal(reply.status, 401, path);
      await reply.body?.cancel();
    }
  }));

Deno.test("schedules are kept over a restart, and refused where they cannot be", async () => {
  const first = await startDaemon(["--no-track"], { env: { TZ: "Europe/Berlin" } });
  const day = { period: "day", cron: "0 21 * * 1-5", channels: ["email"] };
  const month = { period: "month", of: "previous", cron: "30 7 1 * *", channels: ["sms", "email"] };
  const set = await send<WireSendSchedule[]>(first, "PUT", "/summary/schedules", [day, month]);
  assert.equal(set.status, 200);
  const [{ next, ...kept }, monthly] = set.body;
  assert.deepEqual(kept, { ...day, of: "current" });
  assert.match(next!, /T(19|20):00:00\.000Z$/);
  assert.match(monthly.next!, /T0[56]:30:00\.000Z$/);
  const refused: [unknown, number, RegExp][] = [
    [[{ ...day, cron: "0 21 * *" }], 422, /^Cannot use the pattern "0 21 \* \*": /],
    [[{ ...day, cron: "61 * * * *" }], 422, /^Cannot use the pattern /],
    [[{ ...day, cron: "0 0 30 2 *" }], 422, /it never comes up$/],
    [[{ ...day, channels: [] }], 422, /channels/],
    [[{ ...day, channels: ["fax"] }], 422, /channels/],
    [[{ ...day, period: "hour" }], 422, /period/],
    [Array.from({ length: 51 }, () => day), 422, /50/],
    [{ day }, 400, /array/],
  ];
  for (const [body, status, message] of refused) {
    const reply = await send<Refusal>(first, "PUT", "/summary/schedules", body);
    assert.equal(reply.status, status, JSON.stringify(body).slice(0, 200));
    assert.match(reply.body.error.message, message);
  }
  await first.stop();
  const again = await startDaemon(["--no-track"], {
    dataDir: first.dataDir,
    env: { TZ: "Europe/Berlin" },
  });
  assert.deepEqual(await again.get("/summary/schedules"), set.body);
  assert.deepEqual((await send(again, "PUT", "/summary/schedules", [])).body, []);
  await again.stop();
  await Deno.remove(first.dataDir, { recursive: true });
});

mailTest("a focus session with a wish is told when it ends, once", async (daemon, server) => {
  const begun = await send<{ id: number; start: string }>(daemon, "POST", "/focus/sessions", {
    source: "browser",
    camera: "A camera",
  });
  const { id, start } = begun.body;
  const path = `/focus/sessions/${id}`;
  const wish = { email: true, sms: false };
  assert.deepEqual((await send(daemon, "PUT", `${path}/send`, wish)).body, { messages: [] });
  const spans = [{ state: "focused", seconds: 1 }];
  await send(daemon, "POST", `${path}/samples`, { sequence: 1, start, spans });
  assert.deepEqual(await server.mails(), []);
  await send(daemon, "POST", `${path}/end`, {});
  const [mail] = await server.waitForMails(1);
  assert.match(mail.subject, /focus/i);
  const told = await send<{ messages: WireMessage[] }>(daemon, "PUT", `${path}/send`, wish);
  assert.deepEqual(told.body.messages.map(({ topic, state }) => [topic, state]), [
    [`focus ${id}`, "sent"],
  ]);
  assert.equal((await server.mails()).length, 1);
});

mailTest(
  "a focus session's wish outlives the daemon, and what cannot be is refused",
  async (daemon, server) => {
    const refused: [string, unknown, number][] = [
      ["99", { email: true, sms: false }, 404],
      ["x", { email: true, sms: false }, 404],
      ["1", { email: true, sms: true }, 503],
      ["1", { email: 1, sms: true }, 400],
      ["1", { email: true }, 400],
    ];
    await send(daemon, "POST", "/focus/sessions", { source: "browser", camera: "A camera" });
    for (const [id, body, status] of refused) {
      const reply = await send<Refusal>(daemon, "PUT", `/focus/sessions/${id}/send`, body);
      assert.equal(reply.status, status, `${id} ${JSON.stringify(body)}`);
    }
    await send(daemon, "PUT", "/focus/sessions/1/send", { email: true, sms: false });
    await daemon.kill();
    const again = await startDaemon(["--no-track"], { dataDir: daemon.dataDir, env: server.env() });
    await send(again, "POST", "/focus/sessions/1/end", {});
    await server.waitForMails(1);
    await again.stop();
    assert.equal((await server.mails()).length, 1);
  },
);
