/**
 * What `/activity/trends` sends, as the page sees it; times are ISO 8601 UTC, dates local to the daemon.
 * @module
 */
import type { TrendPeriod, TrendUnit } from "../../daemon/core/trends.ts";
import type { WireTotals } from "../wire.ts";

export interface WireRatios {
  readonly snr: number | null;
  readonly signal_share: number | null;
}

/** How something was kept from day to day. */
export interface WireRun {
  readonly met_days: number;
  readonly counted_days: number;
  readonly streak_days: number;
  readonly longest_days: number;
}

export interface WireGoal {
  readonly kind: "at_least" | "at_most";
  readonly class: "signal" | "noise";
  readonly minutes: number;
}

export interface WireTrendColumn extends WireTotals {
  readonly start: string;
  readonly end: string;
  readonly date: string;
  readonly signal_share: number | null;
  /** In the order of the categories. */
  readonly category_seconds: readonly number[];
  /** In the order of the goals; none for an hour. */
  readonly goals: readonly { readonly met_days: number; readonly counted_days: number }[];
}

export interface WireTrendCategory {
  /** "media/video"; `null`: no rule named one. */
  readonly name: string | null;
  readonly signal_seconds: number;
  readonly noise_seconds: number;
  readonly neutral_seconds: number;
  readonly previous_seconds: number;
}

export interface WireHeatCell extends WireTotals {
  readonly weekday: number;
  readonly hour: number;
}

export interface WireTrends extends WireTotals, WireRatios {
  readonly period: TrendPeriod;
  readonly unit: TrendUnit;
  readonly from: string;
  readonly to: string;
  readonly first_date: string;
  readonly last_date: string;
  readonly today: string;
  /** Minutes after local midnight at which a day begins. */
  readonly day_start_minutes: number;
  readonly is_over: boolean;
  readonly active_days: number;
  readonly previous: WireTotals & WireRatios & {
    readonly from: string;
    readonly to: string;
    readonly first_date: string;
    readonly last_date: string;
    readonly is_part: boolean;
  };
  readonly columns: readonly WireTrendColumn[];
  readonly categories: readonly WireTrendCategory[];
  readonly heat: readonly WireHeatCell[];
  readonly goals: readonly (WireGoal & WireRun)[];
  readonly more_signal: WireRun;
  /** The date of the first time of all. */
  readonly recorded_since: string | null;
}
