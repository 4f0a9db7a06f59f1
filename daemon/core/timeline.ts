/**
 * One second, one class: what the sources saw, resolved to a single line.
 *
 * ```text
 * phone (noise, screen on)           ├─ p ─┤
 * afk                        ├──────── a ─────────┤
 * window             ├──────────── w ────────────────────┤
 * resolved           ├─ w ──┤├─ a ──┤├─ p ─┤├─ a ─┤├─ w ─┤
 * ```
 * @module
 */
import type { EventSource, Span, TimelineClass } from "./types.ts";

/** What the resolution needs to know of an event. */
export interface Claim extends Span {
  readonly id: number;
  /** Which of two came later; a piece of an event came with the whole. @default the id */
  readonly rank?: number;
  readonly source: EventSource;
  readonly class: TimelineClass;
}

/** A piece of the resolved line: all of it belongs to one event. */
export interface Segment extends Span {
  readonly eventId: number;
}

/** How strongly an event claims its time; 0: not at all (a phone that does not distract). */
export function claimPriority(claim: Pick<Claim, "source" | "class">): number {
  switch (claim.source) {
    case "manual":
      return 4;
    case "phone":
      return claim.class === "noise" ? 3 : 0;
    case "afk":
      return 2;
    case "window":
      return 1;
  }
}

/**
 * The segments of `span` in order, none overlapping another, neighbours of one event joined; time
 * that no event claims is in none. Of equal priorities the later event (the larger rank) wins.
 */
export function resolveTimeline(span: Span, claims: readonly Claim[]): Segment[] {
  const inside = claims.filter((claim) =>
    claim.endMs > claim.startMs && claim.endMs > span.startMs && claim.startMs < span.endMs &&
    claimPriority(claim) > 0
  ).sort((a, b) => a.startMs - b.startMs);
  const cuts = new Set([span.startMs, span.endMs]);
  for (const claim of inside) {
    cuts.add(Math.max(claim.startMs, span.startMs));
    cuts.add(Math.min(claim.endMs, span.endMs));
  }
  const moments = [...cuts].sort((a, b) => a - b);
  const segments: Segment[] = [];
  let active: Claim[] = [];
  let next = 0;
  for (let i = 0; i + 1 < moments.length; i++) {
    const startMs = moments[i], endMs = moments[i + 1];
    while (next < inside.length && inside[next].startMs <= startMs) active.push(inside[next++]);
    active = active.filter((claim) => claim.endMs > startMs);
    const winner = strongest(active);
    if (!winner) continue;
    const last = segments.at(-1);
    if (last?.eventId === winner.id && last.endMs === startMs) {
      segments[segments.length - 1] = { ...last, endMs };
    } else {
      segments.push({ startMs, endMs, eventId: winner.id });
    }
  }
  return segments;
}

function strongest(claims: readonly Claim[]): Claim | undefined {
  let best: Claim | undefined;
  for (const claim of claims) {
    if (!best) best = claim;
    else {
      const difference = claimPriority(claim) - claimPriority(best);
      if (difference > 0 || (difference === 0 && rank(claim) > rank(best))) best = claim;
    }
  }
  return best;
}

function rank(claim: Claim): number {
  return claim.rank ?? claim.id;
}
