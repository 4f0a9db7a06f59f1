/**
 * What is promised, counted with the whole program. Mail, at a real SMTP server: at least once with one Message-ID
 * whatever ends the program, exactly once across clean restarts. SMS, at a double of Twilio: at most once.
 */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import type { WireMessage, WireSent } from "../../cli/wire.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { MAIL_SERVER_NEEDS, type MailServer, startMailServer } from "../mail/mail_server.ts";
import { startTwilioDouble } from "../twilio_double.ts";

const SEND = { period: "day", date: "2026-01-15", email: true };

interface Scene {
  readonly mail: MailServer;
  readonly cli: Cli;
  readonly env: Record<string, string>;
  /** Starts a daemon on the scene's directory. */
  start(...args: readonly string[]): Promise<DaemonProcess>;
}

function test(name: string, fn: (scene: Scene) => Promise<void>): void {
  Deno.test({
    name: `the promise: ${name}${MAIL_SERVER_NEEDS.suffix}`,
    ignore: MAIL_SERVER_NEEDS.ignore,
    async fn() {
      using cli = new Cli();
      await using mail = await startMailServer();
      const env = mail.env();
      const start = (...args: readonly string[]) =>
        startDaemon(["--no-track", ...args], { dataDir: cli.dataDir, env });
      await fn({ mail, cli, env, start });
    },
  });
}

async function send(daemon: DaemonProcess, more = {}): Promise<WireSent> {
  const response = await daemon.fetch("/summary/send", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...SEND, ...more }),
  });
  const reply = await response.json();
  assert.equal(response.status, 200, JSON.stringify(reply));
  return reply;
}

const outbox = (daemon: DaemonProcess) => daemon.get<WireMessage[]>("/messages");
const ids = async (mail: MailServer) => (await mail.mails()).map(({ messageId }) => messageId);

/** Waits until every message of the outbox was sent. */
function allSent(daemon: DaemonProcess): Promise<readonly WireMessage[]> {
  return waitFor(async () => {
    const messages = await outbox(daemon);
    return messages.every(({ state }) => state === "sent") ? messages : undefined;
  });
}

for (const data of ["hang", "hang_after"] as const) {
  const taken = data === "hang" ? 0 : 1;
  const what = taken ? "that the server took" : "that the server did not take";
  test(`kill -9 inside of DATA, of a mail ${what}`, async ({ mail, start }) => {
    await mail.behave({ data, times: 1 });
    const first = await start();
    const asked = send(first).catch(() => "killed");
    await mail.waitForEvents("data", 1);
    await mail.waitForMails(taken);
    const [{ state }] = await outbox(first);
    assert.equal(state, "sending");
    await first.kill();
    assert.equal(await asked, "killed");
    assert.equal((await mail.mails()).length, taken);

    const second = await start();
    const [message, ...others] = await allSent(second);
    assert.deepEqual([others, message.tries, message.error], [[], 2, null]);
    const again = await send(second);
    assert.deepEqual([again.already, again.messages], [true, [message]]);
    assert.equal(await second.stop(), 0);
    const arrived = await ids(mail);
    assert.equal(arrived.length, taken + 1);
    assert.equal(new Set(arrived).size, 1, "the same Message-ID");
    assert.match(arrived[0], /^<.+@mail\.test>$/);
  });
}

test("kill -9 of a short command inside of DATA; the next one sends it", async (scene) => {
  const { mail, cli, env } = scene;
  await mail.behave({ data: "hang_after", times: 1 });
  const args = ["summary", "--day", SEND.date, "--email"];
  const killed = cli.spawn(args, { env });
  await mail.waitForMails(1);
  killed.kill("SIGKILL");
  await killed.status;
  await Promise.all([killed.stdout.cancel(), killed.stderr.cancel()]);
  for (let times = 1; times <= 3; times++) {
    assert.deepEqual(await cli.run(args, { env }), { code: 0, stdout: "", stderr: "" });
  }
  const arrived = await ids(mail);
  assert.equal(arrived.length, 2);
  assert.equal(new Set(arrived).size, 1);
});

