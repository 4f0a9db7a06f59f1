/**
 * Pauses: times in which nothing is recorded. Pure, over two clocks of which the wall clock may be set.
 *
 * ```text
 * asked for 60 min   ├──── 20 ────┤ the clock is set ├──── 40 ────┤ over
 * wall clock         10:00   10:20 → 8:20                     9:00
 * stored spans       [10:00 10:20]   [8:20          9:00]
 * ```
 * A length of time is that, whatever somebody does to the clock; "until 17:00" is what the clock shows.
 * @module
 */
import { addDays, localToUtcMs, type Zone } from "./day.ts";
import type { Moment } from "./block_timing.ts";
import type { Span } from "./types.ts";

/** A pause that goes on. */
export interface Pause {
  readonly startMs: number;
  /** When it ends by the wall clock; `undefined`: when somebody says so. */
  readonly endMs?: number;
  /** It was asked for until a time of the clock, not for a length of time. */
  readonly byClock: boolean;
}

/** What somebody asks for. */
export type PauseWish =
  | { readonly kind: "for"; readonly ms: number }
  | { readonly kind: "until"; readonly endMs: number }
  /** Until told. */
  | { readonly kind: "on" }
  | { readonly kind: "off" };

/** The longest pause with an end; a longer one is until told. */
export const LONGEST_PAUSE_MS = 7 * 86_400_000;

/** Clocks that differ by less were not set; one of them may count in whole seconds. */
const SAME_MS = 5_000;

const ALLOWED = '"30m", "2h", "1h30m", "until 17:00", "on" or "off"';

/**
 * What a text asks for: "30m", "2h", "1h30m", "45" (minutes), "until 17:00", "until 2026-01-31 09:00", "on", "off".
 * A time of the clock that is over today is tomorrow's.
 * @throws {RangeError} for anything else, and for what is over or more than a week away.
 */
export function parsePause(text: string, nowMs: number, zone: Zone): PauseWish {
  const words = text.trim().toLowerCase().replace(/\s+/g, " ");
  if (words === "on" || words === "off") return { kind: words };
  const until = /^until (?:(\d{4}-\d\d-\d\d)[ t])?(\d{1,2}):(\d\d)$/.exec(words);
  if (until) return untilWish(nowMs, zone, { date: until[1], ...clockTime(until[2], until[3]) });
  const [whole, hours, minutes] = /^(?:(\d{1,3})h ?)?(?:(\d{1,5})m?)?$/.exec(words) ?? [];
  if (!whole) throw new RangeError(`Allowed is ${ALLOWED}`);
  const ms = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  assertLength(ms);
  return { kind: "for", ms };
}

/** @throws {RangeError} when a pause cannot be that long. */
export function assertLength(ms: number): void {
  if (ms > 0 && ms <= LONGEST_PAUSE_MS) return;
  throw new RangeError(
    'A pause lasts from a minute to a week ("10080m"); "on" is one until you end it',
  );
}

function clockTime(hour: string, minute: string) {
  if (Number(hour) > 23 || Number(minute) > 59) {
    throw new RangeError(`${hour}:${minute} is no time of day; allowed is 00:00 to 23:59`);
  }
  return { minutes: Number(hour) * 60 + Number(minute) };
}

function untilWish(
  nowMs: number,
  zone: Zone,
  { date, minutes }: { readonly date: string | undefined; readonly minutes: number },
): PauseWish {
  const today = new Date(nowMs + zone(nowMs)).toISOString().slice(0, 10);
  const at = (day: string) => {
    const midnightMs = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(midnightMs)) throw new RangeError(`The calendar has no ${day}`);
    return localToUtcMs(zone, midnightMs + minutes * 60_000);
  };
  let endMs = at(date ?? today);
  if (date === undefined && endMs <= nowMs) endMs = at(addDays(today, 1));
  if (endMs <= nowMs) throw new RangeError("That time is over already");
  assertLength(endMs - nowMs);
  return { kind: "until", endMs };
}

/** The pause that a wish makes of what goes on; `undefined`: none. */
export function wished(
  wish: PauseWish,
  running: Pause | undefined,
  nowMs: number,
): Pause | undefined {
  if (wish.kind === "off") return undefined;
  const startMs = running?.startMs ?? nowMs;
  if (wish.kind === "on") return { startMs, byClock: false };
  return wish.kind === "for"
    ? { startMs, endMs: nowMs + wish.ms, byClock: false }
    : { startMs, endMs: wish.endMs, byClock: true };
}

/** What became of a pause: spans that are over, and the one that goes on. */
export interface PauseStep {
  readonly ended: readonly Span[];
  readonly running?: Pause;
}

/** The same pause, later: this process has been looking on from `seen` to `now`. */
export function advancePause(pause: Pause, seen: Moment, now: Moment): PauseStep {
  const { startMs, endMs, byClock } = pause;
  // What the wall clock would show, had nobody set it.
  const unsetMs = seen.wallMs + Math.max(0, now.upMs - seen.upMs);
  if (Math.abs(now.wallMs - unsetMs) <= SAME_MS) return atMoment(pause, now.wallMs);
  const goesOn = endMs === undefined || (byClock ? now.wallMs < endMs : unsetMs < endMs);
  const ended = span(startMs, Math.min(endMs ?? unsetMs, unsetMs));
  if (!goesOn) return { ended };
  const newEndMs = endMs === undefined || byClock ? endMs : now.wallMs + endMs - unsetMs;
  return { ended, running: { startMs: now.wallMs, endMs: newEndMs, byClock } };
}

/** A stored pause at a start: nobody looked on, so what the wall clock shows is believed. */
export function resumePause(pause: Pause, nowMs: number): PauseStep {
  const { startMs, endMs, byClock } = pause;
  if (nowMs >= startMs) return atMoment(pause, nowMs);
  // The clock was set back meanwhile: how much of the pause was over nobody knows.
  const newEndMs = endMs === undefined || byClock ? endMs : nowMs + endMs - startMs;
  return { ended: [], running: { startMs: nowMs, endMs: newEndMs, byClock } };
}

/** The spans that a pause leaves behind when it is ended by hand. */
export function endPause({ startMs, endMs = Infinity }: Pause, nowMs: number): readonly Span[] {
  return span(startMs, Math.min(endMs, nowMs));
}

/** How long until a pause ends by itself; `undefined`: it does not. */
export function remainingPauseMs({ endMs }: Pause, nowMs: number): number | undefined {
  return endMs === undefined ? undefined : Math.max(0, endMs - nowMs);
}

/** "until 17:00", "until 2026-01-31 09:00", "until pause off": the end in local time. */
export function untilText(endMs: number | undefined, nowMs: number, zone: Zone): string {
  if (endMs === undefined) return "until pause off";
  const local = (ms: number) => new Date(ms + zone(ms)).toISOString();
  // The minute it ends in; a pause of less than a minute still has an end.
  const end = local(endMs);
  const day = end.slice(0, 10) === local(nowMs).slice(0, 10) ? "" : `${end.slice(0, 10)} `;
  return `until ${day}${end.slice(11, 16)}`;
}

function atMoment(pause: Pause, wallMs: number): PauseStep {
  const { startMs, endMs } = pause;
  if (endMs === undefined || wallMs < endMs) return { ended: [], running: pause };
  return { ended: span(startMs, endMs) };
}

function span(startMs: number, endMs: number): readonly Span[] {
  return endMs > startMs ? [{ startMs, endMs }] : [];
}
