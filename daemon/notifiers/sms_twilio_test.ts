import assert from "node:assert/strict";
import { makeCertificates } from "../../tests/mail/certificates.ts";
import { needs } from "../../tests/programs.ts";
import { startTwilioDouble, TWILIO_ACCOUNT, type TwilioAnswer } from "../../tests/twilio_double.ts";
import type { ReadySms } from "../config/sms.ts";
import type { SendResult } from "../core/messages.ts";
import { checkAccount, createSmsNotifier, type SmsOptions } from "./sms_twilio.ts";

const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = TWILIO_ACCOUNT;
const SMS = { to: "+15551234567", text: "5 h 29 min signal & 12 % noise – „gut“ 😀+=" };

function accountAt(apiBase: string): ReadySms {
  return { kind: "ready", accountSid, authToken, from: "+15550006666", to: SMS.to, apiBase };
}

async function sendTo(apiBase: string, options: SmsOptions = {}): Promise<SendResult> {
  const result = await createSmsNotifier(accountAt(apiBase), options)
    .send(SMS, new AbortController().signal);
  assert.ok(!JSON.stringify(result).includes(authToken), "the token is told");
  assert.ok(!JSON.stringify(result).includes(btoa(`${accountSid}:${authToken}`)));
  return result;
}

Deno.test("createSmsNotifier() posts a form with the login, and knows it is taken", async () => {
  await using twilio = startTwilioDouble();
  const result = await sendTo(twilio.url);
  assert.deepEqual(result, { kind: "sent", answer: `queued, SM${"1".padStart(32, "0")}` });
  const [{ method, path, headers, form }] = twilio.requests;
  assert.deepEqual([method, path], ["POST", `/2010-04-01/Accounts/${accountSid}/Messages.json`]);
  assert.deepEqual(form, { To: SMS.to, From: "+15550006666", Body: SMS.text });
  assert.equal(headers.get("authorization"), `Basic ${btoa(`${accountSid}:${authToken}`)}`);
  assert.match(headers.get("content-type")!, /^application\/x-www-form-urlencoded/);
});

Deno.test("createSmsNotifier() sends by a messaging service where that is set", async () => {
  await using twilio = startTwilioDouble();
  const from = `MG${"0".repeat(32)}`;
  const notifier = createSmsNotifier({ ...accountAt(twilio.url), from });
  await notifier.send(SMS, new AbortController().signal);
  assert.deepEqual(twilio.requests[0].form, {
    To: SMS.to,
    MessagingServiceSid: from,
    Body: SMS.text,
  });
});

const http = (status: string, body: string, more = "") => ({
  raw: `HTTP/1.1 ${status}\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`,
});

const ANSWERS: readonly [claim: string, answer: TwilioAnswer, kind: SendResult["kind"], RegExp][] =
  [
    [
      "a wrong number is refused for good, with what to do",
      { code: 21211, message: "The 'To' number +1555 is not a valid phone number." },
      "failed",
      /answered error 21211: The 'To' number \+1555 is not a valid phone number; correct FOCUS_SMS_TO$/,
    ],
    [
      "an unverified number of a trial account",
      { code: 21608, message: "The number is unverified." },
      "failed",
      /21608: The number is unverified; a trial account sends to verified numbers only: verify/,
    ],
    ["a recipient who does not want it", { code: 21610, message: "x" }, "failed", /START/],
    ["a sender that is not ours", { code: 21606, message: "x" }, "failed", /TWILIO_FROM_NUMBER$/],
    [
      "a landline",
      { code: 21614, message: "x" },
      "failed",
      /FOCUS_SMS_TO must be a mobile number$/,
    ],
    [
      "a wrong token, even repeated by the server",
      { status: 401, code: 20003, message: `Authenticate ${authToken}\r\n${authToken}` },
      "failed",
      /20003: Authenticate … …; check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN$/,
    ],
    [
      "a code that nobody knows, and many words",
      { code: 99999, message: `x; ${"y".repeat(500)}` },
      "failed",
      /99999: x, y{100,200}…$/,
    ],
    ["an account that is not there", { status: 404, code: 20404, message: "x" }, "failed", /20404/],
    ["no words at all", http("403 Forbidden", ""), "failed", /answered status 403$/],
    [
      "taken, and failed at once",
      http("201 Created", '{"sid":"SM1","status":"failed","error_code":30007}'),
      "failed",
      /error 30007; a carrier took it for spam/,
    ],
    ["a server in trouble", http("500 Internal Server Error", "<html>"), "unknown", /status 500$/],
    ["a gateway in trouble", http("502 Bad Gateway", "{}"), "unknown", /status 502$/],
    ["a gateway that gave up", http("408 Request Timeout", "{}"), "unknown", /status 408$/],
    [
      "a yes that is not Twilio's",
      http("200 OK", "<html>"),
      "unknown",
      /without saying what became/,
    ],
    [
      "a yes in half",
      { raw: 'HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{"sid":"S' },
      "unknown",
      /201/,
    ],
    ["an array", http("201 Created", '["sid"]'), "unknown", /without saying what became/],
    ["no HTTP", { raw: "SSH-2.0 OpenSSH\r\n" }, "unknown", /broke off before it answered$/],
    [
      "a connection that ends after the request",
      "drop",
      "unknown",
      /broke off before it answered$/,
    ],
    [
      "a redirect, which is not followed",
      http("302 Found", "", "Location: http://127.0.0.1:1/\r\n"),
      "unknown",
      /status 302; correct TWILIO_API_BASE$/,
    ],
  ];

