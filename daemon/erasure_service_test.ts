import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Turns } from "./backups.ts";
import { erasureOf, type ErasureWish } from "./core/erasure.ts";
import type { PrivacyRule } from "./core/privacy.ts";
import { ErasureService } from "./erasure_service.ts";
import { eraserOf } from "./store/erasure_copies.ts";
import { temporaryStore } from "./store/testing.ts";

const T0 = 1_800_000_000_000, MIN = 60_000, DAY = 86_400_000;
const NOW = T0 + 10 * DAY;
const minute = (n: number) => T0 + n * MIN;

/** A store with what erases in it. */
function scene({ rules = [] }: { rules?: readonly PrivacyRule[] } = {}) {
  const t = temporaryStore();
  let forgotten = 0;
  const clock = { nowMs: () => NOW, monoMs: () => 0 };
  const service = new ErasureService({
    ...{ dataDir: t.dir, databasePath: t.path, store: t.store, clock, turns: new Turns() },
    forgetPhones: () => Promise.resolve(++forgotten > 0),
    privacyRules: () => rules,
    onProgress: () => {},
    onChanged: () => {},
    onPending: () => {},
  });
  return {
    ...t,
    service,
    get forgotten() {
      return forgotten;
    },
    rows: (sql: string) => t.store.write((db) => db.prepare(sql).all().map((row) => ({ ...row }))),
    run: (sql: string) => t.store.write((db) => db.exec(sql)),
    async erase(wish: ErasureWish) {
      const { id, settled } = await service.begin(wish);
      await settled;
      return service.list().erasures.find((each) => each.id === id)!;
    },
    async [Symbol.asyncDispose]() {
      await service.close();
      await t[Symbol.asyncDispose]();
    },
  };
}

const seen = (n: number, app: string, title: string) => ({
  ...{ source: "window" as const, subject: { app, title } },
  ...{ startMs: minute(n), endMs: minute(n + 1) },
});

function message(topic: string, state: "waiting" | "sending", createdMs: number): string {
  return `INSERT INTO message (channel, topic, recipient, created_ms, state, tries, next_ms, changed_ms, content)
    VALUES ('email', '${topic}', 'a@example.org', ${createdMs}, '${state}', 1,
      ${state === "waiting" ? NOW : "NULL"}, 1, '{"text":"CANARY"}');`;
}

Deno.test("privacy rules of the past reach titles that a change by hand kept, and none that were typed", async () => {
  const rules: PrivacyRule[] = [{ match: "title", regex: "canary", action: "drop_title" }];
  await using t = scene({ rules });
  await t.store.import([seen(0, "sMail", "CANARY")]);
  const span = (n: number) => ({ startMs: minute(n), endMs: minute(n + 1) });
  await t.store.edits.change({ span: span(0), class: "noise" }, NOW);
  await t.store.edits.add({ ...span(5), title: "canary by hand", class: "signal" }, NOW);
  await t.erase({ privacy: true });
  assert.deepEqual(
    t.store.recent(9).map(({ source, app, title, class: cls }) => [source, app, title, cls]),
    [
      ["manual", undefined, "canary by hand", "signal"],
      ["manual", "sMail", undefined, "noise"],
      ["window", "sMail", undefined, "signal"],
    ],
  );
});

Deno.test("what a phone told besides is erased like a title", async () => {
  const rules: PrivacyRule[] = [{ match: "title", regex: "canary", action: "drop_event" }];
  for (
    const wish of [{ privacy: true }, { title: "canary" }, { title: "can[a]ry", regex: true }]
  ) {
    await using t = scene({ rules });
    await t.store.phones.addAll(["CANARY", "other"].map((about, n) => ({
      ...{ deviceId: "p", atMs: minute(n), receivedMs: minute(n), screenOn: true, app: "sRead" },
      ...{ digest: new Uint8Array(16).fill(n), extra: `{"about":"${about}"}` },
    })));
    await t.erase(wish);
    assert.deepEqual(
      (await t.rows("SELECT extra FROM phone_heartbeat ORDER BY id")).map(({ extra }) => extra),
      [null, '{"about":"other"}'],
    );
  }
});

Deno.test("a message that was on its way and came back is not sent again, one that was written since is", async () => {
  await using t = scene();
  await t.store.import([seen(0, "sMail", "CANARY")]);
  await t.run(message("day 2027-01-15", "sending", NOW - MIN));
  const { pending } = await t.erase({ title: "canary" });
  assert.deepEqual(pending.map(({ place }) => place), ["outbox"]);
  await t.run(
    `UPDATE message SET state = 'waiting', next_ms = ${NOW};` +
      message("day 2027-01-16", "waiting", NOW + MIN),
  );
  await t.service.tryAgain();
  assert.deepEqual(t.service.list().erasures[0].pending, []);
  assert.deepEqual(await t.rows("SELECT topic, state, content IS NULL AS gone FROM message"), [
    { topic: "day 2027-01-15", state: "failed", gone: 1 },
    { topic: "day 2027-01-16", state: "waiting", gone: 0 },
  ]);
});

