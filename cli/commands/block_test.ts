import assert from "node:assert/strict";
import { join } from "node:path";
import { loadConfig } from "../../daemon/config/load.ts";
import { NotPermittedError } from "../../daemon/core/errors.ts";
import { openDaemon } from "../../daemon/mod.ts";
import { MemoryEnforcer } from "../../tests/fakes.ts";
import { Cli, type CliOptions } from "../testing.ts";

/** The command as a child process, and a daemon in this one that blocks in memory. */
async function scene() {
  const cli = new Cli();
  const enforcer = new MemoryEnforcer();
  const env = (name: string) => name === "PRODTRACKER_PORT" ? "0" : undefined;
  const config = loadConfig({ dataDir: cli.dataDir, env });
  const daemon = await openDaemon({ config, service: "serve", enforcer });
  const block = (...args: string[]) => cli.run(["block", ...args]);
  return {
    ...{ cli, enforcer, daemon, block },
    async json(...args: string[]) {
      const { code, stdout, stderr } = await block(...args, "--json");
      assert.equal(code, 0, stderr);
      return JSON.parse(stdout);
    },
    run: (args: string[], options?: CliOptions) => cli.run(args, options),
    async [Symbol.asyncDispose]() {
      await daemon.close();
      cli[Symbol.dispose]();
    },
  };
}

Deno.test("block on, status, off, history: as somebody would use it", async () => {
  await using at = await scene();
  assert.match((await at.block()).stdout, /^Nothing is blocked\n$/);
  const on = await at.block("on", "--domains", "reddit.com, 9gag.com", "--reason", "thesis");
  assert.equal(on.code, 0, on.stderr);
  assert.match(on.stdout, /^Blocked until \d\d:\d\d \(1 h 00 min\): reddit\.com, 9gag\.com\n/);
  assert.match(on.stdout, /names in the hosts file, by hand at \d\d:\d\d: thesis\n/);
  assert.match(on.stderr, /An hour, as --minutes was not given/);
  assert.ok(at.enforcer.block?.domains.includes("old.reddit.com"));
  const status = await at.run(["status"]);
  assert.match(
    status.stdout,
    /^Block {2}until \d\d:\d\d, 1 h 00 min left: reddit\.com, 9gag\.com$/m,
  );
  assert.match((await at.block("off")).stdout, /^Nothing is blocked\n$/);
  assert.equal(at.enforcer.block, undefined);
  const [last] = await at.json("history");
  assert.deepEqual([last.how, last.actor, last.reason], ["user", "user", "thesis"]);
  assert.match((await at.block("history")).stdout, /reddit\.com, 9gag\.com .*by hand .*thesis/);
  assert.equal((await at.run(["status", "--json"])).stdout.includes('"block": null'), true);
});

Deno.test("block on --strict: off is refused, --emergency says when it ends", async () => {
  await using at = await scene();
  await at.json("on", "--minutes", "90", "--list", "news,games", "--strict");
  const off = await at.block("off");
  assert.equal(off.code, 1);
  assert.match(
    off.stderr,
    /^prodtracker: Cannot unblock: the block is strict until \d\d:\d\d\. In an/,
  );
  assert.ok(at.enforcer.block);
  const emergency = await at.block("off", "--emergency");
  assert.equal(emergency.code, 0, emergency.stderr);
  assert.match(emergency.stdout, /An emergency was declared: it ends at \d\d:\d\d/);
  const { block, remaining_seconds } = await at.json("status");
  assert.ok(remaining_seconds <= 300 && remaining_seconds > 250);
  assert.ok(Date.parse(block.emergency_end) < Date.parse(block.end));
});

Deno.test("block add, list, remove: sites, what is allowed, a file", async () => {
  await using at = await scene();
  const added = await at.block("add", "https://www.Example.com/x", "bücher.example");
  assert.match(added.stdout, /^own +2 +your sites$/m);
  assert.match(
    (await at.block("list", "own")).stdout,
    /^www\.example\.com\nxn--bcher-kva\.example\n$/,
  );
  await at.block("add", "--allow", "old.reddit.com");
  const file = join(at.cli.dir, "ads.txt");
  await Deno.writeTextFile(file, "0.0.0.0 ad.example\nnot a line\n");
  const list = await at.block("add", "--file", "ads.txt");
  assert.match(list.stdout, /^ads +1 +\/.*ads\.txt$/m);
  assert.match(list.stderr, /ads: 1 line holds no name: line 2/);
  await at.json("on", "--list", "ads,social");
  const { domains } = at.enforcer.block!;
  assert.ok(domains.includes("ad.example") && domains.includes("reddit.com"));
  assert.ok(!domains.includes("old.reddit.com"));
  assert.equal((await at.block("remove", "BÜCHER.example")).code, 0);
  assert.equal((await at.block("remove", "--file", "ads")).code, 0);
  assert.equal((await at.block("remove", "--allow", "old.reddit.com")).code, 0);
  const { blocked, allowed, lists } = await at.json("list");
  assert.deepEqual([blocked, allowed], [["www.example.com"], []]);
  assert.ok(!lists.some(({ name }: { name: string }) => name === "ads"));
});

