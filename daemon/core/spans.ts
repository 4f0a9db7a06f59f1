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
