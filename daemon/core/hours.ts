/**
 * Times by the hour of the local clock.
 * @module
 */
import { localHours, type Zone } from "./day.ts";
import { addTotals, emptyTotals } from "./totals.ts";
import type { ClassTotals, Span } from "./types.ts";

export interface HourTotals {
  readonly span: Span;
  readonly totals: ClassTotals;
}

/**
 * Totals of each local hour of a span.
 * @param buckets Those that begin inside the span, in order.
 */
export function hourTotals(
  buckets: readonly (ClassTotals & { readonly bucketMs: number })[],
  span: Span,
  zone: Zone,
): HourTotals[] {
  const hours = localHours(span, zone).map((hour) => ({ span: hour, totals: emptyTotals() }));
  let index = 0;
  for (const bucket of buckets) {
    while (bucket.bucketMs >= hours[index].span.endMs) index++;
    addTotals(hours[index].totals, bucket);
  }
  return hours;
}
