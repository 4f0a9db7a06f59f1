import assert from "node:assert/strict";
import { ffmpeg, FILM_NEEDS, inFolder, makeFilm } from "../../tests/films.ts";
import { BufferPool, type CameraEvent } from "../core/camera.ts";
import { readFilm } from "./film_ffmpeg.ts";

const { ignore, suffix } = FILM_NEEDS;

interface Read {
  readonly times: number[];
  readonly sizes: string[];
  readonly end: Extract<CameraEvent, { kind: "end" }> | undefined;
  readonly last: Uint8Array | undefined;
}

async function read(path: string, rate = 5): Promise<Read> {
  const pool = new BufferPool();
  const times: number[] = [], sizes = new Set<string>();
  let end: Read["end"], last: Uint8Array | undefined;
  const signal = new AbortController().signal;
  for await (const event of readFilm(path, { rate, pool, signal, nowMs: () => NaN })) {
    if (event.kind === "end") end = event;
    if (event.kind !== "picture") continue;
    const { picture } = event;
    times.push(event.atMs);
    sizes.add(`${picture.widthPx}x${picture.heightPx}`);
    last = picture.data.slice();
    pool.give(picture.data.buffer);
  }
  return { times, sizes: [...sizes], end, last };
}

function test(name: string, fn: (dir: string) => Promise<void>): void {
  Deno.test({ name: `${name}${suffix}`, ignore, fn: () => inFolder(fn) });
}

test("readFilm() gives evenly spaced pictures of a film of any rate", async (dir) => {
  for (const rate of [1, 5, 25, 120]) {
    const film = await makeFilm(`${dir}/${rate}.mp4`, `testsrc=size=64x48:rate=${rate}:duration=4`);
    const { times, sizes, end } = await read(film);
    assert.deepEqual(times, Array.from({ length: 20 }, (_, i) => i * 200), `${rate} fps`);
    assert.deepEqual(sizes, ["64x48"]);
    assert.deepEqual(end, { kind: "end", atMs: 4_000, problem: undefined });
  }
});

test("readFilm() shrinks to fit, enlarges nothing, and keeps the shape", async (dir) => {
  const sizeOf = async (size: string, ...args: string[]) => {
    const film = `${dir}/${size}${args.length}.mkv`;
    await makeFilm(film, `testsrc=size=${size}:rate=5:duration=0.2`, "-c:v", "ffv1", ...args);
    const { sizes, times } = await read(film);
    assert.equal(times.length, 1);
    return sizes.join();
  };
  assert.equal(await sizeOf("1x1"), "1x1");
  assert.equal(await sizeOf("640x480"), "640x480");
  assert.equal(await sizeOf("1280x720"), "640x360");
  assert.equal(await sizeOf("480x1280"), "180x480");
  assert.equal(await sizeOf("7680x4320"), "640x360");
  assert.equal(await sizeOf("360x288", "-vf", "setsar=16/15"), "384x288");
});

test("readFilm() turns a picture that is marked as turned, and takes gray ones", async (dir) => {
  const flat = await makeFilm(`${dir}/flat.mp4`, "testsrc=size=64x48:rate=5:duration=1");
  await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=90", `${dir}/turned.mp4`);
  assert.deepEqual((await read(`${dir}/turned.mp4`)).sizes, ["48x64"]);
  const gray = await makeFilm(
    `${dir}/gray.mkv`,
    "color=gray:size=32x32:rate=5:duration=1",
    ...["-pix_fmt", "gray", "-c:v", "ffv1"],
  );
  const { last } = await read(gray);
  assert.ok(last!.every((byte) => Math.abs(byte - 128) < 10), "three equal channels");
});

test("readFilm() reads a film that is cut short to its end, and says so", async (dir) => {
  const film = await makeFilm(`${dir}/whole.webm`, "testsrc=size=320x240:rate=25:duration=8");
  const bytes = await Deno.readFile(film);
  await Deno.writeFile(`${dir}/cut.webm`, bytes.subarray(0, bytes.length / 2));
  const { times, end } = await read(`${dir}/cut.webm`);
  assert.ok(times.length > 5 && times.length < 35, `${times.length} pictures`);
  assert.equal(end!.atMs, times.length * 200);
  assert.match(end!.problem!, /^The film is cut short: [\d.]+ s of 8 s could be read/);
});

test("readFilm() says in one line why there is no picture", async (dir) => {
  const film = await makeFilm(`${dir}/whole.mp4`, "testsrc=size=64x48:rate=5:duration=2");
  await Deno.writeFile(`${dir}/cut.mp4`, (await Deno.readFile(film)).subarray(0, 3000));
  await Deno.writeTextFile(`${dir}/notes.txt`, "one line of text\n".repeat(500));
  await Deno.writeTextFile(`${dir}/text.mp4`, "one line of text\n".repeat(500));
  await Deno.writeFile(`${dir}/empty.mp4`, new Uint8Array());
  await Deno.writeFile(`${dir}/noise.webm`, crypto.getRandomValues(new Uint8Array(60_000)));
  await makeFilm(`${dir}/sound.wav`, "sine=duration=1");
  await Deno.writeTextFile(`${dir}/list.m3u8`, "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n");
  const cases: [file: string, reason: RegExp][] = [
    ["missing.mp4", /there is no such file$/],
    [".", /it is a directory$/],
    ["empty.mp4", /./],
    ["notes.txt", /it is text$/],
    ["text.mp4", /./],
    ["noise.webm", /./],
    ["cut.mp4", /it is cut short/],
    ["sound.wav", /there are no pictures in it$/],
    ["list.m3u8", /./],
  ];
  for (const [file, reason] of cases) {
    const path = `${dir}/${file}`;
    await assert.rejects(read(path), (error: Error) => {
      assert.ok(error.message.startsWith(`Cannot read the film "${path}": `), error.message);
      assert.match(error.message, reason);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
  }
});

test("readFilm() ends its ffmpeg when nobody wants more", async (dir) => {
  const film = await makeFilm(`${dir}/long.mp4`, "testsrc=size=320x240:rate=5:duration=60");
  const stop = new AbortController();
  const options = { rate: 5, pool: new BufferPool(), signal: stop.signal, nowMs: () => NaN };
  for await (const { kind } of readFilm(film, options)) {
    if (kind === "picture") break;
  }
  const times: number[] = [];
  for await (const { kind, atMs } of readFilm(film, options)) {
    if (kind === "picture") times.push(atMs);
    if (times.length === 3) stop.abort();
  }
  assert.deepEqual(times, [0, 200, 400]);
});
