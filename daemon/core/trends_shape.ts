/**
 * What a day, a week, a month or a year came to, as it goes from the store to whoever tells it.
 * @module
 */
import type { IsoDate } from "./day.ts";
import type { Goal } from "./summary.ts";
import type { Compared, Run, TrendPeriod } from "./trends.ts";
import type { ClassTotals, Span } from "./types.ts";

/** What is asked for: the period that holds `date`. */
export interface TrendsQuery {
  readonly period: TrendPeriod;
  readonly date: IsoDate;
  readonly nowMs: number;
  readonly dayStartMin: number;
  readonly goals: readonly Goal[];
}

/** An hour, a day or a month of the period. */
export interface TrendColumn {
  readonly span: Span;
  /** The date it begins on. */
  readonly date: IsoDate;
  readonly totals: ClassTotals;
  /** Time at the computer or a phone by category, in the order of {@linkcode Trends.categories}. */
  readonly categoriesMs: readonly number[];
  /** How each goal was kept on the days of the column, of those that count; none for an hour. */
  readonly goals: readonly { readonly metDays: number; readonly countedDays: number }[];
}

export interface TrendCategory extends ClassTotals {
  /** `undefined`: no rule named one. */
  readonly name?: string;
  /** Of the stretch that is compared with. */
  readonly previousMs: number;
}

/** Time on a weekday (Monday = 1) in an hour of the local clock. */
export interface TrendHeatCell extends ClassTotals {
  readonly weekday: number;
  readonly hour: number;
}

export interface Trends {
  readonly span: Span;
  readonly firstDate: IsoDate;
  readonly lastDate: IsoDate;
  readonly totals: ClassTotals;
  /** Days with any time at the computer or a phone. */
  readonly activeDays: number;
  readonly previous: Compared & { readonly totals: ClassTotals };
  readonly columns: readonly TrendColumn[];
  /** Most time first. */
  readonly categories: readonly TrendCategory[];
  /** By weekday and local hour; none for a day. */
  readonly heat: readonly TrendHeatCell[];
  /** How each goal was kept. */
  readonly goals: readonly Run[];
  /** Days with more signal than noise. */
  readonly signalRun: Run;
  /** When the first time of all begins; `undefined`: there is none. */
  readonly recordedSinceMs: number | undefined;
}
