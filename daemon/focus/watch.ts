/**
 * A camera, the pipeline and the attention state machine, one after the other.
 * @module
 */
import {
  attend,
  type Attention,
  type AttentionOptions,
  noPicture,
  startAttention,
} from "../../vision/attention.ts";
import type { Observation } from "../../vision/types.ts";
import type { BufferPool, CameraEvent } from "../core/camera.ts";
import type { Inference } from "./inference.ts";

export { type AttentionOptions, calibrationOf, zoneAround } from "../../vision/attention.ts";

export interface WatchOptions {
  readonly camera: AsyncGenerator<CameraEvent, void, void>;
  readonly inference: Pick<Inference, "step">;
  /** Where the camera takes its buffers from. */
  readonly pool: BufferPool;
  readonly attention: AttentionOptions;
  /**
   * Ask for a picture while the one before is looked at. A film is read twice as fast so; of a camera it would
   * be an older picture.
   */
  readonly ahead: boolean;
}

export type WatchUpdate =
  /** A picture was looked at, or for want of one `noPicture`. */
  | {
    readonly kind: "seen";
    readonly atMs: number;
    readonly observation: Observation;
    readonly attention: Attention;
  }
  | Exclude<CameraEvent, { kind: "picture" | "nothing" }>;

/** What the camera shows and what it means, until the camera is over; nobody else may read `camera`. */
export async function* watch(
  { camera, inference, pool, attention: options, ahead }: WatchOptions,
): AsyncGenerator<WatchUpdate, void, void> {
  let memory = startAttention(options);
  const seen = (observation: Observation): WatchUpdate => {
    memory = attend(memory, observation, options);
    const { attention } = memory;
    return { kind: "seen", atMs: observation.atMs, observation, attention };
  };
  const ask = () => {
    const next = camera.next();
    // Asked ahead, it may fail while nobody waits for it yet.
    next.catch(() => {});
    return next;
  };
  let pending = ask();
  try {
    while (true) {
      const { value: event, done } = await pending;
      if (done || !event) return;
      if (ahead) pending = ask();
      if (event.kind === "picture") {
        const { observation, buffer } = await inference.step(event.picture, event.atMs);
        pool.give(buffer);
        yield seen(observation);
      } else if (event.kind === "nothing") {
        yield seen(noPicture(event.atMs));
      } else {
        yield event;
      }
      if (!ahead) pending = ask();
    }
  } finally {
    await camera.return();
  }
}
