import assert from "node:assert/strict";
import type { ReadyMail } from "../config/mail.ts";
import { mailFailure } from "./smtp_failure.ts";
import { type Phase, SmtpTrouble } from "./smtp_session.ts";

const ACCOUNT: ReadyMail = {
  kind: "ready",
  host: "2001:db8::1",
  port: 587,
  secure: "starttls",
  username: "me@mail.test",
  password: "hunter2",
  from: { address: "me@mail.test" },
  to: ["you@mail.test"],
};

function judge(phase: Phase, said: Record<string, unknown>, message = "It went wrong") {
  return mailFailure(new SmtpTrouble(phase, Object.assign(new Error(message), said)), ACCOUNT);
}

function reply(phase: Phase, response: string, command = "DATA") {
  return judge(phase, { response, responseCode: Number(response.slice(0, 3)), command });
}

const REPLIES: readonly [Phase, response: string, kind: string, reason: RegExp][] = [
  ["connect", "421 4.7.0 Too many connections", "later", /says: 421 /],
  ["connect", "554 5.7.1 Blocked", "failed", /refuses the mail: 554 /],
  ["login", "454 4.7.0 Later", "later", /says: 454 /],
  ["login", "538 5.7.11 Encryption required", "failed", /^Cannot log in to /],
  ["envelope", "450 4.2.0 Greylisted", "later", /says: 450 /],
  ["envelope", "452 4.2.2 Mailbox is full", "later", /says: 452 /],
  ["envelope", "550 5.7.1 Not allowed", "failed", /refuses the mail: 550 /],
  ["envelope", "552 5.3.4 Too big", "failed", /refuses the mail: 552 /],
  ["data", "451 4.3.0 Local trouble", "later", /says: 451 /],
  ["data", "554 5.6.0 Spam", "failed", /refuses the mail: 554 /],
];

for (const [phase, response, kind, reason] of REPLIES) {
  Deno.test(`mailFailure() of "${response}" in the phase "${phase}" is ${kind}`, () => {
    const found = reply(phase, response);
    assert.equal(found.kind, kind);
    assert.match(found.reason, reason);
    assert.match(found.reason, /\[2001:db8::1\]:587/);
  });
}

Deno.test("mailFailure() of a lost connection is unknown once the mail was begun, and later before", () => {
  for (const code of ["ECONNECTION", "ESOCKET", "ETIMEDOUT"]) {
    for (const phase of ["connect", "login", "envelope"] as const) {
      assert.equal(judge(phase, { code }).kind, "later");
    }
    assert.equal(judge("data", { code }).kind, "unknown");
  }
});

Deno.test("mailFailure() tells STARTTLS that is not offered from one that fails for now", () => {
  const none = reply("connect", "502 Not implemented", "STARTTLS");
  assert.equal(none.kind, "failed");
  assert.match(none.reason, /offers no STARTTLS \(502 Not implemented\)$/);
  assert.match(none.remedy!, /465/);
  assert.equal(reply("connect", "454 TLS not available", "STARTTLS").kind, "later");
  const silent = judge("connect", { code: "ETIMEDOUT", timeoutType: "GREETING_TIMEOUT" });
  assert.equal(silent.kind, "later");
  assert.match(silent.remedy!, /its port must be 465/);
});

Deno.test("mailFailure() is one short line without what a server repeats of a login", () => {
  const token = btoa(`\0${ACCOUNT.username}\0${ACCOUNT.password}`);
  const response = `535-5.7.8 hunter2 ${token}\r\n535 5.7.8 ${btoa("hunter2")} ${
    "x".repeat(2_000)
  }`;
  const { reason } = reply("login", response, "AUTH PLAIN");
  assert.match(reason, /^Cannot log in to \[2001:db8::1\]:587: 535-5\.7\.8 … … 535 5\.7\.8 … x+…$/);
  assert.ok(reason.length < 310);
  for (const secret of ["hunter2", token, btoa("hunter2")]) assert.ok(!reason.includes(secret));
});

Deno.test("mailFailure() judges what nobody foresaw by the phase it happened in", () => {
  assert.equal(mailFailure(new TypeError("x is not a function"), ACCOUNT).kind, "later");
  assert.equal(judge("data", {}).kind, "unknown");
});
