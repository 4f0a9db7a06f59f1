/**
 * Merging heartbeats into events.
 *
 * ```text
 * last   ├──── A ────┤
 * beat                  ├─ A ─┤      gap <= pulsetime, equal data
 * merged ├──────── A ────────┤
 * ```
 * The rule is ActivityWatch's (docs.activitywatch.net, "Buckets and events"); ours differs in that an
 * event never grows beyond {@linkcode MAX_EVENT_MS}, which bounds every search for what covers a moment.
 * @module
 */
import type { EventSource, Span, Subject } from "./types.ts";

/** The longest an event may last, in milliseconds: one day. */
export const MAX_EVENT_MS = 86_400_000;

/** An observation that something was true all through a span. */
export interface Heartbeat extends Span {
  readonly source: EventSource;
  readonly subject: Subject;
  readonly device?: string;
  /** The largest gap to the last event that is bridged; `undefined` never merges. */
  readonly pulsetimeMs?: number;
}

/** What two heartbeats must share to be parts of one event. */
export function sameData(a: Omit<Heartbeat, keyof Span>, b: Omit<Heartbeat, keyof Span>): boolean {
  return a.source === b.source && a.device === b.device && a.subject.app === b.subject.app &&
    a.subject.title === b.subject.title && a.subject.url === b.subject.url;
}

/**
 * The span of `last` grown to cover `beat`, or `undefined` when the two are different events: their
 * data differ, the gap exceeds the beat's pulsetime, the beat began before the last event did, or the
 * whole would exceed {@linkcode MAX_EVENT_MS}.
 */
export function mergeHeartbeat(
  last: Omit<Heartbeat, "pulsetimeMs">,
  beat: Heartbeat,
): Span | undefined {
  if (beat.pulsetimeMs === undefined || !sameData(last, beat)) return undefined;
  if (beat.startMs < last.startMs || beat.startMs - last.endMs > beat.pulsetimeMs) return undefined;
  const endMs = Math.max(last.endMs, beat.endMs);
  if (endMs - last.startMs > MAX_EVENT_MS) return undefined;
  return { startMs: last.startMs, endMs };
}

/** The parts of a span that are each at most {@linkcode MAX_EVENT_MS} long; an empty span is one part. */
export function splitLong(span: Span): Span[] {
  const parts: Span[] = [];
  let startMs = span.startMs;
  while (span.endMs - startMs > MAX_EVENT_MS) {
    parts.push({ startMs, endMs: startMs + MAX_EVENT_MS });
    startMs += MAX_EVENT_MS;
  }
  parts.push({ startMs, endMs: span.endMs });
  return parts;
}
