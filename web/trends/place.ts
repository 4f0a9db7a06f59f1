/**
 * Which period the address names.
 * @module
 */
import { isIsoDate } from "../../daemon/core/day.ts";
import { TREND_PERIODS, type TrendPeriod } from "../../daemon/core/trends.ts";
import { HEAT_KINDS, type HeatKind } from "./heat.ts";
import type { WireTrends } from "./wire.ts";

export interface Place {
  readonly period: TrendPeriod;
  /** `undefined`: today's. */
  readonly date: string | undefined;
  readonly heat: HeatKind;
}

/** What the address says; what it says wrongly is what it would be if it said nothing. */
export function placeOf(query: URLSearchParams): Place {
  const date = query.get("date") ?? "";
  return {
    period: oneOf(TREND_PERIODS, query.get("period")) ?? "week",
    date: isIsoDate(date) ? date : undefined,
    heat: oneOf(HEAT_KINDS, query.get("heat")) ?? "signal",
  };
}

/** Whether a reply is of the period that the address names. */
export function isShown(
  { period, date }: Place,
  trends: Pick<WireTrends, "period" | "first_date" | "last_date" | "today">,
): boolean {
  const wanted = date ?? trends.today;
  return trends.period === period && trends.first_date <= wanted && wanted <= trends.last_date;
}

function oneOf<T extends string>(known: readonly T[], text: string | null): T | undefined {
  return known.find((each) => each === text);
}
