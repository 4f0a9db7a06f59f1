/** SMS with the whole program, at a double of Twilio: what is asked of it, and what its answers lead to. */
import assert from "node:assert/strict";
import type { WireMessage, WireSent } from "../../cli/wire.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { startTwilioDouble, TWILIO_ACCOUNT, type TwilioDouble } from "../twilio_double.ts";

const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = TWILIO_ACCOUNT;

interface Scene {
  readonly twilio: TwilioDouble;
  readonly dataDir: string;
  /** Starts a daemon on the scene's directory. */
  start(more?: Record<string, string>): Promise<DaemonProcess>;
}

function test(name: string, fn: (scene: Scene) => Promise<void>): void {
  Deno.test(`SMS: ${name}`, async () => {
    await using twilio = startTwilioDouble();
    const dataDir = await Deno.makeTempDir({ prefix: "prodtracker-sms-" });
    const running: DaemonProcess[] = [];
    const start = async (more = {}) => {
      const env = { ...twilio.env, ...more };
      const daemon = await startDaemon(["--no-track"], { dataDir, env });
      running.push(daemon);
      return daemon;
    };
    try {
      await fn({ twilio, dataDir, start });
    } finally {
      for (const daemon of running) {
        await daemon.kill();
        assert.ok(!daemon.stderr().includes(token), "the token is in the log");
        assert.ok(
          !daemon.stderr().includes(TWILIO_ACCOUNT.FOCUS_SMS_TO),
          "the number is in the log",
        );
      }
      const files = [...Deno.readDirSync(dataDir)].filter(({ isFile }) => isFile);
      for (const { name } of files) {
        const bytes = await Deno.readFile(`${dataDir}/${name}`);
        assert.ok(
          !new TextDecoder("latin1").decode(bytes).includes(token),
          `${name} has the token`,
        );
      }
      await Deno.remove(dataDir, { recursive: true });
    }
  });
}

async function send(daemon: DaemonProcess, more = {}): Promise<WireSent> {
  const response = await daemon.fetch("/summary/send", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ period: "day", date: "2026-01-15", sms: true, ...more }),
  });
  const reply = await response.json();
  assert.equal(response.status, 200, JSON.stringify(reply));
  return reply;
}

const outbox = (daemon: DaemonProcess) => daemon.get<WireMessage[]>("/messages");

async function smsHealth(daemon: DaemonProcess) {
  const { parts } = await daemon.get<{ parts: { name: string; status: string; detail: string }[] }>(
    "/health",
  );
  return parts.find(({ name }) => name === "sms");
}

test("a form with basic auth, once, also across a restart", async ({ twilio, start }) => {
  const first = await start();
  const { already, messages: [message] } = await send(first);
  assert.deepEqual([already, message.state, message.tries], [false, "sent", 1]);
  assert.deepEqual([message.channel, message.topic], ["sms", "day 2026-01-15"]);
  assert.equal(message.recipient, "+15551234567");
  const [{ method, path, headers, form }] = twilio.requests;
  assert.deepEqual([method, path], ["POST", `/2010-04-01/Accounts/${sid}/Messages.json`]);
  assert.equal(headers.get("authorization"), `Basic ${btoa(`${sid}:${token}`)}`);
  assert.match(headers.get("content-type")!, /^application\/x-www-form-urlencoded/);
  assert.deepEqual(Object.keys(form).toSorted(), ["Body", "From", "To"]);
  assert.deepEqual([form.To, form.From], ["+15551234567", "+15550006666"]);
  assert.ok(form.Body.length > 10 && form.Body.length <= 306, form.Body);
  assert.equal((await smsHealth(first))?.status, "ok");
  assert.equal(await first.stop(), 0);

  const second = await start();
  const again = await send(second);
  assert.deepEqual([again.already, again.messages], [true, [message]]);
  assert.equal(twilio.requests.length, 1);
  const wanted = await send(second, { again: true });
  assert.deepEqual([wanted.already, wanted.messages[0].state], [false, "sent"]);
  assert.equal(twilio.requests.length, 2);
});

test("too many requests: it comes again when Twilio wants it to, and not before", async ({ twilio, start }) => {
  const daemon = await start();
  twilio.answer({ retryAfter: "240" });
  const beforeMs = Date.now();
  const { messages: [message] } = await send(daemon);
  assert.deepEqual([message.state, message.tries], ["waiting", 1]);
  assert.match(message.error!, /error 20429: Too Many Requests$/);
  const waitMs = Date.parse(message.next_try!) - beforeMs;
  assert.ok(waitMs >= 240_000 && waitMs < 300_000, `it waits for ${waitMs} ms`);
  const health = await smsHealth(daemon);
  assert.equal(health?.status, "degraded");
  assert.match(health!.detail, /Too Many Requests; it is tried again$/);
  // Asked for again, by hand and by a restart: still not before its time.
  const { already, messages } = await send(daemon);
  assert.deepEqual([already, messages], [true, [message]]);
  assert.equal(await daemon.stop(), 0);
  const second = await start();
  assert.deepEqual(await outbox(second), [message]);
  assert.equal(twilio.requests.length, 1);
});

