import type { DatabaseSync } from "node:sqlite";
import { type ExportFormat, exportHeader, exportLine } from "../core/export_format.ts";
import type { Span } from "../core/types.ts";
import { eventsAfter } from "./reads.ts";

/** Where an export goes on; `undefined`: it is complete. */
export type ExportPosition = { readonly startMs: number; readonly id: number } | undefined;

/** Small enough that handing a page on costs the event loop little. */
const PAGE_EVENTS = 250;

/** The next piece of an export as UTF-8, and where the one after begins. */
export function exportPage(
  db: DatabaseSync,
  span: Span,
  format: ExportFormat,
  after: ExportPosition,
): { text: Uint8Array<ArrayBuffer>; next: ExportPosition } {
  const events = eventsAfter(db, span, after, PAGE_EVENTS);
  const lines = events.map((event) => exportLine(event, format)).join("");
  const last = events.length === PAGE_EVENTS ? events[PAGE_EVENTS - 1] : undefined;
  return {
    text: new TextEncoder().encode(after ? lines : exportHeader(format) + lines),
    next: last && { startMs: last.startMs, id: last.id },
  };
}
