/**
 * A browser and Deno say the same of the same frames.
 * @module
 */
import assert from "node:assert/strict";
import { type Observation, verdict } from "../../vision/mod.ts";
import { needs } from "../programs.ts";
import { trialsInChromium } from "./browser.ts";
import { clipFrames, darken, mirror, plain } from "./frames.ts";
import { modelBytes, startWeb, web } from "./runtimes.ts";
import { type Plan, runTrial } from "./trial.ts";

const { ignore, suffix } = needs("ffmpeg", "chromium");
if (!ignore) await startWeb();
const CLOSE_DEG = 0.5;

/** How an observation's angles differ from another's, at most. */
function turn(a: Observation, b: Observation): number {
  if (a.pose === undefined || b.pose === undefined) return a.pose === b.pose ? 0 : Infinity;
  return Math.max(
    Math.abs(a.pose.yawDeg - b.pose.yawDeg),
    Math.abs(a.pose.pitchDeg - b.pose.pitchDeg),
    Math.abs(a.pose.rollDeg - b.pose.rollDeg),
  );
}

Deno.test({
  name: `Chromium and Deno give the same states on the same frames${suffix}`,
  ignore,
}, async () => {
  // Open and closed eyes, an empty scene, a dark one, a mirrored face.
  const clip = await clipFrames("franck.mp4", { fps: 6, fromS: 48, count: 30 });
  const other = await clipFrames("cap13_edit2.mp4", { fps: 5, fromS: 3, count: 6 });
  const frames = [...clip, plain(640, 480, 0), ...other, ...other.map(darken), ...clip.map(mirror)];
  const plan: Plan = { detectEveryMs: 1_000, stepMs: 200, steps: frames.length };
  const [there] = await trialsInChromium(frames, [plan]);
  const here = await runTrial(await web(), await modelBytes(), frames, plan);
  assert.equal(there.observations.length, frames.length);
  for (const [i, ours] of here.observations.entries()) {
    const theirs = there.observations[i];
    assert.deepEqual(verdict(theirs), verdict(ours), `frame ${i}`);
    assert.deepEqual(theirs.doubts, ours.doubts, `frame ${i}`);
    assert.equal(theirs.faceCount, ours.faceCount, `frame ${i}`);
    assert.ok(turn(theirs, ours) < CLOSE_DEG, `frame ${i} is turned by ${turn(theirs, ours)}`);
  }
  const states = new Set(here.observations.map((seen) => verdict(seen).state));
  assert.deepEqual([...states].sort(), ["focused", "uncertain", "unfocused"]);
});
