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
  const dayCount = Math.round((Date.parse(lastDate) - Date.parse(firstDate)) / DAY_MS) + 1;
  const weekCount = Math.ceil(dayCount / 7);
  let title = "Day by day", keyOf = (date: IsoDate) => date;
  let nextOf = (key: IsoDate) => addDays(key, 1), nameOf = shortDay;
  let labelOf = dayCount <= 7 ? shortDay : dayAndMonth;
  if (dayCount > MOST_COLUMNS && weekCount <= MOST_COLUMNS) {
    const weekOf = (date: IsoDate) =>
      addDays(
        firstDate,
        Math.floor((Date.parse(date) - Date.parse(firstDate)) / (7 * DAY_MS)) * 7,
      );
    [title, keyOf, nextOf] = ["Week by week", weekOf, (key) => addDays(key, 7)];
    nameOf = (key) => `week from ${shortDay(key)}`;
    labelOf = dayAndMonth;
  } else if (dayCount > MOST_COLUMNS * 30) {
    [title, keyOf] = ["Year by year", (date) => `${date.slice(0, 4)}-01-01`];
    nextOf = (key) => `${String(Number(key.slice(0, 4)) + 1).padStart(4, "0")}-01-01`;
    nameOf = labelOf = (key) => key.slice(0, 4);
  } else if (dayCount > MOST_COLUMNS) {
    [title, keyOf] = ["Month by month", (date) => `${date.slice(0, 7)}-01`];
    nextOf = (key) => `${addDays(key, 31).slice(0, 7)}-01`;
    [nameOf, labelOf] = [monthName, (key) => monthName(key).slice(0, 3)];
  }
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

/** "26 Nov" */
function dayAndMonth(date: IsoDate): string {
  return shortDay(date).slice(4);
}

export function activeMs({ totals }: Pick<Bin, "totals">): number {
  return totals.signalMs + totals.noiseMs + totals.neutralMs;
}
