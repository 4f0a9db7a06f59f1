/**
 * Carries what the daemon says into the page's state: the stream, and the reading up after each gap.
 * @module
 */
import { effect } from "@preact/signals";
import type { Api } from "./api.ts";
import { createFeedReader } from "./feed_reader.ts";
import { streamsBegun, tellHeard } from "./heard.ts";
import { type Live, startLive } from "./live.ts";
import { endSession } from "./login.ts";
import * as state from "./state.ts";

/** A browser allows six connections to a host: a tab nobody sees gives its stream back. */
const HIDDEN_LIMIT_MS = 30_000;
const TICK_MS = 5_000;
/** So much later than it should be, a tick comes from a machine that has slept: its connections may be dead. */
const SLEPT_MS = 30_000;

/** Starts the stream, the clock, and what wakes them. */
export function startFeed(api: Api): void {
  const reader = createFeedReader(api);
  const live = startLive({
    open: (signal) => api.stream(signal),
    onConnection: (connection) => state.connection.value = connection,
    onLive: () => {
      reader.readAll();
      streamsBegun.value++;
    },
    onMessage: (name, data) => {
      state.lastHeardMs.value = Date.now();
      reader.take(name, data);
      tellHeard(name, data);
    },
  });
  let known = state.token.value;
  effect(() => {
    if (state.token.value === known) return;
    known = state.token.value;
    live.retry();
  });
  effect(() => {
    if (state.connection.value === "locked") dropRefusedToken(api);
  });
  followVisibility(live);
  addEventListener("online", () => live.retry());
  let tickedMs = Date.now();
  setInterval(() => {
    const hasSlept = Date.now() - tickedMs > SLEPT_MS;
    tickedMs = Date.now();
    if (document.hidden) return;
    state.nowMs.value = Date.now();
    if (hasSlept) live.retry();
    const dayEndMs = Date.parse(state.day.value?.to ?? "");
    if (state.connection.value === "live" && dayEndMs <= Date.now()) reader.readDay();
  }, TICK_MS);
}

/** Locked although we sent a token: it is of another daemon or another time. */
async function dropRefusedToken(api: Api): Promise<void> {
  const held = state.token.peek();
  if (held === undefined) return;
  const isRefused = await api.isValidToken(held).then((isValid) => !isValid, () => false);
  if (isRefused) endSession("The daemon no longer accepts this sign-in. Sign in again.");
}

function followVisibility(live: Live): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPaused = false;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    state.nowMs.value = Date.now();
    if (document.hidden) {
      timer = setTimeout(() => {
        isPaused = true;
        live.pause();
      }, HIDDEN_LIMIT_MS);
    } else if (isPaused || state.connection.value === "offline") {
      isPaused = false;
      live.retry();
    }
  });
}
