/** `export`, `import` and `backup`, without a daemon and through one. */
import assert from "node:assert/strict";
import { startDaemon } from "../../tests/daemon_process.ts";
import { Cli, exported } from "../testing.ts";

Deno.test("import and export give back what went in, a second import adds nothing", async () => {
  using cli = new Cli();
  const text = exported(40, '日本, "quoted"', "a\nb =");
  const first = await cli.run(["import", "-", "--json"], { stdin: text });
  assert.equal(first.code, 0, first.stderr);
  assert.deepEqual(JSON.parse(first.stdout), {
    read: 40,
    added: 40,
    duplicates: 0,
    dropped: 0,
    redacted: 0,
    rejected: 0,
    errors: [],
  });
  const subjects = (lines: string) =>
    lines.trim().split("\n").map((line) => {
      const { start, end, app, title } = JSON.parse(line);
      return { start, end, app, title };
    });
  const jsonl = (await cli.run(["export"])).stdout;
  assert.deepEqual(subjects(jsonl), subjects(text));

  const csv = await cli.run(["export", "--format", "csv", "-o", "out.csv"]);
  assert.equal(csv.code, 0, csv.stderr);
  assert.equal(csv.stdout, "");
  assert.equal(Deno.statSync(`${cli.dir}/out.csv`).mode! & 0o777, 0o600);
  const again = await cli.run(["import", "out.csv"]);
  assert.equal(again.stdout, "40 events read, 0 added, 40 there already\n");

  using other = new Cli();
  const moved = await other.run(["import", `${cli.dir}/out.csv`]);
  assert.equal(moved.stdout, "40 events read, 40 added, 0 there already\n");
  assert.deepEqual(subjects((await other.run(["export"])).stdout), subjects(text));
});

Deno.test("export writes only the range, and no file when it fails", async () => {
  using cli = new Cli();
  await cli.run(["import", "-"], { stdin: exported(10) });
  const range = ["--from", "2026-01-15T12:03Z", "--to", "2026-01-15T12:05Z"];
  const { stdout } = await cli.run(["export", ...range]);
  assert.equal(stdout.trim().split("\n").length, 2);
  const failed = await cli.run(["export", "-o", "none/out.jsonl"]);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /^prodtracker: Cannot write ".*none\/out\.jsonl": [^\n]*\n$/);
  Deno.mkdirSync(`${cli.dir}/folder`);
  assert.equal((await cli.run(["export", "-o", "folder"])).code, 1);
  const names = [...Deno.readDirSync(cli.dir)].map(({ name }) => name);
  assert.deepEqual(names.filter((name) => name.endsWith(".part")), []);
});

Deno.test("import names the lines it cannot use, adds the others, and ends with 1", async () => {
  using cli = new Cli();
  const stdin = `${exported(1)}nope\n{"start":1}\n`;
  const { code, stdout } = await cli.run(["import", "-"], { stdin });
  assert.equal(code, 1);
  assert.match(stdout, /^3 events read, 1 added, 0 there already, 2 rejected\n/);
  assert.match(stdout, /^ {2}line 2: is not JSON$/m);
  assert.match(stdout, /^ {2}line 3: /m);
  for (const [file, reason] of [["none.jsonl", /no such file/], [".", /is a directory/]] as const) {
    const missing = await cli.run(["import", file]);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, reason);
  }
});

Deno.test("backup takes a path of the caller's directory, and never overwrites", async () => {
  using cli = new Cli();
  await cli.run(["import", "-"], { stdin: exported(5) });
  const backup = await cli.run(["backup", "copy.db", "--json"]);
  assert.equal(backup.code, 0, backup.stderr);
  const { path, events } = JSON.parse(backup.stdout);
  assert.equal(path, `${Deno.realPathSync(cli.dir)}/copy.db`);
  assert.equal(events, 5);
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
  const again = await cli.run(["backup", "copy.db"]);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /something is there already$/m);
  assert.match((await cli.run(["backup"])).stdout, /backups\/prodtracker-.*\.db\n$/);
});

Deno.test("the commands use the daemon that runs, past any HTTP_PROXY", async () => {
  using cli = new Cli();
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
  try {
    // Nothing listens there: a request that went through it would fail.
    const env = { HTTP_PROXY: "http://127.0.0.1:9", http_proxy: "http://127.0.0.1:9" };
    const imported = await cli.run(["import", "-"], { stdin: exported(7), env });
    assert.equal(imported.stdout, "7 events read, 7 added, 0 there already\n", imported.stderr);
    const { events } = await daemon.get<{ events: unknown[] }>("/events?limit=100");
    assert.equal(events.length, 7);
    assert.equal((await cli.run(["export"], { env })).stdout.trim().split("\n").length, 7);
    const status = await cli.run(["status"], { env });
    assert.match(status.stdout, /the daemon runs without tracking/);
    const doctor = await cli.run(["doctor", "--json"], { env });
    const service = JSON.parse(doctor.stdout).find((c: { name: string }) => c.name === "service");
    assert.equal(service.status, "ok", service.detail);
  } finally {
    await daemon.stop();
  }
});
