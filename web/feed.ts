/**
 * Carries what the daemon says into the page's state: the stream, and the reading up after each gap.
 * @module
 */
import { effect } from "@preact/signals";
import { type Api, ApiError } from "./api.ts";
import { streamsBegun, tellHeard } from "./heard.ts";
import { type Live, startLive } from "./live.ts";
import { endSession } from "./login.ts";
import { RECENT_LIMIT, withEvent, withTotals } from "./model.ts";
import * as state from "./state.ts";
import type {
  WireDayTotals,
  WireEvent,
  WireFocusUpdate,
  WireHealth,
  WireLoopNow,
  WireMessageChange,
  WirePause,
  WireProgress,
  WireState,
} from "./wire.ts";

/** The stream's totals come without hours: those are read again at most this often. */
const HOURS_EVERY_MS = 5_000;
/** A browser allows six connections to a host: a tab nobody sees gives its stream back. */
const HIDDEN_LIMIT_MS = 30_000;
const TICK_MS = 5_000;

/** Starts the stream, the clock, and what wakes them. */
export function startFeed(api: Api): void {
  const reader = createReader(api);
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
  setInterval(() => {
    if (document.hidden) return;
    state.nowMs.value = Date.now();
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

function createReader(api: Api) {
  /** Events heard while a list is on its way: that list may be older than they are. */
  let heard: WireEvent[] | undefined;
  let hoursTimer: ReturnType<typeof setTimeout> | undefined;

  const readDay = async () => {
    clearTimeout(hoursTimer);
    hoursTimer = undefined;
    state.day.value = await api.today();
  };
  const readEvents = async () => {
    const later: WireEvent[] = heard = [];
    const list = await api.recentEvents(RECENT_LIMIT);
    state.events.value = later.reduce<readonly WireEvent[]>(withEvent, list);
    if (heard === later) heard = undefined;
  };
  const readHealth = async () => {
    state.health.value = await api.health();
  };
  /** A failure here needs no word of its own: the stream notices a lost daemon and reads again. */
  const quietly = (reads: Promise<void>[]) =>
    Promise.allSettled(reads).then((results) => {
      const isLocked = results.some((result) =>
        result.status === "rejected" && result.reason instanceof ApiError &&
        result.reason.status === 401
      );
      if (isLocked) state.connection.value = "locked";
    });
  const readAll = () => {
    quietly([readDay(), readEvents(), readHealth()]);
  };

  const takeTotals = (totals: WireDayTotals) => {
    const next = withTotals(state.day.value, totals);
    if (next === undefined) return quietly([readDay()]);
    state.day.value = next;
    hoursTimer ??= setTimeout(() => quietly([readDay()]), HOURS_EVERY_MS);
  };
  const takeProgress = (progress: WireProgress) => {
    const isDone = progress.done >= progress.total;
    state.reclassifying.value = isDone ? undefined : progress;
    if (isDone) readAll();
  };

  return {
    readAll,
    /** For when a new day may have begun without any activity to tell so. */
    readDay: () => quietly([readDay()]),
    take(name: string, data: unknown) {
      if (name === "state") state.liveState.value = data as WireState;
      if (name === "pause") state.pause.value = data as WirePause;
      if (name === "health") state.health.value = data as WireHealth;
      if (name === "focus") state.focusUpdate.value = data as WireFocusUpdate;
      if (name === "loop") state.loopNow.value = data as WireLoopNow;
      if (name === "message") state.messageChange.value = data as WireMessageChange;
      if (name === "metrics") takeTotals(data as WireDayTotals);
      if (name === "reclassify") takeProgress(data as WireProgress);
      if (name === "event") {
        heard?.push(data as WireEvent);
        state.events.value = withEvent(state.events.value, data as WireEvent);
      }
    },
  };
}
