/** The doctor, test messages and the list of copies, as a running daemon gives them to its settings page. */
import assert from "node:assert/strict";
import type { WireCopies } from "../../daemon/api/data.ts";
import type { WireChecks } from "../../daemon/api/doctor.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { MAIL_LOGIN, MAIL_SERVER_NEEDS, startMailServer } from "../mail/mail_server.ts";
import { startTwilioDouble } from "../twilio_double.ts";

const { ignore, suffix } = MAIL_SERVER_NEEDS;

async function withDaemon(
  env: Record<string, string>,
  act: (daemon: DaemonProcess) => Promise<void>,
): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

async function post<T>(daemon: DaemonProcess, path: string, body: unknown = {}) {
  const response = await daemon.fetch(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, body: await response.json() as T };
}

interface Refusal {
  readonly error: { readonly message: string };
}

Deno.test({
  name: `POST /messages/test logs in and sends a mail to each recipient${suffix}`,
  ignore,
  async fn() {
    await using server = await startMailServer();
    const env = { ...server.env(), FOCUS_EMAIL_TO: "you@mail.test, too@mail.test" };
    await withDaemon(env, async (daemon) => {
      const test = () => post<WireChecks & Refusal>(daemon, "/messages/test", { channel: "email" });
      // The login is refused: nothing is sent, and what to do is said.
      await server.behave({ login: "535 5.7.8 Username and Password not accepted" });
      const refused = await test();
      assert.deepEqual(refused.body.checks.map(({ name, status }) => [name, status]), [[
        "mail",
        "fail",
      ]]);
      assert.match(refused.body.checks[0].remedy ?? "", /app password/);
      assert.ok(!JSON.stringify(refused.body).includes(MAIL_LOGIN.password));
      assert.deepEqual(await server.mails(), []);
      await server.behave({});
      const { status, body: { checks } } = await test();
      assert.equal(status, 200);
      assert.deepEqual(checks.map(({ name, status }) => [name, status]), [
        ["mail", "ok"],
        ["test mail", "ok"],
        ["test mail", "ok"],
      ]);
      assert.match(checks[1].detail, /^you@mail\.test: 250 /);
      const mails = await server.mails();
      assert.deepEqual(mails.map(({ envelope }) => envelope.to), [["you@mail.test"], [
        "too@mail.test",
      ]]);
      assert.match(mails[0].text, /It works\.\s+You asked for it/);
      // Nobody floods a mailbox with tests.
      const soon = await test();
      assert.equal(soon.status, 429);
      assert.match(soon.body.error.message, /less than a minute ago; try again in \d+ s$/);
      assert.equal((await server.mails()).length, 2);
      // A test is nothing that the outbox would try again.
      assert.deepEqual(await daemon.get("/messages"), []);
      const sms = await post<Refusal>(daemon, "/messages/test", { channel: "sms" });
      assert.equal(sms.status, 503);
      assert.match(sms.body.error.message, /TWILIO_ACCOUNT_SID/);
    });
  },
});

Deno.test("POST /messages/test sends one SMS, however often it is clicked", async () => {
  await using twilio = startTwilioDouble();
  await withDaemon(twilio.env, async (daemon) => {
    const test = () => post<WireChecks & Refusal>(daemon, "/messages/test", { channel: "sms" });
    const release = twilio.hold();
    const first = test();
    await twilio.asked(1);
    const second = await test();
    assert.equal(second.status, 409);
    assert.match(second.body.error.message, /another is under way/);
    release();
    const { status, body } = await first;
    assert.equal(status, 200);
    assert.deepEqual(body.checks.map(({ name, status }) => [name, status]), [
      ["SMS", "ok"],
      ["test SMS", "ok"],
    ]);
    const soon = await test();
    assert.equal(soon.status, 429);
    assert.match(
      soon.body.error.message,
      /^Cannot send a test SMS: one was sent less than a minute/,
    );
    assert.equal(twilio.requests.length, 1);
    const wrong = await post(daemon, "/messages/test", { channel: "pigeon" });
    assert.equal(wrong.status, 422);
  });
});

Deno.test("POST /doctor checks what a running daemon can, with remedies", async () => {
  await withDaemon({}, async (daemon) => {
    const [{ status, body }, together] = await Promise.all([
      post<WireChecks>(daemon, "/doctor"),
      post<WireChecks>(daemon, "/doctor"),
    ]);
    assert.equal(status, 200);
    assert.deepEqual(together.body, body, "whoever asks meanwhile gets the same answer");
    const of = (name: string) => body.checks.find((check) => check.name === name);
    assert.equal(of("data directory")?.status, "ok");
    assert.equal(of("data directory")?.detail, daemon.dataDir);
    assert.deepEqual([of("mail")?.status, of("SMS")?.status], ["off", "off"]);
    assert.match(of("mail")?.remedy ?? "", /docs\/email_setup\.md/);
    // It has the database open itself, and the camera may be a session's.
    for (const name of ["database", "daily copies", "camera", "service"]) {
      assert.equal(of(name), undefined, name);
    }
    Deno.chmodSync(daemon.dataDir, 0o755);
    const open = (await post<WireChecks>(daemon, "/doctor")).body.checks
      .find(({ name }) => name === "data directory");
    assert.equal(open?.status, "warn");
    assert.equal(open?.remedy, `chmod -R go= "${daemon.dataDir}"`);
  });
});

Deno.test("GET /backups lists copies as they are made, and those elsewhere", async () => {
  await withDaemon({}, async (daemon) => {
    const list = () => daemon.get<WireCopies>("/backups");
    assert.deepEqual(await list(), { kept: [], most: 7, elsewhere: [] });
    const made: string[] = [];
    for (let i = 0; i < 8; i++) {
      made.unshift((await post<{ path: string }>(daemon, "/backup")).body.path);
    }
    const { kept } = await list();
    assert.deepEqual(kept.map(({ path }) => path), made.slice(0, 7));
    assert.deepEqual(
      kept.map(({ bytes }) => bytes),
      kept.map(({ path }) => Deno.statSync(path).size),
    );
    const ageMs = Date.now() - Date.parse(kept[0].made);
    assert.ok(ageMs >= 0 && ageMs < 60_000, kept[0].made);
    const { parts } = await daemon.get<{ parts: { name: string; detail: string }[] }>("/health");
    assert.equal(
      parts.find(({ name }) => name === "backup")?.detail,
      `newest copy: ${made[0]}`,
    );
    const path = `${daemon.dataDir}/elsewhere.db`;
    await post(daemon, "/backup", { path });
    assert.deepEqual((await list()).elsewhere.map((copy) => copy.path), [path]);
    const unsigned = await daemon.fetch("/backups", { headers: { "x-admin-token": "" } });
    await unsigned.body?.cancel();
    assert.equal(unsigned.status, 401);
  });
});
