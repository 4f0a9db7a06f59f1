/**
 * Times, shares, dates and foreign names as messages tell them.
 * @module
 */
import type { IsoDate, Zone } from "../core/day.ts";
import type { TimelineClass } from "../core/types.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS =
  "January February March April May June July August September October November December"
    .split(" ");

/** Each class's word. */
export const CLASS_WORDS: Readonly<Record<TimelineClass, string>> = {
  signal: "signal",
  noise: "noise",
  neutral: "neutral",
  afk: "away",
};

/** The classes in the order in which they are told. */
export const CLASSES = Object.keys(CLASS_WORDS) as TimelineClass[];

/** A time in words: "3 h 05 min", "12 min", "45 s"; whole minutes from one minute on. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, "0")} min`;
}

/** A share 0..1 in whole percent; 0 % and 100 % only when it is exactly that. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return "<1 %";
  if (share > 0.99 && share < 1) return "99 %";
  return `${Math.round(share * 100)} %`;
}

/** By how many points one share is above another, as far as their whole percents tell. */
export function comparedPoints(share: number, mean: number): number {
  return Math.round(share * 100) - Math.round(mean * 100);
}

/** A ratio with two digits that say something. */
export function ratio(value: number): string {
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}

/** "1 session", "3 sessions". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** "Thursday 26 November 2026". */
export function dayName(date: IsoDate): string {
  const { weekday, day, month, year } = parts(date);
  return `${DAYS[weekday]} ${day} ${MONTHS[month]} ${year}`;
}

/** "Thu 26 Nov". */
export function shortDay(date: IsoDate): string {
  const { weekday, day, month } = parts(date);
  return `${DAYS[weekday].slice(0, 3)} ${day} ${MONTHS[month].slice(0, 3)}`;
}

/** "November 2026". */
export function monthName(date: IsoDate): string {
  const { month, year } = parts(date);
  return `${MONTHS[month]} ${year}`;
}

/** "14:05" of the local clock. */
export function clock(ms: number, zone: Zone): string {
  return new Date(ms + zone(ms)).toISOString().slice(11, 16);
}

/** The calendar's date at a moment. */
export function localDate(ms: number, zone: Zone): IsoDate {
  return new Date(ms + zone(ms)).toISOString().slice(0, 10);
}

/** "Thu 26 Nov 14:05" of the local clock. */
export function moment(ms: number, zone: Zone): string {
  return `${shortDay(localDate(ms, zone))} ${clock(ms, zone)}`;
}

function parts(date: IsoDate) {
  const at = new Date(`${date}T00:00:00Z`);
  return {
    weekday: at.getUTCDay(),
    day: at.getUTCDate(),
    month: at.getUTCMonth(),
    year: at.getUTCFullYear(),
  };
}

/** Controls, half surrogates, and what shows letters in another order than they stand, or not at all. */
const DANGEROUS =
  /[\p{Cc}\p{Cs}\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;
const LONGEST_NAME = 60;
/** More than anybody's name has on one letter; heaps of marks would run over the lines around them. */
const MARKS = /(\p{M}{4})\p{M}+/gu;

/** A foreign name as one harmless line, cut with an ellipsis when it is longer than `longest` characters. */
export function cleanName(name: string, longest = LONGEST_NAME): string {
  // Whatever is cut off anyway need not be looked at.
  const line = name.slice(0, longest * 20).replace(/[\t\r\n\u2028\u2029]+/g, " ")
    .replace(DANGEROUS, "\ufffd").replace(MARKS, "$1").replace(/ {2,}/g, " ").trim();
  const chars = [...line];
  return chars.length <= longest ? line : `${chars.slice(0, longest - 1).join("").trimEnd()}…`;
}
