/**
 * What a component reads from the daemon, kept up to date while it is shown.
 * @module
 */
import { effect, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "./api.ts";
import { onHeard, streamsBegun } from "./heard.ts";
import { type Reading, startReading } from "./reading.ts";
import { token } from "./state.ts";

/** What is known of what was asked for. */
export interface Read<T> {
  /** The last answer; while another path is read, that of the one before. */
  readonly data: T | undefined;
  /** `data` is of another path than the one that is asked for now. */
  readonly isOther: boolean;
  /** Why the last read failed; `data` may be there all the same, and old. */
  readonly problem: Error | undefined;
  readonly isReading: boolean;
  /** Reads now. */
  again(): void;
}

/** When it is read again, besides whenever the stream comes back or somebody signs in or out. */
export interface ReadOptions {
  /** Messages of the stream after which it may be another. */
  readonly on?: readonly string[];
  /** For what changes with time alone. */
  readonly everyMs?: number;
}

interface Known<T> {
  readonly data?: T;
  /** What `data` was read from. */
  readonly path?: string;
  readonly problem?: Error;
  readonly isReading: boolean;
}

/** Reads `path`; `undefined` reads nothing. */
export function useRead<T>(
  api: Api,
  path: string | undefined,
  { on = [], everyMs }: ReadOptions = {},
): Read<T> {
  const known = useSignal<Known<T>>({ isReading: path !== undefined });
  const reading = useRef<Reading>(undefined);
  const names = on.join(" ");
  useEffect(() => {
    if (path === undefined) {
      known.value = { isReading: false };
      return;
    }
    const { data, path: readFrom } = known.peek();
    // What went wrong with another path is over.
    known.value = { data, path: readFrom, isReading: true };
    const current = reading.current = startReading<T>({
      read: (signal) => api.get<T>(path, { signal }),
      onStart: () => known.value = { ...known.peek(), isReading: true },
      onRead: (data) => known.value = { data, path, isReading: false },
      onProblem: (problem) => known.value = { ...known.peek(), problem, isReading: false },
    });
    const endings = [
      ...names.split(" ").filter(Boolean).map((name) =>
        onHeard(name, () => whenSeen.soon(current))
      ),
      onNext(() => streamsBegun.value, () => current.now()),
      onNext(() => token.value, () => current.now()),
    ];
    const timer = everyMs === undefined
      ? undefined
      : setInterval(() => whenSeen.soon(current), everyMs);
    return () => {
      clearInterval(timer);
      for (const end of endings) end();
      whenSeen.forget(current);
      current.stop();
    };
  }, [path, names, everyMs]);
  return {
    data: known.value.data,
    isOther: known.value.data !== undefined && known.value.path !== path,
    problem: known.value.problem,
    isReading: known.value.isReading,
    again: () => reading.current?.now(),
  };
}

/** In a tab that nobody sees nothing is read anew, until somebody does. */
const whenSeen = (() => {
  const waiting = new Set<Reading>();
  globalThis.document?.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    for (const reading of waiting) reading.now();
    waiting.clear();
  });
  return {
    soon(reading: Reading) {
      if (document.hidden) waiting.add(reading);
      else reading.soon();
    },
    forget: (reading: Reading) => void waiting.delete(reading),
  };
})();

/** Calls `then` when the value is another than it is now; the result ends that. */
function onNext(value: () => unknown, then: () => void): () => void {
  let known: { readonly value: unknown } | undefined;
  return effect(() => {
    const now = value();
    const isOther = known !== undefined && known.value !== now;
    known = { value: now };
    if (isOther) then();
  });
}
