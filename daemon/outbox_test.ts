import assert from "node:assert/strict";
import { UnavailableError } from "./core/errors.ts";
import type { MessageRecord, SendResult } from "./core/messages.ts";
import { HOUR, LongTimers, MAIL, MIN, outboxScene, until } from "../tests/messages/outbox_scene.ts";

const states = (rows: readonly MessageRecord[]) => rows.map(({ state }) => state);

Deno.test("Outbox: a telling is written down for each recipient, then sent, then forgotten", async () => {
  await using t = await outboxScene();
  const posted = await t.outbox.post({ topic: "day 2026-01-31", email: MAIL, sms: "5 h signal" });
  assert.deepEqual(posted.map(({ channel, recipient, state }) => [channel, recipient, state]), [
    ["email", "you@mail.test", "waiting"],
    ["email", "her@mail.test", "waiting"],
    ["sms", "+15551234567", "waiting"],
  ]);
  assert.equal(await t.contents(), 3);
  assert.equal(t.mails.length + t.texts.length, 0);
  const sent = await t.outbox.flush(posted.map(({ id }) => id));
  assert.deepEqual(states(sent), ["sent", "sent", "sent"]);
  const [you, her] = t.mails;
  assert.deepEqual([you.to, her.to], ["you@mail.test", "her@mail.test"]);
  assert.match(you.messageId, /^<[0-9a-f-]{36}@mail\.test>$/);
  assert.equal(her.messageId, you.messageId);
  assert.equal(you.html, MAIL.html);
  assert.deepEqual(t.texts, [{ to: "+15551234567", text: "5 h signal" }]);
  assert.equal(await t.contents(), 0);
  const ofFirst = t.changes.filter((change) => change.startsWith("1 "));
  assert.deepEqual(ofFirst, ["1 waiting", "1 sending", "1 sent"]);
});

Deno.test("Outbox: the same is not told twice, but again when that is asked for, or when it failed", async () => {
  await using t = await outboxScene();
  const tell = async (again = false) =>
    await t.outbox.flush((await t.outbox.post({ topic: "day", sms: "x", again })).map((m) => m.id));
  t.answers.sms = [{ kind: "failed", reason: "21211" }];
  assert.deepEqual(states(await tell()), ["failed"]);
  const [sent] = await tell();
  assert.deepEqual([sent.id, sent.state], [2, "sent"]);
  assert.deepEqual((await tell()).map(({ id }) => id), [2]);
  assert.equal(t.texts.length, 2);
  assert.deepEqual((await tell(true)).map(({ id }) => id), [3]);
  assert.equal(t.texts.length, 3);
  t.answers.sms = [{ kind: "unknown", reason: "cut" }];
  assert.deepEqual(states(await tell(true)), ["unknown"]);
  assert.deepEqual((await tell()).map(({ id, state }) => [id, state]), [[4, "unknown"]]);
  assert.equal(t.texts.length, 4);
});

Deno.test("Outbox: telling again takes the place of what still waits, with a Message-ID of its own", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  t.answers.email = [{ kind: "later", reason: "451" }];
  const [first] = await t.outbox.post({ topic: "day", email: MAIL });
  assert.deepEqual(states(await t.outbox.flush([first.id])), ["waiting"]);
  const [second] = await t.outbox.post({ topic: "day", email: MAIL, again: true });
  assert.deepEqual(states(await t.outbox.flush([second.id])), ["sent"]);
  t.pass(3 * HOUR);
  await t.outbox.flush([]);
  assert.equal(t.mails.length, 2);
  assert.notEqual(t.mails[0].messageId, t.mails[1].messageId);
  assert.deepEqual(t.outbox.list(9).map(({ id, state, error }) => [id, state, error]), [
    [2, "sent", undefined],
    [1, "failed", "It was told anew"],
  ]);
});

Deno.test("Outbox: what a server wants later is tried then, with the same Message-ID", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  t.answers.email = Array.from({ length: 3 }, () => ({ kind: "later", reason: "451" }));
  const [{ id }] = await t.outbox.post({ topic: "day", email: MAIL });
  const [waiting] = await t.outbox.flush([id]);
  assert.deepEqual([waiting.state, waiting.tries, waiting.error], ["waiting", 1, "451"]);
  assert.equal(waiting.nextMs, t.clock.nowMs() + MIN);
  t.pass(MIN - 1);
  await t.outbox.flush([]);
  assert.equal(t.mails.length, 1);
  for (const waitMs of [1, 5 * MIN, 15 * MIN]) {
    t.pass(waitMs);
    await t.outbox.flush([]);
  }
  assert.equal(t.outbox.list(1)[0].state, "sent");
  assert.equal(new Set(t.mails.map(({ messageId }) => messageId)).size, 1);
  assert.equal(t.mails.length, 4);
});

