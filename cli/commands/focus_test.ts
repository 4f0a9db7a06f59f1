import assert from "node:assert/strict";
import { startDaemon, waitFor } from "../../tests/daemon_process.ts";
import { Cli } from "../testing.ts";

Deno.test("a wrong option of focus is one line and exit code 2", async () => {
  using cli = new Cli();
  const cases: [args: string[], said: RegExp][] = [
    [
      ["--minutes", "0"],
      /"-m, --minutes <number>" argument "0" is invalid. Allowed is 0.05 to 1440/,
    ],
    [["--fps", "99"], /Allowed is 1 to 30/],
    [["--look-away", "-1"], /Allowed is 0 to 60/],
    [["--browser", "--source", "x.mp4"], /^prodtracker: Cannot use --source with --browser/],
    [["--browser", "--email"], /^prodtracker: Cannot use --email and --sms with --browser/],
    [
      ["--email"],
      /^prodtracker: Cannot send mail: .*FOCUS_SMTP_HOST.*; see docs\/email_setup\.md\n$/,
    ],
    [["--sms", "--source", "x.mp4"], /^prodtracker: Cannot send SMS: .*TWILIO_ACCOUNT_SID/],
    [["history", "--days", "0"], /Allowed is 1 to 3660/],
    [["calibrate", "--seconds", "1"], /Allowed is 3 to 60/],
    [["histroy"], /too many arguments/],
  ];
  for (const [args, said] of cases) {
    const { code, stdout, stderr } = await cli.run(["focus", ...args]);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, said);
    assert.match(stderr, /^prodtracker: Cannot .*\n$/);
  }
});

Deno.test("focus history says that there was none", async () => {
  using cli = new Cli();
  const { code, stdout, stderr } = await cli.run(["focus", "history"]);
  assert.deepEqual([code, stdout], [0, ""]);
  assert.equal(stderr, "There was no focus session yet; focus begins one\n");
  const json = await cli.run(["focus", "history", "--json", "--days", "7"]);
  const { sessions, analytics } = JSON.parse(json.stdout);
  assert.deepEqual(sessions, []);
  assert.equal(analytics.days.length, 7);
});

/** A program in the browser's place; `opened` is the address it was given. */
function standInBrowser(cli: Cli) {
  const bin = `${cli.dir}/bin`, seen = `${cli.dir}/seen`;
  Deno.mkdirSync(bin);
  const script = `#!/bin/sh\necho "$@" > ${seen}.tmp\nmv ${seen}.tmp ${seen}\n`;
  Deno.writeTextFileSync(`${bin}/xdg-open`, script, { mode: 0o755 });
  return {
    path: `${bin}:${Deno.env.get("PATH")}`,
    opened: () =>
      waitFor(() => {
        try {
          return Deno.readTextFileSync(seen).trim();
        } catch {
          return undefined;
        }
      }),
  };
}

/** The link in the file that the browser was given, and whether its code logs in. */
async function follow(file: string): Promise<{ link: string; logsIn: boolean }> {
  const page = Deno.readTextFileSync(file.replace(/^file:\/\//, ""));
  const link = /content="0;url=(http:[^"]+)"/.exec(page)![1];
  const [base, code] = link.split("/focus#code=");
  const response = await fetch(`${base}/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  });
  await response.body?.cancel();
  return { link, logsIn: response.ok };
}

Deno.test({
  name: "focus --browser opens the page of the daemon that runs, logged in, and ends",
  ignore: Deno.build.os !== "linux",
  async fn() {
    using cli = new Cli();
    const browser = standInBrowser(cli);
    const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
    const running = cli.run(["focus", "--browser"], { env: { PATH: browser.path } });
    const { link, logsIn } = await follow(await browser.opened());
    assert.ok(link.startsWith(`${daemon.url}/focus#code=`));
    assert.ok(logsIn);
    const { code, stdout, stderr } = await running;
    assert.equal(code, 0, stderr);
    assert.equal(stdout, `The page is at ${daemon.url}/focus\n`);
    assert.throws(() => Deno.statSync(`${cli.dataDir}/login.html`), "the file is gone");
    await daemon.stop();
  },
});

Deno.test({
  name: "focus --browser serves the page itself where no daemon runs, until it is ended",
  ignore: Deno.build.os !== "linux",
  async fn() {
    using cli = new Cli();
    const browser = standInBrowser(cli);
    const child = cli.spawn(["focus", "--browser"], { env: { PATH: browser.path } });
    const output = child.output();
    const { link, logsIn } = await follow(await browser.opened());
    assert.ok(logsIn);
    const page = await fetch(link.replace(/#.*/, ""));
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<!doctype html>/i);
    child.kill("SIGTERM");
    assert.equal((await output).code, 0);
  },
});
