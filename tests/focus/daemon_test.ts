/** Sessions in the terminal and the daemons beside them. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { FILM_NEEDS } from "../films.ts";
import { BLACK, parseLines, person, standIn, storedSummary } from "./stand_in.ts";

const { suffix } = FILM_NEEDS;
const ignore = FILM_NEEDS.ignore || Deno.build.os !== "linux";

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `${name}${suffix}`, ignore, fn });
}

/** A command that runs, and what it has said so far. */
function follow(child: Deno.ChildProcess) {
  const said = { stdout: "", stderr: "" };
  const read = async (name: keyof typeof said) => {
    for await (const text of child[name].pipeThrough(new TextDecoderStream())) said[name] += text;
  };
  const reading = Promise.all([read("stdout"), read("stderr")]);
  return {
    said,
    async ended() {
      const { code } = await child.status;
      await reading;
      return { code, ...said };
    },
  };
}

async function sessions(cli: Cli) {
  const { stdout } = await cli.run(["focus", "history", "--json"]);
  return JSON.parse(stdout).sessions;
}

test("focus loses nothing when the daemon that keeps its session is started anew", async () => {
  using cli = new Cli();
  const { path } = await standIn(cli.dir, `ffmpeg_is ${await person()}`);
  const first = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
  const child = cli.spawn(["focus", "--minutes", "0.4", "--json"], { env: { PATH: path } });
  const running = follow(child);
  // One batch is in it, then nobody is there for a while, nor at the same address again.
  await waitFor(async () => {
    const [session] = await first.get<{ total_seconds: number }[]>("/focus/sessions");
    return session?.total_seconds > 0 || undefined;
  });
  await first.kill();
  await waitFor(() => running.said.stderr.includes("does not answer") || undefined);
  const second = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
  const { code, stdout, stderr } = await running.ended();
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^The daemon does not answer; .*\nThe daemon is back, .*\n$/);
  const { summary } = parseLines(stdout);
  assert.equal(summary.total_seconds, 24);
  const [session] = await second.get<typeof summary[]>("/focus/sessions");
  assert.deepEqual(storedSummary(session), summary);
  await second.stop();
});

test("focus keeps the session by itself when the daemon ended and stays away", async () => {
  using cli = new Cli();
  const { path } = await standIn(cli.dir, `ffmpeg_is ${BLACK}`);
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
  const running = follow(
    cli.spawn(["focus", "--minutes", "0.1", "--json"], { env: { PATH: path } }),
  );
  await waitFor(() => running.said.stdout.includes("at_seconds") || undefined);
  await daemon.stop();
  const { code, stdout, stderr } = await running.ended();
  assert.equal(code, 0, stderr);
  const { summary } = parseLines(stdout);
  assert.equal(summary.total_seconds, 6);
  assert.deepEqual(storedSummary((await sessions(cli))[0]), summary);
});

test("without a daemon focus is the service: a second one is refused, and serve waits for its end", async () => {
  using cli = new Cli();
  const { path } = await standIn(cli.dir, `ffmpeg_is ${BLACK}`);
  const env = { PATH: path };
  const child = cli.spawn(["focus", "--minutes", "10"], { env });
  const running = follow(child);
  const note = await waitFor(() => {
    try {
      return JSON.parse(Deno.readTextFileSync(`${cli.dataDir}/daemon.json`));
    } catch {
      return undefined;
    }
  });
  assert.equal(note.service, "focus");
  await waitFor(() => running.said.stdout.includes("uncertain") || undefined);
  const second = await cli.run(["focus", "--minutes", "1"], { env });
  assert.equal(second.code, 1);
  assert.equal(
    second.stderr,
    `prodtracker: Cannot begin a session: focus (process ${note.pid}) has one, at ${note.url}; ` +
      "end that one first\n",
  );
  const status = await cli.run(["status", "--json"]);
  assert.equal(JSON.parse(status.stdout).focus.camera, "Stand-In Camera");

  const serving = cli.spawn(["serve", "--port", "0", "--no-track"]);
  const serve = follow(serving);
  await waitFor(() => serve.said.stderr.includes("serve begins when it has ended") || undefined);
  assert.ok(serve.said.stderr.includes(`A focus session (process ${note.pid}) has`));
  child.kill("SIGTERM");
  const { code, stdout, stderr } = await running.ended();
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^\d\d:\d\d:\d\d {2}uncertain.*\n/);
  assert.match(stdout, /nothing of it could be judged\n/);
  assert.match(stderr, /^Saved as session 1; .*\n$/m);
  await waitFor(() => serve.said.stdout.includes("ProdTracker is at") || undefined);
  const [session] = await sessions(cli);
  assert.equal(session.how, "ended");
  assert.ok(session.total_seconds > 0);
  serving.kill("SIGTERM");
  assert.equal((await serve.ended()).code, 0);
});

test("of two sessions that are begun at once, one is refused and leaves the other alone", async () => {
  using cli = new Cli();
  const { path } = await standIn(cli.dir, `ffmpeg_is ${BLACK}`);
  const begin = () => cli.run(["focus", "--minutes", "0.1", "--json"], { env: { PATH: path } });
  const both = await Promise.all([begin(), begin()]);
  const [kept, refused] = both.toSorted((a, b) => a.code - b.code);
  assert.deepEqual([kept.code, refused.code], [0, 1], refused.stderr);
  assert.match(refused.stderr, /^prodtracker: Cannot .*\n$/);
  const all = await sessions(cli);
  assert.equal(all.length, 1);
  assert.deepEqual(storedSummary(all[0]), parseLines(kept.stdout).summary);
});

test("Ctrl-C ends a session, saves it and says what it came to", async () => {
  using cli = new Cli();
  const { path } = await standIn(cli.dir, `ffmpeg_is ${await person()}`);
  const child = cli.spawn(["focus", "--json"], { env: { PATH: path } });
  const running = follow(child);
  await waitFor(() => running.said.stdout.split("\n").length > 10 || undefined);
  child.kill("SIGINT");
  const { code, stdout } = await running.ended();
  assert.equal(code, 130);
  const { lines, summary } = parseLines(stdout);
  assert.ok(Math.abs(summary.total_seconds - lines.at(-1)!.at_seconds) < 2);
  assert.deepEqual(storedSummary((await sessions(cli))[0]), summary);
});

test("a session that another one takes the place of ends, and says so", async () => {
  using cli = new Cli();
  const { path } = await standIn(cli.dir, `ffmpeg_is ${BLACK}`);
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
  const running = follow(cli.spawn(["focus", "--json"], { env: { PATH: path } }));
  await waitFor(() => running.said.stdout.includes("at_seconds") || undefined);
  const begun = await daemon.fetch("/focus/sessions", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ source: "browser" }),
  });
  await begun.body?.cancel();
  const { code, stdout, stderr } = await running.ended();
  assert.equal(code, 1);
  assert.match(stderr, /The session ends here: Cannot add to the session: /);
  assert.ok(parseLines(stdout).lines.length > 0);
  await daemon.stop();
});