Deno.test("Outbox: a mail that somebody asks for again is tried before its time, once; an SMS is not", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  const later = { kind: "later", reason: "no network" } as const;
  t.answers.email = [later, later];
  t.answers.sms = [later];
  const telling = { topic: "day", email: MAIL, sms: "x" };
  const tell = async (isAsked = true) => {
    const ids = (await t.outbox.post(telling)).map(({ id }) => id);
    return await t.outbox.flush(ids, { isAsked });
  };
  assert.deepEqual(states(await tell()), ["waiting", "waiting"]);
  assert.deepEqual(states(await tell()), ["waiting", "waiting"]);
  assert.equal(t.mails.length, 2);
  assert.deepEqual(states(await tell(false)), ["waiting", "waiting"]);
  assert.equal(t.mails.length, 2);
  assert.deepEqual(states(await tell()), ["sent", "waiting"]);
  assert.equal(new Set(t.mails.map(({ messageId }) => messageId)).size, 1);
  assert.equal(t.texts.length, 1);
});

Deno.test("Outbox: a channel without settings takes nothing, of either channel", async () => {
  const hindrance = "Cannot send SMS: TWILIO_AUTH_TOKEN is not set; see docs/sms_setup.md";
  await using t = await outboxScene({ sms: { kind: "half", hindrance } });
  assert.equal(t.outbox.hindrance("sms"), hindrance);
  assert.equal(t.outbox.hindrance("email"), undefined);
  const telling = t.outbox.post({ topic: "day", email: MAIL, sms: "x" });
  await assert.rejects(telling, new UnavailableError(hindrance));
  assert.deepEqual(t.outbox.list(9), []);
});

Deno.test("Outbox: who was taken out of the settings gets nothing that waits", async () => {
  await using t = await outboxScene();
  t.answers.email = Array.from({ length: 2 }, () => ({ kind: "later", reason: "451" }));
  await t.outbox.flush((await t.outbox.post({ topic: "day", email: MAIL })).map(({ id }) => id));
  await t.reopen({ mailTo: ["her@mail.test"] });
  t.pass(MIN);
  await t.outbox.flush([]);
  assert.deepEqual(t.outbox.list(9).map(({ recipient, state }) => [recipient, state]), [
    ["her@mail.test", "sent"],
    ["you@mail.test", "failed"],
  ]);
  assert.deepEqual(t.mails.map(({ to }) => to), [
    "you@mail.test",
    "her@mail.test",
    "her@mail.test",
  ]);
});

Deno.test("Outbox: one message at a time of each channel, and none waits for the other channel", async () => {
  await using t = await outboxScene();
  const first = Promise.withResolvers<SendResult>();
  t.answers.email = [() => first.promise];
  const posted = await t.outbox.post({ topic: "day", email: MAIL, sms: "x" });
  const flushed = t.outbox.flush(posted.map(({ id }) => id));
  const again = t.outbox.flush([posted[1].id]);
  await until(() => t.texts.length === 1 && t.mails.length === 1);
  await until(() => t.outbox.list(1)[0].state === "sent");
  assert.deepEqual(states(t.messages.messages([1, 2])), ["sending", "waiting"]);
  first.resolve({ kind: "sent" });
  assert.deepEqual(states(await flushed), ["sent", "sent", "sent"]);
  await again;
  assert.equal(t.mails.length, 2);
});

Deno.test("Outbox: what somebody waits for comes before what waits longer", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  for (const topic of ["a", "b", "c"]) {
    await t.outbox.post({ topic, email: { ...MAIL, text: topic } });
  }
  await t.outbox.flush([3]);
  assert.deepEqual(t.mails.map(({ text }) => text), ["c", "a", "b"]);
});

Deno.test("Outbox: a message that cannot be read any more keeps no other from being sent", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  for (const topic of ["a", "b"]) await t.outbox.post({ topic, email: MAIL });
  await t.store.write((db) => db.exec("UPDATE message SET content = '{' WHERE id = 1"));
  await t.outbox.flush([]);
  assert.deepEqual(t.outbox.list(9).map(({ state, error }) => [state, error]), [
    ["sent", undefined],
    ["failed", "What it says cannot be read any more"],
  ]);
  assert.equal(t.mails.length, 1);
});

