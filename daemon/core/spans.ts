/**
 * Arithmetic of half-open spans.
 * @module
 */
import type { Span } from "./types.ts";

/** Width of a rollup bucket, in milliseconds: every zone's offset is a multiple of 15 minutes. */
export const BUCKET_MS = 900_000;

/** The start of the bucket that holds `ms`. */
export function bucketOf(ms: number): number {
  return Math.floor(ms / BUCKET_MS) * BUCKET_MS;
}

/** The parts of a span by bucket: `[bucketMs, lengthMs]`, in order; none when the span is empty. */
export function* byBucket(span: Span): Generator<[bucketMs: number, lengthMs: number]> {
  for (let bucketMs = bucketOf(span.startMs); bucketMs < span.endMs; bucketMs += BUCKET_MS) {
    const startMs = Math.max(bucketMs, span.startMs);
    const lengthMs = Math.min(bucketMs + BUCKET_MS, span.endMs) - startMs;
    if (lengthMs > 0) yield [bucketMs, lengthMs];
  }
}

/** The union of spans, in order, with neighbours joined; empty spans are left out. */
export function unionSpans(spans: readonly Span[]): Span[] {
  const sorted = spans.filter((s) => s.endMs > s.startMs).sort((a, b) => a.startMs - b.startMs);
  const union: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of sorted) {
    const last = union.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else union.push({ startMs, endMs });
  }
  return union;
}

/**
 * What is left of `whole` without the parts in `taken`, in order; a whole without length is left unless a part
 * touches it.
 */
export function spansWithout(whole: Span, taken: readonly Span[]): Span[] {
  const { startMs, endMs } = whole;
  if (startMs === endMs) {
    const isTaken = taken.some((span) => span.startMs <= startMs && span.endMs >= endMs);
    return isTaken ? [] : [{ startMs, endMs }];
  }
  const left: Span[] = [];
  let fromMs = startMs;
  for (const span of unionSpans(taken)) {
    if (span.endMs <= startMs) continue;
    if (span.startMs >= endMs) break;
    if (span.startMs > fromMs) left.push({ startMs: fromMs, endMs: span.startMs });
    fromMs = span.endMs;
  }
  if (fromMs < endMs) left.push({ startMs: fromMs, endMs });
  return left;
}
