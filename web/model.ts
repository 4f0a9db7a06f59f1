/**
 * How what the page shows changes with each message; pure.
 * @module
 */
import { isMissedByNobody } from "../daemon/core/health.ts";
import type {
  WireDay,
  WireDayTotals,
  WireEvent,
  WirePart,
  WirePause,
  WireState,
  WireTotals,
} from "./wire.ts";

/** How many events the page asks for and keeps. */
export const RECENT_LIMIT = 50;

/** The list, newest first, with `event` put in its place or in place of its shorter self. */
export function withEvent(list: readonly WireEvent[], event: WireEvent): WireEvent[] {
  const others = list.filter((row) => row.id !== event.id);
  const at = others.findIndex((row) => row.start < event.start);
  return others.toSpliced(at < 0 ? others.length : at, 0, event).slice(0, RECENT_LIMIT);
}

/** The day with newer totals; `undefined` when they are of another day, which must be read whole. */
export function withTotals(day: WireDay | undefined, totals: WireDayTotals): WireDay | undefined {
  if (day === undefined || day.date !== totals.date || day.from !== totals.from) return undefined;
  return { ...day, ...totals };
}

/** Seconds that count as time at the desk. */
export function activeSeconds(totals: WireTotals): number {
  return totals.signal_seconds + totals.noise_seconds + totals.neutral_seconds;
}

/** The parts a person should know of: what is degraded first, then what is off. */
export function troubledParts(parts: readonly WirePart[]): WirePart[] {
  return [
    ...parts.filter((part) => part.status === "degraded"),
    ...parts.filter((part) => part.status === "off" && !isMissedByNobody(part)),
  ];
}

/**
 * Whether windows are recorded: only while a tracker watches them. `"unknown"` before the daemon has said all that
 * decides it.
 */
export function recordingOf(
  state: WireState | undefined,
  parts: readonly WirePart[] | undefined,
  pause: WirePause | undefined,
): "on" | "off" | "paused" | "unknown" {
  if (pause?.paused) return "paused";
  if (state?.tracking === false) return "off";
  const status = parts?.find(({ name }) => name === "window")?.status;
  if (state === undefined || status === undefined || status === "starting") return "unknown";
  return status === "ok" ? "on" : "off";
}

/** Whether there is nothing at all to show yet: the first minutes of a new installation. */
export function isFirstRun(
  state: WireState | undefined,
  day: WireDay | undefined,
  events: readonly WireEvent[],
): boolean {
  if (day === undefined || events.length > 0) return false;
  return activeSeconds(day) + day.afk_seconds === 0 && !state?.now;
}
