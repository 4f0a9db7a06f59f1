/**
 * Frame to observation at 640x480 on one thread: in Deno, by the native runtime in the same run, in Chromium; and
 * what the worker of a session costs in memory, in CPU at a camera's pace, and over 10 000 frames.
 */
import { fileURLToPath } from "node:url";
import { makeModels } from "../../tools/models.ts";
import { trialsInChromium } from "../vision/browser.ts";
import { clipFrames } from "../vision/frames.ts";
import { modelBytes, native, web } from "../vision/runtimes.ts";
import { type Plan, runTrial, type Trial } from "../vision/trial.ts";
import { quantile, report } from "./measure.ts";
import type { Figures } from "./vision_process.ts";

const ROUNDS = 5;
/** V8 compiles WebAssembly again, better, while it runs: the first hundred frames are slower. */
const WARM_UP = 100;
const STEPS = 100;
const DETECTING: Plan = { detectEveryMs: 0, stepMs: 200, steps: STEPS, warmUp: WARM_UP };
const TRACKING: Plan = { ...DETECTING, detectEveryMs: Infinity };
/** Of a session's frames at 5 a second one looks for others. */
const DETECTING_SHARE = 1 / 5;

await makeModels();
const frames = await clipFrames("franck.mp4", { fps: 5, fromS: 20, count: 20 });

/** All times of some trials, in ms. */
const timesOf = (trials: readonly Trial[]) => trials.flatMap(({ timesMs }) => timesMs);
const medianOf = (trials: readonly Trial[]) => quantile(timesOf(trials), 0.5);

function reportTimes(name: string, trials: readonly Trial[], limitMs?: number): void {
  report(`${name}, median`, medianOf(trials), "ms", limitMs);
  report(`${name}, p95`, quantile(timesOf(trials), 0.95), "ms");
}

/** In turn: what else runs on the machine then falls on both. */
async function inDeno() {
  const files = await modelBytes();
  const seen = new Map<Plan, { web: Trial[]; native: Trial[] }>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const plan of [TRACKING, DETECTING]) {
      const trials = seen.get(plan) ?? { web: [], native: [] };
      trials.web.push(await runTrial(await web(), files, frames, plan));
      trials.native.push(await runTrial(await native(), files, frames, plan));
      seen.set(plan, trials);
    }
  }
  return (plan: Plan) => seen.get(plan)!;
}

async function inProcess(mode: string): Promise<Figures> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", "--no-check"],
      ...[fileURLToPath(new URL("./vision_process.ts", import.meta.url)), mode],
    ],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`The process "${mode}" failed`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

const deno = await inDeno();
reportTimes("Deno, with detection", deno(DETECTING).web, 15);
reportTimes("Deno, tracking", deno(TRACKING).web, 10);
reportTimes("native, with detection", deno(DETECTING).native);
reportTimes("native, tracking", deno(TRACKING).native);
const ratio = (time: (of: "web" | "native") => number) => time("web") / time("native");
const medianIn = (plan: Plan, of: "web" | "native") => medianOf(deno(plan)[of]);
const inSession = (of: "web" | "native") =>
  medianIn(TRACKING, of) * (1 - DETECTING_SHARE) + medianIn(DETECTING, of) * DETECTING_SHARE;
report("Deno / native, a session at 5 frames a second", ratio(inSession), "", 2);
report("Deno / native, tracking", ratio((of) => medianIn(TRACKING, of)), "", 2);
report("Deno / native, with detection", ratio((of) => medianIn(DETECTING, of)), "", 2);

const chromium = await trialsInChromium(
  frames,
  Array.from({ length: ROUNDS }, () => [TRACKING, DETECTING]).flat(),
);
const inTurn = (first: number) => chromium.filter((_, i) => i % 2 === first);
reportTimes("Chromium, with detection", inTurn(1), 15);
reportTimes("Chromium, tracking", inTurn(0), 10);

const without = await inProcess("without");
const camera = await inProcess("camera");
report("the worker's start: models checked and loaded", camera.loadMs!, "ms", 1_000);
report("resident memory of the worker", camera.residentMb - without.residentMb, "MB", 250);
report("resident memory of the process with it", camera.residentMb, "MB");
report("the whole process at 5 frames a second", camera.cpuShare! * 100, "% of a core", 12);
const grown = await inProcess("grow");
report("growth over 10 000 frames", grown.laterMb! - grown.residentMb, "MB", 10);
// The native runtime keeps threads that nobody ends.
Deno.exit(0);
