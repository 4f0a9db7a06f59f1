/**
 * States, times and shares in words.
 * @module
 */
import type { Attention } from "../../vision/attention.ts";
import { LOCALE } from "../format.ts";
import type { FocusState, WireFocusSession } from "../wire.ts";

type Reason = NonNullable<Attention["reason"]>;

/** What is told of a state, and why it is so. */
export function reasonWords(state: FocusState, reason: Reason | undefined): string {
  if (state === "focused") return "Looking at the screen";
  if (state === "no_face") return "Nobody in front of the camera";
  return reason === undefined ? "Taking a first look" : REASONS[reason] ?? reason;
}

const REASONS: Record<Reason, string> = {
  "looking away": "Looking away",
  "eyes closed": "Eyes closed",
  "too dark": "Too dark to tell",
  "several people": "More than one person in the picture",
  "eyes hidden": "Eyes hidden by glasses, a hand or hair",
  "turned too far": "Turned too far to see the eyes",
  "bad frame": "No picture to look at",
};

/** Where a session was watched; nothing to say of the usual place. */
export const SOURCE_WORDS: Record<WireFocusSession["source"], string> = {
  browser: "",
  terminal: "in a terminal",
  file: "a film",
};

/** The order in which the states are told. */
export const STATES = ["focused", "unfocused", "no_face", "uncertain"] as const;

/** A running clock: "0:07", "12:05", "1:02:05"; whole seconds, rounded down. */
export function formatTimer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60) % 60, hours = Math.floor(seconds / 3_600);
  const tail = `${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

const percent = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 0 });
const points = new Intl.NumberFormat(LOCALE, {
  maximumFractionDigits: 0,
  signDisplay: "exceptZero",
});

/** A percentage 0..100, or a dash where nothing could be judged. */
export function formatPercent(value: number | null): string {
  return value === null ? "–" : percent.format(value / 100);
}

/** A change in percentage points: "+4", "−12", "0". */
export function formatPoints(change: number): string {
  return points.format(change);
}

const shortDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });

const moment = new Intl.DateTimeFormat(LOCALE, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** An ISO instant: "Thu 26 Nov, 12:05". */
export function formatMoment(iso: string): string {
  return moment.format(new Date(iso));
}

/** A date `YYYY-MM-DD`: "26 Nov". */
export function formatDate(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  return shortDay.format(new Date(year, month - 1, day));
}

/** "1 break", "3 breaks". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
