import assert from "node:assert/strict";
import { Client, RefusedError } from "./client.ts";
import { checkChannels, hasFailed, type SendWish, toldLines } from "./focus_telling.ts";
import { withoutColours } from "./text.ts";
import type { WireMessage } from "./wire.ts";

const AT = "2026-11-26T14:30:00.000Z";

function message(part: Partial<WireMessage>): WireMessage {
  return {
    ...{ id: 1, channel: "email", topic: "focus 7", recipient: "a@b.test", tries: 1 },
    ...{ created: AT, changed: AT, state: "sent", next_try: null, error: null },
    ...part,
  };
}

Deno.test("toldLines() says in a line what became of each message", () => {
  const cases: [Partial<WireMessage>, isAlone: boolean, line: string, failed: boolean][] = [
    [{}, false, "Sent the summary to a@b.test", false],
    [
      { state: "waiting", error: "451 greylisted.", next_try: AT },
      false,
      "Could not be sent to a@b.test now: 451 greylisted; it is in the outbox, the daemon tries again",
      false,
    ],
    [
      { state: "waiting", error: "Cannot reach the server" },
      true,
      "Could not be sent to a@b.test now: cannot reach the server; it is in the outbox, " +
      "the next serve tries again",
      false,
    ],
    [
      { state: "sending" },
      false,
      "The summary is on its way to a@b.test; if it does not arrive, the daemon tries again",
      false,
    ],
    [
      { state: "failed", error: "550 no such user \u001b[31m" },
      false,
      "Could not send the summary to a@b.test: 550 no such user \ufffd[31m",
      true,
    ],
    [
      { state: "unknown", channel: "sms", recipient: "+436601234567", error: "no answer" },
      false,
      "Whether +436601234567 got the summary is not known, and it is not sent again: no answer",
      false,
    ],
  ];
  for (const [part, isAlone, line, failed] of cases) {
    const told = { messages: [message(part)] };
    assert.deepEqual(toldLines(told, isAlone).map(withoutColours), [line]);
    assert.equal(hasFailed(told), failed, line);
  }
  const errors: [Error, string][] = [
    [new RefusedError("Cannot do that", 1, 422), "The summary could not be sent: cannot do that"],
    [
      new Error("it does not answer"),
      "What became of the summary is not known: it does not answer",
    ],
  ];
  for (const [error, line] of errors) {
    assert.deepEqual(toldLines({ error }, false).map(withoutColours), [line]);
    assert.ok(hasFailed({ error }));
  }
});

Deno.test("checkChannels() names what is missing of what is wished, and closes its client", async () => {
  const mail = "Cannot send mail: FOCUS_SMTP_HOST is not set; see docs/email_setup.md";
  const sms = "Cannot send SMS: FOCUS_SMS_TO is not set; see docs/sms_setup.md";
  const channels = {
    email: { ready: false, hindrance: mail },
    sms: { ready: false, hindrance: sms },
  };
  let open = 0;
  const client = () => {
    open++;
    const { signal } = new AbortController();
    const transport = () => Promise.resolve(Response.json(channels));
    return Promise.resolve(
      new Client(undefined, transport, signal, () => {
        open--;
        return Promise.resolve();
      }),
    );
  };
  const cases: [SendWish, string][] = [
    [{ email: true, sms: false }, mail],
    [{ email: false, sms: true }, sms],
    [{ email: true, sms: true }, `${mail}. ${sms}`],
  ];
  for (const [wish, message] of cases) {
    await assert.rejects(checkChannels(wish, client), { message, exitCode: 2 });
  }
  Object.assign(channels.email, { ready: true, hindrance: null });
  await checkChannels({ email: true, sms: false }, client);
  assert.equal(open, 0);
  const nobody = () => Promise.reject(new Error("nobody is to be asked"));
  await checkChannels({ email: false, sms: false }, nobody);
});
