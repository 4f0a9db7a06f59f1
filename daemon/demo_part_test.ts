import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Config, loadConfig } from "./config/load.ts";
import { DEMO_SETTING, demoMark, demoOptions, MARK_FILE } from "./demo_mark.ts";
import { demoConfig, prepareDemo } from "./demo_part.ts";
import { Store } from "./store/mod.ts";

const ignore = Deno.build.os === "windows";
const HOUR_MS = 3_600_000;
/** Afternoon of a working day, in UTC. */
const NOW_MS = Date.UTC(2026, 2, 11, 14, 20, 30);

/** A scratch directory, and the settings that name one in it. */
class Scratch {
  readonly dir = Deno.makeTempDirSync({ prefix: "prodtracker-demo-" });
  readonly dataDir = join(this.dir, "data");

  config(settings: Record<string, string> = {}): Config {
    const all: Record<string, string> = { PRODTRACKER_DATA_DIR: this.dataDir, ...settings };
    return loadConfig({ env: (name) => all[name] });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.dir, { recursive: true });
  }
}

/** A directory in which somebody has recorded a window. */
async function recordInto(dataDir: string): Promise<void> {
  Deno.mkdirSync(dataDir, { recursive: true });
  const store = new Store({
    path: join(dataDir, "prodtracker.db"),
    judge: { version: "1", classify: () => ({ class: "neutral" }) },
    offsetMinAt: () => 0,
    nowMs: () => NOW_MS,
    copies: () => [],
  });
  const subject = { app: "Editor", title: "mine" };
  await store.import([{ source: "window", startMs: NOW_MS - 1000, endMs: NOW_MS, subject }]);
  await store.close();
}

function files(dir: string): string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name).filter((name) =>
    !/lock$|-wal$|-shm$/
      .test(name)
  ).sort();
}

/** All that a demo's database tells, without the numbers that it gave things. */
function told(dataDir: string) {
  using db = new DatabaseSync(join(dataDir, "prodtracker.db"), { readOnly: true });
  const all = (sql: string) => db.prepare(sql).all().map((row) => ({ ...row }));
  return {
    events: all(
      `SELECT e.source, e.device, e.start_ms, e.end_ms, s.app, s.title, s.class FROM event e
       JOIN subject s ON s.id = e.subject_id ORDER BY e.start_ms, e.source, e.device`,
    ),
    timeline: all(
      `SELECT t.start_ms, t.end_ms, s.app, s.title, s.class FROM timeline t
       JOIN subject s ON s.id = t.subject_id ORDER BY 1`,
    ),
    beats: all("SELECT device, at_ms, app FROM phone_heartbeat ORDER BY 1, 2"),
    sessions: all("SELECT start_ms, end_ms, how FROM focus_session ORDER BY 1"),
    blocks: all("SELECT start_ms, ended, ended_ms FROM block ORDER BY 1"),
    notes: all("SELECT start_ms, end_ms, text FROM note ORDER BY 1"),
    edits: all("SELECT kind, start_ms, end_ms FROM edit ORDER BY 2, 1"),
  };
}

Deno.test({
  name: "prepareDemo() leaves somebody's own data alone, whatever mark lies beside them",
  ignore,
}, async () => {
  using real = new Scratch();
  const made = real.config();
  await prepareDemo({ config: demoConfig(made), nowMs: NOW_MS });
  const genuine = Deno.readTextFileSync(join(`${made.dataDir}_demo`, MARK_FILE));
  const old = JSON.stringify({ ...JSON.parse(genuine), date: "2020-01-01" });
  for (const mark of ["", "{", "null", "{}", `{"id":7}`, genuine, old]) {
    using scratch = new Scratch();
    const config = demoConfig(scratch.config());
    await recordInto(config.dataDir);
    Deno.writeTextFileSync(join(config.dataDir, MARK_FILE), mark);
    assert.equal(demoMark(config.dataDir), undefined, mark);
    await assert.rejects(
      prepareDemo({ config, nowMs: NOW_MS }),
      /it holds something else, which is left as it is/,
      mark,
    );
    assert.deepEqual(files(config.dataDir), [MARK_FILE, "prodtracker.db"]);
    assert.deepEqual(told(config.dataDir).events.map(({ title }) => title), ["mine"]);
  }
});

Deno.test({
  name: "prepareDemo() goes through no link to somebody's own data",
  ignore,
}, async () => {
  using scratch = new Scratch();
  const config = demoConfig(scratch.config());
  await recordInto(scratch.dataDir);
  Deno.symlinkSync(scratch.dataDir, config.dataDir);
  const refused = /it holds something else/;
  await assert.rejects(prepareDemo({ config, nowMs: NOW_MS }), refused);
  Deno.removeSync(config.dataDir);

  // A demo's directory whose database is another's.
  await prepareDemo({ config, nowMs: NOW_MS });
  Deno.removeSync(config.databasePath);
  Deno.symlinkSync(join(scratch.dataDir, "prodtracker.db"), config.databasePath);
  await assert.rejects(prepareDemo({ config, nowMs: NOW_MS }), refused);
  assert.deepEqual(told(scratch.dataDir).events.map(({ title }) => title), ["mine"]);
});

