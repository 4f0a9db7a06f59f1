/**
 * What the stream says, for the views that want to hear some of it.
 * @module
 */
import { signal } from "@preact/signals";

type Listener = (data: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

/** How often the stream has begun to speak: with each, what was read before may be out of date. */
export const streamsBegun = signal(0);

/** Calls `listener` with each of the stream's messages of a name; the result ends that. */
export function onHeard(name: string, listener: Listener): () => void {
  const named = listeners.get(name) ?? new Set<Listener>();
  listeners.set(name, named.add(listener));
  return () => void named.delete(listener);
}

/** Hands on what the stream said. */
export function tellHeard(name: string, data: unknown): void {
  for (const listener of listeners.get(name) ?? []) listener(data);
}
