import assert from "node:assert/strict";
import { Cli, exported } from "../testing.ts";

const titles = ["rules", "privacy", "add", "--match", "title", "--regex", "ma[i]n", "--action"];

Deno.test("rules privacy: added, shown, tested, previewed, removed", async () => {
  using cli = new Cli();
  await cli.run(["import", "-"], { stdin: exported(3, "Qwertz") });
  const none = await cli.run(["rules", "privacy"]);
  assert.deepEqual([none.code, none.stdout], [0, ""]);
  assert.match(none.stderr, /no privacy rules; private windows of browsers/);

  const added = await cli.run([...titles, "hash_title"]);
  assert.equal(added.code, 0, added.stderr);
  assert.match(added.stdout, /^1 +hash title +title +matches ma\[i\]n$/m);
  assert.match(added.stderr, /rules privacy apply changes it/);
  const app = ["--match", "app", "--exact", "Signal", "--action", "drop_event"];
  assert.equal((await cli.run(["rules", "privacy", "add", ...app])).code, 0);
  const list = JSON.parse((await cli.run(["rules", "privacy", "list", "--json"])).stdout);
  assert.deepEqual(list, [
    { match: "title", regex: "ma[i]n", action: "hash_title" },
    { match: "app", exact: "Signal", action: "drop_event" },
  ]);

  const test = (...args: string[]) => cli.run(["rules", "privacy", "test", ...args]);
  const hashed = await test("--app", "Code", "--title", "main.ts");
  assert.match(
    hashed.stdout,
    /^Stored: app Code {2}title #[0-9a-f]{16}\n {2}1: title matches ma\[i\]n, hash title\n$/,
  );
  assert.match(
    (await test("--app", "signal")).stdout,
    /^Stored: nothing\n {2}2: app is "Signal", drop event\n$/,
  );
  assert.match((await test("--app", "Code")).stdout, /^Stored: app Code\n {2}no rule matches\n$/);
  const secret = "Secret — Mozilla Firefox Private Browsing";
  const verdict = JSON.parse((await test("--app", "firefox", "--title", secret, "--json")).stdout);
  assert.deepEqual(verdict, {
    ...{ action: "drop_title", rules: [], private_window: true },
    stored: { app: "firefox", title: null, url: null },
  });

  const preview = await cli.run(["rules", "privacy", "preview", "--json"]);
  const found = JSON.parse(preview.stdout);
  assert.deepEqual([found.events, found.seconds, found.subjects], [3, 180, 3]);
  assert.match(found.top[0].after.title, /^#[0-9a-f]{16}$/);
  const more = ["--match", "app", "--exact", "Qwertz", "--action", "drop_event"];
  const shown = await cli.run(["rules", "privacy", "preview", ...more]);
  assert.match(shown.stdout, /^3 events \(3 min\) would change\n/);
  assert.match(shown.stdout, /^ *1 min +Qwertz +.*main\.ts.* gone$/m);

  const wrong = await cli.run(["rules", "privacy", "remove", "3"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /privacy rule "3": allowed is 1 to 2$/m);
  assert.equal((await cli.run(["rules", "privacy", "remove", "1"])).code, 0);
  assert.equal((await cli.run(["rules", "privacy", "remove", "--all", "--json"])).stdout, "[]\n");
});

Deno.test("rules privacy tells what is wrong with a rule, and keeps the rules as they were", async () => {
  using cli = new Cli();
  const bad = ["rules", "privacy", "add", "--match", "title", "--action", "drop_title"];
  for (
    const [args, message] of [
      [
        [...bad, "--regex", "("],
        /^prodtracker: Cannot use privacy rule 1: "regex" is "\(": [^\n]*\n$/,
      ],
      [bad, /needs either --regex or --exact/],
      [["rules", "privacy", "remove"], /name its number, or --all/],
      [["rules", "privacy", "test"], /name at least one of/],
    ] as const
  ) {
    const { code, stderr } = await cli.run([...args]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  }
  assert.equal((await cli.run(["rules", "privacy", "list", "--json"])).stdout, "[]\n");
});

Deno.test("privacy rules that cannot be read have titles dropped, are not shown as none, and are set anew", async () => {
  using cli = new Cli();
  assert.equal((await cli.run([...titles, "drop_title"])).code, 0);
  const file = `${cli.dataDir}/privacy_rules.json`;
  assert.equal(Deno.statSync(file).mode! & 0o777, 0o600);
  Deno.writeTextFileSync(file, '[{"match":"title","regex":"x","action":"a later program\'s"}]');
  const list = await cli.run(["rules", "privacy", "list"]);
  assert.equal(list.code, 1);
  assert.match(list.stderr, /every title and URL is dropped: .*"action" is .*privacy remove --all/);
  const imported = await cli.run(["import", "-", "--json"], { stdin: exported(2) });
  assert.deepEqual(JSON.parse(imported.stdout).redacted, 2);
  assert.equal((await cli.run(["rules", "privacy", "remove", "--all"])).code, 0);
  assert.equal((await cli.run(["rules", "privacy", "list", "--json"])).stdout, "[]\n");
});

Deno.test("rules privacy apply says what it would do, and with --yes does it for good", async () => {
  using cli = new Cli();
  await cli.run(["import", "-"], { stdin: exported(3, "Qwertz") });
  assert.equal((await cli.run([...titles, "drop_title"])).code, 0);
  const asked = await cli.run(["rules", "privacy", "apply"]);
  assert.equal(asked.code, 0, asked.stderr);
  assert.match(
    asked.stdout,
    /^Would change 3 events \(3 min\), 0 heartbeats of phones and \d+ cop(y|ies)\n/,
  );
  assert.match(asked.stderr, /Nothing was changed; --yes does it/);
  assert.match((await cli.run(["export"])).stdout, /main\.ts/);
  const done = await cli.run(["rules", "privacy", "apply", "--yes"]);
  assert.equal(done.code, 0, done.stderr);
  assert.equal(done.stdout, "Changed 3 events\n");
  const events = (await cli.run(["export"])).stdout.trim().split("\n").map((line) =>
    JSON.parse(line)
  );
  assert.deepEqual(events.map(({ app, title }) => [app, title]), Array(3).fill(["Qwertz", null]));
  assert.equal((await cli.run(["rules", "privacy", "preview"])).stdout, "");
});
