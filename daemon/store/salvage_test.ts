import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FatalError } from "../core/errors.ts";
import { copyDatabase } from "./backup.ts";
import { APPLICATION_ID, MIGRATIONS, readHeader } from "./database.ts";
import { Store } from "./mod.ts";
import { setAside } from "./salvage.ts";
import { LETTER_JUDGE, temporaryStore } from "./testing.ts";

const T0 = 1_800_000_000_000;

function open(path: string, copies: string[] = []): Store {
  return new Store({
    path,
    judge: LETTER_JUDGE,
    offsetMinAt: () => 0,
    nowMs: () => T0,
    copies: () => copies,
  });
}

async function fill(store: Store, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += 500) {
    await store.import(Array.from({ length: Math.min(500, to - i) }, (_, k) => ({
      source: "window" as const,
      startMs: T0 + (i + k) * 1_000,
      endMs: T0 + (i + k) * 1_000 + 900,
      subject: { app: `s${(i + k) % 50}`, title: `title ${i + k}` },
    })));
  }
}

function inDir(work: (dir: string) => Promise<void> | void): () => Promise<void> {
  return async () => {
    const dir = Deno.makeTempDirSync({ prefix: "prodtracker-salvage-" });
    try {
      await work(dir);
    } finally {
      Deno.removeSync(dir, { recursive: true });
    }
  };
}

Deno.test("copyDatabase() writes a private, whole copy, and never over something", async () => {
  await using t = temporaryStore();
  await fill(t.store, 0, 1_000);
  const path = join(t.dir, "copy.db");
  const facts = await t.store.reader.call("copyDatabase", path);
  assert.equal(facts.events, 1_000);
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
  await assert.rejects(t.store.reader.call("copyDatabase", path), /something is there already/);
  assert.deepEqual([...Deno.readDirSync(t.dir)].filter((e) => e.name.endsWith(".part")), []);
});

Deno.test(
  "Store: a page of the table torn out costs its rows, and nothing else",
  inDir(async (dir) => {
    const path = join(dir, "p.db");
    const store = open(path);
    await fill(store, 0, 5_000);
    await store.close();
    const bytes = Deno.readFileSync(path);
    // One page in the middle; the start does not see that, the full check does.
    bytes.fill(0xaa, 4096 * 60, 4096 * 61);
    Deno.writeFileSync(path, bytes);
    const damaged = new DatabaseSync(path);
    const problems = damaged.prepare("PRAGMA integrity_check(1)").all();
    damaged.close();
    assert.notDeepEqual({ ...problems[0] }, { integrity_check: "ok" });
    const found = open(path);
    assert.notDeepEqual(await found.check(), []);
    await found.close();
    const salvaged = open(path);
    assert.ok(salvaged.salvage);
    assert.deepEqual(Deno.readFileSync(salvaged.salvage.setAside), bytes);
    const { count } = await salvaged.reader.call("extent");
    assert.ok(count >= 4_500 && count <= 5_000, `${count} events were salvaged`);
    await salvaged.close();
    const again = open(path);
    assert.equal(again.salvage, undefined);
    await again.close();
  }),
);

Deno.test(
  "Store: a database whose header is gone is set aside, and the newest whole copy takes its place",
  inDir(async (dir) => {
    const path = join(dir, "p.db");
    const store = open(path);
    await fill(store, 0, 800);
    const copy = join(dir, "copy.db"), broken = join(dir, "broken.db");
    await store.reader.call("copyDatabase", copy);
    Deno.writeTextFileSync(broken, "not a copy");
    await fill(store, 800, 1_000);
    await store.close();
    const bytes = Deno.readFileSync(path);
    bytes.fill(0, 0, 100);
    Deno.writeFileSync(path, bytes);
    const salvaged = open(path, [broken, copy]);
    assert.equal(salvaged.salvage?.basedOn, copy);
    assert.deepEqual(Deno.readFileSync(salvaged.salvage!.setAside), bytes);
    const { count } = await salvaged.reader.call("extent");
    assert.ok(count >= 800);
    await salvaged.close();
  }),
);

/** The first page of a table or an index; of the schema itself, 1. */
function rootPage(path: string, name: string): number {
  const db = new DatabaseSync(path, { readOnly: true });
  const row = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(name);
  db.close();
  return (row?.rootpage as number | undefined) ?? 1;
}

