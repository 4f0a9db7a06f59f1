/**
 * Keeps one stream to the daemon open: backoff, a watch on silence, and a pause in hidden tabs.
 * @module
 */
import { readSse } from "./sse.ts";

/** How the page stands to the daemon. */
export type Connection =
  | "connecting"
  | "live"
  /** It was there a moment ago. */
  | "reconnecting"
  /** Several tries in a row reached nothing. */
  | "offline"
  /** It answers, but wants a token. */
  | "locked";

/** What a stream needs; the timings are arguments so that tests need not wait. */
export interface LiveOptions {
  readonly open: (signal: AbortSignal) => Promise<Response>;
  /** The stream speaks: what was missed must be read again. */
  readonly onLive: () => void;
  readonly onMessage: (name: string, data: unknown) => void;
  readonly onConnection: (connection: Connection) => void;
  /** Wait before try `failures` + 1. @default {backoffMs} */
  readonly backoffMs?: (failures: number) => number;
  /** Longer than the daemon's 25 s between two keep-alive lines. @default {60000} */
  readonly silenceLimitMs?: number;
  /** When a connection that was there is not back by then, it is said. @default {3000} */
  readonly slowMs?: number;
}

/** A running stream. */
export interface Live {
  /** Drops the connection and tries at once: a new token, the network is back, the tab is seen. */
  retry(): void;
  /** Closes the stream until `retry()`. */
  pause(): void;
}

const OFFLINE_AFTER_FAILURES = 3;

/** 0.5 s, 1 s, 2 s … at most 10 s, each up to a fifth longer so that tabs do not knock together. */
export function backoffMs(failures: number): number {
  return Math.min(10_000, 500 * 2 ** (failures - 1)) * (1 + Math.random() / 5);
}

/** Starts the stream and never gives up. */
export function startLive(options: LiveOptions): Live {
  const silenceLimitMs = options.silenceLimitMs ?? 60_000;
  const slowMs = options.slowMs ?? 3_000;
  const waitMs = options.backoffMs ?? backoffMs;
  let attempt = new AbortController();
  let wake = () => {};
  let failures = 0;
  let wasLive = false;
  let isPaused = false;
  let isRetryAsked = false;

  const sleep = (ms: number | undefined) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      if (ms !== undefined) setTimeout(resolve, ms);
    });

  /** One connection from beginning to end; returns whether trying again by itself makes sense. */
  const connectOnce = async (): Promise<boolean> => {
    attempt = new AbortController();
    const { signal } = attempt;
    let silence: ReturnType<typeof setTimeout> | undefined;
    const slow = wasLive
      ? setTimeout(() => options.onConnection("reconnecting"), slowMs)
      : undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => attempt.abort(), silenceLimitMs);
    };
    try {
      heard();
      const response = await options.open(signal);
      if (response.status === 401) {
        await response.body?.cancel();
        options.onConnection("locked");
        return false;
      }
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        return true;
      }
      let isLive = false;
      for await (const message of readSse(response.body, heard)) {
        if (!isLive) {
          // Only a message proves the stream works: a daemon that accepts and hangs up is no success.
          isLive = wasLive = true;
          failures = 0;
          clearTimeout(slow);
          options.onConnection("live");
          options.onLive();
        }
        options.onMessage(message.name, JSON.parse(message.data));
      }
    } catch {
      // Refused, cut off, aborted by us, or not JSON: all of them mean "connect again".
    } finally {
      clearTimeout(silence);
      clearTimeout(slow);
    }
    return true;
  };

  const run = async () => {
    while (true) {
      isRetryAsked = false;
      const isWorthRetrying = !isPaused && await connectOnce();
      if (isRetryAsked) continue;
      if (isPaused || !isWorthRetrying) {
        await sleep(undefined);
        continue;
      }
      failures++;
      wasLive = false;
      options.onConnection(failures < OFFLINE_AFTER_FAILURES ? "reconnecting" : "offline");
      await sleep(waitMs(failures));
    }
  };
  run();

  return {
    retry() {
      isPaused = false;
      isRetryAsked = true;
      attempt.abort();
      wake();
    },
    pause() {
      isPaused = true;
      attempt.abort();
    },
  };
}
