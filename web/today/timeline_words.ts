/**
 * A span of the timeline in words.
 * @module
 */
import { clip, formatClock, formatDuration, withoutControls } from "../format.ts";
import type { FocusState } from "../wire.ts";
import { CLASS_WORDS, FOCUS_WORDS } from "../words.ts";
import type { LaneKey, LaneSpan, SpanKind } from "./timeline_lanes.ts";
import type { TimelineClass } from "../../daemon/core/types.ts";

/** As much of a text of others as is said aloud. */
const SAID_LIMIT = 200;

/** What a span's kind is called: "Signal", "Focused", "Blocked". */
export function kindWord(kind: SpanKind): string {
  if (kind === "block") return "Blocked";
  return kind in CLASS_WORDS
    ? CLASS_WORDS[kind as TimelineClass]
    : FOCUS_WORDS[kind as FocusState] ?? kind;
}

/** Whether a kind is a class, which has a mark of its own. */
export function isClass(kind: SpanKind): kind is TimelineClass {
  return kind in CLASS_WORDS;
}

/** "09:12 – 09:40", where the day begins at `dayMs`. */
export function formatSpan(span: LaneSpan, dayMs: number): string {
  const clock = (seconds: number) => formatClock(new Date(dayMs + seconds * 1000).toISOString());
  const [from, to] = [clock(span.from), clock(span.to)];
  return from === to ? from : `${from} – ${to}`;
}

/** What is said of a piece that stands for several: "12 windows, mostly"; nothing of one that does not. */
export function severalWords(lane: LaneKey, { count }: LaneSpan): string | undefined {
  if (count === 1) return undefined;
  if (lane === "window") return `${count} windows, mostly`;
  return lane.startsWith("phone:") ? `${count} apps, mostly` : `${count} times, mostly`;
}

/** What a click on a span leads to. */
export function openWords(lane: LaneKey): string {
  if (lane === "focus") return "Open focus sessions";
  return lane === "blocks" ? "Open blocks" : "Change this time";
}

/** All of it in one line, as it is said aloud. */
export function sayPlace(laneName: string, lane: LaneKey, span: LaneSpan, dayMs: number): string {
  const said = (text: string) => withoutControls(clip(text, SAID_LIMIT));
  const texts = [span.app, span.title].filter((text) => text !== undefined).map(said);
  const several = severalWords(lane, span);
  return [
    said(laneName),
    formatSpan(span, dayMs),
    formatDuration(span.seconds),
    [several, texts.join(": ")].filter(Boolean).join(" "),
    // An away lane that says "away" says it twice.
    lane === "afk" ? "" : kindWord(span.kind).toLowerCase(),
  ].filter(Boolean).join(", ");
}
