/**
 * The worker that watches a camera for the page: it reads the pictures itself, so that it goes on while the page
 * is hidden, and tells what they mean. No picture leaves it.
 * @module
 */
import { createOrtBackend, createPipeline, type Pipeline } from "../vision/mod.ts";
import { FrameReader } from "./focus/frame_reader.ts";
import type { Order, Report } from "./focus/messages.ts";
import { loadModels } from "./focus/model_loader.ts";
import { Pace, PACE_PER_S } from "./focus/pace.ts";
import { Watcher } from "./focus/watcher.ts";

/** What a worker has; the library of workers and that of pages do not go together. */
interface WorkerScope {
  postMessage(report: Report): void;
  onmessage: ((event: MessageEvent<Order>) => void) | null;
}
const scope = self as unknown as WorkerScope;

/** How often is looked whether pictures still come. */
const TICK_MS = 500;

const pace = new Pace();
const watcher = new Watcher((report) => scope.postMessage(report));
const reader = new FrameReader({
  pace,
  async look(frame, atMs) {
    if (pipeline) watcher.see(await pipeline.step(frame, atMs), frame);
  },
  onFailure: fail,
});
let pipeline: Pipeline | undefined;
setInterval(() => watcher.tick(Date.now()), TICK_MS);

scope.onmessage = ({ data: order }) => {
  try {
    follow(order);
  } catch (error) {
    fail(error);
  }
};

function follow(order: Order): void {
  switch (order.kind) {
    case "open":
      open().catch(fail);
      break;
    case "look":
      pipeline?.reset();
      reader.read(order.pictures);
      break;
    case "picture":
      reader.show(order.bitmap, order.atMs).catch(fail);
      break;
    case "count":
      watcher.count(Date.now(), order.attention, order.since);
      break;
    case "rest":
      watcher.rest();
      reader.stop();
      break;
    case "judge":
      watcher.judge(order.attention);
      break;
    case "study":
      watcher.study(order.what, Date.now());
      break;
    case "visible":
      pace.perSecond = order.isVisible ? PACE_PER_S.visible : PACE_PER_S.hidden;
      break;
  }
}

async function open(): Promise<void> {
  const { files, runtime, wasm } = await loadModels((doneBytes, totalBytes) =>
    scope.postMessage({ kind: "loading", doneBytes, totalBytes })
  );
  pipeline = await createPipeline(createOrtBackend(runtime, { wasm }), files);
  scope.postMessage({ kind: "ready", canReadTracks: "MediaStreamTrackProcessor" in globalThis });
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const isUnreachable = pipeline === undefined && error instanceof TypeError;
  scope.postMessage({ kind: "failed", message, isUnreachable });
}