Deno.test({
  name: "prepareDemo() makes anew what was cut off, and only what it has made",
  ignore,
}, async () => {
  using scratch = new Scratch();
  const config = demoConfig(scratch.config());
  await prepareDemo({ config, nowMs: NOW_MS });
  const whole = told(config.dataDir);
  const markFile = join(config.dataDir, MARK_FILE);
  Deno.writeTextFileSync(join(config.dataDir, "letter.txt"), "dear");
  // Cut off while it was filled, before its database had the mark, and before there was one.
  const run = (sql: string) => {
    using db = new DatabaseSync(config.databasePath);
    db.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  };
  const tables = ["event", "note", "rule", "setting"];
  const cuts = [
    () => run("DELETE FROM note"),
    () => run(tables.map((table) => `DELETE FROM ${table}`).join("; ")),
    () => Deno.truncateSync(config.databasePath),
    () => Deno.removeSync(config.databasePath),
  ];
  for (const cut of cuts) {
    const { untilMs: _, ...begun } = JSON.parse(Deno.readTextFileSync(markFile));
    Deno.writeTextFileSync(markFile, JSON.stringify(begun));
    cut();
    await prepareDemo({ config, nowMs: NOW_MS });
    assert.deepEqual(told(config.dataDir), whole);
    assert.equal(Deno.readTextFileSync(join(config.dataDir, "letter.txt")), "dear");
  }
});

Deno.test({
  name: "prepareDemo() later on the same day tells the same as if it had told all at once",
  ignore,
}, async () => {
  using twice = new Scratch();
  using once = new Scratch();
  const laterMs = NOW_MS + 5 * HOUR_MS + 17 * 60_000;
  const inTwo = demoConfig(twice.config()), inOne = demoConfig(once.config());
  for (const nowMs of [NOW_MS, NOW_MS + HOUR_MS, NOW_MS + HOUR_MS, laterMs]) {
    await prepareDemo({ config: inTwo, nowMs });
  }
  await prepareDemo({ config: inOne, nowMs: laterMs });
  assert.deepEqual(told(inTwo.dataDir), told(inOne.dataDir));
});

Deno.test({
  name: "prepareDemo() begins anew when the clock was set back, or days begin at another time",
  ignore,
}, async () => {
  using scratch = new Scratch();
  const idOf = () => demoMark(`${scratch.dataDir}_demo`)?.id;
  const prepare = async (nowMs: number, settings: Record<string, string> = {}) => {
    await prepareDemo({ config: demoConfig(scratch.config(settings)), nowMs });
    const { events } = told(`${scratch.dataDir}_demo`);
    assert.ok(Math.max(...events.map((event) => Number(event.end_ms))) <= nowMs);
    return idOf();
  };
  const first = await prepare(NOW_MS);
  assert.equal(await prepare(NOW_MS + 1000), first);
  const back = await prepare(NOW_MS - HOUR_MS);
  assert.notEqual(back, first);
  assert.notEqual(await prepare(NOW_MS, { PRODTRACKER_DAY_START: "00:00" }), back);
});

Deno.test({
  name: "prepareDemo() says why it cannot, and is made by the next one all the same",
  ignore,
}, async () => {
  using scratch = new Scratch();
  const config = demoConfig(scratch.config());
  const both = await Promise.allSettled([
    prepareDemo({ config, nowMs: NOW_MS }),
    prepareDemo({ config, nowMs: NOW_MS }),
  ]);
  assert.deepEqual(both.map(({ status }) => status), ["fulfilled", "fulfilled"]);
  const { sessions } = told(config.dataDir);
  assert.equal(new Set(sessions.map(({ start_ms }) => start_ms)).size, sessions.length);

  Deno.removeSync(config.dataDir, { recursive: true });
  Deno.symlinkSync(join(scratch.dir, "nowhere"), config.dataDir);
  await assert.rejects(prepareDemo({ config, nowMs: NOW_MS }), /Cannot use the data directory/);
});

Deno.test(
  { name: "a demo knows nobody's addresses and secrets, and is one demo", ignore },
  async () => {
    using scratch = new Scratch();
    const given = scratch.config({
      ...{ PC_IP: "192.168.1.9", API_BASE: "https://example.org", PRODTRACKER_DB: "/real.db" },
      ...{ DASHBOARD_ADMIN_TOKEN: "a-token-of-the-real-one", FOCUS_EMAIL_TO: "c@d.example" },
    });
    const config = demoConfig(given);
    for (const each of [config, demoOptions({ config: given, service: "serve" }).config]) {
      assert.doesNotMatch(JSON.stringify(each), /192\.168|example|real/);
    }
    await prepareDemo({ config, nowMs: NOW_MS });
    // Where the demo is what is named, it is not made a second time beside itself.
    const named = scratch.config({ PRODTRACKER_DATA_DIR: config.dataDir });
    assert.equal(demoConfig(named).dataDir, config.dataDir);
    using db = new DatabaseSync(config.databasePath, { readOnly: true });
    const row = db.prepare("SELECT value FROM setting WHERE name = ?").get(DEMO_SETTING);
    assert.equal(row?.value, JSON.stringify(demoMark(config.dataDir)?.id));
  },
);
