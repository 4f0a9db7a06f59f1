/**
 * What the daemon says of something that is still being typed: asked when typing rests, and anew with each change.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Api } from "../api.ts";

/** The answer to what was asked last; while the next is on its way, the one before. */
export interface Posted<T> {
  readonly data: T | undefined;
  readonly problem: Error | undefined;
  readonly isReading: boolean;
}

interface PostedOptions {
  /** So long typing must rest. @default {250} */
  readonly waitMs?: number;
  /** Asks again whenever this is another. */
  readonly version?: unknown;
}

/** Posts `body` to a route that changes nothing; `undefined` asks nothing. */
export function usePosted<T>(
  api: Api,
  path: string,
  body: unknown,
  { waitMs = 250, version }: PostedOptions = {},
): Posted<T> {
  const known = useSignal<Posted<T>>({ data: undefined, problem: undefined, isReading: false });
  const sent = body === undefined ? undefined : JSON.stringify(body);
  useEffect(() => {
    if (sent === undefined) {
      known.value = { data: undefined, problem: undefined, isReading: false };
      return;
    }
    const ended = new AbortController();
    const { signal } = ended;
    known.value = { ...known.peek(), isReading: true };
    const timer = setTimeout(async () => {
      try {
        const data = await api.send<T>("POST", path, JSON.parse(sent), { signal });
        if (!signal.aborted) known.value = { data, problem: undefined, isReading: false };
      } catch (error) {
        if (signal.aborted) return;
        known.value = { data: undefined, problem: error as Error, isReading: false };
      }
    }, waitMs);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [path, sent, version]);
  return known.value;
}