for (
  const [what, answer, error] of [
    [
      "a wrong number",
      { code: 21211, message: "The 'To' number +15551234567 is not a valid phone number." },
      /error 21211: .* is not a valid phone number; correct FOCUS_SMS_TO$/,
    ],
    [
      "an unverified number of a trial account",
      { code: 21608, message: "The number +15551234567 is unverified." },
      /error 21608: .* is unverified; a trial account sends to verified numbers only: verify/,
    ],
    ["a wrong token", { status: 401, code: 20003, message: "Authenticate" }, /TWILIO_AUTH_TOKEN$/],
  ] as const
) {
  test(`${what} is told once, clearly, and not tried again`, async ({ twilio, start }) => {
    const daemon = await start();
    twilio.answer(answer);
    const { messages: [message] } = await send(daemon);
    assert.deepEqual([message.state, message.tries, message.next_try], ["failed", 1, null]);
    assert.match(message.error!, error);
    const health = await smsHealth(daemon);
    assert.equal(health?.status, "degraded");
    assert.match(health!.detail, /^not sent: /);
    assert.ok(!health!.detail.includes("+15551234567"), health!.detail);
    assert.equal(twilio.requests.length, 1);
    // What failed may be told again, once somebody asks for it: he may have mended it.
    const { already, messages: [mended] } = await send(daemon);
    assert.deepEqual([already, mended.state], [false, "sent"]);
    assert.equal((await smsHealth(daemon))?.status, "ok");
    assert.deepEqual((await outbox(daemon)).map(({ state }) => state), ["sent", "failed"]);
  });
}

test("a connection that ends after it was taken: unknown, and no second SMS", async ({ twilio, start }) => {
  const first = await start();
  twilio.answer("drop");
  const { messages: [message] } = await send(first);
  assert.deepEqual([message.state, message.tries, message.next_try], ["unknown", 1, null]);
  assert.match(message.error!, /broke off before it answered$/);
  assert.match((await smsHealth(first))!.detail, /^it may have arrived or not: /);
  assert.deepEqual((await send(first)).messages, [message]);
  assert.equal(await first.stop(), 0);
  const second = await start();
  assert.deepEqual(await outbox(second), [message]);
  assert.deepEqual((await send(second)).messages, [message]);
  assert.equal(twilio.requests.length, 1);
});

test("kill -9 while Twilio thinks: unknown, and no second SMS", async ({ twilio, start }) => {
  const first = await start();
  twilio.answer("hang");
  const asked = send(first).catch(() => "killed");
  await twilio.asked(1);
  assert.equal((await outbox(first))[0].state, "sending");
  await first.kill();
  assert.equal(await asked, "killed");
  for (let starts = 0; starts < 2; starts++) {
    const next = await start();
    const [message] = await outbox(next);
    assert.deepEqual([message.state, message.tries], ["unknown", 1]);
    assert.match(message.error!, /^The program ended while it was being sent; it may have arrived/);
    assert.deepEqual((await send(next)).already, true);
    await next.stop();
  }
  assert.equal(twilio.requests.length, 1);
});

test("a clean end while Twilio thinks waits for its answer", async ({ twilio, start }) => {
  const first = await start();
  const release = twilio.hold();
  const asked = send(first);
  await twilio.asked(1);
  // Streams end when the daemon begins to.
  const stream = await first.fetch("/stream");
  const stopped = first.stop();
  await stream.text().catch(() => {});
  release();
  assert.equal(await stopped, 0);
  assert.equal((await asked).messages[0].state, "sent");
  const second = await start();
  assert.equal((await outbox(second))[0].state, "sent");
  assert.equal(twilio.requests.length, 1);
});

test("Twilio cannot be reached: it waits, and is sent by the next start", async ({ twilio, dataDir, start }) => {
  const port = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const nowhere = `http://127.0.0.1:${port.addr.port}`;
  port.close();
  const first = await start({ TWILIO_API_BASE: nowhere });
  const { messages: [message] } = await send(first);
  assert.equal(message.state, "waiting");
  assert.match(message.error!, /^Cannot reach 127\.0\.0\.1:\d+: nothing listens there$/);
  await first.stop();
  // A minute later, as the database has it.
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(`${dataDir}/prodtracker.db`);
  db.exec(
    "UPDATE message SET created_ms = created_ms - 60000, changed_ms = changed_ms - 60000, next_ms = next_ms - 60000",
  );
  db.close();
  const second = await start();
  await waitFor(async () => (await outbox(second))[0].state === "sent" || undefined);
  assert.equal(twilio.requests.length, 1);
});

test("without settings nothing is written, half of them are told of", async ({ start }) => {
  const none = await start({ TWILIO_AUTH_TOKEN: "" });
  const post = await none.fetch("/summary/send", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ period: "day", date: "2026-01-15", sms: true }),
  });
  assert.equal(post.status, 503);
  const { error: { message } } = await post.json();
  assert.match(message, /^Cannot send SMS: TWILIO_AUTH_TOKEN is not set/);
  assert.deepEqual(await outbox(none), []);
  assert.deepEqual((await smsHealth(none))?.status, "degraded");
  const channels = await (await fetch(`${none.url}/messages/channels`)).json();
  assert.deepEqual(channels.sms, { ready: false, hindrance: message });
  assert.equal(channels.email.ready, false);
  // With a list of messages comes the token.
  const strange = await fetch(`${none.url}/messages`);
  await strange.body?.cancel();
  assert.equal(strange.status, 401);
});
