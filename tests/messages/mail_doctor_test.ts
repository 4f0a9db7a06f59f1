/** `doctor` on mail, by running the program against a real SMTP server. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import type { Check } from "../../daemon/mod.ts";
import {
  MAIL_LOGIN,
  MAIL_SERVER_NEEDS,
  type MailServer,
  startMailServer,
} from "../mail/mail_server.ts";

/** Runs `doctor --json`; the checks of one name, and the exit code. */
async function doctor(cli: Cli, env: Record<string, string>, ...options: string[]) {
  const { code, stdout, stderr } = await cli.run(["doctor", "--json", ...options], { env });
  assert.doesNotMatch(stdout + stderr, new RegExp(MAIL_LOGIN.password));
  const checks: Check[] = JSON.parse(stdout);
  return { code, of: (name: string) => checks.filter((check) => check.name === name) };
}

function mailTest(name: string, run: (server: MailServer, cli: Cli) => Promise<void>): void {
  const { ignore, suffix } = MAIL_SERVER_NEEDS;
  const fn = async () => {
    await using server = await startMailServer();
    using cli = new Cli();
    await run(server, cli);
  };
  Deno.test({ name: `doctor ${name}${suffix}`, ignore, fn });
}

mailTest("logs in and sends nothing; --send-test sends a mail to each", async (server, cli) => {
  const env = { ...server.env(), FOCUS_EMAIL_TO: "you@mail.test, her@mail.test" };
  const plain = await doctor(cli, env);
  assert.equal(plain.code, 0);
  assert.equal(plain.of("mail")[0].status, "ok");
  assert.match(plain.of("mail")[0].detail, /^localhost:\d+ by STARTTLS, with the login, to you@/);
  assert.deepEqual(plain.of("test mail"), []);
  assert.deepEqual(await server.mails(), []);

  await server.behave({ recipients: { "her@mail.test": "550 5.1.1 No such user" } });
  const test = await doctor(cli, env, "--send-test");
  assert.equal(test.code, 1);
  const [you, her] = test.of("test mail");
  assert.deepEqual([you.status, you.detail], ["ok", "you@mail.test: 250 queued"]);
  assert.equal(her.status, "fail");
  assert.match(her.detail, /^her@mail\.test: The mail server .* refuses the mail: 550 5\.1\.1/);
  const [mail] = await server.mails();
  assert.deepEqual(mail.envelope.to, ["you@mail.test"]);
  assert.match(mail.text, /It works\./);
  assert.match(mail.html, /It works\./);
  assert.match(mail.messageId, /^<test\.[0-9a-f-]{36}@mail\.test>$/);

  await server.behave({ greylist: true });
  const grey = await doctor(cli, server.env(), "--send-test");
  assert.equal(grey.code, 0);
  assert.deepEqual(grey.of("test mail").map(({ status }) => status), ["warn"]);
  assert.match(grey.of("test mail")[0].detail, /451/);
});

mailTest(
  "says in one line what is wrong with an account, and sends nothing",
  async (server, cli) => {
    const { FOCUS_SMTP_PASSWORD: _, ...half } = server.env();
    const cases: [Record<string, string>, RegExp, RegExp][] = [
      [half, /FOCUS_SMTP_PASSWORD is not set$/, /docs\/email_setup\.md/],
      [{ ...server.env(), FOCUS_SMTP_PASSWORD: "wrong-one" }, /: 535 /, /app password/],
      [server.env("untrusted"), /^Cannot trust localhost/, /DENO_CERT/],
      [server.env("wrong_name"), /another name than localhost$/, /FOCUS_SMTP_HOST/],
      [{ ...server.env("plain"), FOCUS_SMTP_USE_TLS: "true" }, /offers no STARTTLS/, /465/],
    ];
    for (const [env, detail, remedy] of cases) {
      const { code, of } = await doctor(cli, env, "--send-test");
      assert.equal(code, 1);
      assert.equal(of("mail")[0].status, "fail");
      assert.match(of("mail")[0].detail, detail);
      assert.match(of("mail")[0].remedy!, remedy);
      assert.deepEqual(of("test mail"), []);
    }
    assert.deepEqual(await server.mails(), []);
  },
);

mailTest(
  "has nothing to test without an account, and refuses a wrong address at once",
  async (_, cli) => {
    const none = await doctor(cli, {});
    assert.equal(none.code, 0);
    assert.deepEqual([none.of("mail")[0].status, none.of("SMS")[0].status], ["off", "off"]);
    const test = await doctor(cli, {}, "--send-test");
    assert.equal(test.code, 1);
    assert.match(test.of("test")[0].detail, /neither mail nor SMS has an account$/);
    const wrong = await doctor(cli, { FOCUS_EMAIL_TO: "a@b.c\r\nBcc: d@e.f" });
    assert.equal(wrong.code, 1);
    assert.match(
      wrong.of("settings")[0].detail,
      /^Cannot use FOCUS_EMAIL_TO: it is .*, allowed is /,
    );
  },
);

mailTest(
  "trusts NODE_EXTRA_CA_CERTS too, and warns of plain text but on this computer",
  async (server, cli) => {
    const { DENO_CERT: NODE_EXTRA_CA_CERTS, ...env } = server.env();
    assert.equal((await doctor(cli, { ...env, NODE_EXTRA_CA_CERTS })).of("mail")[0].status, "ok");
    assert.equal((await doctor(cli, env)).of("mail")[0].status, "fail");
    const plain = await doctor(cli, server.env("plain"));
    assert.match(plain.of("mail")[0].detail, /without TLS/);
    assert.equal(plain.of("mail")[0].status, "ok");
  },
);
