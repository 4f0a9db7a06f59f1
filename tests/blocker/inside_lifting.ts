// deno-lint-ignore-file no-console -- what it saw is read by the test that runs it
/** In a namespace: whoever dies, whatever the clock does, the block is lifted, and the user's bytes are back. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Enforcer, openEnforcer } from "../../daemon/blocker/mod.ts";
import { liftOverdue } from "../../daemon/blocker/overdue.ts";
import { UnavailableError } from "../../daemon/core/errors.ts";
import { output } from "./sites.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const folder = Deno.makeTempDirSync({ prefix: "prodtracker-lift-" });
const options = { dataDir: folder, homeDir: folder };
const hosts = () => Deno.readTextFileSync("/etc/hosts");
const original = hosts();
const enforcer = openEnforcer(options);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const block = (lengthMs: number, id = 1) => ({
  id,
  domains: ["example.com"],
  startMs: Date.now(),
  endMs: Date.now() + lengthMs,
});
const isBlocked = () => hosts().includes("0.0.0.0 example.com");
const notePath = join(folder, "block_armed.json");
const note = () => JSON.parse(Deno.readTextFileSync(notePath));

async function until(wanted: boolean, limitMs: number, what: string): Promise<number> {
  const start = performance.now();
  while (isBlocked() !== wanted) {
    if (performance.now() - start > limitMs) throw new Error(`${what}: not after ${limitMs} ms`);
    await sleep(20);
  }
  return performance.now() - start;
}

/** Kills whoever would lift, and waits until nobody sees it any more: on a busy machine that takes a moment. */
async function killLifter(): Promise<void> {
  const { pid } = note();
  Deno.kill(pid, "SIGKILL");
  for (let state = "S"; state !== "" && !state.startsWith("Z");) {
    await sleep(10);
    state = (await output("ps", "-p", String(pid), "-o", "stat=")).stdout.trim();
  }
}

/** The user's program: asks for a block and stays in its terminal. */
const ASK = join(folder, "ask.ts");
Deno.writeTextFileSync(
  ASK,
  `import { openEnforcer } from "${ROOT}daemon/blocker/mod.ts";
   const [, length] = Deno.args;
   await openEnforcer({ dataDir: Deno.args[0], homeDir: Deno.args[0] }).apply({
     id: 1, domains: ["example.com"], startMs: Date.now(), endMs: Date.now() + Number(length),
   }, { actor: "user" });
   await new Promise((resolve) => setTimeout(resolve, 60_000));`,
);
const ask =
  `${Deno.execPath()} run -q --no-check --config ${ROOT}deno.json -P=product ${ASK} ${folder}`;

// The terminal is closed (its processes get SIGHUP), and then the program is killed for good measure.
{
  await output(
    "tmux",
    "-S",
    join(folder, "tmux"),
    "-f",
    "/dev/null",
    "new-session",
    "-d",
    `${ask} 4000`,
  );
  await until(true, 15_000, "a block from a terminal");
  await output("tmux", "-S", join(folder, "tmux"), "kill-server");
  assert.ok(isBlocked(), "it ended with its terminal");
  const ms = await until(false, 8_000, "a block whose terminal was closed");
  console.log(`terminal closed: lifted after another ${Math.round(ms)} ms`);
  assert.equal(hosts(), original);
}

// Whoever would lift is killed: the next start sees to it, before the end and after it.
{
  await enforcer.apply(block(3_000), { actor: "user" });
  await killLifter();
  const dead = note().pid;
  await liftOverdue(options);
  assert.notEqual(note().pid, dead, "nobody was armed anew");
  await until(false, 8_000, "a block that was armed anew");
  await enforcer.apply(block(1_000), { actor: "user" });
  await killLifter();
  await sleep(1_500);
  assert.ok(isBlocked());
  await liftOverdue(options);
  assert.equal(hosts(), original);
  assert.throws(() => Deno.statSync(notePath), Deno.errors.NotFound);
}

// The same by any command, before it does anything else.
{
  await enforcer.apply(block(1_000), { actor: "user" });
  await killLifter();
  await sleep(1_500);
  const args = [
    "run",
    "-q",
    "--no-prompt",
    "--no-check",
    "--config",
    `${ROOT}deno.json`,
    "-P=product",
  ];
  const { code, stderr } = await output(
    Deno.execPath(),
    ...[...args, `${ROOT}main.ts`, "status", "--json", "--data-dir", folder],
  );
  assert.equal(code, 0, stderr);
  assert.equal(hosts(), original);
}