for (const [claim, answer, kind, reason] of ANSWERS) {
  Deno.test(`createSmsNotifier(): ${claim}: ${kind}`, async () => {
    await using twilio = startTwilioDouble();
    twilio.answer(answer);
    const result = await sendTo(twilio.url);
    assert.equal(result.kind, kind);
    assert.match((result as { reason: string }).reason, reason);
    assert.equal(twilio.requests.length, 1);
  });
}

for (
  const [retryAfter, leastMs, mostMs] of [["90", 90_000, 90_000], ["nonsense", NaN, NaN]] as const
) {
  Deno.test(`createSmsNotifier() comes later when asked to, by Retry-After "${retryAfter}"`, async () => {
    await using twilio = startTwilioDouble();
    twilio.answer({ retryAfter });
    const result = await sendTo(twilio.url);
    assert.ok(result.kind === "later");
    assert.match(result.reason, /error 20429: Too Many Requests$/);
    if (Number.isNaN(leastMs)) assert.equal(result.retryAfterMs, undefined);
    else assert.ok(result.retryAfterMs! >= leastMs && result.retryAfterMs! <= mostMs);
  });
}

Deno.test("createSmsNotifier() understands a Retry-After that is a date", async () => {
  await using twilio = startTwilioDouble();
  twilio.answer({ retryAfter: new Date(Date.now() + 600_000).toUTCString() });
  const result = await sendTo(twilio.url);
  assert.ok(result.kind === "later" && result.retryAfterMs! > 500_000);
});

Deno.test("createSmsNotifier() does not read an answer without end: unknown", async () => {
  const chunk = new Uint8Array(16 * 1024).fill(120);
  const isLeft = Promise.withResolvers<void>();
  let chunks = 0;
  const endless = () =>
    new ReadableStream({
      pull: (controller) => void (chunks++, controller.enqueue(chunk)),
      cancel: () => isLeft.resolve(),
    });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(endless(), { status: 201 }),
  );
  const result = await sendTo(`http://127.0.0.1:${server.addr.port}`, { replyMs: 2_000 });
  assert.equal(result.kind, "unknown");
  await isLeft.promise;
  assert.ok(chunks * chunk.length < 32 * 1024 * 1024, `${chunks} chunks`);
  await server.shutdown();
});

Deno.test("createSmsNotifier() does not wait for ever, and ends when it is told to: unknown", async () => {
  await using twilio = startTwilioDouble();
  twilio.answer("hang", "hang");
  const late = await sendTo(twilio.url, { replyMs: 200 });
  assert.deepEqual([late.kind, twilio.requests.length], ["unknown", 1]);
  assert.match((late as { reason: string }).reason, /did not answer in time$/);
  const stop = new AbortController();
  const sending = createSmsNotifier(accountAt(twilio.url)).send(SMS, stop.signal);
  await twilio.asked(2);
  stop.abort();
  assert.equal((await sending).kind, "unknown");
});

