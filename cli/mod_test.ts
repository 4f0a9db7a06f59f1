/** The program as a person calls it: exit codes, one clear line, and never a stack trace. */
import assert from "node:assert/strict";
import { waitFor } from "../tests/daemon_process.ts";
import { Cli, exported } from "./testing.ts";

Deno.test("a command line that cannot be understood ends with one line, a suggestion and code 2", async () => {
  using cli = new Cli();
  const cases: [string[], RegExp][] = [
    [["sevre"], /unknown command "sevre"; did you mean serve\?$/],
    [["serve", "--prot", "1"], /unknown option "--prot"; did you mean --port\?$/],
    [["rules", "remove"], /missing required argument "number"$/],
    [["serve", "--port", "99999"], /Cannot use --port: it is "99999", allowed is a whole number/],
    [["serve", "--host", "a b"], /Cannot use --host: /],
    [["summary", "--day", "someday"], /Cannot use --day: it is "someday", allowed is today/],
    [["summary", "--week", "--month"], /name one of/],
    [["rules", "add", "--match", "app", "--class", "noise"], /either --regex or --exact$/],
    [["completions", "tcsh"], /Allowed choices are bash, zsh, fish, powershell$/],
  ];
  await Promise.all(cases.map(async ([args, expected]) => {
    const { code, stdout, stderr } = await cli.run(args);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /^prodtracker: Cannot [^\n]*\n$/);
    assert.match(stderr.trim(), expected);
  }));
});

Deno.test("--help and --version work without a home, and explain each command with examples", async () => {
  using cli = new Cli();
  const help = await cli.run(["--help"], { env: { HOME: "", PRODTRACKER_DATA_DIR: "" } });
  assert.equal(help.code, 0);
  assert.match(help.stdout, /serve\|start-api/);
  assert.ok(!help.stdout.includes("\x1b"), "no colours in a pipe");
  assert.equal((await cli.run([])).stdout, help.stdout);
  for (const args of [["help", "rules"], ["export", "--help"], ["start-api", "-h"]]) {
    const { code, stdout } = await cli.run(args);
    assert.equal(code, 0);
    assert.match(stdout, /Examples:\n/);
    assert.match(stdout, /--data-dir <dir>/);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 100, line);
  }
  assert.match((await cli.run(["-V"])).stdout, /^\d+\.\d+\.\d+\n$/);
});

Deno.test("NO_COLOR and FORCE_COLOR are heard", async () => {
  using cli = new Cli();
  const forced = await cli.run(["--help"], { env: { FORCE_COLOR: "1" } });
  assert.ok(forced.stdout.includes("\x1b["));
  const none = await cli.run(["--help"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
  assert.ok(!none.stdout.includes("\x1b"));
});

Deno.test("wrong settings and directories end with one line and the right code", async () => {
  using cli = new Cli();
  Deno.writeTextFileSync(`${cli.dir}/file`, "");
  Deno.writeTextFileSync(`${cli.dir}/bad.env`, "DASHBOARD_ADMIN_TOKEN=too-short-1\n");
  const cases: [string[], Record<string, string>, number, RegExp][] = [
    [["--data-dir", `${cli.dir}/file`], {}, 1, /it is not a directory$/],
    [["--env-file", `${cli.dir}/none`], {}, 2, /Cannot read the settings file/],
    [
      ["--env-file", `${cli.dir}/bad.env`],
      {},
      2,
      /DASHBOARD_ADMIN_TOKEN: it is a value that is not shown/,
    ],
    [[], { PRODTRACKER_DAY_START: "4am" }, 2, /PRODTRACKER_DAY_START: it is "4am"/],
    [[], { HOME: "", PRODTRACKER_DATA_DIR: "" }, 2, /no home directory/],
    [
      [],
      { API_BASE: "http://127.0.0.1:6" },
      3,
      /Cannot reach the daemon at http:\/\/127\.0\.0\.1:6 \(API_BASE\)/,
    ],
  ];
  await Promise.all(cases.map(async ([args, env, expected, message]) => {
    const { code, stderr } = await cli.run(["status", ...args], { env });
    assert.equal(code, expected, stderr);
    assert.match(stderr, /^prodtracker: Cannot [^\n]*\n$/);
    assert.match(stderr.trim(), message);
    assert.ok(!stderr.includes("too-short"));
  }));
});

Deno.test("a command without a daemon makes the private directory and works in it", async () => {
  using cli = new Cli();
  const status = await cli.run(["status"]);
  assert.equal(status.code, 0, status.stderr);
  assert.match(status.stdout, /nothing records; prodtracker serve does/);
  assert.equal(Deno.statSync(cli.dataDir).mode! & 0o777, 0o700);
  for (const { name } of Deno.readDirSync(cli.dataDir)) {
    assert.equal(Deno.statSync(`${cli.dataDir}/${name}`).mode! & 0o777, 0o600, name);
  }
  assert.equal(JSON.parse((await cli.run(["status", "--json"])).stdout).tracking, false);
});

Deno.test("a reader that has seen enough (| head) ends a command quietly", async () => {
  using cli = new Cli();
  const all = exported(3_000, "Code", "x".repeat(400));
  assert.equal((await cli.run(["import", "-"], { stdin: all })).code, 0);
  const child = cli.spawn(["export"]);
  const reader = child.stdout.getReader();
  assert.ok((await reader.read()).value!.length > 0);
  await reader.cancel();
  const stderr = await new Response(child.stderr).text();
  assert.equal((await child.status).code, 0);
  assert.equal(stderr.replaceAll(/^.*Failed to resolve .*\n/gm, ""), "");
});

Deno.test({
  name: "Ctrl-C ends a command with 130, after it let go of the data directory",
  ignore: Deno.build.os === "windows",
  async fn() {
    using cli = new Cli();
    const child = cli.spawn(["import", "-"], { stdin: { open: true } });
    // It holds the directory once the token is there; its input never ends.
    await waitFor(() => exists(`${cli.dataDir}/admin_token`));
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill("SIGINT");
    const { code } = await child.status;
    await Promise.all([child.stdout.cancel(), child.stderr.cancel(), child.stdin.close()]);
    assert.equal(code, 130);
    assert.ok(!exists(`${cli.dataDir}/prodtracker.db-wal`), "it was closed");
    assert.equal((await cli.run(["status"])).code, 0);
  },
});

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