test("kill -9 at any moment of the sending", async ({ mail, start }) => {
  const rounds = [0, 1, 2, 3, 4, 5];
  for (const round of rounds) {
    const date = `2026-01-1${round}`;
    const first = await start();
    const asked = send(first, { date }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50 * round));
    await first.kill();
    await asked;
    const second = await start();
    await send(second, { date });
    await allSent(second);
    assert.equal(await second.stop(), 0);
  }
  const idsOf = new Map<string, Set<string>>();
  for (const { subject, messageId } of await mail.mails()) {
    idsOf.set(subject, (idsOf.get(subject) ?? new Set()).add(messageId));
  }
  assert.equal(idsOf.size, rounds.length, "each arrived");
  for (const [subject, known] of idsOf) assert.equal(known.size, 1, subject);
});

test("clean restarts, with and without a daemon: exactly once", async (scene) => {
  const { mail, cli, env, start } = scene;
  const args = ["summary", "--day", SEND.date, "--email"];
  const quiet = { code: 0, stdout: "", stderr: "" };
  for (let round = 0; round < 2; round++) {
    const daemon = await start();
    assert.equal((await send(daemon)).already, round > 0);
    assert.deepEqual(await cli.run(args, { env }), quiet, "by the daemon");
    assert.equal(await daemon.stop(), 0);
    assert.deepEqual(await cli.run(args, { env }), quiet, "without one");
  }
  assert.equal((await mail.mails()).length, 1);
  assert.deepEqual(await cli.run([...args, "--again"], { env }), quiet);
  const arrived = await ids(mail);
  assert.equal(arrived.length, 2);
  assert.equal(new Set(arrived).size, 2, "another mail, and not a copy");
});

test("a clean end inside of DATA, and what waits then", async ({ mail, start }) => {
  await mail.behave({ data: "hang", times: 1 });
  const first = await start();
  const asked = send(first).catch(() => undefined);
  await mail.waitForEvents("data", 1);
  assert.equal(await first.stop(), 0);
  await asked;
  assert.equal((await mail.mails()).length, 0);
  const second = await start();
  const [message] = await outbox(second);
  // Its time is a minute later: the clean end noted that it did not get through.
  assert.ok(message.state === "waiting" || message.state === "sent", message.state);
  assert.equal((await outbox(second)).length, 1);
  await second.stop();
});

test("at a set time by the real clock, over restarts: once", async (scene) => {
  const { mail, cli, env, start } = scene;
  const add = ["summary", "schedule", "add", "day", "--cron", "* * * * *", "--email", "--json"];
  const added = await cli.run(add, { env });
  assert.equal(added.code, 0, added.stderr);
  let daemon = await start();
  await daemon.stop();
  daemon = await start();
  await waitFor(async () => (await mail.mails()).length > 0 || undefined, 90_000);
  await daemon.stop();
  daemon = await start();
  await allSent(daemon);
  const schedules = await daemon.get<{ next: string }[]>("/summary/schedules");
  assert.equal(schedules.length, 1);
  assert.ok(Date.parse(schedules[0].next) > Date.now());
  const { parts } = await daemon.get<{ parts: { name: string; status: string }[] }>("/health");
  assert.equal(parts.find(({ name }) => name === "summaries")?.status, "ok");
  assert.equal(await daemon.stop(), 0);
  assert.equal((await mail.mails()).length, 1);
});

Deno.test("the promise: kill -9 while an SMS is asked for leaves it unknown, and it is not sent again", async () => {
  using cli = new Cli();
  await using twilio = startTwilioDouble();
  twilio.answer("hang");
  const start = () => startDaemon(["--no-track"], { dataDir: cli.dataDir, env: twilio.env });
  const sms = { email: false, sms: true };
  const first = await start();
  const asked = send(first, sms).catch(() => "killed");
  await twilio.asked(1);
  await first.kill();
  assert.equal(await asked, "killed");
  for (let round = 0; round < 2; round++) {
    const daemon = await start();
    const { already, messages } = await send(daemon, sms);
    assert.deepEqual([already, messages.map(({ state }) => state)], [true, ["unknown"]]);
    assert.match(messages[0].error!, /may have arrived, and is not sent again/);
    assert.equal(await daemon.stop(), 0);
    const args = ["summary", "--day", SEND.date, "--sms"];
    const { code, stdout, stderr } = await cli.run(args, { env: twilio.env });
    assert.deepEqual([code, stdout, stderr.trim().split("\n").length], [1, "", 1]);
  }
  assert.equal(twilio.requests.length, 1);
  const again = await start();
  const { messages } = await send(again, { ...sms, again: true });
  assert.deepEqual([messages[0].state, twilio.requests.length], ["sent", 2]);
  assert.equal(await again.stop(), 0);
});
