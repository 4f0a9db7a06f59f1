/**
 * Focus sessions of the demo: what a camera would have seen of somebody at work.
 * @module
 */
import type { DemoSegment } from "./demo_day.ts";
import type { DemoRandom } from "./demo_random.ts";
import type { FocusSpan } from "./focus.ts";

export interface DemoFocusSession {
  readonly plannedMinutes: number;
  /** In order, without gaps; never empty. */
  readonly spans: readonly FocusSpan[];
}

const MIN_MS = 60_000;
/** Less is not worth a session. */
const LEAST_MS = 30 * MIN_MS;

/** Sessions in the longer stretches of work, most of them. */
export function demoFocus(
  segments: readonly DemoSegment[],
  random: DemoRandom,
): DemoFocusSession[] {
  const sessions: DemoFocusSession[] = [];
  for (const { task, startMs, endMs } of segments) {
    const isDeep = task === "code" || task === "write";
    if (!isDeep || endMs - startMs < LEAST_MS || !random.chance(0.65)) continue;
    const beginMs = startMs + random.between(30_000, 3 * MIN_MS);
    const plannedMinutes = endMs - beginMs > 52 * MIN_MS && random.chance(0.7) ? 50 : 25;
    const lastMs = Math.min(endMs, beginMs + plannedMinutes * MIN_MS);
    sessions.push({ plannedMinutes, spans: spansBetween(beginMs, lastMs, random) });
  }
  return sessions;
}

function spansBetween(beginMs: number, lastMs: number, random: DemoRandom): FocusSpan[] {
  const spans: FocusSpan[] = [];
  let startMs = beginMs;
  const add = (state: FocusSpan["state"], leastS: number, mostS: number) => {
    const endMs = Math.min(lastMs, startMs + random.between(leastS * 1000, mostS * 1000));
    if (endMs > startMs) spans.push({ startMs, endMs, state });
    startMs = endMs;
  };
  while (startMs < lastMs) {
    add("focused", 70, 420);
    if (random.chance(0.08)) add("no_face", 65, 170);
    else if (random.chance(0.15)) add("uncertain", 2, 8);
    else add("unfocused", 4, 45);
  }
  return spans;
}
