/**
 * `serve --demo` in a terminal: what it makes, what it leaves alone, and when it makes it anew.
 * @module
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { Cli, exported } from "../cli/testing.ts";
import { waitFor } from "./daemon_process.ts";

const ignore = Deno.build.os === "windows";

interface Demo extends AsyncDisposable {
  readonly url: string;
  call(path: string, init?: RequestInit): Promise<Response>;
  get<T>(path: string): Promise<T>;
  said(): string;
}

/** Starts the demo and waits until it answers. */
async function startDemo(cli: Cli, port = 0): Promise<Demo> {
  const env = { PATH: "/nowhere", PRODTRACKER_PORT: String(port) };
  const child = cli.spawn(["serve", "--demo"], { env });
  let said = "";
  const reading = [child.stdout, child.stderr].map(async (stream) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) said += text;
  });
  let hasEnded = false;
  child.status.then(() => hasEnded = true);
  const url = await waitFor(() => {
    if (hasEnded) throw new Error(`The demo ended at once:\n${said}`);
    return /made up/.test(said) ? /is at (http:\S+)/.exec(said)?.[1] : undefined;
  });
  const token = Deno.readTextFileSync(`${cli.dataDir}_demo/admin_token`).trim();
  const call = (path: string, init: RequestInit = {}) =>
    fetch(url + path, {
      ...init,
      headers: { "X-Admin-Token": token, "Content-Type": "application/json" },
    });
  return {
    ...{ url, call, said: () => said },
    async get(path) {
      const response = await call(path);
      assert.equal(response.status, 200, path);
      return await response.json();
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      assert.equal((await child.status).code, 0, said);
      await Promise.all(reading);
    },
  };
}

Deno.test({
  name: "serve --demo shows a fortnight beside the usual data, which it does not touch",
  ignore,
}, async () => {
  using cli = new Cli();
  await using demo = await startDemo(cli);
  const health = await demo.get<{ demo: boolean; status: string; parts: Part[] }>("/health");
  assert.equal(health.demo, true);
  assert.equal(health.status, "ok");
  for (const part of ["window", "idle", "blocker", "loop"]) {
    assert.equal(health.parts.find(({ name }) => name === part)?.status, "off", part);
  }
  const day = await demo.get<{ signal_seconds: number }>("/activity/day");
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const before = await demo.get<{ signal_seconds: number }>(`/activity/day?date=${yesterday}`);
  assert.ok(day.signal_seconds + before.signal_seconds > 0);
  // The same on every page that tells it.
  const trend = await demo.get<{ signal_seconds: number }>(
    `/activity/trends?period=day&date=${yesterday}`,
  );
  assert.equal(trend.signal_seconds, before.signal_seconds);
  const lists = [
    ...["/phone/devices", "/focus/sessions", "/blocker/history", "/blocker/schedules"],
    ...["/notes?from=2020-01-01T00:00:00Z", "/goals", "/rules", "/edits"],
  ];
  for (const path of lists) {
    const found = await demo.get<object>(path);
    const list = Array.isArray(found) ? found : Object.values(found).find(Array.isArray);
    assert.ok(list && list.length > 0, path);
  }

  assert.throws(() => Deno.statSync(cli.dataDir), "the usual directory is not even made");
  assert.equal(Deno.statSync(`${cli.dataDir}_demo`).mode! & 0o777, 0o700);
  for (const { name } of Deno.readDirSync(`${cli.dataDir}_demo`)) {
    assert.equal(Deno.statSync(`${cli.dataDir}_demo/${name}`).mode! & 0o777, 0o600, name);
  }
});

Deno.test(
  { name: "serve --demo blocks and sends nothing, whatever it is asked", ignore },
  async () => {
    using cli = new Cli();
    Deno.mkdirSync(cli.dataDir);
    // What is set up for the real thing does not reach the demo.
    Deno.writeTextFileSync(
      `${cli.dataDir}/.env`,
      [
        ...[
          "FOCUS_SMTP_HOST=127.0.0.1",
          "FOCUS_EMAIL_FROM=a@b.example",
          "FOCUS_EMAIL_TO=c@d.example",
        ],
        ...["PRODTRACKER_SCREENSHOTS=true", `PRODTRACKER_DB=${cli.dir}/mine.db`],
        "DASHBOARD_ADMIN_TOKEN=a-token-of-the-real-one",
      ].join("\n"),
    );
    await using demo = await startDemo(cli);
    const hosts = Deno.readTextFileSync("/etc/hosts");
    const block = await demo.call("/blocker/manual_block", {
      method: "POST",
      body: JSON.stringify({ duration_minutes: 5 }),
    });
    assert.equal(block.status, 501, await block.clone().text());
    assert.match((await block.json()).error.message, /the demo/);
    assert.equal(Deno.readTextFileSync("/etc/hosts"), hosts);
    const channels = JSON.stringify(await demo.get("/messages/channels"));
    assert.ok(!channels.includes("d.example"), channels);
    const picture = await demo.call("/screenshots", { method: "POST", body: "{}" });
    assert.ok(picture.status >= 400);
    await picture.body?.cancel();
    assert.throws(() => Deno.statSync(`${cli.dir}/mine.db`));
    assert.throws(() => Deno.statSync(`${cli.dir}/.pguard_backups`));
  },
);