for (const name of ["sqlite_schema", "rule", "subject_rules", "pause", "pause_running"]) {
  Deno.test(
    `Store: damage in ${name}, which every start reads, is salvaged at once`,
    inDir(async (dir) => {
      const path = join(dir, "p.db");
      const store = open(path);
      await fill(store, 0, 1_000);
      await store.close();
      const page = rootPage(path, name);
      const bytes = Deno.readFileSync(path);
      bytes.fill(0xff, Math.max(100, (page - 1) * 4096), page * 4096);
      Deno.writeFileSync(path, bytes);
      const salvaged = open(path);
      assert.deepEqual(Deno.readFileSync(salvaged.salvage!.setAside), bytes);
      assert.deepEqual(salvaged.ruleTexts(), []);
      assert.equal(salvaged.salvage!.readEvents, name === "sqlite_schema" ? 0 : 1_000);
      await salvaged.close();
    }),
  );
}

Deno.test(
  "Store: a salvage that was cut off goes on at the next start, and keeps the user's rules",
  inDir(async (dir) => {
    const path = join(dir, "p.db");
    const store = open(path);
    await fill(store, 0, 1_000);
    const rule = JSON.stringify({ match: "app", exact: "x", class: "noise" });
    await store.setRuleTexts([rule]);
    await store.close();
    // Killed when the damaged one was set aside, and again when the new one was there but empty.
    setAside(path, [], T0);
    Deno.removeSync(path);
    setAside(path, [], T0 + 1);
    const salvaged = open(path);
    assert.equal(salvaged.salvage?.readEvents, 1_000);
    assert.equal((await salvaged.reader.call("extent")).count, 1_000);
    assert.deepEqual(salvaged.ruleTexts(), [rule]);
    await salvaged.close();
    const again = open(path);
    assert.equal(again.salvage, undefined);
    await again.close();
  }),
);

Deno.test(
  "Store: a salvage brings lists, schedules, phones and their heartbeats over",
  inDir(async (dir) => {
    const path = join(dir, "p.db");
    const store = open(path);
    await fill(store, 0, 10);
    await store.blocks.setLists([{ name: "own", domains: ["a.com", "b.com"], count: 2 }]);
    const secret = "ab".repeat(32);
    await store.phones.pair({ id: "pixel", name: "Pixel", secret, bearer: false }, T0);
    const beats = Array.from({ length: 3_000 }, (_, i) => ({
      ...{ deviceId: "pixel", atMs: T0 + 30_000 * i, screenOn: true, app: "n", receivedMs: T0 },
      ...{ digest: new Uint8Array(16).fill(i % 251), extra: undefined },
    }));
    assert.ok((await store.phones.addAll(beats)).every(Boolean));
    await store.close();
    setAside(path, [], T0);
    Deno.removeSync(path);
    const salvaged = open(path);
    assert.deepEqual(salvaged.blocks.listNames("own"), ["a.com", "b.com"]);
    assert.equal(salvaged.phones.secrets().get("pixel")?.secret, secret);
    const span = { startMs: T0, endMs: T0 + 30_000 * 3_000 };
    assert.equal(salvaged.phones.beats("pixel", span).length, 3_000);
    assert.deepEqual(await salvaged.phones.addAll(beats.slice(0, 2)), [false, false]);
    await salvaged.close();
  }),
);

Deno.test(
  "Store: a salvage brings messages, settings, the loop's steps and wishes over, the newest of each",
  inDir(async (dir) => {
    const path = join(dir, "p.db"), copy = join(dir, "copy.db");
    const store = open(path);
    await fill(store, 0, 10);
    const letter = { channel: "sms", recipient: "+15551234567", content: { text: "x" } } as const;
    await store.messages.post([letter], { topic: "day", nowMs: T0 });
    await store.settings.set("goals", ["old"]);
    await store.reader.call("copyDatabase", copy);
    await store.messages.begin(1, T0);
    await store.messages.turn([{ id: 1, to: { state: "sent" } }], T0);
    await store.messages.post([letter], { topic: "week", nowMs: T0 });
    await store.settings.set("goals", ["new"]);
    const step = { atMs: T0, rule: "noise", step: "nudge", outcome: "taken" } as const;
    await store.loopSteps.add({ ...step, explanation: "12 of 15 minutes" });
    const session = await store.focus.begin({ source: "browser", camera: "cam", startMs: T0 });
    await store.focusSends.set(session.begun.id, ["email"]);
    await store.close();
    setAside(path, [copy], T0);
    const salvaged = open(path);
    const messages = salvaged.messages.recent(9).map(({ topic, state }) => [topic, state]);
    assert.deepEqual(messages, [["week", "waiting"], ["day", "sent"]]);
    assert.equal((await salvaged.messages.begin(2, T0))?.record.tries, 1);
    assert.deepEqual(salvaged.settings.get("goals"), ["new"]);
    assert.deepEqual(salvaged.loopSteps.recent(9).map(({ rule }) => rule), ["noise"]);
    assert.deepEqual(salvaged.focusSends.wishes(), [{ sessionId: 1, channels: ["email"] }]);
    await salvaged.close();
  }),
);

