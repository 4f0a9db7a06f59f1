/**
 * Events as text, out and in: JSON Lines and CSV (RFC 4180) with the same fields.
 * @module
 */
import type { ActivityEvent, Classification, EventSource, Span } from "./types.ts";

/** The fields of an exported event, in the order of CSV's columns. */
export const EXPORT_FIELDS = [
  "start",
  "end",
  "utc_offset_minutes",
  "source",
  "device",
  "app",
  "title",
  "url",
  "class",
  "category",
] as const;

export type ExportFormat = "jsonl" | "csv";

/** All the time that can be exported, and so imported: 1970 to 2069. */
export const ALL_TIME: Span = { startMs: 0, endMs: Date.UTC(2070, 0) };

/**
 * An event read from an export; class and category are taken over of what was entered by hand only, the rules judge
 * the rest anew.
 */
export interface ImportedEvent {
  readonly source: EventSource;
  readonly startMs: number;
  readonly endMs: number;
  readonly utcOffsetMin?: number;
  readonly device?: string;
  readonly subject: { readonly app?: string; readonly title?: string; readonly url?: string };
  readonly byHand?: Classification;
}

/** CSV's first line; JSON Lines has none. */
export function exportHeader(format: ExportFormat): string {
  return format === "csv" ? `${EXPORT_FIELDS.join(",")}\r\n` : "";
}

/** One event as one line. */
export function exportLine(event: ActivityEvent, format: ExportFormat): string {
  const row: Record<(typeof EXPORT_FIELDS)[number], string | number | null> = {
    start: new Date(event.startMs).toISOString(),
    end: new Date(event.endMs).toISOString(),
    utc_offset_minutes: event.utcOffsetMin,
    source: event.source,
    device: event.device ?? null,
    app: event.app ?? null,
    title: event.title ?? null,
    url: event.url ?? null,
    class: event.class,
    category: event.category ?? null,
  };
  if (format === "jsonl") return `${JSON.stringify(row)}\n`;
  return `${EXPORT_FIELDS.map((field) => csvField(row[field])).join(",")}\r\n`;
}

/** What a spreadsheet takes for a formula, with the quotes before it that say that it is none. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function csvField(value: string | number | null): string {
  if (value === null) return "";
  // Titles are others' words: "=HYPERLINK(…)" must stay one when a spreadsheet opens the file.
  const isFormula = typeof value === "string" && FORMULA.test(value);
  const text = isFormula ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row of exported CSV without the quotes by which texts that look like formulas are kept texts. */
export function csvTexts(row: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map(([name, text]) => [
      name,
      text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text,
    ]),
  );
}

/**
 * An event from an exported object (a parsed JSON line, or a CSV row by column name).
 * @throws {TypeError} naming the field that is missing or wrong.
 */
export function importEvent(value: unknown): ImportedEvent {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError("is not an object");
  }
  const row = value as Record<string, unknown>;
  const startMs = instant(row.start, "start"), endMs = instant(row.end, "end");
  if (endMs < startMs) throw new TypeError(`"end" is before "start"`);
  if (endMs - startMs > 86_400_000) {
    throw new TypeError(`"end" is more than 24 hours after "start"`);
  }
  if (startMs < ALL_TIME.startMs || endMs > ALL_TIME.endMs) {
    throw new TypeError(`"start" and "end" must be in the years 1970 to 2069`);
  }
  const { source } = row;
  if (source !== "window" && source !== "afk" && source !== "phone" && source !== "manual") {
    throw new TypeError(`"source" must be window, afk, phone or manual`);
  }
  const subject = {
    app: optionalText(row.app, "app"),
    title: optionalText(row.title, "title"),
    url: optionalText(row.url, "url"),
  };
  const utcOffsetMin = offset(row.utc_offset_minutes);
  return {
    source,
    startMs,
    endMs,
    utcOffsetMin,
    device: optionalText(row.device, "device"),
    subject,
    ...source === "manual" && { byHand: classification(row) },
  };
}

function classification(row: Record<string, unknown>): Classification {
  const { class: cls } = row;
  if (cls !== "signal" && cls !== "noise" && cls !== "neutral") {
    throw new TypeError(`"class" of what was entered by hand must be signal, noise or neutral`);
  }
  return { class: cls, category: optionalText(row.category, "category") };
}

function instant(value: unknown, field: string): number {
  const ms =
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)
      ? Date.parse(value)
      : NaN;
  if (Number.isNaN(ms)) {
    throw new TypeError(`"${field}" must be a time such as 2026-01-31T09:30:00.000Z`);
  }
  return ms;
}

function optionalText(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string" || value.length > 10_000) {
    throw new TypeError(`"${field}" must be a text of at most 10000 characters`);
  }
  // SQLite would keep what follows a NUL, and never give it back.
  return value.replaceAll("\0", " ");
}

function offset(value: unknown): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const minutes = typeof value === "string" ? Number(value) : value;
  if (typeof minutes !== "number" || !Number.isInteger(minutes) || Math.abs(minutes) > 1080) {
    throw new TypeError(`"utc_offset_minutes" must be a whole number from -1080 to 1080`);
  }
  return minutes;
}
