/**
 * A session's minutes as no more columns than fit on a page: pure.
 * @module
 */
import type { FocusMinute } from "../../daemon/core/focus.ts";

/** One column's time per state, of `lengthMs` from its start on. */
export interface MinuteGroup extends FocusMinute {
  readonly lengthMs: number;
}

const MINUTE_MS = 60_000;

/**
 * The minutes in groups of equal length, by the clock; at most `max` of them if nothing is missing in between.
 * Groups without any time are left out, as minutes are.
 */
export function groupMinutes(minutes: readonly FocusMinute[], max: number): MinuteGroup[] {
  const first = minutes[0], last = minutes.at(-1);
  if (!first || !last) return [];
  const lengthMs = MINUTE_MS * Math.ceil(((last.startMs - first.startMs) / MINUTE_MS + 1) / max);
  const groups: { -readonly [K in keyof MinuteGroup]: number }[] = [];
  for (const minute of minutes) {
    const steps = Math.floor((minute.startMs - first.startMs) / lengthMs);
    const startMs = first.startMs + steps * lengthMs;
    const group = groups.at(-1);
    if (group?.startMs !== startMs) {
      groups.push({ ...minute, startMs, lengthMs });
      continue;
    }
    group.focusedMs += minute.focusedMs;
    group.unfocusedMs += minute.unfocusedMs;
    group.noFaceMs += minute.noFaceMs;
    group.uncertainMs += minute.uncertainMs;
  }
  return groups;
}
