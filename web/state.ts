/**
 * What the page knows, as signals; everything else is derived from these.
 * @module
 */
import { computed, signal } from "@preact/signals";
import type { Connection } from "./live.ts";
import { isFirstRun, troubledParts } from "./model.ts";
import type { WireDay, WireEvent, WireHealth, WireProgress, WireState } from "./wire.ts";

export const connection = signal<Connection>("connecting");
/** When the daemon last said anything; `undefined` before its first word. */
export const lastHeardMs = signal<number | undefined>(undefined);
export const liveState = signal<WireState | undefined>(undefined);
export const day = signal<WireDay | undefined>(undefined);
export const events = signal<readonly WireEvent[]>([]);
export const health = signal<WireHealth | undefined>(undefined);
/** Set while a changed rule re-reads the past. */
export const reclassifying = signal<WireProgress | undefined>(undefined);
/** The token this browser holds; `undefined` when signed out. */
export const token = signal<string | undefined>(undefined);
/** Why the last sign-in failed or ended, in words for the person. */
export const loginMessage = signal<string | undefined>(undefined);
export const isLoginOpen = signal(false);
/** The time of day, moved on every few seconds: what "since" is counted to. */
export const nowMs = signal(Date.now());

export const troubles = computed(() => troubledParts(health.value?.parts ?? []));
export const firstRun = computed(() => isFirstRun(liveState.value, day.value, events.value));
export const hasData = computed(() => day.value !== undefined);