Deno.test("messages stay that wait when nothing of what is to be erased is there", async () => {
  await using t = scene();
  await t.run(message("day 2027-01-15", "waiting", NOW - MIN));
  await t.erase({ title: "nothing" });
  assert.deepEqual(await t.rows("SELECT state FROM message"), [{ state: "waiting" }]);
});

Deno.test("a copy that was made while a message was on its way does not keep what it said", async () => {
  await using t = scene();
  await t.store.import([seen(0, "sMail", "CANARY")]);
  await t.run(message("day 2027-01-15", "sending", NOW - MIN));
  const copy = join(t.dir, "backups", "prodtracker-2027-01-16T10-00-00-000Z.db");
  Deno.mkdirSync(join(t.dir, "backups"));
  await t.store.maintenance.call("copyDatabase", copy);
  await t.run("UPDATE message SET state = 'sent', content = NULL");
  const { pending } = await t.erase({ title: "canary" });
  assert.deepEqual(pending, []);
  assert.doesNotMatch(new TextDecoder("latin1").decode(Deno.readFileSync(copy)), /CANARY/);
});

Deno.test("what has become too old goes, and neither what waits to be sent nor what phones do now", async () => {
  await using t = scene();
  await t.store.import([seen(0, "sMail", "old"), seen(3, "sMail", "young")]);
  await t.store.phones.pair({ id: "p", name: "Phone", secret: "s".repeat(32), bearer: false }, T0);
  await t.run(message("week 2027-01-18", "waiting", NOW - MIN));
  await t.service.eraseOlderThan(minute(2));
  assert.deepEqual(t.store.recent(9).map(({ title }) => title), ["young"]);
  assert.deepEqual(await t.rows("SELECT state FROM message"), [{ state: "waiting" }]);
  assert.equal(t.forgotten, 0);
  await t.erase({ all: true });
  assert.deepEqual(await t.rows("SELECT state FROM message"), []);
  assert.equal(t.forgotten, 1);
});

Deno.test("a note that was moved out of the time cannot be brought back into it", async () => {
  await using t = scene();
  const { note } = await t.store.edits.notes.add({ startMs: minute(0), text: "CANARY" }, NOW);
  const { edit } = await t.store.edits.notes.change(note.id, {
    ...{ startMs: minute(300), text: "of something else" },
  }, NOW);
  assert.deepEqual([edit.startMs, edit.endMs], [minute(0), minute(300)]);
  await t.erase({ fromMs: minute(-5), toMs: minute(5) });
  assert.deepEqual(await t.rows("SELECT removed, added FROM edit"), []);
  assert.doesNotMatch(new TextDecoder("latin1").decode(Deno.readFileSync(t.path)), /CANARY/);
});

Deno.test({
  name: "a copy that is a link is pending: what it leads to would stay as it is",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using t = scene();
    await t.store.import([seen(0, "sMail", "CANARY")]);
    const elsewhere = join(t.dir, "elsewhere.db");
    await t.store.maintenance.call("copyDatabase", elsewhere);
    Deno.mkdirSync(join(t.dir, "backups"));
    const copy = join(t.dir, "backups", "prodtracker-2027-01-16T10-00-00-000Z.db");
    Deno.symlinkSync(elsewhere, copy);
    const { pending } = await t.erase({ title: "canary" });
    assert.deepEqual(pending.map(({ place }) => place), [copy]);
    assert.match(pending[0].error!, /link/);
    assert.ok(Deno.lstatSync(copy).isSymlink);
  },
});

