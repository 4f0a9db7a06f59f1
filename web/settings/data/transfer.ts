/**
 * Events out as a file and in again: what is asked for, and what came of it in words.
 * @module
 */
import { LOCALE } from "../../format.ts";
import { formatBytes } from "../moments.ts";
import type { WireImported } from "../settings_wire.ts";

export type Format = "jsonl" | "csv";

/** A range as it is chosen: dates with all of their day, either end open. */
export interface ExportWish {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly format: Format;
}

/** What is wrong with a range. */
export function rangeProblem({ from, to }: ExportWish): string | undefined {
  return from !== undefined && to !== undefined && from > to
    ? "It ends before it begins"
    : undefined;
}

/** What the file is called. */
export function fileName({ from, to, format }: ExportWish): string {
  const range = [from && `from-${from}`, to && `to-${to}`].filter(Boolean).join("-");
  return `prodtracker-${range || "all"}.${format}`;
}

/** The format of a file by its name, as the terminal guesses it. */
export function formatOf(name: string): Format {
  return /\.csv$/i.test(name) ? "csv" : "jsonl";
}

/** "1 event", "12,345 events". */
export function countOf(events: number): string {
  return events === 1 ? "1 event" : `${events.toLocaleString(LOCALE)} events`;
}

/** What an import came to, a line each; the first is the whole. */
export function importWords(reply: WireImported): string[] {
  const { read, added, duplicates, dropped, redacted, rejected } = reply;
  const lines = [`${countOf(read)} read, ${added.toLocaleString(LOCALE)} added.`];
  if (duplicates > 0) {
    lines.push(`${countOf(duplicates)} ${duplicates === 1 ? "was" : "were"} there already.`);
  }
  if (dropped > 0) lines.push(`${countOf(dropped)} left out by your privacy rules.`);
  if (redacted > 0) {
    lines.push(`${countOf(redacted)} without title and address by your privacy rules.`);
  }
  if (rejected > 0) lines.push(`${countOf(rejected)} could not be read.`);
  return lines;
}

/** How much of a file is sent; never all of it before it is. */
export function sentWords(bytes: number, total: number): string {
  if (bytes >= total) return "All of it is sent; the rest is being stored.";
  return `${Math.floor(100 * bytes / total)} % of ${formatBytes(total)} sent`;
}