Deno.test("Outbox: while it runs it sends at the time that comes, and looks no more when nothing waits", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  const stop = new AbortController();
  using time = new LongTimers();
  const running = t.outbox.run(stop.signal);
  assert.equal(time.next, undefined);
  t.answers.email = [{ kind: "later", reason: "451" }];
  await t.outbox.post({ topic: "day", email: MAIL });
  await until(() => t.outbox.list(1)[0].tries === 1 && time.next !== undefined);
  // It looks more often than it has to: the clock may be set.
  assert.equal(time.next, 30_000);
  t.pass(30_000);
  time.ring();
  await until(() => time.next !== undefined);
  assert.equal(t.mails.length, 1);
  t.pass(30_000);
  time.ring();
  await until(() => t.outbox.list(1)[0].state === "sent");
  await until(() => time.next === undefined);
  assert.equal(t.mails.length, 2);
  stop.abort();
  await running;
});

Deno.test("Outbox: a clock that is set back does not keep a mail waiting", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  t.answers.email = [{ kind: "later", reason: "451" }];
  await t.outbox.flush((await t.outbox.post({ topic: "day", email: MAIL })).map(({ id }) => id));
  t.machine.setClock(-10 * 24 * HOUR);
  await t.outbox.flush([]);
  assert.equal(t.outbox.list(1)[0].state, "sent");
});

Deno.test("Outbox: at a clean end what is on its way may arrive", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  const taken = Promise.withResolvers<SendResult>();
  t.answers.email = [() => taken.promise];
  const posted = await t.outbox.post({ topic: "day", email: MAIL });
  await t.outbox.post({ topic: "week", email: MAIL });
  const flushed = t.outbox.flush(posted.map(({ id }) => id));
  await until(() => t.mails.length === 1);
  const closed = t.outbox.close();
  taken.resolve({ kind: "sent" });
  await Promise.all([closed, flushed]);
  // And nothing else is begun.
  assert.deepEqual(states(t.outbox.list(9)), ["waiting", "sent"]);
});

Deno.test("Outbox: at a clean end what takes too long is cut, and its end is written down", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"], graceMs: 20 });
  const untilCut = (signal: AbortSignal) =>
    new Promise<SendResult>((resolve) =>
      signal.addEventListener("abort", () => resolve({ kind: "unknown", reason: "cut" }))
    );
  t.answers.email = [untilCut];
  t.answers.sms = [untilCut];
  const posted = await t.outbox.post({ topic: "day", email: MAIL, sms: "x" });
  const flushed = t.outbox.flush(posted.map(({ id }) => id));
  await until(() => t.mails.length + t.texts.length === 2);
  await t.outbox.close();
  assert.deepEqual(states(await flushed), ["waiting", "unknown"]);
  await t.reopen();
  t.pass(MIN);
  await t.outbox.flush([]);
  assert.deepEqual(states(t.outbox.list(9)), ["unknown", "sent"]);
  assert.deepEqual([t.mails.length, t.texts.length], [2, 1]);
});

Deno.test("Outbox: after a crash a mail is sent again with its Message-ID, an SMS never", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"], graceMs: 1 });
  const never = () => new Promise<SendResult>(() => {});
  t.answers.email = [never];
  t.answers.sms = [never];
  const posted = await t.outbox.post({ topic: "day", email: MAIL, sms: "x" });
  t.outbox.flush(posted.map(({ id }) => id)).catch(() => {});
  await until(() => t.mails.length + t.texts.length === 2);
  assert.deepEqual(states(t.outbox.list(9)), ["sending", "sending"]);
  await t.reopen();
  const [sms, mail] = t.outbox.list(9);
  assert.deepEqual([sms.state, mail.state, mail.nextMs], ["unknown", "waiting", t.clock.nowMs()]);
  assert.match(sms.error!, /it may have arrived, and is not sent again$/);
  await t.outbox.flush([]);
  assert.deepEqual(states(t.outbox.list(9)), ["unknown", "sent"]);
  assert.equal(t.mails[0].messageId, t.mails[1].messageId);
  assert.equal(t.texts.length, 1);
  assert.equal(await t.contents(), 0);
});

Deno.test("Outbox: a database that cannot be written holds sending up, and what was found out is not lost", async () => {
  await using t = await outboxScene({ mailTo: ["you@mail.test"] });
  const [{ id }] = await t.outbox.post({ topic: "day", sms: "x" });
  t.answers.sms = [async () => {
    await t.store.write((db) =>
      db.exec(`CREATE TRIGGER full BEFORE UPDATE ON message WHEN NEW.state = 'sent'
               BEGIN SELECT RAISE(ABORT, 'no room'); END`)
    );
    return { kind: "sent" };
  }];
  await assert.rejects(t.outbox.flush([id]), /no room/);
  assert.equal(t.outbox.list(1)[0].state, "sending");
  await assert.rejects(t.outbox.flush([id]), /no room/);
  await t.store.write((db) => db.exec("DROP TRIGGER full"));
  assert.deepEqual(states(await t.outbox.flush([id])), ["sent"]);
  assert.equal(t.texts.length, 1);
});
