/** `service` where no systemd runs; under a real one it is tested in tests/service. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Cli } from "../testing.ts";

const NO_LOGIN = {
  XDG_RUNTIME_DIR: "/nonexistent",
  DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
};
const IS_LINUX = Deno.build.os === "linux";

Deno.test({
  name: "service says what else to do where systemd does not run",
  ignore: !IS_LINUX,
  async fn() {
    await using cli = new Cli();
    const installed = await cli.run(["service", "install"], { env: NO_LOGIN });
    assert.equal(installed.code, 5, installed.stderr);
    assert.match(installed.stderr, /^prodtracker: Cannot use systemd --user: .*; .+\n$/);
    const status = await cli.run(["service", "status", "--json"], { env: NO_LOGIN });
    assert.equal(status.code, 1);
    const { installed: isInstalled, unsupported } = JSON.parse(status.stdout);
    assert.equal(isInstalled, false);
    assert.match(unsupported, /systemd/);
  },
});

Deno.test("service install --dry-run prints the text, and writes nothing", async () => {
  await using cli = new Cli();
  const env = { ...NO_LOGIN, PAIRING_JWT_SECRET: "0123456789abcdef-secret" };
  const { code, stdout, stderr } = await cli.run(["service", "install", "--dry-run"], { env });
  assert.equal(code, 0);
  assert.match(stdout, /Written by "prodtracker service install"/);
  assert.ok(!stdout.includes("0123456789abcdef"));
  assert.match(stderr, /^Would be written to /);
  assert.deepEqual(Array.from(Deno.readDirSync(cli.dir)), []);
});

Deno.test({
  name: "service install --autostart has the desktop start it, and is undone",
  ignore: !IS_LINUX,
  async fn() {
    await using cli = new Cli();
    const path = join(cli.dir, ".config", "autostart", "prodtracker.desktop");
    const installed = await cli.run(["service", "install", "--autostart"], { env: NO_LOGIN });
    assert.equal(installed.code, 0, installed.stderr);
    assert.equal(installed.stdout, `wrote ${path}\n`);
    assert.match(
      installed.stderr,
      /not for the service: PRODTRACKER_DATA_DIR\..*service install --data-dir/,
    );
    assert.match(Deno.readTextFileSync(path), /^Exec="\/bin\/sh" "-c" /m);
    const status = await cli.run(["service", "status"], { env: NO_LOGIN });
    assert.match(status.stdout, /not running \(the desktop's autostart\)/);
    assert.equal(status.code, 1);
    const removed = await cli.run(["service", "uninstall"], { env: NO_LOGIN });
    assert.deepEqual([removed.code, removed.stdout], [0, `removed ${path}\n`]);
  },
});

Deno.test("service logs refuses a number of lines that is none", async () => {
  await using cli = new Cli();
  const { code, stderr } = await cli.run(["service", "logs", "-n", "few"]);
  assert.equal(code, 2);
  assert.match(stderr, /allowed is a whole number from 1 to 100000/);
});
