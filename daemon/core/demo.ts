/**
 * A fortnight for the demo: two weeks of somebody's work, invented, and the same for the same day.
 * @module
 */
import { addDays, dateOf, type IsoDate, localToUtcMs, weekdayOf, type Zone } from "./day.ts";
import type { BlockActor } from "./block.ts";
import type { BlockEnd } from "./block_rules.ts";
import { type BlockSchedule, scheduledSpan } from "./block_schedule.ts";
import { DEMO_PHONES } from "./demo_cast.ts";
import { type DemoDayKind, type DemoSegment, demoSegments, demoWindows } from "./demo_day.ts";
import { demoFocus, type DemoFocusSession } from "./demo_focus.ts";
import { demoBeats } from "./demo_phone.ts";
import { DemoRandom } from "./demo_random.ts";
import { demoEntries, type DemoEntry, demoNotes } from "./demo_words.ts";
import type { Note } from "./edit.ts";
import type { ImportedEvent } from "./export_format.ts";
import type { Heartbeat } from "./phone.ts";
import type { Rule } from "./rules.ts";
import type { Goal } from "./summary.ts";
import type { Span } from "./types.ts";

/** A block of the demo's history. */
export interface DemoBlock extends Span {
  readonly actor: BlockActor;
  readonly reason?: string;
  readonly strict: boolean;
  readonly lists: readonly string[];
  readonly ended: BlockEnd;
  readonly endedMs: number;
}

/** One day, in the order in which it went by; nothing in it lies in the future. */
export interface DemoDay {
  readonly date: IsoDate;
  readonly events: readonly ImportedEvent[];
  readonly beats: readonly Heartbeat[];
  readonly sessions: readonly DemoFocusSession[];
  readonly blocks: readonly DemoBlock[];
  readonly notes: readonly Omit<Note, "id">[];
  readonly entries: readonly DemoEntry[];
}

export interface DemoOptions {
  /** The moment that the demo ends at. */
  readonly nowMs: number;
  /** When the demo was made first: its last day has begun some hours before. @default `nowMs` */
  readonly madeMs?: number;
  readonly zone: Zone;
  readonly dayStartMin: number;
}

/** How many days the demo has, the one that goes on included. */
export const DEMO_DAYS = 14;

export const DEMO_GOALS: readonly Goal[] = [
  { kind: "at_least", class: "signal", minutes: 240 },
  { kind: "at_most", class: "noise", minutes: 90 },
];

export const DEMO_RULES: readonly Rule[] = [
  { match: "title", regex: "[-·] harbour [-·]", class: "signal", category: "work/harbour" },
  { match: "title", regex: "website.relaunch", class: "signal", category: "work/website" },
];

export const DEMO_SCHEDULES: readonly BlockSchedule[] = [
  {
    days: ["mon", "tue", "wed", "thu", "fri"],
    fromMin: 9 * 60,
    toMin: 11 * 60 + 30,
    lists: ["social", "video"],
    domains: [],
    strict: false,
  },
];

const MIN_MS = 60_000, HOUR_MS = 3_600_000;
/** How far back the last day begins at the latest, so that there is something to see in the morning. */
const LATEST_BEGIN_MS = 5 * HOUR_MS;

/** The days of the demo, oldest first. */
export function demoDays(options: DemoOptions): DemoDay[] {
  const { nowMs, madeMs = nowMs, zone, dayStartMin } = options;
  const today = dateOf(madeMs, zone, dayStartMin);
  return Array.from({ length: DEMO_DAYS }, (_, i) => {
    const date = addDays(today, i + 1 - DEMO_DAYS);
    const random = new DemoRandom(`prodtracker ${date}`);
    const at = (minute: number) =>
      localToUtcMs(zone, Date.parse(`${date}T00:00:00Z`) + minute * MIN_MS);
    const usual = random.between(8 * 60 + 10, 9 * 60 + 5);
    const isLast = date === today;
    const dayStartMs = at(dayStartMin);
    const beginMs = isLast
      ? Math.max(dayStartMs + MIN_MS, Math.min(at(usual), madeMs - LATEST_BEGIN_MS))
      : at(usual);
    return dayOf({ date, zone, beginMs, at, nowMs, random });
  });
}

interface Frame {
  readonly date: IsoDate;
  readonly zone: Zone;
  readonly beginMs: number;
  /** The moment at a minute of the local day. */
  readonly at: (minute: number) => number;
  readonly nowMs: number;
  readonly random: DemoRandom;
}

