/**
 * What of a day is chosen to be changed: it stands in the address, so that links lead to it. Pure.
 * @module
 */
import { localHours, type Zone } from "../../daemon/core/day.ts";
import type { Span } from "../../daemon/core/types.ts";

/** A span, and the event that was chosen when it is all of one. */
export interface Selection extends Span {
  readonly event?: number;
}

/** What an address chooses; `undefined`: nothing that could be. */
export function selectionOf(params: URLSearchParams): Selection | undefined {
  const startMs = Date.parse(params.get("from") ?? ""), endMs = Date.parse(params.get("to") ?? "");
  if (!(endMs > startMs)) return undefined;
  const event = Number(params.get("event") ?? NaN);
  return { startMs, endMs, ...Number.isSafeInteger(event) && event > 0 && { event } };
}

/** What is chosen, if any of it lies in the day that is shown; what does not is another day's. */
export function selectionIn(day: Span, selection: Selection | undefined): Selection | undefined {
  const isIn = selection && selection.startMs < day.endMs && selection.endMs > day.startMs;
  return isIn ? selection : undefined;
}

/** An hour as it can be corrected: what of it has been; `undefined`: it is still to come. */
export function untilNow({ startMs, endMs }: Span, nowMs: number): Selection | undefined {
  const lastMs = Math.min(endMs, Math.floor(nowMs / 1000) * 1000);
  return lastMs > startMs ? { startMs, endMs: lastMs } : undefined;
}

/** The same for the address; `undefined` chooses nothing. */
export function queryOf(selection: Selection | undefined) {
  if (selection === undefined) return { from: undefined, to: undefined, event: undefined };
  const { startMs, endMs, event } = selection;
  return {
    from: new Date(startMs).toISOString(),
    to: new Date(endMs).toISOString(),
    event: event === undefined ? undefined : String(event),
  };
}

/** From the begin of the one to the end of the other, whichever comes first. */
export function joined(a: Span, b: Span): Selection {
  return { startMs: Math.min(a.startMs, b.startMs), endMs: Math.max(a.endMs, b.endMs) };
}

/** What of a day is listed: the whole hours of the clock around what is chosen, else all of it. */
export function listedSpan(selection: Selection | undefined, day: Span, zone: Zone): Span {
  if (selection === undefined) return day;
  const hours = localHours(day, zone)
    .filter(({ startMs, endMs }) => startMs < selection.endMs && endMs > selection.startMs);
  if (hours.length === 0) return day;
  return { startMs: hours[0].startMs, endMs: hours[hours.length - 1].endMs };
}

/** Whether a row of the list is among what is chosen. */
export function isChosen(row: Span & { readonly id: number }, selection: Selection | undefined) {
  if (selection === undefined) return false;
  if (selection.event !== undefined) return selection.event === row.id;
  return row.startMs >= selection.startMs && row.endMs <= selection.endMs;
}
