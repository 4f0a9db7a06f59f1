import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { PrivacyRule } from "./core/privacy.ts";
import type { Subject } from "./core/types.ts";
import { PrivacyService } from "./privacy_service.ts";
import { Store } from "./store/mod.ts";

const dropMain: PrivacyRule = { match: "title", regex: "ma[i]n", action: "drop_title" };
const hashCode: PrivacyRule = { match: "app", exact: "Code", action: "hash_title" };
const window = { app: "Code", title: "main.ts", pid: 3 };

/** A data directory with a store, and services on it one after the other. */
class Scene implements AsyncDisposable {
  readonly dataDir = Deno.makeTempDirSync({ prefix: "privacy_service_" });
  readonly path = join(this.dataDir, "prodtracker.db");
  readonly reports: string[] = [];
  changes = 0;
  store = this.#openStore();

  #openStore(): Store {
    return new Store({
      path: this.path,
      judge: { version: "1", classify: () => ({ class: "neutral" }) },
      offsetMinAt: () => 0,
      nowMs: Date.now,
      copies: () => [],
    });
  }

  open(): Promise<PrivacyService> {
    return PrivacyService.open({
      ...{ store: this.store, dataDir: this.dataDir },
      onChange: () => this.changes++,
      report: (status, detail) => this.reports.push(`${status}: ${detail}`),
    });
  }

  /** Runs SQL on the database while nobody has it open, and opens it again. */
  async behindItsBack(sql: string): Promise<void> {
    await this.store.close();
    const db = new DatabaseSync(this.path);
    db.exec(sql);
    db.close();
    this.store = this.#openStore();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store.close();
    await Deno.remove(this.dataDir, { recursive: true });
  }
}

Deno.test("PrivacyService keeps its rules, tells who listens, and reports how many there are", async () => {
  await using scene = new Scene();
  const service = await scene.open();
  service.tell();
  await service.replace([dropMain]);
  assert.deepEqual(service.filter(window), { app: "Code", pid: 3 });
  assert.deepEqual([service.isPrivate(window), scene.changes], [true, 1]);
  const again = await scene.open();
  assert.deepEqual(again.rules, [dropMain]);
  assert.deepEqual(again.filter(window), { app: "Code", pid: 3 });
  assert.deepEqual(scene.reports, ["ok: no rules", "ok: 1 rule"]);
});

