/**
 * How one number differs from another, in words.
 * @module
 */
import { formatDuration, LOCALE } from "../format.ts";
import type { WireTotals } from "../wire.ts";

const points = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** "+1 h 05 min", "−20 min"; under a minute "the same". */
export function durationChange(seconds: number, previousSeconds: number): string {
  const difference = seconds - previousSeconds;
  if (Math.abs(difference) < 60) return "the same";
  return signed(difference, formatDuration(Math.abs(difference)));
}

/** "+8 points" between two shares 0..1; `undefined` when either is not known. */
export function shareChange(share: number | null, previous: number | null): string | undefined {
  if (share === null || previous === null) return undefined;
  const difference = Math.round(share * 100) - Math.round(previous * 100);
  if (difference === 0) return "the same";
  const unit = Math.abs(difference) === 1 ? "point" : "points";
  return `${signed(difference, points.format(Math.abs(difference)))} ${unit}`;
}

/** "+0.4" between two ratios; `undefined` when either is not known. */
export function ratioChange(ratio: number | null, previous: number | null): string | undefined {
  if (ratio === null || previous === null) return undefined;
  const difference = Math.round((ratio - previous) * 10) / 10;
  return difference === 0 ? "the same" : signed(difference, oneDigit.format(Math.abs(difference)));
}

/** Whether there was anything in the time before to compare with. */
export function hasPrevious({ previous }: { readonly previous: WireTotals }): boolean {
  return previous.signal_seconds + previous.noise_seconds + previous.neutral_seconds +
      previous.afk_seconds > 0;
}

function signed(difference: number, text: string): string {
  return (difference > 0 ? "+" : "\u2212") + text;
}