Deno.test(
  "Store: where only a copy knows of an SMS that waits, it may have been sent since",
  inDir(async (dir) => {
    const path = join(dir, "p.db"), copy = join(dir, "copy.db");
    const store = open(path);
    await fill(store, 0, 10);
    const content = { subject: "s", text: "x" };
    await store.messages.post([
      { channel: "sms", recipient: "+15551234567", content },
      { channel: "email", recipient: "you@mail.test", messageId: "<1@mail.test>", content },
    ], { topic: "day", nowMs: T0 });
    await store.reader.call("copyDatabase", copy);
    await store.close();
    Deno.writeFileSync(path, new Uint8Array(8192).fill(0xff));
    const salvaged = open(path, [copy]);
    assert.equal(salvaged.salvage?.basedOn, copy);
    const messages = salvaged.messages.recent(9).map(({ channel, state }) => [channel, state]);
    assert.deepEqual(messages, [["email", "waiting"], ["sms", "unknown"]]);
    await salvaged.close();
  }),
);

for (
  const [name, make] of Object.entries<(path: string) => void>({
    "another program's database": (path) => {
      const db = new DatabaseSync(path);
      db.exec("CREATE TABLE activity (id INTEGER PRIMARY KEY, title TEXT)");
      db.close();
    },
    "a text file": (path) => Deno.writeTextFileSync(path, "dear diary\n".repeat(20)),
  })
) {
  Deno.test(
    `Store: ${name} is refused and stays as it is`,
    inDir((dir) => {
      const path = join(dir, "prodtracker.db");
      make(path);
      const before = Deno.readFileSync(path);
      assert.throws(
        () => open(path),
        (error) => error instanceof FatalError && error.exitCode === 1,
      );
      assert.deepEqual(Deno.readFileSync(path), before);
      assert.deepEqual([...Deno.readDirSync(dir)].map((e) => e.name), ["prodtracker.db"]);
    }),
  );
}

Deno.test(
  "Store: a database of a newer version is refused and stays as it is",
  inDir(async (dir) => {
    const path = join(dir, "p.db");
    await open(path).close();
    const db = new DatabaseSync(path);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    const before = Deno.readFileSync(path);
    const newer = MIGRATIONS.length + 1;
    const wanted = new RegExp(`schema version is ${newer}, supported is ${MIGRATIONS.length};`);
    assert.throws(() => open(path), wanted);
    assert.deepEqual(Deno.readFileSync(path), before);
  }),
);

Deno.test(
  "Store: a new database bears our mark and is private",
  inDir(async (dir) => {
    const path = join(dir, "p.db");
    await open(path).close();
    assert.equal(readHeader(path), "ours");
    assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
    const db = new DatabaseSync(path, { readOnly: true });
    const { application_id } = db.prepare("PRAGMA application_id").get() as {
      application_id: number;
    };
    assert.equal(application_id, APPLICATION_ID);
    db.close();
  }),
);

Deno.test("copyDatabase() refuses to call a damaged copy whole", async () => {
  await using t = temporaryStore();
  await fill(t.store, 0, 2_000);
  await t.store.close();
  const bytes = Deno.readFileSync(t.path);
  bytes.fill(0x55, 4096 * 20, 4096 * 30);
  Deno.writeFileSync(t.path, bytes);
  const db = new DatabaseSync(t.path, { readOnly: true });
  try {
    await assert.rejects(copyDatabase(db, join(t.dir, "copy.db")));
    assert.ok(![...Deno.readDirSync(t.dir)].some((e) => e.name.startsWith("copy")));
  } finally {
    db.close();
  }
});

Deno.test(
  "Store: what was deleted by hand since the copy that a salvage goes on with stays so, and can be undone",
  inDir(async (dir) => {
    const path = join(dir, "p.db"), copy = join(dir, "copy.db");
    const HOUR_MS = 3_600_000;
    const hour = (from: number, to: number) => ({
      startMs: T0 + from * HOUR_MS,
      endMs: T0 + to * HOUR_MS,
    });
    const store = open(path);
    await store.record([{ source: "window", subject: { app: "sA" }, ...hour(0, 9) }]);
    await store.reader.call("copyDatabase", copy);
    const { id } = await store.edits.remove({ span: hour(2, 4) }, T0);
    await store.edits.add({ ...hour(5, 6), title: "x", class: "noise" }, T0);
    const seen = store.totals(hour(0, 9));
    await store.close();
    Deno.writeTextFileSync(`${path}.salvage`, "");
    const salvaged = open(path, [copy]);
    assert.equal(salvaged.salvage?.basedOn, copy);
    assert.deepEqual(salvaged.totals(hour(0, 9)), seen);
    await salvaged.edits.undo(id, T0);
    assert.equal(salvaged.totals(hour(0, 9)).signalMs, 8 * HOUR_MS);
    await salvaged.close();
  }),
);
