import assert from "node:assert/strict";
import { Cli, exported } from "../testing.ts";

Deno.test("summary goals keeps goals, and the summary says how they were kept", async () => {
  using cli = new Cli();
  const none = await cli.run(["summary", "goals"]);
  assert.deepEqual([none.code, none.stdout], [0, ""]);
  assert.match(none.stderr, /^There is no goal; prodtracker summary goals add "at least 4 h/);

  // With and without quotes.
  await cli.run(["summary", "goals", "add", "at least 5 min of signal"]);
  const added = await cli.run(["summary", "goals", "add", "At", "most", "30m", "noise"]);
  assert.deepEqual([added.code, added.stderr], [0, ""]);
  assert.equal(added.stdout, " 1  at least 5 min of signal\n 2  at most 30 min of noise\n");

  await cli.run(["import", "-"], { stdin: exported(10) });
  const summary = await cli.run(["summary", "--day", "2026-01-15"]);
  assert.match(summary.stdout, /Goals\n {2}✓ at least 5 min of signal +met\n/);
  assert.match(summary.stdout, /\n {2}✓ at most 30 min of noise +met\n/);
  const page = await cli.run(["summary", "--day", "2026-01-15", "--format", "html"]);
  assert.deepEqual([page.code, page.stderr], [0, ""]);
  assert.match(page.stdout, /^\s*<!DOCTYPE html>[^]*at least 5 min of signal[^]*<\/html>\s*$/);

  const left = await cli.run(["summary", "goals", "remove", "1", "--json"]);
  assert.deepEqual(JSON.parse(left.stdout), [{ kind: "at_most", class: "noise", minutes: 30 }]);
});

Deno.test("summary goals refuses what is no goal, in one line and with exit code 2", async () => {
  using cli = new Cli();
  await cli.run(["summary", "goals", "add", "at most 30 min of noise"]);
  const refusals: [string[], RegExp][] = [
    [["add", "be\x1b[2J good"], /^prodtracker: Cannot read the goal "be\S+ good": write it as "at/],
    [["add", "at least 25 h of signal"], /^prodtracker: Cannot set the goal: it is 1500 minutes/],
    [["add", "at least 0 min of signal"], /allowed is 1 to 1440\n$/],
    [["add", "at most 30 min of noise"], /is there already\n$/],
    [["remove", "2"], /^prodtracker: Cannot remove goal "2": allowed is 1 to 1\n$/],
    [["remove", "one"], /allowed is 1 to 1\n$/],
  ];
  for (const [args, message] of refusals) {
    const { code, stdout, stderr } = await cli.run(["summary", "goals", ...args]);
    assert.deepEqual([code, stdout], [2, ""], stderr);
    assert.match(stderr, message);
    assert.equal(stderr.split("\n").length, 2, stderr);
    assert.ok(!stderr.includes("\x1b"));
  }
});

Deno.test("summary of the future is refused in one line, in every format", async () => {
  using cli = new Cli();
  for (const format of ["text", "json", "html"]) {
    const { code, stdout, stderr } = await cli.run([
      ...["summary", "--day", "2090-01-01", "--format", format],
    ]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(stderr, "prodtracker: Cannot summarize 2090-01-01: it lies in the future\n");
  }
});