function dayOf({ date, zone, beginMs, at, nowMs, random }: Frame): DemoDay {
  const kind = kindOf(date);
  const segments = demoSegments(kind, { beginMs, eveningMs: at(20 * 60 + 10) }, random);
  const { windows, away } = demoWindows(segments, random);
  const blocks = demoBlocks(segments, random, scheduledBlocks({ date, zone, beginMs }));
  const past = <T extends Span>(spans: readonly T[]) =>
    spans.filter(({ startMs }) => startMs < nowMs)
      .map((span) => ({ ...span, endMs: Math.min(span.endMs, nowMs) }));
  const events: ImportedEvent[] = [
    ...past(windows).map((window) => ({ source: "window" as const, ...window })),
    ...past(away).map((span) => ({ source: "afk" as const, ...span, subject: {} })),
  ].sort((a, b) => a.startMs - b.startMs);
  const sessions = demoFocus(segments, random)
    .filter(({ spans }) => spans[spans.length - 1].endMs <= nowMs);
  const beats = DEMO_PHONES.flatMap((phone, i) =>
    demoBeats(phone, occasions({ i, at, away, beginMs }), random)
  ).filter(({ atMs }) => atMs <= nowMs);
  return {
    ...{ date, events, beats, sessions },
    blocks: blocks.filter(({ endedMs }) => endedMs <= nowMs),
    notes: demoNotes(segments, random).filter(({ startMs, endMs = startMs }) =>
      Math.max(startMs, endMs) <= nowMs
    ),
    entries: demoEntries(away, random).filter(({ endMs, toldMs }) =>
      Math.max(endMs, toldMs) <= nowMs
    ),
  };
}

function kindOf(date: IsoDate): DemoDayKind {
  const weekday = weekdayOf(date);
  return weekday === 6 ? "saturday" : weekday === 7 ? "sunday" : "work";
}

/** When somebody takes a phone: before work, when away, in the evening. The tablet only then. */
function occasions(
  { i, at, away, beginMs }: Pick<Frame, "at" | "beginMs"> & {
    readonly i: number;
    readonly away: readonly Span[];
  },
): (Span & { readonly probability: number })[] {
  const spans: (Span & { probability: number })[] = [];
  const evenings = [18, 19, 20.8, 21.6, 22.3].map((hour) => ({
    startMs: at(hour * 60),
    endMs: at(hour * 60 + 25),
    probability: i === 0 ? 0.45 : 0.3,
  }));
  if (i === 0) {
    for (const before of [70, 40]) {
      const startMs = beginMs - before * MIN_MS;
      spans.push({ startMs, endMs: startMs + 12 * MIN_MS, probability: 0.6 });
    }
    for (const span of away) spans.push({ ...span, probability: 0.6 });
  }
  return [...spans, ...evenings].sort((a, b) => a.startMs - b.startMs);
}

const BLOCKS: readonly Pick<DemoBlock, "actor" | "reason" | "lists" | "strict">[] = [
  { actor: "user", reason: "Deep work", lists: ["social", "news"], strict: false },
  { actor: "loop", lists: ["social"], strict: false },
  { actor: "phone", reason: "From the phone", lists: ["social", "video"], strict: false },
  { actor: "user", reason: "No way back", lists: ["social", "video", "news"], strict: true },
];

/** What the schedules have blocked, from when somebody was there. */
function scheduledBlocks(
  { date, zone, beginMs }: Pick<Frame, "date" | "zone" | "beginMs">,
): DemoBlock[] {
  return DEMO_SCHEDULES.flatMap((schedule) => {
    const span = scheduledSpan(schedule, date, zone);
    if (span === undefined || span.endMs <= beginMs) return [];
    const { lists, strict } = schedule;
    const { endMs } = span, startMs = Math.max(span.startMs, beginMs);
    return [{ actor: "schedule", lists, strict, startMs, endMs, ended: "time", endedMs: endMs }];
  });
}

/** What was blocked by schedule, and over some of the longer stretches of work beside it. */
function demoBlocks(
  segments: readonly DemoSegment[],
  random: DemoRandom,
  scheduled: readonly DemoBlock[],
): DemoBlock[] {
  const blocks = [...scheduled];
  for (const { task, startMs, endMs } of segments) {
    const happens = random.chance(0.4);
    const block = random.pick(BLOCKS);
    const isCutShort = random.chance(0.25) && !block.strict;
    if (task !== "code" || !happens) continue;
    const wholeMs = Math.round((endMs - startMs) / (5 * MIN_MS)) * 5 * MIN_MS;
    const lastMs = startMs + Math.max(15 * MIN_MS, wholeMs);
    if (blocks.some((other) => startMs < other.endMs && lastMs > other.startMs)) continue;
    blocks.push({
      ...block,
      ...{ startMs, endMs: lastMs },
      ended: isCutShort ? "user" : "time",
      endedMs: isCutShort ? startMs + Math.round((lastMs - startMs) * 0.6) : lastMs,
    });
  }
  return blocks.sort((a, b) => a.startMs - b.startMs);
}
