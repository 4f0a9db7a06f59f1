import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { clip } from "../../tests/clips.ts";
import { FILM_NEEDS, inFolder } from "../../tests/films.ts";
import { BufferPool, type CameraEvent } from "../core/camera.ts";
import { readFilm } from "../watchers/film_ffmpeg.ts";
import { Inference } from "./inference.ts";
import { modelsDir } from "./model_files.ts";
import { watch } from "./watch.ts";

const { ignore, suffix } = FILM_NEEDS;

function frame(widthPx: number, heightPx: number, bytes = widthPx * heightPx * 3) {
  return { widthPx, heightPx, channels: 3 as const, data: new Uint8Array(bytes).fill(90) };
}

Deno.test({
  name: `Inference sees the person in a clip, with two buffers for all pictures${suffix}`,
  ignore,
  async fn() {
    const inference = await Inference.open();
    const pool = new BufferPool();
    const { signal } = new AbortController();
    const film = await clip("cap13_edit2.mp4");
    try {
      const camera = readFilm(film, { rate: 2, pool, signal, nowMs: () => NaN });
      const updates = await Array.fromAsync(
        watch({ camera, inference, pool, attention: {}, ahead: true }),
      );
      const seen = updates.filter((update) => update.kind === "seen");
      assert.equal(seen.length, 61);
      assert.ok(seen.every(({ observation }) => observation.faceCount === 1));
      assert.deepEqual(seen.map(({ atMs }) => atMs), seen.map((_, i) => i * 500));
      assert.equal(updates.at(-1)!.kind, "end");
      const bytes = 400 * 300 * 3;
      const [first, second] = [pool.take(bytes), pool.take(bytes)];
      assert.ok(latest(first) && latest(second), "they were given back");
      assert.ok(!latest(pool.take(bytes)), "and there were no more of them");
    } finally {
      await inference.close();
    }
  },
});

/** Whether a buffer has held a picture. */
function latest(buffer: ArrayBuffer): boolean {
  return new Uint8Array(buffer).some((byte) => byte !== 0);
}

Deno.test("Inference takes odd pictures, refuses what cannot be one, and goes on", async () => {
  const inference = await Inference.open();
  try {
    for (const [width, height] of [[1, 1], [7680, 4320], [640, 2], [64, 48]]) {
      const { observation, buffer } = await inference.step(frame(width, height), 1);
      assert.equal(observation.faceCount, 0);
      assert.equal(buffer.byteLength, width * height * 3);
    }
    await assert.rejects(inference.step(frame(64, 48, 100), 2), /100/);
    const going = inference.step(frame(64, 48), 3);
    await assert.rejects(inference.step(frame(64, 48), 4), /One picture at a time/);
    assert.equal((await going).observation.atMs, 3);
  } finally {
    await inference.close();
  }
  await assert.rejects(inference.step(frame(64, 48), 5), /it is closed/);
  await inference.close();
});

Deno.test("Inference says which model is not as it should be", () =>
  inFolder(async (dir) => {
    const open = (path = dir) => Inference.open({ modelsDir: pathToFileURL(`${path}/`) });
    await assert.rejects(open(), /Cannot use the model ".*": it is not there/);
    for await (const { name, isFile } of Deno.readDir(modelsDir())) {
      if (isFile) await Deno.copyFile(new URL(name, modelsDir()), `${dir}/${name}`);
    }
    const bytes = await Deno.readFile(`${dir}/face.onnx`);
    bytes[bytes.length >> 1] ^= 1;
    await Deno.writeFile(`${dir}/face.onnx`, bytes);
    await assert.rejects(open(), /Cannot use the model "face\.onnx": its content was changed/);
    await Deno.writeFile(`${dir}/face.onnx`, bytes.subarray(0, 1000));
    await assert.rejects(open(), /Cannot use the model "face\.onnx": it is 1000 bytes long/);
  }));

Deno.test("watch() makes of a camera's silence a doubt, and tells of its troubles", async () => {
  async function* camera(): AsyncGenerator<CameraEvent, void, void> {
    yield { kind: "trouble", atMs: 0, message: "gone" };
    for (let atMs = 0; atMs <= 3_000; atMs += 200) yield { kind: "nothing", atMs };
    yield { kind: "well", atMs: 3_200 };
  }
  const inference = { step: () => assert.fail("there is no picture") };
  const options = {
    camera: camera(),
    inference,
    pool: new BufferPool(),
    attention: {},
    ahead: false,
  };
  const updates = await Array.fromAsync(watch(options));
  assert.equal(updates[0].kind, "trouble");
  assert.equal(updates.at(-1)!.kind, "well");
  const seen = updates.filter((update) => update.kind === "seen");
  assert.equal(seen.length, 16);
  assert.ok(seen.every(({ attention }) => attention.state === "uncertain"));
});
