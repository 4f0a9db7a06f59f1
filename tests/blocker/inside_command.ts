// deno-lint-ignore-file no-console -- what it saw is read by the test that runs it
/** In a namespace: the `block` command and its routes, with and without a daemon. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WireBlock, WireBlockStatus } from "../../daemon/api/blocker.ts";
import { productCommand, startDaemon, waitFor } from "../daemon_process.ts";
import { bundleProgram, PRODTRACKER } from "../../tools/bundle.ts";
import { permissionFlags, readPermissionSet } from "../../tools/permission_flags.ts";
import { output } from "./sites.ts";

const folder = Deno.makeTempDirSync({ prefix: "prodtracker-command-" });
const dataDir = join(folder, "data");
const hosts = () => Deno.readTextFileSync("/etc/hosts");
const original = hosts();
const isBlocked = (name = "reddit.com") => hosts().includes(`0.0.0.0 ${name}\n`);
const program = [Deno.execPath(), ...productCommand()];

/** Runs `prodtracker block …`. */
const block = (...args: string[]) =>
  output(program[0], ...program.slice(1), "block", ...args, "--data-dir", dataDir);

async function blockJson<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await block(...args, "--json");
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

// From a terminal that is closed, with no daemon: lifted on time.
const terminal = join(folder, "tmux");
const startMs = Date.now();
const command = [...program, "block", "on", "--minutes", "1", "--domains", "reddit.com"];
await output(
  ...["tmux", "-S", terminal, "-f", "/dev/null", "new-session", "-d"] as const,
  `${[...command, "--reason", "thesis", "--data-dir", dataDir].join(" ")}; exec sleep 100`,
);
await waitFor(() => isBlocked() && isBlocked("old.reddit.com"));
await output("tmux", "-S", terminal, "kill-server");

// Meanwhile a strict one and its rules are tried by a daemon on another directory, as on another day.
{
  const status = await blockJson<WireBlockStatus>("status");
  assert.equal(status.block?.reason, "thesis");
  assert.ok(status.remaining_seconds! > 30 && status.remaining_seconds! <= 60);
  // A command that may start no program has nothing to complain of.
  const now = await output(
    program[0],
    ...program.slice(1),
    "status",
    "--json",
    "--data-dir",
    dataDir,
  );
  assert.equal(JSON.parse(now.stdout).health, "ok", now.stderr);
}
const lifted = await waitFor(() => isBlocked() ? undefined : Date.now(), 70_000);
console.log(`with no daemon: lifted ${lifted - startMs} ms after it was asked for a minute`);
assert.ok(lifted - startMs >= 59_000 && lifted - startMs < 66_000);
assert.equal(hosts(), original);
const [ended] = await blockJson<WireBlock[]>("history");
assert.equal(ended.how, "time");

// Through the daemon: strict, replaced, over a restart; the user edits the file meanwhile.
let daemon = await startDaemon(["--no-track"], { dataDir });
const strict = await blockJson<WireBlockStatus>("on", "--strict", "--domains", "reddit.com");
assert.ok(strict.block?.strict);
const refused = await block("off");
assert.equal(refused.code, 1);
assert.match(refused.stderr, /strict until \d\d:\d\d/);
await daemon.kill();
Deno.writeTextFileSync("/etc/hosts", `${hosts()}10.0.0.1 mine\n`);
daemon = await startDaemon(["--no-track"], { dataDir });
const added = await blockJson<WireBlockStatus>("on", "--minutes", "5", "--domains", "9gag.com");
assert.equal(added.block?.end, strict.block.end);
assert.deepEqual(added.block.domains.toSorted(), ["9gag.com", "reddit.com"]);
assert.ok(isBlocked() && isBlocked("9gag.com"));
const declared = await blockJson<WireBlockStatus>("off", "--emergency");
const waitMs = Date.parse(declared.block!.emergency_end!) - Date.now();
assert.ok(waitMs > 4.8 * 60_000 && waitMs <= 5 * 60_000);
assert.ok(isBlocked());

