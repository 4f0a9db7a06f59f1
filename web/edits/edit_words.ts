/**
 * Edits and what they touch, in words. Pure.
 * @module
 */
import type { WireEdit, WireTouched } from "../../daemon/api/edits_wire.ts";
import type { EventSource } from "../../daemon/core/types.ts";
import { formatClock, formatDuration } from "../format.ts";

/** What each source is called where one is chosen. */
export const SOURCE_WORDS: Record<EventSource, string> = {
  window: "Windows",
  afk: "Away",
  phone: "Phone",
  manual: "By hand",
};

const KIND_WORDS: Record<WireEdit["kind"], string> = {
  add: "Added",
  change: "Changed",
  delete: "Deleted",
  note: "Note",
};

/** "Deleted", "Note"; a kind that this page does not know keeps its name. */
export function kindWord(kind: WireEdit["kind"]): string {
  return KIND_WORDS[kind] ?? kind;
}

/** "10:02 – 10:48", or a moment. */
export function rangeWords(from: string, to: string | null): string {
  return to === null || to === from
    ? formatClock(from)
    : `${formatClock(from)} – ${formatClock(to)}`;
}

/** "12 records: 30 min signal, 5 min away"; "nothing" when there is none. */
export function touchedWords(touched: WireTouched): string {
  const times = [
    [touched.signal_seconds, "signal"],
    [touched.noise_seconds, "noise"],
    [touched.neutral_seconds, "neutral"],
    [touched.afk_seconds, "away"],
  ] as const;
  const told = times.filter(([seconds]) => seconds > 0)
    .map(([seconds, name]) => `${formatDuration(seconds)} ${name}`);
  if (touched.events === 0 && told.length === 0) return "nothing";
  const events = touched.events === 1 ? "1 record" : `${touched.events} records`;
  return told.length === 0 ? events : `${events}: ${told.join(", ")}`;
}

/** What was saved, for saying it: "Added 11 min"; of a deletion, what went, which may be less than its time. */
export function savedWords({ kind, from, to, seconds }: WireEdit, touched?: WireTouched): string {
  if (kind === "note") return "Note saved";
  if (kind === "add") return `${kindWord(kind)} ${formatDuration(seconds)}`;
  return `${kindWord(kind)} ${touched ? touchedWords(touched) : rangeWords(from, to)}`;
}
