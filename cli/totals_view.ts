/**
 * Times by class, and what took them, for a person.
 * @module
 */
import type { WireTimes, WireTotals } from "../daemon/api/wire.ts";
import { bar } from "./bars.ts";
import { bold, CLASS_STYLE, CLASSES, dim } from "./style.ts";
import { table } from "./table.ts";
import type { TopItem } from "./wire.ts";
import { duration, percent, ratio } from "./words.ts";

const MAX_BAR = 24;

/** A line a class: its name, its time, and a bar. */
export function timesTable(times: WireTimes, width: number): string[] {
  const longest = Math.max(...CLASSES.map((cls) => times[`${cls}_seconds`]), 1);
  const room = Math.max(4, Math.min(MAX_BAR, width - 28));
  const rows = CLASSES.map((cls) => {
    const seconds = times[`${cls}_seconds`];
    return [
      { text: CLASS_STYLE[cls].word, paint: CLASS_STYLE[cls].paint },
      { text: duration(seconds), paint: bold },
      { styled: bar(cls, seconds / longest, room) },
    ];
  });
  return indented(table([{}, { align: "right" }, {}], rows, width));
}

/** "64 % signal, SNR 1.8": what the times come to. */
export function verdict({ signal_share, snr }: WireTotals): string {
  if (signal_share === null) return dim("no signal and no noise yet");
  const against = snr === null ? "" : `, SNR ${ratio(snr)}`;
  return `${bold(percent(signal_share))} signal${dim(against)}`;
}

/** What took the most time, longest first. */
export function topTable(items: readonly TopItem[], width: number): string[] {
  const longest = Math.max(...items.map(({ seconds }) => seconds), 1);
  const room = Math.max(4, Math.min(MAX_BAR, width - 50));
  const rows = items.map(({ name, class: cls, seconds }) => [
    name ?? "(no name)",
    { text: duration(seconds), paint: bold },
    { text: CLASS_STYLE[cls].word, paint: CLASS_STYLE[cls].paint },
    { styled: bar(cls, seconds / longest, room) },
  ]);
  return indented(table([{ shrinkTo: 8 }, { align: "right" }, {}, {}], rows, width - 2));
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
