/**
 * The week as a grid of weekdays and hours: how much of such an hour went where, on average.
 * @module
 */
import { addDays, weekdayOf } from "../../daemon/core/day.ts";
import type { WireHeatCell, WireTrends } from "./wire.ts";

export const HEAT_KINDS = ["signal", "noise", "all"] as const;
export type HeatKind = typeof HEAT_KINDS[number];

/** How many steps of darkness there are, besides none at all. */
export const HEAT_LEVELS = 5;

export interface HeatField {
  readonly weekday: number;
  readonly hour: number;
  /** Of an average hour of that weekday, in seconds. */
  readonly seconds: number;
  /** 0: nothing, up to {@linkcode HEAT_LEVELS}. */
  readonly level: number;
}

export interface Heat {
  /** By weekday, Monday first; in each the hours as a day has them, from its begin. */
  readonly rows: readonly (readonly HeatField[])[];
  /** The most that any field has, in seconds. */
  readonly mostSeconds: number;
  /** Whether a field is more than one hour of the past. */
  readonly isAverage: boolean;
}

type Given = Pick<
  WireTrends,
  "heat" | "first_date" | "last_date" | "today" | "day_start_minutes"
>;

/** The grid. @param sinceDate Days before it were not recorded, and do not count. */
export function heatOf(trends: Given, kind: HeatKind, sinceDate: string): Heat {
  const known = new Map(trends.heat.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  const counts = weekdayCounts(
    sinceDate > trends.first_date ? sinceDate : trends.first_date,
    trends.today < trends.last_date ? trends.today : trends.last_date,
  );
  const firstHour = Math.floor(trends.day_start_minutes / 60);
  const plain = Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, index) => {
      const weekday = day + 1, hour = (firstHour + index) % 24;
      const cell = known.get(weekday * 24 + hour);
      const seconds = cell ? secondsOf(cell, kind) / Math.max(1, counts[day]) : 0;
      return { weekday, hour, seconds };
    }));
  const mostSeconds = Math.max(...plain.flat().map(({ seconds }) => seconds));
  return {
    rows: plain.map((row) =>
      row.map((field) => ({ ...field, level: levelOf(field.seconds, mostSeconds) }))
    ),
    mostSeconds,
    isAverage: counts.some((count) => count > 1),
  };
}

/** How many of each weekday there are from one date to another, both included; Monday first. */
export function weekdayCounts(firstDate: string, lastDate: string): number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (let date = firstDate; date <= lastDate; date = addDays(date, 1)) {
    counts[weekdayOf(date) - 1]++;
  }
  return counts;
}

function levelOf(seconds: number, mostSeconds: number): number {
  return seconds <= 0 ? 0 : Math.max(1, Math.ceil(HEAT_LEVELS * seconds / mostSeconds));
}

function secondsOf(cell: WireHeatCell, kind: HeatKind): number {
  if (kind !== "all") return cell[`${kind}_seconds`];
  return cell.signal_seconds + cell.noise_seconds + cell.neutral_seconds;
}
