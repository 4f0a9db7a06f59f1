import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { APPLICATION_ID, MIGRATIONS } from "./database.ts";
import { type Letter, Messages } from "./messages.ts";
import { temporaryStore } from "./testing.ts";

const T0 = 1_800_000_000_000;

const sms = (recipient: string): Letter => ({ channel: "sms", recipient, content: { text: "x" } });
const mail = (recipient: string): Letter => ({
  ...{ channel: "email", recipient, messageId: "<1@mail.test>" },
  content: { subject: "s", text: "x", pictures: [{ cid: "a", pngBase64: "AAAA" }] },
});

Deno.test("Messages.post() writes a row for each letter, or none", async () => {
  await using t = temporaryStore();
  const { messages } = t.store;
  const { rows } = await messages.post([mail("a@b.c"), sms("+1")], {
    topic: "day",
    nowMs: T0 + 0.4,
  });
  assert.deepEqual(rows, messages.messages([1, 2]));
  assert.deepEqual(rows[1], {
    ...{ id: 2, channel: "sms", topic: "day", recipient: "+1", createdMs: T0, state: "waiting" },
    ...{ tries: 0, nextMs: T0, changedMs: T0, error: undefined },
  });
  const broken = { ...mail("d@e.f"), channel: "pigeon" } as unknown as Letter;
  await assert.rejects(messages.post([mail("x@y.z"), broken], { topic: "week", nowMs: T0 }));
  assert.equal(messages.recent(9).length, 2);
});

Deno.test("Messages.begin() gives a letter out once, whole", async () => {
  await using t = temporaryStore();
  const { messages } = t.store;
  await messages.post([mail("a@b.c")], { topic: "day", nowMs: T0 });
  const both = await Promise.all([messages.begin(1, T0 + 5), messages.begin(1, T0 + 5)]);
  const [letter] = both.filter((one) => one !== undefined);
  assert.equal(both.filter((one) => one !== undefined).length, 1);
  const { record, ...rest } = letter;
  assert.deepEqual(rest, mail("a@b.c"));
  assert.deepEqual([record.state, record.tries, record.nextMs], ["sending", 1, undefined]);
  assert.equal(await messages.begin(99, T0), undefined);
  assert.deepEqual(messages.open("sending"), messages.recent(9));
  assert.deepEqual(messages.open("waiting"), []);
});

Deno.test("Messages.turn() ends what is on its way, and nothing that has ended", async () => {
  await using t = temporaryStore();
  const { messages } = t.store;
  assert.equal(messages.hasOpen(), false);
  await messages.post([sms("+1")], { topic: "day", nowMs: T0 });
  assert.equal(messages.hasOpen(), true);
  await messages.begin(1, T0);
  const waiting = { state: "waiting", nextMs: T0 + 60_000, error: "429" } as const;
  const [later] = await messages.turn([{ id: 1, to: waiting }], T0 + 7);
  assert.deepEqual(
    [later.state, later.nextMs, later.changedMs, later.error],
    ["waiting", T0 + 60_000, T0 + 7, "429"],
  );
  await messages.begin(1, T0 + 60_000);
  const [sent] = await messages.turn([{ id: 1, to: { state: "sent" } }], T0 + 60_001);
  assert.deepEqual([sent.state, sent.tries, sent.error], ["sent", 2, undefined]);
  assert.equal(messages.hasOpen(), false);
  const again = messages.turn([{ id: 1, to: waiting }], T0);
  await assert.rejects(again, /Cannot note the end of message 1: it is not on its way/);
  assert.deepEqual(messages.recent(1), [sent]);
});

Deno.test("what waits is found without reading what was sent", async () => {
  await using t = temporaryStore();
  const asked: string[] = [];
  const { messages } = t.store;
  await t.store.write((db) => {
    const spied = new Messages({
      read: (work) =>
        work({ prepare: (sql: string) => (asked.push(sql), db.prepare(sql)) } as never),
      write: () => Promise.reject(new Error("not asked for")),
    });
    spied.hasOpen();
    spied.open("waiting");
    for (const sql of asked) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
      const details = (sql.includes("?") ? plan.all("waiting") : plan.all()).map((r) =>
        `${r.detail}`
      );
      assert.match(details.join(), /message_open/, sql);
    }
  });
  assert.equal(asked.length, 2);
  await messages.post([sms("+1"), sms("+2")], { topic: "day", nowMs: T0 });
  assert.deepEqual(messages.open("waiting").map(({ id }) => id), [1, 2]);
});

Deno.test("migration 5 adds messages, settings and steps to a database of version 4, whose rows stay", async () => {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-migration-" });
  try {
    const path = join(dir, "p.db");
    const old = new DatabaseSync(path);
    old.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${APPLICATION_ID}`);
    for (const step of MIGRATIONS.slice(0, 4)) old.exec(step);
    old.exec("PRAGMA user_version = 4");
    old.exec(`INSERT INTO subject VALUES (1, 'sA', '', '', 'signal', 'sA', 'letters');
      INSERT INTO event VALUES (1, 'window', '', 1, ${T0}, ${T0 + 60_000}, 0)`);
    old.close();
    await using t = temporaryStore({ path });
    assert.equal(t.store.recent(1)[0].app, "sA");
    assert.deepEqual(t.store.messages.recent(1), []);
    await t.store.settings.set("goals", [1]);
    assert.deepEqual(t.store.settings.get("goals"), [1]);
    assert.deepEqual(t.store.loopSteps.recent(1), []);
    const version = await t.store.write((db) => db.prepare("PRAGMA user_version").get());
    assert.equal(version?.user_version, MIGRATIONS.length);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});
