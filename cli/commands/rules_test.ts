import assert from "node:assert/strict";
import { Cli, exported } from "../testing.ts";

Deno.test("rules: added, ordered, tested, removed; the past is judged again before it ends", async () => {
  using cli = new Cli();
  await cli.run(["import", "-"], { stdin: exported(3, "Qwertz") });
  const noiseSeconds = async () => {
    const { stdout } = await cli.run(["summary", "--day", "2026-01-15", "--json"]);
    return JSON.parse(stdout).noise_seconds;
  };
  assert.equal(await noiseSeconds(), 0);
  const none = await cli.run(["rules"]);
  assert.equal(none.stdout, "");
  assert.match(none.stderr, /no rules of your own/);

  const noise = ["--match", "app", "--exact", "Qwertz", "--class", "noise"];
  const added = await cli.run(["rules", "add", ...noise, "--category", "games"]);
  assert.equal(added.code, 0, added.stderr);
  assert.match(added.stdout, /^1 +noise +app +is "Qwertz" +games$/m);
  assert.match(added.stderr, /Judged 3 different windows again/);
  assert.equal(await noiseSeconds(), 180);

  const first = ["rules", "add", "--match", "title", "--regex", "main\\.ts", "--class", "signal"];
  assert.equal((await cli.run([...first, "--first"])).code, 0);
  const list = JSON.parse((await cli.run(["rules", "list", "--json"])).stdout);
  assert.deepEqual(list.map((rule: { class: string }) => rule.class), ["signal", "noise"]);
  assert.equal(await noiseSeconds(), 0);

  const tested = await cli.run(["rules", "test", "--app", "Qwertz", "--title", "other"]);
  assert.match(tested.stdout, /^noise, games {2}by your rule: app is "Qwertz"\n$/);
  const verdict = await cli.run(["rules", "test", "--title", "main.ts", "--json"]);
  assert.equal(JSON.parse(verdict.stdout).class, "signal");

  const wrong = await cli.run(["rules", "remove", "3"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /allowed is 1 to 2$/m);
  assert.equal((await cli.run(["rules", "remove", "1"])).code, 0);
  assert.equal(await noiseSeconds(), 180);
});

Deno.test("rules add tells what is wrong with a pattern, and keeps the rules as they were", async () => {
  using cli = new Cli();
  const bad = ["rules", "add", "--match", "title", "--regex", "(", "--class", "noise"];
  const { code, stderr } = await cli.run(bad);
  assert.equal(code, 2, stderr);
  assert.match(stderr, /^prodtracker: Cannot [^\n]*\n$/);
  assert.equal((await cli.run(["rules", "list", "--json"])).stdout, "[]\n");
  const defaults = JSON.parse((await cli.run(["rules", "list", "--default", "--json"])).stdout);
  assert.ok(Array.isArray(defaults));
});
