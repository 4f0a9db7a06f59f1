import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { loadConfig } from "../config/load.ts";
import { Store } from "../store/mod.ts";
import { type Check, runChecks } from "./checks.ts";
import { checkClock, offsetText, timeSyncCheck } from "./clock.ts";
import { othersIn, peopleIn } from "./users.ts";

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
      group: "Phone",
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

Deno.test("timeSyncCheck() reads what timedatectl shows", () => {
  const shown = (ntp: string, synchronized: string, rtc = "Sat 2026-01-31 09:30:01 UTC") =>
    `Timezone=Europe/Berlin\nLocalRTC=no\nCanNTP=yes\nNTP=${ntp}\nNTPSynchronized=${synchronized}\n` +
    `TimeUSec=Sat 2026-01-31 09:30:00 UTC\nRTCTimeUSec=${rtc}\n`;
  assert.equal(timeSyncCheck(shown("yes", "yes")).status, "ok");
  assert.match(timeSyncCheck(shown("yes", "no")).detail, /has not answered/);
  assert.match(timeSyncCheck(shown("no", "no")).remedy!, /set-ntp true/);
  const late = timeSyncCheck(shown("yes", "yes", "Sat 2026-01-31 09:50:00 UTC"));
  assert.match(late.detail, /off by 20 min/);
  assert.equal(timeSyncCheck("NTPSynchronized=yes\n").status, "ok", "no clock of its own");
});

Deno.test("other users: who is logged in, and how many accounts there are", () => {
  const who =
    "anna pts/0 2026-01-31 09:30 (:0)\nbob tty2 2026-01-31 09:31\nanna pts/1 2026-01-31\n";
  assert.deepEqual(othersIn(who, "anna"), ["bob"]);
  assert.deepEqual(othersIn(who, undefined), ["anna", "bob"]);
  assert.deepEqual(othersIn("", "anna"), []);
  const passwd = ["root:x:0:0::/root:/bin/bash", "anna:x:1000:1000::/home/anna:/bin/bash"];
  passwd.push("bob:x:1001:1001::/home/bob:/bin/sh", "mail:x:1002:8::/:/usr/sbin/nologin");
  passwd.push("nobody:x:65534:65534::/:/usr/sbin/nologin", "");
  assert.equal(peopleIn(passwd.join("\n"), 1000), 1);
});
