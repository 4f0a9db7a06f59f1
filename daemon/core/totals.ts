/**
 * What time per class amounts to.
 * @module
 */
import type { ClassTotals, TimelineClass } from "./types.ts";

/** No time in any class. */
export function emptyTotals(): ClassTotals {
  return { signalMs: 0, noiseMs: 0, neutralMs: 0, afkMs: 0 };
}

/** Adds `ms` of one class to `totals`, in place. */
export function addToTotals(totals: ClassTotals, cls: TimelineClass, ms: number): void {
  totals[`${cls}Ms`] += ms;
}

/** Adds other totals to `totals`, in place. */
export function addTotals(totals: ClassTotals, more: ClassTotals): void {
  totals.signalMs += more.signalMs;
  totals.noiseMs += more.noiseMs;
  totals.neutralMs += more.neutralMs;
  totals.afkMs += more.afkMs;
}

/** Signal time / noise time; `null`, never infinity, when there is no noise. */
export function snr(totals: ClassTotals): number | null {
  return totals.noiseMs > 0 ? totals.signalMs / totals.noiseMs : null;
}

/** Signal's share of signal and noise, 0..1; `null` when there is neither. */
export function signalShare(totals: ClassTotals): number | null {
  const judgedMs = totals.signalMs + totals.noiseMs;
  return judgedMs > 0 ? totals.signalMs / judgedMs : null;
}
