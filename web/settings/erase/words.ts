/**
 * What an erasing would do, does or did, in words.
 * @module
 */
import { formatDuration, LOCALE } from "../../format.ts";
import type { WireErasurePreview, WireErasureProgress } from "../privacy_wire.ts";

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** "1 event", "12,345 events". */
export function countOf(count: number, what: string, many = `${what}s`): string {
  return `${whole.format(count)} ${count === 1 ? what : many}`;
}

/** A whole number in the person's own way of writing it. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** Bytes in the units that disks are sold in: "830 kB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${whole.format(bytes)}\u202fB`;
  const [size, unit] = bytes < 1e6
    ? [bytes / 1e3, "kB"]
    : bytes < 1e9
    ? [bytes / 1e6, "MB"]
    : [bytes / 1e9, "GB"];
  return `${(size < 9.95 ? oneDigit : whole).format(size)}\u202f${unit}`;
}

/** What would go, a part for each kind of thing; empty when nothing would. */
export function goesWords(facts: WireErasurePreview): string[] {
  const { events, seconds, screenshots, notes, heartbeats, focus_sessions } = facts;
  const length = seconds > 0 ? ` (${formatDuration(seconds)})` : "";
  const kinds: [number, string][] = [
    [screenshots, "screenshot"],
    [notes, "note"],
    [heartbeats, "phone heartbeat"],
    [focus_sessions, "focus session"],
  ];
  return [
    ...(events > 0 ? [`${countOf(events, "event")}${length}`] : []),
    ...kinds.filter(([count]) => count > 0).map(([count, what]) => countOf(count, what)),
  ];
}

/** What happens besides, a sentence each. */
export function besidesWords({ messages, copies }: WireErasurePreview): string[] {
  const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  return [
    ...(messages > 0
      ? [`${countOf(messages, "message")} not yet sent will not be: they may tell of it.`]
      : []),
    ...(copies.length > 0
      ? [
        `${countOf(copies.length, "daily copy", "daily copies")} (${formatBytes(bytes)}) ` +
        `${copies.length === 1 ? "is" : "are"} rewritten without it.`,
      ]
      : []),
  ];
}

/** How far it is, of 1, with words; without a share while nobody can tell. */
export function progressOf(
  { phase, events, places, places_done }: WireErasureProgress,
): { readonly words: string; readonly share: number | undefined } {
  if (phase === "database") {
    return { words: `Erasing: ${countOf(events, "event")} so far`, share: undefined };
  }
  if (phase === "done") return { words: `Erased ${countOf(events, "event")}`, share: 1 };
  return {
    words: `Erased ${
      countOf(events, "event")
    }; copies and other places: ${places_done} of ${places}`,
    share: places === 0 ? undefined : places_done / places,
  };
}

const PLACES: Readonly<Record<string, string>> = {
  ...{ database: "The database", phones: "What Redis knows of phones" },
  ...{ outbox: "The outbox", log: "The database's log" },
};

/** A place where something is pending; a path is told as it is. */
export function placeWords(place: string): string {
  return PLACES[place] ?? place;
}

const moment = new Intl.DateTimeFormat(LOCALE, {
  ...{ year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" },
});

/** A day and a time of day: "23 Nov 2026, 14:05". */
export function formatMoment(iso: string): string {
  return moment.format(new Date(iso));
}