Deno.test("PrivacyService hashes the same title the same after a restart, and otherwise elsewhere", async () => {
  const hashOf = async (scene: Scene) => (await scene.open()).filter(window)?.title;
  await using scene = new Scene();
  const service = await scene.open();
  await service.replace([hashCode]);
  const hash = service.filter(window)!.title!;
  assert.match(hash, /^#[0-9a-f]{16}$/);
  assert.equal(await hashOf(scene), hash);
  assert.equal(Deno.statSync(join(scene.dataDir, "privacy_key")).mode! & 0o777, 0o600);
  // A hash goes through as it is; a title that only looks like one does not.
  assert.equal(service.filterSubject({ app: "Code", title: hash })?.title, hash);
  assert.notEqual(
    service.filterSubject({ app: "Code", title: "#0123456789abcdef" })?.title,
    "#0123456789abcdef",
  );
  await using other = new Scene();
  await (await other.open()).replace([hashCode]);
  assert.notEqual(await hashOf(other), hash);
});

Deno.test("PrivacyService makes no key while no rule hashes", async () => {
  await using scene = new Scene();
  await (await scene.open()).replace([dropMain]);
  assert.throws(() => Deno.statSync(join(scene.dataDir, "privacy_key")), Deno.errors.NotFound);
});

const unreadable: [string, string][] = [
  ["no JSON", "'[{'"],
  ["no list", `'{"rules":[]}'`],
  [
    "a rule of a later program",
    `'[{"match":"app","exact":"Signal","action":"drop_event"},{"match":"pid","exact":"1","action":"drop_title"}]'`,
  ],
  [
    "a pattern that cannot be used",
    `'[{"match":"app","exact":"Signal","action":"drop_event"},{"match":"app","regex":"(","action":"drop_title"}]'`,
  ],
];
for (const [what, value] of unreadable) {
  Deno.test(`PrivacyService drops every title when what is stored is ${what}, and says so`, async () => {
    await using scene = new Scene();
    await scene.behindItsBack(`INSERT INTO setting VALUES ('privacy', ${value})`);
    const service = await scene.open();
    service.tell();
    assert.match(
      scene.reports[0],
      /^degraded: The privacy rules cannot be read, so every title and URL is dropped: .*remove --all/,
    );
    assert.throws(() => service.rules, /cannot be read/);
    assert.deepEqual(service.filterSubject({ app: "Code", title: "t", url: "u" }), { app: "Code" });
    assert.equal(service.isPrivate({ app: "Code", title: "t" }), true);
    if (value.includes("Signal")) assert.equal(service.filterSubject({ app: "Signal" }), undefined);
    // Set anew, all is well.
    await service.replace([]);
    assert.deepEqual(service.filterSubject({ app: "Code", title: "t" }), {
      app: "Code",
      title: "t",
    });
    assert.deepEqual([scene.reports[1], service.rules], ["ok: no rules", []]);
    assert.deepEqual((await scene.open()).rules, []);
  });
}

Deno.test("PrivacyService knows the rules of a database that has lost them, or comes from an older copy", async () => {
  await using scene = new Scene();
  await (await scene.open()).replace([dropMain, hashCode]);
  await scene.behindItsBack("DELETE FROM setting");
  assert.deepEqual((await scene.open()).rules, [dropMain, hashCode]);
  await scene.behindItsBack(
    `INSERT INTO setting VALUES ('privacy', '[${JSON.stringify(dropMain)}]')`,
  );
  assert.deepEqual((await scene.open()).rules, [dropMain, hashCode]);
});

Deno.test("PrivacyService drops every title when the file beside an older database cannot be read", async () => {
  await using scene = new Scene();
  await (await scene.open()).replace([dropMain, hashCode]);
  await scene.behindItsBack(
    `UPDATE setting SET value = '[${JSON.stringify(dropMain)}]' WHERE name = 'privacy'`,
  );
  Deno.writeTextFileSync(join(scene.dataDir, "privacy_rules.json"), '[{"match":');
  const service = await scene.open();
  service.tell();
  assert.match(scene.reports.at(-1)!, /^degraded: .*privacy_rules\.json/);
  assert.deepEqual(service.filterSubject({ app: "xterm", title: "t" }), { app: "xterm" });
});

Deno.test("PrivacyService lets the old rules be in force when the new ones cannot be used or stored", async () => {
  await using scene = new Scene();
  const service = await scene.open();
  await service.replace([dropMain]);
  await assert.rejects(
    service.replace([{ match: "app", regex: "(", action: "drop_event" }]),
    RangeError,
  );
  const { set } = scene.store.settings;
  scene.store.settings.set = () => Promise.reject(new Error("disk full"));
  await assert.rejects(service.replace([]), /disk full/);
  scene.store.settings.set = set;
  assert.deepEqual(service.rules, [dropMain]);
  assert.deepEqual(service.filter(window), { app: "Code", pid: 3 });
});

Deno.test("PrivacyService lets nothing through between two lists, whichever is stricter", async () => {
  await using scene = new Scene();
  const service = await scene.open();
  await service.replace([dropMain]);
  const dropAll: PrivacyRule = { match: "app", exact: "Code", action: "drop_event" };
  const seen: (Subject | undefined)[] = [];
  const { settings } = scene.store;
  const set = settings.set.bind(settings);
  settings.set = (name, value) => {
    seen.push(service.filter(window));
    return set(name, value);
  };
  await service.replace([dropAll]);
  await service.replace([]);
  assert.deepEqual(seen, [undefined, undefined]);
  assert.deepEqual(service.filter(window), window);
});

Deno.test("PrivacyService replaces one list after the other", async () => {
  await using scene = new Scene();
  const service = await scene.open();
  await Promise.all([
    service.replace([dropMain]),
    service.replace([hashCode]),
    service.replace([]),
  ]);
  assert.deepEqual([service.rules, scene.changes], [[], 3]);
  assert.deepEqual((await scene.open()).rules, []);
});

Deno.test("PrivacyService previews what rules would change of the past, and changes nothing", async () => {
  await using scene = new Scene();
  const service = await scene.open();
  const at = Date.UTC(2026, 0, 15, 12);
  const event = (minute: number, subject: Subject) => ({
    source: "window" as const,
    startMs: at + minute * 60_000,
    endMs: at + (minute + 1) * 60_000,
    subject,
  });
  await scene.store.import([
    event(0, { app: "Code", title: "main.ts" }),
    event(1, { app: "Code", title: "other.ts" }),
    event(2, { app: "Code", title: "main.ts" }),
    event(3, { app: "Signal", title: "Ann" }),
    event(4, { app: "firefox", title: "Page — Mozilla Firefox Private Browsing" }),
    event(5, { app: "xterm", title: "sh" }),
  ]);
  const rules: PrivacyRule[] = [dropMain, { match: "app", exact: "signal", action: "drop_event" }];
  const found = await service.preview(rules);
  assert.deepEqual([found.events, found.ms, found.subjects], [4, 240_000, 3]);
  assert.deepEqual(found.top[0], {
    before: { app: "Code", title: "main.ts", url: undefined },
    after: { app: "Code" },
    action: "drop_title",
    events: 2,
    ms: 120_000,
  });
  const after = found.top.map(({ before, after }) => [before.app, after?.title]);
  assert.deepEqual(after.toSorted(), [["Code", undefined], ["Signal", undefined], [
    "firefox",
    undefined,
  ]]);
  assert.equal(found.top.find(({ before }) => before.app === "Signal")?.after, undefined);
  const hashed = await service.preview([hashCode]);
  await service.replace([hashCode]);
  const [first] = hashed.top;
  assert.equal(first.after?.title, service.filterSubject(first.before)?.title);
  assert.equal((await service.preview(undefined)).events, 4);
  assert.equal(scene.store.recent(10).filter(({ title }) => title === "main.ts").length, 2);
});

Deno.test("PrivacyService counts as many of many windows as of few", async () => {
  await using scene = new Scene();
  const service = await scene.open();
  const at = Date.UTC(2026, 0, 15, 12);
  // More than are looked up one by one; five hundred came back.
  const titles = Array.from({ length: 6_000 }, (_, i) => `page ${i % 5_500}`);
  await scene.store.import(titles.map((title, i) => ({
    source: "window" as const,
    startMs: at + i * 1_000,
    endMs: at + (i + 1) * 1_000,
    subject: { app: "Code", title },
  })));
  const found = await service.preview([{ match: "title", regex: "page", action: "drop_title" }]);
  assert.deepEqual([found.events, found.ms, found.subjects], [6_000, 6_000_000, 5_500]);
  assert.deepEqual(found.top.map(({ events, ms }) => [events, ms]), Array(50).fill([2, 2_000]));
});
