/**
 * One run of the pipeline over frames, the same in every host. Browser-safe.
 * @module
 */
import { type Backend, createPipeline, type ModelFiles } from "../../vision/mod.ts";
import type { Frame, Observation } from "../../vision/types.ts";

export interface Plan {
  /** As of `PipelineOptions`; 0 detects in every frame. */
  readonly detectEveryMs: number;
  /** Milliseconds between two frames. */
  readonly stepMs: number;
  /** Frames shown; where there are fewer, they are shown again. */
  readonly steps: number;
  /** Frames shown before, of which nothing is kept. @default 0 */
  readonly warmUp?: number;
}

export interface Trial {
  readonly loadMs: number;
  readonly observations: readonly Observation[];
  /** Frame to observation, of each step. */
  readonly timesMs: readonly number[];
}

/** Shows `frames` to a pipeline of its own. */
export async function runTrial(
  backend: Backend,
  files: ModelFiles,
  frames: readonly Frame[],
  { detectEveryMs, stepMs, steps, warmUp = 0 }: Plan,
): Promise<Trial> {
  const fromMs = performance.now();
  const pipeline = await createPipeline(backend, files, { detectEveryMs });
  const loadMs = performance.now() - fromMs;
  const observations: Observation[] = [];
  const timesMs: number[] = [];
  for (let i = -warmUp; i < steps; i++) {
    const beginMs = performance.now();
    const seen = await pipeline.step(frames[(i + warmUp) % frames.length], (i + warmUp) * stepMs);
    if (i < 0) continue;
    timesMs.push(performance.now() - beginMs);
    observations.push(seen);
  }
  await pipeline.dispose();
  return { loadMs, observations, timesMs };
}
