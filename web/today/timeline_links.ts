/**
 * Where a span of the timeline leads.
 * @module
 */
import type { Query, View } from "../router.ts";
import type { LaneKey, LaneSpan } from "./timeline_lanes.ts";

/** A session leads to the sessions, a block to blocking, all else to changing that time. */
export function addressOfSpan(
  lane: LaneKey,
  { from, to }: LaneSpan,
  dayMs: number,
): { readonly to: View; readonly query: Query } {
  if (lane === "focus") return { to: "focus", query: {} };
  if (lane === "blocks") return { to: "block", query: {} };
  const instant = (seconds: number) => new Date(dayMs + seconds * 1000).toISOString();
  return { to: "edits", query: { from: instant(from), to: instant(to) } };
}
