import assert from "node:assert/strict";
import type { MessageRecord } from "./core/messages.ts";
import { TOLD_ANEW } from "./core/outbox.ts";
import { MessageHealth } from "./message_health.ts";

function scene() {
  const said: string[] = [];
  const health = new MessageHealth((part, status, detail) =>
    said.push(`${part} ${status}: ${detail}`)
  );
  const note = (
    state: MessageRecord["state"],
    error?: string,
    { channel = "email", recipient = "a@b.c" }: Partial<MessageRecord> = {},
  ) => {
    health.note({
      ...{ id: 1, channel, topic: "day", recipient, createdMs: 0, state, tries: 1 },
      ...{ nextMs: undefined, changedMs: 0, error },
    });
    return said.at(-1);
  };
  return { health, said, note };
}

Deno.test("MessageHealth says nothing of a channel that nobody set, or asked for", () => {
  const { health, said } = scene();
  health.setUp("sms", { kind: "off", hindrance: "X is not set" });
  assert.deepEqual(said, []);
  health.setUp("sms", { kind: "off", hindrance: "X is not set" }, { wasAsked: true });
  health.setUp("email", { kind: "half", hindrance: "Y is not set" });
  health.setUp("email", { kind: "ready" });
  assert.deepEqual(said, [
    "sms off: X is not set",
    "mail degraded: Y is not set",
    "mail ok: ready",
  ]);
});

Deno.test("MessageHealth tells of a failure until that recipient gets a message", () => {
  const { note, said } = scene();
  note("waiting");
  note("sending");
  assert.deepEqual(said, []);
  assert.equal(note("waiting", "451 x@y.z"), "mail degraded: 451 (address); it is tried again");
  assert.equal(note("failed", "550"), "mail degraded: not sent: 550");
  assert.equal(note("waiting", "451"), "mail degraded: not sent: 550");
  assert.equal(note("sent", undefined, { recipient: "d@e.f" }), "mail degraded: not sent: 550");
  assert.equal(note("waiting", "452", { recipient: "d@e.f" }), "mail degraded: not sent: 550");
  const { error } = TOLD_ANEW as { error: string };
  assert.equal(note("failed", error, { recipient: "g@h.i" }), "mail degraded: not sent: 550");
  assert.equal(note("sent"), "mail degraded: 452; it is tried again");
  assert.equal(note("sent", undefined, { recipient: "d@e.f" }), "mail ok: ready");
});

Deno.test("MessageHealth keeps the channels apart", () => {
  const { note } = scene();
  assert.equal(
    note("unknown", "cut", { channel: "sms", recipient: "+15551234567" }),
    "sms degraded: it may have arrived or not: cut",
  );
  assert.equal(note("sent"), "mail ok: ready");
});
