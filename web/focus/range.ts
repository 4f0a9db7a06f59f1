/**
 * How much of the past the Focus page shows: it stands in the address.
 * @module
 */
import { query, setQuery } from "../router.ts";

/** The ranges that can be chosen, in days. */
export const RANGES = [
  { days: 7, name: "7 days" },
  { days: 28, name: "4 weeks" },
  { days: 91, name: "3 months" },
  { days: 365, name: "A year" },
] as const;

const DEFAULT_DAYS = 28;

/** The days that the address asks for. */
export function rangeDays(): number {
  const asked = Number(query.value.get("days"));
  return RANGES.find(({ days }) => days === asked)?.days ?? DEFAULT_DAYS;
}

/** Shows another range, from its newest session on. */
export function showRange(days: number): void {
  setQuery({ days: days === DEFAULT_DAYS ? undefined : String(days), before: undefined });
}
