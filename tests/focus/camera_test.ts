/** Sessions before a camera that misbehaves: a stand-in for ffmpeg plays it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { Cli } from "../../cli/testing.ts";
import { FILM_NEEDS } from "../films.ts";
import { BLACK, parseLines, person, standIn } from "./stand_in.ts";

const { suffix } = FILM_NEEDS;
const ignore = FILM_NEEDS.ignore || Deno.build.os !== "linux";

/** Runs a session of some seconds before the camera that `script` plays. */
async function session(
  script: string,
  { seconds = 8, args = [] }: { readonly seconds?: number; readonly args?: string[] } = {},
) {
  using cli = new Cli();
  const { path } = await standIn(cli.dir, script);
  const { code, stdout, stderr } = await cli.run(
    ["focus", "--minutes", (seconds / 60).toFixed(6), "--json", ...args],
    { env: { PATH: path } },
  );
  assert.equal(code, 0, stderr);
  const { lines, summary } = parseLines(stdout);
  const said = stderr.trimEnd().split("\n");
  assert.ok(Math.abs(summary.total_seconds - seconds) < 0.01, `${summary.total_seconds} s`);
  const { sessions } = JSON.parse((await cli.run(["focus", "history", "--json"])).stdout);
  assert.equal(sessions.length, 1);
  assert.equal(sessions[0].total_seconds, summary.total_seconds);
  assert.equal(sessions[0].camera, "Stand-In Camera");
  return { lines, summary, said };
}

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `focus: ${name}${suffix}`, ignore, fn });
}

test("a camera that another program has is told of once, counts as uncertain, and is taken when free", async () => {
  const busy = 'said "ioctl(VIDIOC_STREAMON): Device or resource busy"; exit 1';
  const { summary, said } = await session(
    `[ $COUNT -le 2 ] && { ${busy}; }\nffmpeg_is ${await person()}`,
  );
  assert.match(
    said[0],
    /^Cannot use the camera \/dev\/video0: another program has it; close that one; until then/,
  );
  assert.deepEqual(said.slice(1), ["The camera gives pictures again"]);
  assert.ok(summary.uncertain_seconds >= 1, `${summary.uncertain_seconds} s`);
  assert.ok(summary.focused_seconds > 0);
  assert.equal(summary.unfocused_seconds + summary.no_face_seconds, 0);
});

test("a camera that is unplugged in the middle counts as uncertain until it is back", async () => {
  const unplugged = `said "ioctl(VIDIOC_DQBUF): No such device"; exit 1`;
  // It gives pictures for some seconds, is away for three more tries, and comes back.
  const { lines, summary, said } = await session(
    [
      `[ $COUNT = 1 ] && { timeout 3 $REAL ${await person()}; ${unplugged}; }`,
      `[ $COUNT -le 3 ] && { said "Cannot open video device /dev/video0: No such file or directory"; exit 1; }`,
      `ffmpeg_is ${await person()}`,
    ].join("\n"),
    { seconds: 12 },
  );
  assert.match(said[0], /it was unplugged; plug it in again; until then/);
  assert.match(said[1], /it is not there; plug it in, or name another with --camera/);
  assert.equal(said[2], "The camera gives pictures again");
  assert.equal(said.length, 3);
  const states = lines.map(({ state }) => state);
  const away = states.indexOf("uncertain", states.indexOf("focused"));
  assert.ok(away > 0, "it was focused, then uncertain");
  assert.ok(states.indexOf("focused", away) > 0, "and focused again");
  assert.ok(summary.uncertain_seconds > 1);
  assert.equal(summary.unfocused_seconds + summary.no_face_seconds, 0);
});

test("black pictures are told of, and are uncertain", async () => {
  const { lines, summary, said } = await session(`ffmpeg_is ${BLACK}`, { seconds: 5 });
  assert.equal(said.length, 1);
  assert.match(said[0], /^The camera gives black pictures: open its cover/);
  assert.equal(summary.uncertain_seconds, summary.total_seconds);
  assert.equal(summary.focus_percent, null);
  assert.ok(lines.some(({ reason }) => reason === "too dark"));
});

test("garbage for pictures is told of, and is uncertain", async () => {
  const { summary, said } = await session("head -c 3000000 /dev/urandom; sleep 1", { seconds: 4 });
  assert.match(
    said[0],
    /^Cannot read the pictures of ffmpeg: .*; until then it counts as uncertain$/,
  );
  assert.equal(said.length, 1);
  assert.equal(summary.uncertain_seconds, summary.total_seconds);
});

test("a wrapper of ffmpeg whose child holds the pipe open does not hold up the end", async () => {
  using cli = new Cli();
  const over = `${cli.dir}/over`;
  const { path } = await standIn(cli.dir, `{ sleep 20; touch ${over}; } & wait`);
  const args = ["focus", "--minutes", "0.05", "--json"];
  const { code, stdout, stderr } = await cli.run(args, { env: { PATH: path } });
  assert.equal(code, 0, stderr);
  assert.equal(parseLines(stdout).summary.uncertain_seconds, 3);
  assert.equal(existsSync(over), false, "the child is still there");
});

test("a camera that nobody has is told of with the way to the list", async () => {
  using cli = new Cli();
  const { path } = await standIn(cli.dir, "exit 1");
  const args = ["focus", "--minutes", "0.1", "--camera", "another", "--json"];
  const { code, stdout, stderr } = await cli.run(args, { env: { PATH: path } });
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /^Cannot find the camera "another": plug it in, or name another with --camera/,
  );
  assert.equal(parseLines(stdout).summary.uncertain_seconds, 6);
  const list = await cli.run(["focus", "--list-cameras"], { env: { PATH: path } });
  assert.equal(list.stdout, "0  Stand-In Camera  /dev/video0\n");
});

test("more pictures than can be looked at do not pile up", async () => {
  const fast = (await person()).replace("-re ", "").replace("fps=5", "scale=640:480,fps=30");
  const { lines } = await session(`ffmpeg_is ${fast}`, { seconds: 6, args: ["--fps", "30"] });
  assert.ok(lines.length > 20);
  const gaps = lines.slice(1).map(({ at_seconds }, i) => at_seconds - lines[i].at_seconds);
  assert.ok(gaps.every((gap) => gap >= 0), "times only go on");
});

Deno.test({
  name: `focus without ffmpeg says how to install it, and exits with 5`,
  ignore: Deno.build.os !== "linux",
  async fn() {
    using cli = new Cli();
    Deno.mkdirSync(`${cli.dir}/bin`);
    for (const args of [["--minutes", "0.1"], ["--source", "x.mp4"], ["--list-cameras"]]) {
      const { code, stdout, stderr } = await cli.run(["focus", ...args], {
        env: { PATH: `${cli.dir}/bin` },
      });
      assert.equal(code, 5, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, /^prodtracker: Cannot .* without ffmpeg: install it .*\n$/);
    }
  },
});
