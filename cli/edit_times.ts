/**
 * Moments of the past as people type them: `13:00`, `yesterday 13:00`, `2026-01-31 9:30`, an instant, `now`.
 * @module
 */
import { localToUtcMs } from "../daemon/core/day.ts";
import { EXIT_CODES, FatalError } from "../daemon/core/errors.ts";
import { type Calendar, parseDate, parseInstant } from "./dates.ts";

const DAY_MS = 86_400_000;
const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const ALLOWED =
  "a time such as 13:00, yesterday 13:00, 2026-01-31 13:00 or 2026-01-31T13:00Z, or now";

/** A span as the API takes it. */
export interface TypedSpan {
  readonly from: string;
  readonly to: string;
}

/**
 * The moment that `text` names; a time of the clock alone is the last time that the clock has shown it.
 * @throws {FatalError} with exit code 2 naming the option and what is allowed.
 */
export function parseMoment(option: string, text: string, calendar: Calendar): string {
  const clockMs = timeOfDay(text);
  if (clockMs === undefined) return parseNamed(option, text, "begin", calendar);
  return iso(nearest(clockMs, calendar.nowMs, "before", calendar));
}

/**
 * The span between two moments as typed; a time of the clock alone is the last one for the begin, and for the end
 * the first one after the begin. Without an end it lasts until now.
 * @throws as {@linkcode parseMoment}.
 */
export function parseSpan(from: string, to: string | undefined, calendar: Calendar): TypedSpan {
  const clockMs = timeOfDay(from);
  const begin = clockMs === undefined
    ? parseNamed("--from", from, "begin", calendar)
    : iso(nearest(clockMs, calendar.nowMs, "before", calendar));
  const endClockMs = timeOfDay(to ?? "now");
  const end = endClockMs === undefined
    ? parseNamed("--to", to ?? "now", "end", calendar)
    : iso(nearest(endClockMs, Date.parse(begin), "after", calendar));
  return { from: begin, to: end };
}

/** What is not a time of the clock alone. */
function parseNamed(
  option: string,
  text: string,
  edge: "begin" | "end",
  calendar: Calendar,
): string {
  if (text === "now") return iso(calendar.nowMs);
  const [day, time, ...rest] = text.trim().split(/\s+/);
  const clockMs = time === undefined ? undefined : timeOfDay(time);
  try {
    if (clockMs !== undefined && rest.length === 0) {
      const date = parseDate(option, day, calendar);
      return iso(localToUtcMs(calendar.zone, Date.parse(`${date}T00:00:00Z`) + clockMs));
    }
    return parseInstant(option, text, edge, calendar);
  } catch {
    const shown = JSON.stringify(text.slice(0, 40));
    throw new FatalError(
      `Cannot use ${option}: it is ${shown}, allowed is ${ALLOWED}`,
      EXIT_CODES.wrongUsage,
    );
  }
}

/** Milliseconds after midnight on the clock; `undefined`: another kind of time. */
function timeOfDay(text: string): number | undefined {
  const match = CLOCK.exec(text.trim());
  if (!match) return undefined;
  const [hours, minutes, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** The last moment up to another (or the first after it) at which the clock shows a time. */
function nearest(
  clockMs: number,
  atMs: number,
  which: "before" | "after",
  { zone }: Calendar,
): number {
  const midnightMs = Math.floor((atMs + zone(atMs)) / DAY_MS) * DAY_MS;
  const days = [-2, -1, 0, 1, 2].map((day) =>
    localToUtcMs(zone, midnightMs + day * DAY_MS + clockMs)
  );
  return which === "before" ? days.findLast((ms) => ms <= atMs)! : days.find((ms) => ms > atMs)!;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
