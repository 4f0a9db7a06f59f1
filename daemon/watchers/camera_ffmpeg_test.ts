import assert from "node:assert/strict";
import { FILM_NEEDS, inFolder, makeFilm, makePipe, playInto } from "../../tests/films.ts";
import { BufferPool, type CameraEvent } from "../core/camera.ts";
import { watchCamera } from "./camera_ffmpeg.ts";

const { ignore, suffix } = FILM_NEEDS;
const PIXELS = "testsrc=size=64x48:rate=25:duration=2";

function test(name: string, fn: (dir: string) => Promise<void>): void {
  const onWindows = Deno.build.os === "windows";
  Deno.test({ name: `${name}${suffix}`, ignore: ignore || onWindows, fn: () => inFolder(fn) });
}

/** A camera that is watched, event by event. */
function watch(path: string, rate = 20) {
  const stop = new AbortController();
  const pool = new BufferPool();
  const events = watchCamera({ kind: "pipe", path }, {
    rate,
    pool,
    signal: stop.signal,
    nowMs: () => performance.now(),
  });
  return {
    /** The first event that `wanted` describes, and the kinds of all before it. */
    async until(wanted: (event: CameraEvent) => boolean) {
      const before: CameraEvent["kind"][] = [];
      while (true) {
        const { value: event } = await events.next();
        if (!event) throw new Error("The camera is over");
        if (event.kind === "picture") pool.give(event.picture.data.buffer);
        if (wanted(event)) return { event, before };
        before.push(event.kind);
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await events.return();
    },
  };
}

const isKind = (kind: CameraEvent["kind"]) => (event: CameraEvent) => event.kind === kind;

test("watchCamera() says that the camera is gone, goes on telling so, and takes it up again", async (dir) => {
  const film = await makeFilm(`${dir}/film.mp4`, PIXELS);
  const pipe = await makePipe(`${dir}/camera`);
  await using camera = watch(pipe);
  const first = playInto(pipe, film);
  const { event } = await camera.until(isKind("picture"));
  assert.equal(event.kind === "picture" && event.picture.widthPx, 64);
  first.kill("SIGKILL");
  await first.status;
  const gone = await camera.until(isKind("trouble"));
  assert.equal(
    gone.event.kind === "trouble" && gone.event.message,
    `Cannot use the camera ${pipe}: nobody feeds the pipe any more`,
  );
  await camera.until(isKind("nothing"));
  await camera.until(isKind("nothing"));
  const second = playInto(pipe, film);
  const well = await camera.until(isKind("well"));
  assert.deepEqual(new Set(well.before), new Set(["nothing"]), "it is told once");
  await camera.until(isKind("picture"));
  second.kill("SIGKILL");
  await second.status;
});

test("watchCamera() gives the newest picture to who comes late, and times only go on", async (dir) => {
  const film = await makeFilm(`${dir}/film.mp4`, PIXELS);
  const pipe = await makePipe(`${dir}/camera`);
  await using camera = watch(pipe);
  const player = playInto(pipe, film);
  const { event } = await camera.until(isKind("picture"));
  await new Promise((resolve) => setTimeout(resolve, 700));
  const calledMs = performance.now();
  const late = await camera.until(isKind("picture"));
  assert.ok(late.event.atMs > event.atMs);
  assert.ok(late.event.atMs > calledMs - 600, "what went stale was dropped");
  let lastMs = late.event.atMs;
  for (let i = 0; i < 5; i++) {
    const { event } = await camera.until(isKind("picture"));
    assert.ok(event.atMs >= lastMs);
    lastMs = event.atMs;
  }
  player.kill("SIGKILL");
  await player.status;
});

test("watchCamera() says that a pipe gives garbage", async (dir) => {
  const pipe = await makePipe(`${dir}/camera`);
  await using camera = watch(pipe);
  const [{ event }] = await Promise.all([
    camera.until(isKind("trouble")),
    Deno.writeTextFile(pipe, "no film at all\n".repeat(20_000)).catch(() => {}),
  ]);
  assert.match(event.kind === "trouble" ? event.message : "", /^Cannot use the camera .*: \S/);
});

test("watchCamera() says that a pipe gives no picture, and ends when it is told to", async (dir) => {
  const pipe = await makePipe(`${dir}/camera`);
  await using camera = watch(pipe);
  const { event, before } = await camera.until(isKind("trouble"));
  assert.match(event.kind === "trouble" ? event.message : "", /it gives no picture$/);
  assert.ok(before.includes("nothing"));
});
