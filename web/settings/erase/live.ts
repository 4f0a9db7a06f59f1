/**
 * How far erasing is, as the stream says it.
 * @module
 */
import { signal } from "@preact/signals";
import { onHeard } from "../../heard.ts";
import { say } from "../../saying.ts";
import type { WireErasureProgress } from "../privacy_wire.ts";
import { progressOf } from "./words.ts";

/** What is being erased now; `undefined`: nothing that this page has heard of. */
export const erasing = signal<WireErasureProgress | undefined>(undefined);
/** How many erasings have ended since the page was opened: with each, the past is another. */
export const erasingsDone = signal(0);

/** Those that this page began, and that take long enough to be told of when they end. */
const awaited = new Set<number>();

/** Says when this one is done. */
export function awaitErasing(id: number): void {
  awaited.add(id);
}

onHeard("erasure", (data) => {
  const progress = data as WireErasureProgress;
  const isDone = progress.phase === "done";
  erasing.value = isDone ? undefined : progress;
  if (!isDone) return;
  erasingsDone.value++;
  if (awaited.delete(progress.id)) say(`${progressOf(progress).words}.`);
});
