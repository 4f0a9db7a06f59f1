/** `edit` and `note` as a person types them, without a daemon. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";

const NO_COLOR = { env: { NO_COLOR: "1", TZ: "UTC" } };

/** A date on which nothing changes any more. */
const DAY = "2026-01-15";

function exportedHour(): string {
  return [["Code", "12:00", "12:30"], ["YouTube", "12:30", "13:00"]].map(([app, from, to]) =>
    `${JSON.stringify({ source: "window", app, title: app, ...span(from, to) })}\n`
  ).join("");
}

const span = (from: string, to: string) => ({
  start: `${DAY}T${from}:00Z`,
  end: `${DAY}T${to}:00Z`,
});

Deno.test("edit adds, changes, deletes, lists and undoes", async () => {
  using cli = new Cli();
  const run = async (...args: string[]) => {
    const result = await cli.run(args, NO_COLOR);
    assert.equal(result.code, 0, `${args.join(" ")}: ${result.stderr}`);
    return result;
  };
  Deno.writeTextFileSync(`${cli.dir}/events.jsonl`, exportedHour());
  await run("import", `${cli.dir}/events.jsonl`);
  const from = ["--from", `${DAY} 12:30`];
  const added = await run(
    "edit",
    "add",
    ...from,
    "--to",
    "12:40",
    "Team",
    "call",
    "--class",
    "signal",
  );
  assert.match(added.stderr, /^Edit 1: added Thu 15 Jan 12:30–12:40 \(10 min\)/);
  await run(
    "edit",
    "change",
    ...from,
    "--to",
    "13:00",
    "--class",
    "signal",
    "--category",
    "research",
  );
  const planned = await run("edit", "delete", ...from, "--to", "13:00", "--dry-run");
  assert.equal(planned.stdout, "Thu 15 Jan 12:30–13:00: 3 events, 30 min signal\n");
  const deleted = await run("edit", "delete", ...from, "--to", "13:00", "--source", "manual");
  assert.equal(deleted.stdout, "Thu 15 Jan 12:30–13:00: 2 events, 30 min signal\n");
  const list = await run("edit", "list");
  assert.deepEqual(
    list.stdout.trimEnd().split("\n").map((line) => line.trim().replace(/\s{2,}/g, " | ")),
    [
      "# | what | when | length | title | class | category",
      "3 | deleted | Thu 15 Jan 12:30–13:00 | 30 min | what manual saw",
      "2 | changed | Thu 15 Jan 12:30–13:00 | 30 min | signal | research",
      "1 | added | Thu 15 Jan 12:30–12:40 | 10 min | Team call | signal",
    ],
  );
  const early = await cli.run(["edit", "undo", "1"], NO_COLOR);
  assert.equal(early.code, 1);
  assert.match(early.stderr, /edit 3 changed the same time after it; undo that one first/);
  const undone = await run("edit", "undo");
  assert.match(undone.stderr, /^Edit 3: deleted .* is undone/);
  assert.match((await run("edit", "redo")).stderr, /^Edit 3: .* is made again/);
  const json = JSON.parse((await run("edit", "list", "--json")).stdout);
  assert.deepEqual(json.map((edit: { id: number }) => edit.id), [3, 2, 1]);
  assert.equal((await run("edit", "away", "--json")).stdout, "[]\n");
});

Deno.test("edit says what is wrong with what was typed", async () => {
  using cli = new Cli();
  for (
    const [args, says] of [
      [
        ["edit", "add", "--from", "25:00", "x", "--class", "signal"],
        /Cannot use --from: it is "25:00"/,
      ],
      [["edit", "add", "--from", "12:00", "--class", "signal"], /title/],
      [["edit", "change", "--class", "signal"], /needs either --from \(and --to\), or --event/],
      [["edit", "change", "--event", "x", "--class", "noise"], /Cannot use --event/],
      [["note", "x", "--at", "12:00", "--from", "11:00"], /Cannot use --at together with --from/],
    ] as const
  ) {
    const { code, stderr } = await cli.run(args, NO_COLOR);
    assert.equal(code, 2, stderr);
    assert.match(stderr, says);
  }
  const nothing = await cli.run(["edit", "undo"], NO_COLOR);
  assert.equal(nothing.code, 1);
  assert.match(nothing.stderr, /there is no such edit/);
});

Deno.test("note writes down, lists, rewrites and deletes", async () => {
  using cli = new Cli();
  const run = (...args: string[]) => cli.run(["note", ...args], NO_COLOR);
  const added = await run("call", "with Ana", "--at", `${DAY} 14:30`);
  assert.equal(added.stderr, "Note 1: Thu 15 Jan 14:30\n");
  await run("offsite", "--from", `${DAY} 9:00`, "--to", "17:00");
  await run("change", "1", "call with Ana and Bo");
  const list = async () => {
    const { stdout } = await run("list", "--from", DAY, "--to", DAY);
    return stdout.trimEnd().split("\n").slice(1).map((line) =>
      line.trim().replace(/\s{2,}/g, " | ")
    );
  };
  assert.deepEqual(await list(), [
    "2 | Thu 15 Jan 09:00–17:00 | offsite",
    "1 | Thu 15 Jan 14:30 | call with Ana and Bo",
  ]);
  assert.match((await run("delete", "2")).stderr, /Note 2 is deleted; edit undo 4 brings it back/);
  assert.deepEqual(await list(), ["1 | Thu 15 Jan 14:30 | call with Ana and Bo"]);
  assert.equal((await run("delete", "2")).code, 1);
});
