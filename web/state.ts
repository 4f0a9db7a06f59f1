/**
 * What the page knows, as signals; everything else is derived from these.
 * @module
 */
import { computed, signal } from "@preact/signals";
import type { Connection } from "./live.ts";
import { isFirstRun, recordingOf, troubledParts } from "./model.ts";
import type {
  FocusState,
  WireDay,
  WireEvent,
  WireFocusUpdate,
  WireHealth,
  WireLoopNow,
  WireMessageChange,
  WirePause,
  WireProgress,
  WireState,
} from "./wire.ts";

export const connection = signal<Connection>("connecting");
/** When the daemon last said anything; `undefined` before its first word. */
export const lastHeardMs = signal<number | undefined>(undefined);
export const liveState = signal<WireState | undefined>(undefined);
/** Whether recording is paused; `undefined` before the daemon has said so. */
export const pause = signal<WirePause | undefined>(undefined);
export const day = signal<WireDay | undefined>(undefined);
export const events = signal<readonly WireEvent[]>([]);
export const health = signal<WireHealth | undefined>(undefined);
/** Set while a changed rule re-reads the past. */
export const reclassifying = signal<WireProgress | undefined>(undefined);
/** The focus session that runs, wherever, or has just ended, as the daemon says. */
export const focusUpdate = signal<WireFocusUpdate | undefined>(undefined);
/** What the loop shows, or what keeps it from it. */
export const loopNow = signal<WireLoopNow | undefined>(undefined);
/** The message of the outbox that reached another state last. */
export const messageChange = signal<WireMessageChange | undefined>(undefined);
/** The focus session of this page, which may be another's on the same machine; `undefined` without one. */
export const ownFocus = signal<OwnFocus | undefined>(undefined);
/** The token this browser holds; `undefined` when signed out. */
export const token = signal<string | undefined>(undefined);
/** Why the last sign-in failed or ended, in words for the person. */
export const loginMessage = signal<string | undefined>(undefined);
export const isLoginOpen = signal(false);
/** The time of day, moved on every few seconds: what "since" is counted to. */
export const nowMs = signal(Date.now());

/** What the rest of the page needs to know of its focus session. */
export interface OwnFocus {
  readonly id: number;
  readonly state: FocusState | "paused";
  /** For the title of the tab. */
  readonly title: string;
}

/** The session that runs, for the header; `undefined` when none does. */
export const focusSign = computed<OwnFocus["state"] | undefined>(() => {
  if (ownFocus.value !== undefined) return ownFocus.value.state;
  const update = focusUpdate.value;
  return update?.session?.how === "running" ? update.state ?? "uncertain" : undefined;
});

/** Whether windows are recorded now. */
export const recording = computed(() =>
  recordingOf(liveState.value, health.value?.parts, pause.value)
);
/** What is shown was made up: nothing is recorded, blocked or sent. */
export const isDemo = computed(() => health.value?.demo === true);
/** In the demo parts are off because it is one, which is said once. */
export const troubles = computed(() =>
  troubledParts(health.value?.parts ?? [])
    .filter(({ status }) => !isDemo.value || status === "degraded")
);
/** How far the clock that days go by is ahead of this browser's, in minutes; 0 where they are one, or not known. */
export const clockAheadMinutes = computed(() => {
  const minutes = health.value?.utc_offset_minutes;
  // Of the moment when the daemon told its own: both may put their clocks back later.
  return minutes === undefined ? 0 : minutes + new Date().getTimezoneOffset();
});
export const firstRun = computed(() => isFirstRun(liveState.value, day.value, events.value));
export const hasData = computed(() => day.value !== undefined);
