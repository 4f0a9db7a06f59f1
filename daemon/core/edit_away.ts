/**
 * "Where were you?": which times away are worth asking about.
 * @module
 */
import { spansWithout, unionSpans } from "./spans.ts";
import type { Span } from "./types.ts";

/** Shorter times away are a coffee, and nobody wants to be asked about them. */
export const ASK_AFTER_MS = 10 * 60_000;
/** Whoever was back for less than this was not really back. */
export const SHORT_RETURN_MS = 2 * 60_000;

/**
 * The times away that are worth asking about, in order, joined over short returns.
 * @param away When the person was away.
 * @param answered What has an entry, or was dismissed: it is in none of them, and nothing is joined over it.
 * @param presentMs How long the person was there within a span; asleep, nobody is.
 */
export function awayToAsk(
  away: readonly Span[],
  answered: readonly Span[],
  presentMs: (gap: Span) => number,
): Span[] {
  const open = unionSpans(away).flatMap((span) => spansWithout(span, answered));
  const joined: Span[] = [];
  for (const span of open) {
    const last = joined.at(-1);
    const gap = last && { startMs: last.endMs, endMs: span.startMs };
    const joins = gap && !answered.some((each) => meets(each, gap)) &&
      // Nobody was there for longer than it lasted: most need not be asked.
      (gap.endMs - gap.startMs <= SHORT_RETURN_MS || presentMs(gap) <= SHORT_RETURN_MS);
    if (joins) joined[joined.length - 1] = { startMs: last.startMs, endMs: span.endMs };
    else joined.push(span);
  }
  return joined.filter(({ startMs, endMs }) => endMs - startMs >= ASK_AFTER_MS);
}

function meets(a: Span, b: Span): boolean {
  return a.startMs < b.endMs && a.endMs > b.startMs || a.startMs === b.startMs ||
    a.endMs === b.endMs;
}