// A strict one taken out of the file comes back with the next start.
await daemon.stop();
Deno.writeTextFileSync("/etc/hosts", `${original}10.0.0.1 mine\n`);
daemon = await startDaemon(["--no-track"], { dataDir });
await waitFor(() => isBlocked());
assert.ok(hosts().startsWith(`${original}10.0.0.1 mine\n`));
await daemon.stop();

// Another day, another directory: a list of 150 000 lines, and what is always allowed.
{
  const other = join(folder, "other");
  const run = (...args: string[]) =>
    output(program[0], ...program.slice(1), "block", ...args, "--data-dir", other);
  const list = join(folder, "big.txt");
  const lines = Array.from({ length: 150_000 }, (_, i) => `0.0.0.0 host-${i}.example.net`);
  Deno.writeTextFileSync(
    list,
    `# a comment\n127.0.0.1 localhost\n${lines.join("\r\n")}\nwhat is this?\n`,
  );
  const { code, stdout, stderr } = await run("add", "--file", list, "--name", "big");
  assert.equal(code, 0, stderr);
  assert.match(stdout, /big +150000/);
  assert.match(stderr, /1 line holds no name: line 150003/);
  await run("add", "--allow", "host-7.example.net");
  const on = await run("on", "--list", "big", "--json");
  assert.equal(on.code, 0, on.stderr);
  assert.equal(JSON.parse(on.stdout).block.name_count, 149_999);
  assert.ok(isBlocked("host-149999.example.net") && !isBlocked("host-7.example.net"));
  const served = await startDaemon(["--no-track"], { dataDir: other });
  const timesMs = [];
  for (let i = 0; i < 50; i++) {
    const before = performance.now();
    await served.get("/blocker/status");
    timesMs.push(performance.now() - before);
  }
  console.log(`status with 150 000 names: ${timesMs.sort((a, b) => a - b)[25].toFixed(2)} ms`);
  assert.equal((await run("off")).code, 0);
  assert.equal(hosts(), `${original}10.0.0.1 mine\n`);

  // A schedule that holds now begins by itself, and not again once it was ended by hand.
  const now = new Date();
  const at = (minutes: number) => {
    const time = new Date(now.getTime() + minutes * 60_000);
    return `${String(time.getHours()).padStart(2, "0")}:${
      String(time.getMinutes()).padStart(2, "0")
    }`;
  };
  const days = ["--days", "mon-sun", "--from", at(-2), "--to", at(5)];
  assert.equal((await run("schedule", "add", ...days, "--domains", "reddit.com")).code, 0);
  await waitFor(() => isBlocked());
  const [scheduled] = await served.get<WireBlock[]>("/blocker/history");
  assert.equal(scheduled.actor, "schedule");
  assert.equal((await run("off")).code, 0);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  assert.ok(!isBlocked());
  await served.stop();
}

// Without rights: said, with the command that gives them; nothing is changed.
{
  const before = hosts();
  const home = join(folder, "nobody");
  Deno.mkdirSync(home, { mode: 0o777 });
  Deno.chmodSync(home, 0o777);
  Deno.chmodSync(folder, 0o755);
  // Nobody may read root's home: the runtime and the program are put where they can.
  const root = fileURLToPath(new URL("../../", import.meta.url));
  await bundleProgram({ root, ...PRODTRACKER }, join(home, "bundle"));
  Deno.copyFileSync(Deno.execPath(), join(home, "deno"));
  const flags = permissionFlags(await readPermissionSet(join(root, "deno.json"), "product"));
  const denied = await output(
    ...["setpriv", "--reuid", "65534", "--clear-groups", "--no-new-privs", "env"] as const,
    ...[`HOME=${home}`, `DENO_DIR=${home}/cache`, join(home, "deno"), "run", "--quiet", ...flags],
    ...["--no-config", join(home, "bundle", "main.js"), "block", "on", "--domains", "x.com"],
    ...["--data-dir", join(home, "data")],
  );
  assert.equal(denied.code, 4, denied.stderr);
  assert.match(denied.stderr, /block setup/);
  assert.equal(hosts(), before);
}
Deno.writeTextFileSync("/etc/hosts", original);
Deno.removeSync(folder, { recursive: true });
