/**
 * What the person of the demo wrote down: notes, and where they had been.
 * @module
 */
import type { DemoSegment } from "./demo_day.ts";
import type { DemoRandom } from "./demo_random.ts";
import type { Entry, Note } from "./edit.ts";
import type { Span } from "./types.ts";

/** An entry by hand, and when it was made. */
export interface DemoEntry extends Entry {
  readonly toldMs: number;
}

const MIN_MS = 60_000;

const NOTES: Readonly<Partial<Record<NonNullable<DemoSegment["task"]>, readonly string[]>>> = {
  code: [
    "Tide table splits by port now",
    "Berths: free only once, test first",
    "Stuck on the date gaps; ask Ada",
    "Ada was right about the gaps: a window function does it",
    "Query planner took the wrong index; ANALYZE helped",
    "Moorings view reads twice; look at it tomorrow",
    "Release notes are missing the tide fix",
  ],
  write: [
    "Offer for the library is half done",
    "Handbook: chapter on moorings",
    "Handbook: pictures are still missing",
  ],
  design: ["Start page: two drafts, the calm one is better"],
  meeting: [
    "Stand-up: release moved to Thursday",
    "Stand-up: Ada takes the moorings",
    "Stand-up: library wants the offer this week",
    "Stand-up: nothing new",
  ],
};

const ENTRIES: readonly Pick<Entry, "title" | "class" | "category">[] = [
  { title: "Lunch with Ada", class: "neutral", category: "life" },
  { title: "Whiteboard: berth plan", class: "signal", category: "work/harbour" },
  { title: "Call with the library", class: "signal", category: "work/website" },
  { title: "Walk along the pier", class: "neutral", category: "life" },
];

/** A note after some of the stretches of work, or about one as a whole. */
export function demoNotes(
  segments: readonly DemoSegment[],
  random: DemoRandom,
): Omit<Note, "id">[] {
  return segments.flatMap(({ task, startMs, endMs }) => {
    const happens = random.chance(0.3), isSpan = random.chance(0.5), at = random.next();
    const texts = task && NOTES[task];
    if (!texts || !happens) return [];
    const text = texts[Math.floor(at * texts.length)];
    return [isSpan ? { startMs, endMs, text } : { startMs: endMs, text }];
  });
}

/** What some of the longer times away were spent on, told soon after. */
export function demoEntries(away: readonly Span[], random: DemoRandom): DemoEntry[] {
  return away.flatMap(({ startMs, endMs }) => {
    const happens = random.chance(0.45);
    const what = random.pick(ENTRIES);
    if (!happens || endMs - startMs < 20 * MIN_MS) return [];
    return [{ startMs, endMs, ...what, toldMs: endMs + 2 * MIN_MS }];
  });
}