Deno.test("createSmsNotifier() comes again when nothing can have been sent", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const refused = await sendTo(`http://127.0.0.1:${port}`);
  assert.deepEqual(refused, {
    kind: "later",
    reason: `Cannot reach 127.0.0.1:${port}: nothing listens there`,
  });
  // Where there is a proxy, it is the proxy that finds no such name.
  const nameless = await sendTo("https://no-such-name.invalid", { asksFirst: false });
  assert.equal(nameless.kind, "later");
});

Deno.test("createSmsNotifier() asks first where the network may swallow everything", async () => {
  // It takes connections, and never says a word.
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const swallowing = await sendTo(`http://127.0.0.1:${listener.addr.port}`, {
    ...{ asksFirst: true, replyMs: 200 },
  });
  listener.close();
  assert.equal(swallowing.kind, "later");
  await using twilio = startTwilioDouble();
  assert.equal((await sendTo(twilio.url, { asksFirst: true })).kind, "sent");
  assert.equal(twilio.requests.length, 1);
});

Deno.test("checkAccount() says what Twilio knows of the account, or why it does not", async () => {
  await using twilio = startTwilioDouble();
  assert.deepEqual(await checkAccount(accountAt(twilio.url)), { status: "active", type: "Full" });
  const wrong = checkAccount({ ...accountAt(twilio.url), authToken: "another" });
  await assert.rejects(wrong, /20003: Authenticate; check TWILIO_ACCOUNT_SID/);
  assert.equal(twilio.requests.length, 0);
});

/** What sending comes to in a process of its own, which reads its environment at its start. */
async function inProcess(apiBases: readonly string[], env: Record<string, string>) {
  const script = `
    import { createSmsNotifier } from ${JSON.stringify(import.meta.resolve("./sms_twilio.ts"))};
    for (const apiBase of ${JSON.stringify(apiBases)}) {
      const account = { ...${JSON.stringify(accountAt(""))}, apiBase };
      const notifier = createSmsNotifier(account, { replyMs: 2000, asksFirst: false });
      const result = await notifier.send({ to: account.to, text: "x" }, new AbortController().signal);
      console.log(JSON.stringify(result));
    }`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    env,
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  assert.equal(lines.length, apiBases.length, new TextDecoder().decode(stderr));
  return lines.map((line) => JSON.parse(line) as SendResult & { readonly reason: string });
}

Deno.test("createSmsNotifier() goes past HTTP_PROXY to a program on this computer", async () => {
  await using twilio = startTwilioDouble();
  const proxy = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const HTTP_PROXY = `http://127.0.0.1:${proxy.addr.port}`;
  const [{ kind }] = await inProcess([twilio.url], { HTTP_PROXY, NO_PROXY: "" });
  proxy.close();
  assert.equal(kind, "sent");
  assert.match(twilio.requests[0].path, /^\/2010-04-01\/Accounts\//);
});

const { ignore, suffix } = needs("openssl");

Deno.test({
  name: `createSmsNotifier() by TLS, as Twilio has it${suffix}`,
  ignore,
  async fn() {
    const dir = await Deno.makeTempDir({ prefix: "prodtracker-sms-" });
    try {
      await makeCertificates(dir);
      const pem = (name: string) => ({
        cert: Deno.readTextFileSync(`${dir}/${name}.crt`),
        key: Deno.readTextFileSync(`${dir}/${name}.key`),
      });
      await using good = startTwilioDouble(pem("good"));
      await using untrusted = startTwilioDouble(pem("untrusted"));
      const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const nowhere = `https://localhost:${listener.addr.port}`;
      listener.close();
      good.answer("taken", "drop", "hang", {
        raw: "HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{",
      });
      const env = { DENO_CERT: `${dir}/ca.crt`, HTTPS_PROXY: "", NO_PROXY: "localhost" };
      const all = [...Array.from({ length: 4 }, () => good.url), untrusted.url, nowhere];
      const results = await inProcess(all, env);
      assert.deepEqual(
        results.map(({ kind }) => kind),
        ["sent", "unknown", "unknown", "unknown", "later", "later"],
      );
      const reasons = results.map(({ reason = "" }) => reason.replaceAll(/localhost:\d+/g, "it"));
      assert.deepEqual(reasons.slice(1), [
        "The connection to it broke off before it answered",
        "it did not answer in time",
        "it answered status 201 without saying what became of the SMS",
        "Cannot trust it: its certificate is not good",
        "Cannot reach it: nothing listens there",
      ]);
      assert.equal(good.requests.length, 4);
      assert.equal(untrusted.requests.length, 0);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
