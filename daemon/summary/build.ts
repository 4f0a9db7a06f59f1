/**
 * What a period came to, as plain data.
 * @module
 */
import { addTotals, emptyTotals, signalShare, snr } from "../core/totals.ts";
import type { ClassTotals, TimelineClass } from "../core/types.ts";

/** A named share of the time. */
export interface SummaryItem {
  readonly name?: string;
  readonly class: TimelineClass;
  readonly ms: number;
}

/** What a summary is made of. */
export interface SummaryInput {
  readonly totals: ClassTotals;
  /** Totals of the days before the period that have any time, for the mean. */
  readonly earlierDays: readonly ClassTotals[];
  readonly topApps: readonly SummaryItem[];
  readonly topCategories: readonly SummaryItem[];
}

export interface Summary extends SummaryInput {
  readonly snr: number | null;
  readonly signalShare: number | null;
  /** Signal's share over all earlier days together; `null` when they have none. */
  readonly meanSignalShare: number | null;
  /** One honest sentence. */
  readonly sentence: string;
}

/** The summary of a period. */
export function buildSummary(input: SummaryInput): Summary {
  const { totals, earlierDays } = input;
  const earlier = emptyTotals();
  for (const day of earlierDays) addTotals(earlier, day);
  const meanSignalShare = signalShare(earlier);
  return {
    ...input,
    snr: snr(totals),
    signalShare: signalShare(totals),
    meanSignalShare,
    sentence: sentence(input, meanSignalShare),
  };
}

function sentence({ totals, topApps }: SummaryInput, mean: number | null): string {
  const share = signalShare(totals);
  const activeMs = totals.signalMs + totals.noiseMs + totals.neutralMs;
  if (activeMs === 0) return "Nothing was recorded in this period.";
  if (share === null) return `${duration(activeMs)} were recorded, none of it signal or noise.`;
  const judged = `${duration(totals.signalMs)} of signal against ${
    duration(totals.noiseMs)
  } of noise`;
  const worst = topApps.find((item) => item.class === "noise" && item.name !== undefined);
  const most = worst && totals.noiseMs > 0 ? `; most of the noise with ${worst.name}` : "";
  if (mean === null) return `${judged}${most}.`;
  const points = Math.round((share - mean) * 100);
  const compared = points === 0
    ? "as much signal as usual"
    : `${Math.abs(points)} points ${points > 0 ? "more" : "less"} signal than usual`;
  return `${judged}, ${compared}${most}.`;
}

/** A time in words: "3 h 12 min", "45 s". */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0
    ? `${minutes / 60} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
