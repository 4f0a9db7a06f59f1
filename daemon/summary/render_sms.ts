/**
 * A summary as an SMS: what fits well into two segments, in ASCII.
 * @module
 */
import type { Summary } from "../core/summary.ts";
import { comparedPoints, duration, percent, ratio } from "./words.ts";
import { goalFacts, shortTitleOf } from "./facts.ts";

/** Two segments of the GSM alphabet hold 306 characters. */
const LONGEST = 290;

/** At most 290 characters of ASCII, without line breaks. */
export function renderSms(summary: Summary): string {
  const { totals, signalShare, meanSignalShare: mean, snr } = summary;
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
  const settled = goalFacts(summary).filter(({ state }) => state !== "open");
  if (settled.length > 0) {
    const met = settled.filter(({ state }) => state === "met").length;
    parts.push(`Goals met: ${met} of ${settled.length}.`);
  }
  return fit(`ProdTracker, ${shortTitleOf(summary)}`, parts);
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
