/**
 * A summary as an SMS: what fits well into two segments, in ASCII.
 * @module
 */
import type { Summary } from "../core/summary.ts";
import { comparedPoints, duration, percent, ratio } from "./words.ts";
import { shortTitleOf } from "./facts.ts";

/** Two segments of the GSM alphabet hold 306 characters. */
const LONGEST = 290;

/** At most 290 characters of ASCII, without line breaks. */
export function renderSms(summary: Summary): string {
  const { totals, signalShare, meanSignalShare: mean, snr, isOver } = summary;
  const parts = [];
  if (signalShare === null) parts.push(summary.sentence);
  else {
    const points = mean === null ? 0 : comparedPoints(signalShare, mean);
    const usual = points === 0 ? "" : ` (usual ${percent(mean ?? 0)})`;
    parts.push(`${percent(signalShare)} signal${usual}.`);
    parts.push(`Signal ${duration(totals.signalMs)}, noise ${duration(totals.noiseMs)}.`);
    if (snr !== null) parts.push(`SNR ${ratio(snr)}.`);
  }
  const noisePhoneMs = summary.phones.reduce((sum, phone) => sum + phone.noiseMs, 0);
  if (noisePhoneMs > 0) parts.push(`Phone noise ${duration(noisePhoneMs)}.`);
  parts.push(...goalSentence(summary));
  return fit(`ProdTracker, ${shortTitleOf(summary)}${isOver ? "" : " so far"}`, parts);
}

/** Of a day how many were met, of longer periods on how many of their days. */
function goalSentence({ goals, period }: Summary): string[] {
  const counted = goals.reduce((sum, goal) => sum + goal.countedDays, 0);
  const met = goals.reduce((sum, goal) => sum + goal.metDays, 0);
  if (counted === 0) return [];
  return [
    period === "day"
      ? `Goals met: ${met} of ${counted}.`
      : `Goals kept ${met} of ${counted} times.`,
  ];
}

/** As many of the sentences as there is room for, the first ones first. */
export function fit(title: string, sentences: readonly string[]): string {
  let text = `${ascii(title)}:`;
  for (const sentence of sentences) {
    const more = `${text} ${ascii(sentence)}`;
    if (more.length <= LONGEST) text = more;
  }
  return text;
}

function ascii(text: string): string {
  return text.replace(/[–—]/g, "-").replace(/[^\x20-\x7e]/g, "?");
}
