import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { loadConfig } from "../config/load.ts";
import { Store } from "../store/mod.ts";
import { type Check, runChecks } from "./checks.ts";
import { checkClock, offsetText } from "./clock.ts";

async function diagnose(dataDir: string, env: Record<string, string> = {}) {
  const config = loadConfig({ dataDir, env: (name) => env[name] ?? undefined });
  const checks = await Array.fromAsync(runChecks(config, (name) => env[name], undefined));
  return (name: string): Check => checks.find((check) => check.name === name)!;
}

async function withDataDir(fn: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-doctor-" });
  try {
    await fn(dataDir);
  } finally {
    Deno.removeSync(dataDir, { recursive: true });
  }
}

async function makeDatabase(path: string, endMs: number): Promise<void> {
  const store = new Store({
    path,
    judge: { version: "1", classify: () => ({ class: "neutral" }) },
    offsetMinAt: () => 0,
    nowMs: Date.now,
    copies: () => [],
  });
  await store.import([{ source: "window", startMs: endMs - 1_000, endMs, subject: { app: "a" } }]);
  await store.close();
}

Deno.test("doctor: a new machine has nothing wrong, only things that are off", () =>
  withDataDir(async (dataDir) => {
    const check = await diagnose(join(dataDir, "none"));
    for (const name of ["data directory", "database", "daily copies", "service"]) {
      assert.equal(check(name).status, "off", name);
    }
    assert.equal(check("disk space").status, "ok");
    assert.equal(check("clock").status, "ok");
    assert.throws(() => Deno.statSync(join(dataDir, "none")), "nothing was made");
  }));

Deno.test("doctor: files that others may read are named, with the command that closes them", () =>
  withDataDir(async (dataDir) => {
    Deno.writeTextFileSync(join(dataDir, "admin_token"), "x", { mode: 0o600 });
    assert.equal((await diagnose(dataDir))("data directory").status, "ok");
    Deno.chmodSync(join(dataDir, "admin_token"), 0o640);
    const { status, detail, remedy } = (await diagnose(dataDir))("data directory");
    assert.equal(status, "warn");
    assert.match(detail, /admin_token$/);
    assert.equal(remedy, `chmod -R go= "${dataDir}"`);
  }));

Deno.test("doctor: a whole database is told from a foreign, a damaged, and one from the future", () =>
  withDataDir(async (dataDir) => {
    const path = join(dataDir, "prodtracker.db");
    await makeDatabase(path, Date.now());
    const well = await diagnose(dataDir);
    assert.equal(well("database").status, "ok");
    assert.match(well("database").detail, /1 events/);
    assert.equal(well("newest event"), undefined);

    const bytes = Deno.readFileSync(path);
    bytes.fill(0xff, 4096 * 2 + 100, 4096 * 4);
    Deno.writeFileSync(path, bytes);
    const damaged = (await diagnose(dataDir))("database");
    assert.equal(damaged.status, "fail");
    assert.match(damaged.remedy!, /set aside/);

    Deno.removeSync(path);
    await makeDatabase(path, Date.now() + 3 * 86_400_000);
    assert.equal((await diagnose(dataDir))("newest event").status, "warn");

    Deno.removeSync(path);
    const other = new DatabaseSync(path);
    other.exec("CREATE TABLE a (b)");
    other.close();
    assert.match((await diagnose(dataDir))("database").detail, /another program/);
  }));

Deno.test("doctor: a port that another program has is a failure, a free one is not", () =>
  withDataDir(async (dataDir) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const PRODTRACKER_PORT = String(listener.addr.port);
    const taken = (await diagnose(dataDir, { PRODTRACKER_PORT }))("port");
    assert.equal(taken.status, "fail");
    assert.match(taken.detail, /another program has 127\.0\.0\.1:/);
    listener.close();
    assert.equal((await diagnose(dataDir, { PRODTRACKER_PORT }))("port").status, "ok");
  }));

Deno.test({
  name: "doctor: no desktop is off, a display that is named and not there is a failure",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withDataDir(async (dataDir) => {
      const none = await diagnose(dataDir);
      assert.equal(none("window tracking").status, "off");
      assert.equal(none("idle detection").status, "off");
      const wrong = await diagnose(dataDir, { DISPLAY: ":64999" });
      assert.equal(wrong("window tracking").status, "fail");
      assert.match(wrong("window tracking").detail, /:64999/);
    }),
});

Deno.test("doctor: phones need an address of this machine, a free port and both files of TLS", () =>
  withDataDir(async (dataDir) => {
    const phone = async (env: Record<string, string>) => (await diagnose(dataDir, env))("phone");
    assert.equal((await phone({})).status, "off");
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const PRODTRACKER_LAN_PORT = String(listener.addr.port);
    const here = { PC_IP: "127.0.0.1", PRODTRACKER_LAN_PORT };
    assert.equal((await phone(here)).status, "warn");
    listener.close();
    assert.match((await phone(here)).detail, /^127\.0\.0\.1:\d+, without TLS; serve --lan/);
    const half = await phone({ ...here, PRODTRACKER_TLS_CERT: "/none.pem" });
    assert.match(half.detail, /set both/);
    assert.equal((await phone({ PC_IP: "192.0.2.1" })).status, "fail");
  }));

Deno.test("doctor: without Redis the live state is embedded; one that does not answer is a failure", () =>
  withDataDir(async (dataDir) => {
    assert.deepEqual((await diagnose(dataDir))("live state"), {
      name: "live state",
      status: "ok",
      detail: "embedded",
    });
    const closed = { REDIS_HOST: "127.0.0.1", REDIS_PORT: "9", REDIS_PASSWORD: "hunter2hunter2" };
    const { status, detail } = (await diagnose(dataDir, closed))("live state");
    assert.equal(status, "fail");
    assert.match(detail, /^Redis at 127\.0\.0\.1:9: .*; the embedded live state stands in$/);
  }));

Deno.test("checkClock() refuses a clock that nobody set, and names the zone", () => {
  assert.equal(checkClock(0).status, "fail");
  assert.equal(checkClock(Date.UTC(2200, 0, 1)).status, "fail");
  assert.match(checkClock(Date.UTC(2026, 0, 1)).detail, /\(UTC[+-]\d\d:\d\d\)$/);
  assert.deepEqual([330, -210, 0].map(offsetText), ["+05:30", "-03:30", "+00:00"]);
});
