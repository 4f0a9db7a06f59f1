/**
 * What stands side by side in a summary's chart. Pure.
 * @module
 */
import { addDays, type IsoDate, type Zone } from "../core/day.ts";
import type { Summary } from "../core/summary.ts";
import { addTotals, emptyTotals } from "../core/totals.ts";
import type { ClassTotals } from "../core/types.ts";
import { clock, monthName, shortDay } from "./words.ts";

/** A column: its name in a list, its name below a column, and its times. */
export interface Bin {
  readonly name: string;
  readonly label: string;
  readonly totals: ClassTotals;
}

export interface Bins {
  readonly bins: readonly Bin[];
  /** "Hour by hour", "Day by day". */
  readonly title: string;
  /** What a whole column stands for, in milliseconds. */
  readonly fullMs: number;
  /** Whether being away counts into a column. */
  readonly hasAway: boolean;
}

/** More columns than these are too thin to be told apart. */
const MOST_COLUMNS = 45;
const DAY_MS = 86_400_000, HOUR_MS = 3_600_000;

/** The hours of a day, the days of anything longer; weeks, months or years where days would be too many. */
export function binsOf(summary: Summary, zone: Zone): Bins {
  return summary.period === "day" ? hourBins(summary, zone) : dayBins(summary);
}

function hourBins({ hours }: Summary, zone: Zone): Bins {
  const bins = hours.map(({ span, totals }) => {
    const name = clock(span.startMs, zone);
    return { name, label: name, totals };
  });
  return { bins, title: "Hour by hour", fullMs: HOUR_MS, hasAway: true };
}

function dayBins({ days, firstDate, lastDate }: Summary): Bins {
  const { title, keyOf, nextOf, nameOf, labelOf } = unitOf(firstDate, lastDate);
  const byKey = new Map<IsoDate, ClassTotals>();
  for (let key = keyOf(firstDate); key <= lastDate; key = nextOf(key)) {
    byKey.set(key, emptyTotals());
  }
  for (const { date, totals } of days) {
    const sum = byKey.get(keyOf(date));
    if (sum) addTotals(sum, totals);
  }
  const bins = [...byKey].map(([key, totals]) => ({
    name: nameOf(key),
    label: labelOf(key),
    totals,
  }));
  return { bins, title, fullMs: Math.max(1, ...bins.map(activeMs)), hasAway: false };
}

/** What a column stands for; its key is its first date. */
interface Unit {
  readonly title: string;
  readonly keyOf: (date: IsoDate) => IsoDate;
  readonly nextOf: (key: IsoDate) => IsoDate;
  readonly nameOf: (key: IsoDate) => string;
  readonly labelOf: (key: IsoDate) => string;
}

/** The smallest unit of which there are not too many. */
function unitOf(firstDate: IsoDate, lastDate: IsoDate): Unit {
  const dayCount = daysBetween(firstDate, lastDate) + 1;
  if (dayCount <= MOST_COLUMNS) {
    return {
      title: "Day by day",
      keyOf: (date) => date,
      nextOf: (key) => addDays(key, 1),
      nameOf: shortDay,
      labelOf: dayCount <= 7 ? weekdayAndDay : dayAndMonth,
    };
  }
  if (dayCount <= MOST_COLUMNS * 7) {
    return {
      title: "Week by week",
      keyOf: (date) => addDays(firstDate, Math.floor(daysBetween(firstDate, date) / 7) * 7),
      nextOf: (key) => addDays(key, 7),
      nameOf: (key) => `week from ${shortDay(key)}`,
      labelOf: dayAndMonth,
    };
  }
  if (dayCount <= MOST_COLUMNS * 30) {
    return {
      title: "Month by month",
      keyOf: (date) => `${date.slice(0, 7)}-01`,
      nextOf: (key) => `${addDays(key, 31).slice(0, 7)}-01`,
      nameOf: monthName,
      labelOf: (key) => monthName(key).slice(0, 3),
    };
  }
  return {
    title: "Year by year",
    keyOf: (date) => `${date.slice(0, 4)}-01-01`,
    nextOf: (key) => `${Number(key.slice(0, 4)) + 1}-01-01`,
    nameOf: (key) => key.slice(0, 4),
    labelOf: (key) => key.slice(0, 4),
  };
}

function daysBetween(first: IsoDate, last: IsoDate): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS);
}

/** "26 Nov" */
function dayAndMonth(date: IsoDate): string {
  return shortDay(date).slice(4);
}

/** "Thu 26" */
function weekdayAndDay(date: IsoDate): string {
  return shortDay(date).slice(0, -4);
}

export function activeMs({ totals }: Pick<Bin, "totals">): number {
  return totals.signalMs + totals.noiseMs + totals.neutralMs;
}