Deno.test("block schedule: added, shown, removed", async () => {
  await using at = await scene();
  const always = ["schedule", "add", "--days", "fri-mon", "--from", "9:00", "--to", "12:30"];
  const added = await at.block(...always, "--list", "news, social", "--strict");
  assert.equal(added.code, 0, added.stderr);
  assert.match(added.stdout, /mon fri sat sun +09:00 +12:30 +news, social \(strict\)/);
  assert.equal(added.stderr, "");
  assert.equal((await at.json("schedule")).length, 1);
  assert.equal((await at.block("schedule", "remove", "2")).code, 2);
  assert.match((await at.block("schedule", "remove", "1")).stderr, /There is no schedule/);
});

const WRONG: readonly string[][] = [
  ["on", "--minutes", "0"],
  ["on", "--minutes", "1441"],
  ["on", "--minutes", "ten"],
  ["on", "--minutes", "-5"],
  ["on", "--list", "nope"],
  ["on", "--list", ","],
  ["on", "--domains", ""],
  ["on", "--domains", "127.0.0.1"],
  ["on", "--domains", "localhost,reddit.com"],
  ["on", "reddit.com"],
  ["on", "--forever"],
  ["off", "now"],
  ["add"],
  ["add", "not a site"],
  ["add", "a.example", "--file", "x"],
  ["remove", "reddit.com"],
  ["remove", "--file", "social"],
  ["list", "nope"],
  ["history", "--limit", "0"],
  ["schedule", "add", "--days", "mon"],
  ["schedule", "add", "--days", "maybe", "--from", "9:00", "--to", "10:00"],
  ["schedule", "add", "--days", "mon", "--from", "25:00", "--to", "10:00"],
  ["schedule", "add", "--days", "mon", "--from", "9:00", "--to", "10:00", "--list", "nope"],
  ["schedule", "remove", "1"],
  ["blok"],
];

Deno.test("a wrong command line is one line, exit code 2, and changes nothing", async (t) => {
  await using at = await scene();
  const before = [await at.json("list"), await at.json("schedule"), await at.json("history")];
  for (const args of WRONG) {
    await t.step(args.join(" "), async () => {
      const { code, stdout, stderr } = await at.block(...args);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, /^prodtracker: Cannot [^\n]*\n$/);
    });
  }
  const after = [await at.json("list"), await at.json("schedule"), await at.json("history")];
  assert.deepEqual(after, before);
  assert.deepEqual(at.enforcer.log, []);
});

Deno.test("without the right to block: the remedy, exit code 4, nothing blocked", async () => {
  await using at = await scene();
  at.enforcer.applyError = new NotPermittedError("Cannot block: run sudo prodtracker block setup");
  const { code, stdout, stderr } = await at.block("on");
  assert.deepEqual([code, stdout], [4, ""]);
  assert.equal(stderr, "prodtracker: Cannot block: run sudo prodtracker block setup\n");
  assert.equal((await at.json("status")).active, false);
});

Deno.test("block check says how each layer does, and exits with 1 when one leaks", async () => {
  await using at = await scene();
  assert.equal((await at.block("check")).code, 1);
  await at.json("on", "--domains", "a.example");
  const { code, stdout } = await at.block("check");
  assert.deepEqual([code, stdout], [0, "memory  enforced  a.example is unreachable\n"]);
});

Deno.test("a block stays known when the daemon is gone, and nothing is left to lock", async () => {
  const at = await scene();
  try {
    await at.json("on", "--minutes", "5", "--domains", "a.example");
    await at.daemon.close();
    // The real hosts file knows nothing of it: somebody else took it out, as far as one can tell.
    const [block] = await at.json("history");
    assert.deepEqual([block.how, block.domains], ["elsewhere", ["a.example"]]);
    assert.equal((await at.json("status")).active, false);
  } finally {
    at.cli[Symbol.dispose]();
  }
});
