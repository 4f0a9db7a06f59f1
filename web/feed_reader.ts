/**
 * Takes what the stream says into the page's state, and reads up what it did not hear.
 * @module
 */
import { type Api, ApiError } from "./api.ts";
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

/** What reads up, and takes what comes. */
export interface FeedReader {
  /** Reads all that the stream tells only the changes of. */
  readAll(): Promise<void>;
  /** For when a new day may have begun without any activity to tell so. */
  readDay(): Promise<void>;
  /** Takes one message of the stream. */
  take(name: string, data: unknown): void;
}

export function createFeedReader(api: Pick<Api, "today" | "recentEvents">): FeedReader {
  let hoursTimer: ReturnType<typeof setTimeout> | undefined;
  /** Events heard while lists are on their way, one for each: a list may be older than they are. */
  const heard = new Set<WireEvent[]>();
  const isNewestDay = newestOnly(), isNewestList = newestOnly();

  const readDay = async () => {
    clearTimeout(hoursTimer);
    hoursTimer = undefined;
    const isNewest = isNewestDay();
    const day = await api.today();
    if (isNewest()) state.day.value = day;
  };
  const readEvents = async () => {
    const later: WireEvent[] = [];
    heard.add(later);
    const isNewest = isNewestList();
    try {
      const list = await api.recentEvents(RECENT_LIMIT);
      if (isNewest()) state.events.value = later.reduce<readonly WireEvent[]>(withEvent, list);
    } finally {
      heard.delete(later);
    }
  };
  /** A failure here needs no word of its own: the stream notices a lost daemon and reads again. */
  const quietly = async (reads: Promise<void>[]) => {
    const results = await Promise.allSettled(reads);
    const isLocked = results.some((result) =>
      result.status === "rejected" && result.reason instanceof ApiError &&
      result.reason.status === 401
    );
    if (isLocked) state.connection.value = "locked";
  };
  const readAll = () => quietly([readDay(), readEvents()]);

  const takeTotals = (totals: WireDayTotals) => {
    const next = withTotals(state.day.value, totals);
    if (next === undefined) return void quietly([readDay()]);
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
    readDay: () => quietly([readDay()]),
    take(name, data) {
      if (name === "state") state.liveState.value = data as WireState;
      if (name === "pause") state.pause.value = data as WirePause;
      if (name === "health") state.health.value = data as WireHealth;
      if (name === "focus") state.focusUpdate.value = data as WireFocusUpdate;
      if (name === "loop") state.loopNow.value = data as WireLoopNow;
      if (name === "message") state.messageChange.value = data as WireMessageChange;
      if (name === "metrics") takeTotals(data as WireDayTotals);
      if (name === "reclassify") takeProgress(data as WireProgress);
      if (name === "event") {
        for (const later of heard) later.push(data as WireEvent);
        state.events.value = withEvent(state.events.value, data as WireEvent);
      }
    },
  };
}

/**
 * Each call begins a read, and gives what tells whether its answer is to be taken: not when one that was asked for
 * later has been answered before it.
 */
function newestOnly(): () => () => boolean {
  let begun = 0, taken = 0;
  return () => {
    const own = ++begun;
    return () => {
      if (own < taken) return false;
      taken = own;
      return true;
    };
  };
}
