/**
 * A process of its own for `vision_bench.ts`, which looks at it from outside: its argument says what it does, and
 * it prints a line when that is done. Memory and CPU are the kernel's figures for the whole process.
 */
import { Inference } from "../../daemon/focus/inference.ts";
import type { Frame } from "../../vision/types.ts";
import { clipFrames } from "../vision/frames.ts";
import { processFigures, sleep } from "./measure.ts";

/** What a mode measured. */
export interface Figures {
  readonly loadMs?: number;
  readonly residentMb: number;
  /** After so many frames more. */
  readonly laterMb?: number;
  /** Of one core, while it ran at a camera's pace. */
  readonly cpuShare?: number;
}

const WARM_UP = 300;

const frames = await clipFrames("franck.mp4", { fps: 5, fromS: 20, count: 10 });
const figures = () => processFigures(Deno.pid);

/** Shows `count` frames, `everyMs` apart, as a camera's buffer goes to and fro. */
async function show(inference: Inference, count: number, everyMs = 0): Promise<void> {
  let buffer = new ArrayBuffer(frames[0].data.length);
  const fromMs = performance.now();
  for (let i = 0; i < count; i++) {
    const { widthPx, heightPx, channels, data } = frames[i % frames.length];
    new Uint8Array(buffer).set(data);
    const frame: Frame = { widthPx, heightPx, channels, data: new Uint8Array(buffer) };
    ({ buffer } = await inference.step(frame, i * 200));
    const restMs = fromMs + (i + 1) * everyMs - performance.now();
    if (restMs > 0) await sleep(restMs);
  }
}

async function run(mode: string): Promise<Figures> {
  if (mode === "without") {
    await sleep(1_000);
    return { residentMb: figures().residentMb };
  }
  const fromMs = performance.now();
  const inference = await Inference.open();
  const loadMs = performance.now() - fromMs;
  await show(inference, WARM_UP);
  const { residentMb } = figures();
  let laterMb: number | undefined, cpuShare: number | undefined;
  if (mode === "grow") {
    await show(inference, 10_000);
    laterMb = figures().residentMb;
  }
  if (mode === "camera") {
    const before = figures().cpuS;
    const beganMs = performance.now();
    await show(inference, 150, 200);
    cpuShare = (figures().cpuS - before) / ((performance.now() - beganMs) / 1_000);
  }
  await inference.close();
  return { loadMs, residentMb, laterMb, cpuShare };
}

// deno-lint-ignore no-console -- what it says to the bench
console.log(JSON.stringify(await run(Deno.args[0])));
