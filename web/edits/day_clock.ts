/**
 * Times of the clock within one day of the daemon's, which may begin at four and end at four: as they are typed, and
 * the moments that they mean. Pure.
 * @module
 */
import { addDays, dateOf, type IsoDate, localToUtcMs, type Zone } from "../../daemon/core/day.ts";
import type { Span } from "../../daemon/core/types.ts";

const HOUR_MS = 3_600_000, DAY_MS = 86_400_000;

/** What the local clock shows at a moment: "13:05:00", as a time input takes it. */
export function clockText(ms: number, zone: Zone): string {
  return new Date(ms + zone(ms)).toISOString().slice(11, 19);
}

/**
 * The first moment of a day, or of what follows `afterMs` in it, at which the local clock shows a time; the day's end
 * is one that comes after others. `undefined`: it never does, or the text is no time.
 */
export function momentAt(
  text: string,
  day: Span,
  { zone, afterMs }: { readonly zone: Zone; readonly afterMs?: number },
): number | undefined {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?$/.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const timeMs = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const first = new Date(day.startMs + zone(day.startMs)).toISOString().slice(0, 10);
  for (const date of [first, addDays(first, 1)]) {
    const earlierMs = localToUtcMs(zone, Date.parse(`${date}T00:00:00Z`) + timeMs);
    // When clocks are set back, an hour comes twice; when they are set forward, one never does.
    for (const ms of [earlierMs, earlierMs + HOUR_MS]) {
      const isShown = (ms + zone(ms)) % DAY_MS === timeMs;
      if (!isShown || ms < day.startMs || ms > day.endMs) continue;
      if (afterMs === undefined ? ms < day.endMs : ms > afterMs) return ms;
    }
  }
  return undefined;
}

/** What was typed as a span; `given` is where it came from, to the millisecond. */
export interface TypedRange {
  readonly from: string;
  readonly to: string;
  readonly given: Span | undefined;
}

/** The span that is meant, or why it cannot be. */
export type ReadRange =
  | { readonly span: Span; readonly problem?: undefined }
  | { readonly span?: undefined; readonly problem: string };

/** Reads a typed span of a day; what was not touched means exactly what it came from. */
export function readRange(
  { from, to, given }: TypedRange,
  day: Span,
  { zone, nowMs }: { readonly zone: Zone; readonly nowMs: number },
): ReadRange {
  const isKept = (text: string, ms: number | undefined) =>
    ms !== undefined && clockText(ms, zone) === text;
  const startMs = isKept(from, given?.startMs) ? given!.startMs : momentAt(from, day, { zone });
  if (startMs === undefined) return { problem: "Say when it began." };
  const endMs = isKept(to, given?.endMs) && given!.endMs > startMs
    ? given!.endMs
    : momentAt(to, day, { zone, afterMs: startMs });
  if (endMs === undefined) {
    return { problem: to === "" ? "Say when it ended." : "It must end after it began." };
  }
  if (endMs > nowMs) return { problem: "It must have ended: this is still to come." };
  return { span: { startMs, endMs } };
}

/** The date of the day that a moment lies in; `startMs` is when any day of theirs begins. */
export function dateAt(ms: number, { startMs, zone }: DayStart): IsoDate {
  return dateOf(ms, zone, Math.floor((startMs + zone(startMs)) % DAY_MS / 60_000));
}

interface DayStart {
  readonly startMs: number;
  readonly zone: Zone;
}