Deno.test({
  name: "serve --demo keeps what was changed in it for the day, then begins anew",
  ignore,
}, async () => {
  using cli = new Cli();
  const dir = `${cli.dataDir}_demo`;
  const note = { from: new Date(Date.now() - 60_000).toISOString(), text: "kept for today" };
  const notes = async (demo: Demo) =>
    (await demo.get<{ text: string }[]>("/notes?from=2020-01-01T00:00:00Z"))
      .map(({ text }) => text);
  let firstCount = 0;
  {
    await using demo = await startDemo(cli);
    const made = await demo.call("/notes", { method: "POST", body: JSON.stringify(note) });
    assert.equal(made.status, 200, await made.text());
    firstCount = count(dir, "focus_session");
    // Where it runs already, the second one says so.
    const second = await cli.run(["serve", "--demo", "--port", "0"]);
    assert.equal(second.code, 1);
    assert.ok(second.stderr.includes(demo.url), second.stderr);
  }
  {
    await using demo = await startDemo(cli);
    assert.ok((await notes(demo)).includes(note.text));
    assert.equal(count(dir, "focus_session"), firstCount, "nothing is told twice");
  }
  const mark = JSON.parse(Deno.readTextFileSync(`${dir}/demo.json`));
  Deno.writeTextFileSync(`${dir}/demo.json`, JSON.stringify({ ...mark, date: "2020-01-01" }));
  Deno.writeTextFileSync(`${dir}/letter.txt`, "dear");
  // Cut off while it is made, it is made by the next one.
  const killed = cli.spawn(["serve", "--demo"], { env: { PRODTRACKER_PORT: "0" } });
  const output = Promise.all([killed.stdout, killed.stderr].map((stream) => stream.cancel()));
  await waitFor(() => readMark(dir)?.untilMs === undefined ? true : undefined);
  killed.kill("SIGKILL");
  await Promise.all([killed.status, output]);
  {
    await using demo = await startDemo(cli);
    assert.ok(!(await notes(demo)).includes(note.text));
    assert.ok(count(dir, "focus_session") > 0 && readMark(dir)!.untilMs! > mark.untilMs);
    assert.equal(Deno.readTextFileSync(`${dir}/letter.txt`), "dear");
  }
});

Deno.test({
  name: "serve --demo steps aside where its port is taken, and leaves other directories alone",
  ignore,
}, async () => {
  using cli = new Cli();
  {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    await using demo = await startDemo(cli, taken.addr.port);
    assert.notEqual(new URL(demo.url).port, String(taken.addr.port));
  }
  const mine = `${cli.dir}/mine_demo`;
  Deno.mkdirSync(mine, { mode: 0o755 });
  Deno.writeTextFileSync(`${mine}/letter.txt`, "dear");
  const refused = await cli.run(["serve", "--demo", "--data-dir", `${cli.dir}/mine`]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /it holds something else, which is left as it is/);
  assert.deepEqual([...Deno.readDirSync(mine)].map(({ name }) => name), ["letter.txt"]);
  assert.equal(Deno.statSync(mine).mode! & 0o777, 0o755);

  // A stray mark makes nobody's data a demo's: they are neither cleared nor kept from growing.
  const real = `${cli.dir}/real_demo`;
  const imported = await cli.run(["import", "-", "--data-dir", real], { stdin: exported(3) });
  assert.equal(imported.code, 0, imported.stderr);
  Deno.copyFileSync(`${cli.dataDir}_demo/demo.json`, `${real}/demo.json`);
  const kept = await cli.run(["serve", "--demo", "--data-dir", `${cli.dir}/real`]);
  assert.equal(kept.code, 1);
  assert.match(kept.stderr, /it holds something else, which is left as it is/);
  assert.equal(count(real, "event"), 3);

  const track = await cli.run(["track", "--data-dir", `${cli.dataDir}_demo`]);
  assert.equal(track.code, 2);
  assert.match(track.stderr, /holds the demo's data/);
  const lan = await cli.run(["serve", "--demo", "--lan"]);
  assert.equal(lan.code, 2);
});

interface Part {
  readonly name: string;
  readonly status: string;
}

/** The mark; `undefined` while the directory is emptied. */
function readMark(dataDir: string): { readonly untilMs?: number } | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(`${dataDir}/demo.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function count(dataDir: string, table: string): number {
  using db = new DatabaseSync(`${dataDir}/prodtracker.db`, { readOnly: true });
  return (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
}