// A later block replaces an earlier one, whose process lets go; an end in the past blocks nothing.
{
  await enforcer.apply(block(2_000, 1), { actor: "user" });
  await enforcer.apply(block(60_000, 2), { actor: "user" });
  await sleep(3_000);
  assert.equal((await enforcer.current())?.id, 2);
  await enforcer.lift("user");
  assert.equal(hosts(), original);
  await enforcer.apply(block(-1_000, 3), { actor: "user" });
  assert.equal(hosts(), original);
}

// Somebody else edits while a block stands.
{
  await enforcer.apply(block(60_000), { actor: "user" });
  Deno.writeTextFileSync("/etc/hosts", `${hosts()}10.1.2.3 added\n`);
  await enforcer.lift("user");
  assert.equal(hosts(), `${original}10.1.2.3 added\n`);
  Deno.writeTextFileSync("/etc/hosts", original);
}

// An editor that was open all the time brings an old block back: the daemon's start sees it.
{
  await enforcer.apply(block(1_000), { actor: "user" });
  const old = hosts();
  await until(false, 8_000, "a short block");
  await liftOverdue(options);
  Deno.writeTextFileSync("/etc/hosts", old);
  await new Enforcer(options).settleArmed();
  assert.equal(hosts(), original);
}

// A write that is asked to end, and a full disk, leave the user's bytes.
{
  await enforcer.apply(block(60_000), { actor: "user" });
  Deno.kill(note().pid, "SIGTERM");
  await until(false, 5_000, "a block whose process was asked to end");
  assert.equal(hosts(), original);
  await enforcer.lift("user");
}
for (const way of ["rename", "in place"]) {
  const disk = join(folder, "disk");
  Deno.mkdirSync(disk, { recursive: true });
  await output("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk);
  const full = join(disk, "hosts");
  Deno.writeTextFileSync(full, original);
  const { systemIo } = await import("../../daemon/blocker/hosts_io.ts");
  const { rewriteFile } = await import("../../daemon/blocker/apply.ts");
  const { applyBlock, liftBlocks } = await import("../../daemon/blocker/hosts_file.ts");
  const io = way === "rename" ? systemIo : {
    ...systemIo,
    create() {
      throw new Error("busy (os error 16)");
    },
  };
  const domains = Array.from({ length: 5_000 }, (_, i) => `site-${i}.example.com`);
  assert.throws(
    () => rewriteFile(io, full, (bytes) => applyBlock(bytes, { ...block(1), domains }), liftBlocks),
    UnavailableError,
  );
  assert.equal(Deno.readTextFileSync(full), original, way);
  assert.deepEqual(Array.from(Deno.readDirSync(disk), ({ name }) => name), ["hosts"]);
  // With a little room it works, in both ways; and full again, it is lifted.
  rewriteFile(io, full, (bytes) => applyBlock(bytes, block(1)), liftBlocks);
  Deno.writeFileSync(join(disk, "filler"), new Uint8Array(52 * 1024));
  rewriteFile(io, full, liftBlocks);
  assert.equal(Deno.readTextFileSync(full), original, way);
  await output("umount", disk);
}

// A file that may not be written: said, and nothing changed; one that cannot be read is not empty.
{
  const real = join(folder, "hosts");
  Deno.copyFileSync("/etc/hosts", real);
  await output("mount", "--bind", real, "/etc/hosts");
  await output("mount", "-o", "remount,bind,ro", "/etc/hosts");
  await assert.rejects(enforcer.apply(block(60_000), { actor: "user" }), /mounted read-only/);
  assert.equal(hosts(), original);
  assert.throws(() => Deno.statSync(notePath), Deno.errors.NotFound);
  await output("umount", "/etc/hosts");
  Deno.removeSync("/etc/hosts");
  await assert.rejects(
    enforcer.apply(block(60_000), { actor: "user" }),
    /no copy of the hosts file/,
  );
  assert.equal(await new Enforcer(options).current(), undefined);
  Deno.writeTextFileSync("/etc/hosts", original);
  // A link leads to the file; the link stays.
  Deno.renameSync("/etc/hosts", "/etc/hosts.real");
  Deno.symlinkSync("hosts.real", "/etc/hosts");
  await enforcer.apply(block(60_000), { actor: "user" });
  assert.ok(Deno.lstatSync("/etc/hosts").isSymlink);
  assert.ok(isBlocked());
  await enforcer.lift("user");
  assert.equal(hosts(), original);
}

// Nothing to do costs nothing.
const start = performance.now();
for (let i = 0; i < 100; i++) await liftOverdue(options);
console.log(`nothing armed: ${((performance.now() - start) / 100).toFixed(3)} ms`);
assert.ok(Array.from(Deno.readDirSync(join(folder, ".pguard_backups"))).length >= 1);
Deno.removeSync(folder, { recursive: true });
Deno.exit(0);
