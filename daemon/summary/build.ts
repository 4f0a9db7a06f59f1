/**
 * What a period came to, as plain data.
 * @module
 */
import type { Summary } from "../core/summary.ts";
import { addTotals, emptyTotals, signalShare, snr } from "../core/totals.ts";
import type { ClassTotals } from "../core/types.ts";
import { cleanName, comparedPoints, duration } from "./words.ts";

/** What a summary is made of. */
export interface SummaryInput
  extends Omit<Summary, "snr" | "signalShare" | "meanSignalShare" | "sentence"> {
  /** Totals of the days before the period that have any time, for the mean. */
  readonly earlierDays: readonly ClassTotals[];
}

/** The summary of a period. */
export function buildSummary({ earlierDays, ...input }: SummaryInput): Summary {
  const earlier = emptyTotals();
  for (const day of earlierDays) addTotals(earlier, day);
  const meanSignalShare = signalShare(earlier);
  return {
    ...input,
    snr: snr(input.totals),
    signalShare: signalShare(input.totals),
    meanSignalShare,
    sentence: sentence(input, meanSignalShare),
  };
}

type Told = Pick<Summary, "totals" | "topApps" | "isOver">;

function sentence({ totals, topApps, isOver }: Told, mean: number | null): string {
  const share = signalShare(totals);
  const activeMs = totals.signalMs + totals.noiseMs + totals.neutralMs;
  if (activeMs === 0) {
    return totals.afkMs > 0
      ? `Nobody was active in this period; the computer ran for ${duration(totals.afkMs)}.`
      : "Nothing was recorded in this period.";
  }
  const soFar = isOver ? "" : "So far ";
  if (share === null) {
    return `${soFar}${duration(activeMs)} were recorded, none of it signal or noise.`;
  }
  const judged = `${soFar}${duration(totals.signalMs)} of signal against ${
    duration(totals.noiseMs)
  } of noise`;
  const most = worstOf(topApps, totals.noiseMs);
  if (mean === null) return `${judged}${most}.`;
  const points = comparedPoints(share, mean);
  const compared = points === 0
    ? "as much signal as usual"
    : `${Math.abs(points)} ${Math.abs(points) === 1 ? "point" : "points"} ${
      points > 0 ? "more" : "less"
    } signal than usual`;
  return `${judged}, ${compared}${most}.`;
}

/** "; most of the noise with firefox": where the noise was, as far as one app stands for it. */
function worstOf(topApps: Told["topApps"], noiseMs: number): string {
  const worst = topApps.find((item) => item.class === "noise" && item.name !== undefined);
  if (worst?.name === undefined || noiseMs === 0) return "";
  const part = worst.ms * 2 > noiseMs ? "most" : "the largest part";
  return `; ${part} of the noise with ${cleanName(worst.name, 40)}`;
}