Deno.test("the reason of a block that the loop asked about goes with what it names, and with its age", async () => {
  const block = (id: number, reason: string, n: number) =>
    `INSERT INTO block (id, actor, reason, start_ms, end_ms, strict, lists, domains, name_count, length_ms, elapsed_ms,
       seen_wall_ms, seen_up_ms, ended_ms, ended)
     VALUES (${id}, 'user', '${reason}', ${minute(n)}, ${
      minute(n + 5)
    }, 0, '[]', '[]', 0, 1, 1, 1, 1, ${minute(n + 5)}, 'time');`;
  const step =
    `INSERT INTO loop_step (at_ms, rule, step, outcome, explanation, answer, answered_ms, block_id)
    VALUES (${
      minute(12)
    }, 'noise', 'nudge', 'taken', '12 of 15 minutes on canary.example', 'blocked',
      ${minute(40)}, 1)`;
  const reasons = ["12 of 15 minutes on canary.example", "deep work"];
  for (const isOld of [false, true]) {
    await using t = scene();
    await t.store.import([seen(0, "nBrowser", "canary")]);
    await t.run(block(1, reasons[0], 40) + block(2, reasons[1], 10) + step);
    if (!isOld) await t.erase({ title: "canary" });
    else {
      const loopBeforeMs = minute(60);
      await t.store.erasures.prune({ nowMs: NOW, messagesBeforeMs: undefined, loopBeforeMs });
    }
    assert.deepEqual(
      (await t.rows("SELECT reason FROM block ORDER BY id")).map(({ reason }) => reason),
      [null, "deep work"],
    );
    assert.deepEqual(await t.rows("SELECT id FROM loop_step"), []);
  }
});

Deno.test("what was deleted by hand stays so when titles are dropped that began at one moment, and comes back by undo", async () => {
  const rules: PrivacyRule[] = [{ match: "app", exact: "sMail", action: "drop_title" }];
  await using t = scene({ rules });
  const noted = () => t.store.totals({ startMs: T0, endMs: T0 + DAY }).signalMs / MIN;
  for (const lengths of [[1, 5], [5, 1]]) {
    await t.erase({ all: true });
    await t.store.import(lengths.map((length, i) => ({
      ...{ source: "window" as const, subject: { app: "sMail", title: `CANARY ${i}` } },
      ...{ startMs: minute(0), endMs: minute(length) },
    })));
    const span = { startMs: minute(2), endMs: minute(4) };
    const { id } = await t.store.edits.remove({ span }, NOW);
    assert.equal(noted(), 3);
    await t.erase({ privacy: true });
    assert.equal(noted(), 3);
    assert.equal((await t.rows("SELECT id FROM subject WHERE title <> ''")).length, 0);
    await t.store.edits.undo(id, NOW);
    assert.equal(noted(), 5);
    const [row] = t.store.recent(9);
    assert.deepEqual([row.startMs, row.endMs, row.title], [minute(0), minute(5), undefined]);
  }
});

Deno.test("no copy is made of a file that is none: another program's is pending, an empty one stays empty", async () => {
  await using t = scene();
  await t.store.import([seen(0, "sMail", "CANARY")]);
  const [foreign, empty] = ["16", "17"].map((day) =>
    join(t.dir, "backups", `prodtracker-2027-01-${day}T10-00-00-000Z.db`)
  );
  Deno.mkdirSync(join(t.dir, "backups"));
  const db = new DatabaseSync(foreign);
  db.exec("CREATE TABLE theirs (text TEXT)");
  db.close();
  const bytes = Deno.readFileSync(foreign);
  Deno.writeTextFileSync(empty, "");
  const { pending } = await t.erase({ title: "canary" });
  assert.deepEqual(pending.map(({ place }) => place), [foreign]);
  assert.deepEqual(Deno.readFileSync(foreign), bytes);
  assert.equal(Deno.statSync(empty).size, 0);
  const names = [...Deno.readDirSync(join(t.dir, "backups"))].map(({ name }) => name);
  assert.equal(names.length, 2, names.join());
});

Deno.test("a time away that was dismissed is forgotten with its time", async () => {
  await using t = scene();
  await t.store.edits.dismissAway({ startMs: minute(0), endMs: minute(30) }, NOW);
  const kept = async () => (await t.rows("SELECT value FROM setting"))[0].value;
  await t.erase({ title: "canary" });
  assert.equal(await kept(), JSON.stringify([[minute(0), minute(30)]]));
  await t.erase({ fromMs: minute(10), toMs: minute(20) });
  assert.equal(await kept(), JSON.stringify([[minute(0), minute(10)], [minute(20), minute(30)]]));
  await t.erase({ all: true });
  assert.equal(await kept(), "[]");
});

Deno.test("a change by hand that comes while it is erased does not keep a title", async () => {
  await using t = scene();
  await t.store.import([seen(0, "sMail", "CANARY")]);
  const request = erasureOf({ title: "canary" }, { nowMs: NOW, newestMs: undefined, rules: [] });
  const id = await t.store.erasures.add(request, ["database"], NOW);
  let step = 0;
  for await (
    const _ of t.store.erasures.erase(id, await eraserOf(request, t.dir), () => true)
  ) {
    const span = { startMs: minute(0), endMs: minute(1) };
    // When it is known what goes, and nothing has gone yet.
    if (++step === 2) await t.store.edits.change({ span, class: "noise" }, NOW);
  }
  assert.deepEqual(t.store.recent(9), []);
});
