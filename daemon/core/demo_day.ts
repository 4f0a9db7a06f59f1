/**
 * One day of the demo at the computer: what the person is at, with which windows, and when they are away.
 * @module
 */
import { DEMO_WINDOWS, type DemoTask } from "./demo_cast.ts";
import type { DemoRandom } from "./demo_random.ts";
import type { Span, Subject } from "./types.ts";

/** A while with one task, or away from the computer. */
export interface DemoSegment extends Span {
  /** `undefined`: away. */
  readonly task: DemoTask | undefined;
}

/** A window that was in front. */
export interface DemoWindow extends Span {
  readonly subject: Subject;
}

/** What kind of day it is: Saturdays have a little work in them, Sundays none. */
export type DemoDayKind = "work" | "saturday" | "sunday";

type Step = readonly [
  task: DemoTask | "away",
  leastMin: number,
  mostMin: number,
  probability?: number,
];

const MORNING: readonly Step[] = [
  ["mail", 8, 18],
  ["plan", 4, 9],
  ["code", 45, 70],
  ["away", 6, 9],
  ["review", 15, 35],
  ["chat", 4, 10],
  ["news", 4, 12],
  ["meeting", 15, 30],
  ["code", 25, 50],
];

const AFTERNOON: readonly Step[] = [
  ["away", 34, 55],
  ["news", 3, 10, 0.6],
  ["mail", 6, 14],
  ["code", 50, 80],
  ["away", 8, 14],
  ["video", 4, 16, 0.7],
  ["write", 25, 55],
  ["books", 8, 18, 0.6],
  ["social", 4, 12],
  ["design", 20, 40, 0.5],
  ["away", 5, 8],
  ["code", 25, 45],
  ["chat", 4, 9],
  ["plan", 3, 7],
];

const EVENING: readonly Step[] = [
  ["video", 10, 35],
  ["shop", 5, 15, 0.5],
  ["game", 15, 40, 0.4],
  ["read", 10, 30, 0.5],
];

const SATURDAY: readonly Step[] = [
  ["news", 5, 15],
  ["mail", 4, 8],
  ["books", 20, 45],
  ["code", 30, 60, 0.6],
  ["away", 25, 60],
  ["shop", 8, 20],
];

const SUNDAY: readonly Step[] = [
  ["news", 8, 20],
  ["read", 15, 40],
  ["video", 10, 30, 0.7],
];

const MIN_MS = 60_000;
/** A short while without any input, by somebody who thinks. */
const PAUSE_CHANCE = 0.12;
/** Something else comes up for a moment. */
const ASIDE_CHANCE = 0.07;
const ASIDES: readonly DemoTask[] = ["chat", "mail", "social", "news"];

/**
 * What a day is made of, in order.
 * @param beginMs When the person sits down at the computer.
 * @param eveningMs When they come back to it after supper.
 */
export function demoSegments(
  kind: DemoDayKind,
  { beginMs, eveningMs }: { readonly beginMs: number; readonly eveningMs: number },
  random: DemoRandom,
): DemoSegment[] {
  // Some days go well and others do not: the same steps with more or less of what distracts.
  const distraction = 0.5 + random.next() * 1.6;
  const day = kind === "work"
    ? [...MORNING, ...AFTERNOON]
    : kind === "saturday"
    ? SATURDAY
    : SUNDAY;
  const segments = walk(day, beginMs, distraction, random);
  const lastMs = segments.at(-1)?.endMs ?? beginMs;
  if (random.chance(0.7)) {
    segments.push(...walk(EVENING, Math.max(eveningMs, lastMs + 40 * MIN_MS), 1, random));
  }
  return segments;
}

function walk(
  steps: readonly Step[],
  beginMs: number,
  distraction: number,
  random: DemoRandom,
): DemoSegment[] {
  const segments: DemoSegment[] = [];
  let startMs = beginMs;
  for (const [task, least, most, probability = 1] of steps) {
    // Asked for in any case, so that one step left out does not change all that follow.
    const happens = random.chance(probability);
    const minutes = random.between(least, most) + random.next();
    if (!happens) continue;
    const isDistraction = ["news", "video", "social"].includes(task);
    const lengthMs = Math.round(minutes * (isDistraction ? distraction : 1) * MIN_MS);
    const endMs = startMs + lengthMs;
    segments.push({ startMs, endMs, task: task === "away" ? undefined : task });
    startMs = endMs;
  }
  return segments;
}

/** The windows that were in front during the segments, and when nobody touched anything. */
export function demoWindows(
  segments: readonly DemoSegment[],
  random: DemoRandom,
): { readonly windows: DemoWindow[]; readonly away: Span[] } {
  const windows: DemoWindow[] = [];
  const away: Span[] = [];
  for (const { task, startMs, endMs } of segments) {
    if (task === undefined) {
      away.push({ startMs, endMs });
      continue;
    }
    let atMs = startMs;
    let before: Subject | undefined;
    while (atMs < endMs) {
      const isAside = random.chance(ASIDE_CHANCE) && task !== "meeting";
      const { staysS, windows: all } = DEMO_WINDOWS[isAside ? random.pick(ASIDES) : task];
      const others = all.filter((window) => window !== before);
      const subject = random.pick(others.length > 0 ? others : all);
      const stayMs = random.between(staysS[0] * 1000, staysS[1] * 1000);
      const untilMs = Math.min(endMs, atMs + (isAside ? Math.min(stayMs, 60_000) : stayMs));
      windows.push({ startMs: atMs, endMs: untilMs, subject });
      before = subject;
      atMs = untilMs;
      if (task === "code" && random.chance(PAUSE_CHANCE) && endMs - atMs > 20 * MIN_MS) {
        const backMs = atMs + random.between(3 * MIN_MS, 7 * MIN_MS);
        away.push({ startMs: atMs, endMs: backMs });
        atMs = backMs;
      }
    }
  }
  return { windows, away };
}
