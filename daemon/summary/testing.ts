/**
 * What the tests of messages share: summaries of a made-up day, and names that want to be more than names.
 * @module
 */
import type { FocusRecord } from "../core/focus_session.ts";
import type { Summary } from "../core/summary.ts";
import { addTotals, emptyTotals } from "../core/totals.ts";
import type { ClassTotals } from "../core/types.ts";
import { buildSummary, type SummaryInput } from "./build.ts";
import type { RenderOptions } from "./facts.ts";

export const MIN = 60_000, HOUR = 60 * MIN;

/** An hour east of Greenwich. */
export const OPTIONS: RenderOptions = {
  zone: () => HOUR,
  nowMs: Date.UTC(2026, 10, 27, 6, 30),
};

/** Names as a hostile window, or a careless one, may have them. */
export const HOSTILE_NAMES: readonly string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</td></tr></table><h1>free</h1>",
  "name\r\nBcc: everybody@example.com",
  "name\u202Eemarip\u202C \u2066x\u2069",
  "\u0000\u0007\u001b[31mred\u001b[0m",
  "half \ud800 a pair",
  `Z${"\u0336".repeat(500)}algo`,
  "👩‍👩‍👧‍👦 family 🇦🇹 日本語",
  "x".repeat(10_000),
  "word ".repeat(2_000),
  "&amp; &#60;b&#62;",
  "cid:times@prodtracker",
  "   ",
];

export function minutes(signal: number, noise: number, neutral = 0, afk = 0): ClassTotals {
  return {
    signalMs: signal * MIN,
    noiseMs: noise * MIN,
    neutralMs: neutral * MIN,
    afkMs: afk * MIN,
  };
}

const DAY_START = Date.UTC(2026, 10, 26, 3);

/** By hour from 04:00. */
const HOURS: readonly ClassTotals[] = [
  ...Array.from({ length: 3 }, () => minutes(0, 0)),
  ...[minutes(22, 8, 5), minutes(52, 3, 5), minutes(44, 11, 2, 3), minutes(57, 0, 3)],
  ...[minutes(12, 20, 8, 20), minutes(41, 9, 5, 5), minutes(58, 2), minutes(30, 25, 5)],
  ...[minutes(48, 4, 8), minutes(15, 10, 5), minutes(0, 0), minutes(0, 12, 3)],
  ...[minutes(0, 31, 4, 5), minutes(0, 6, 0, 10)],
  ...Array.from({ length: 7 }, () => minutes(0, 0)),
];

/** A day with some of everything: 73 % signal against the usual 56 %. */
export function someDay(more: Partial<SummaryInput> = {}): Summary {
  const totals = emptyTotals();
  for (const hour of HOURS) addTotals(totals, hour);
  return buildSummary({
    period: "day",
    span: { startMs: DAY_START, endMs: DAY_START + 24 * HOUR },
    firstDate: "2026-11-26",
    lastDate: "2026-11-26",
    isOver: true,
    totals,
    topApps: [
      { name: "Code", class: "signal", ms: 212 * MIN },
      { name: "firefox", class: "noise", ms: 131 * MIN },
      { name: "Gnome-terminal", class: "signal", ms: 74 * MIN },
      { name: "zoom", class: "signal", ms: 45 * MIN },
      { name: "mpv", class: "noise", ms: 31 * MIN },
      { name: "Nautilus", class: "neutral", ms: 12 * MIN },
    ],
    topCategories: [
      { name: "development", class: "signal", ms: 286 * MIN },
      { name: "media/video", class: "noise", ms: 84 * MIN },
      { name: "communication", class: "signal", ms: 71 * MIN },
      { class: "neutral", ms: 40 * MIN },
    ],
    hours: HOURS.map((hour, i) => ({
      span: { startMs: DAY_START + i * HOUR, endMs: DAY_START + (i + 1) * HOUR },
      totals: hour,
    })),
    days: [{ date: "2026-11-26", totals }],
    phones: [{ device: "Pixel 7", ms: 64 * MIN, noiseMs: 49 * MIN }],
    focus: {
      focusedMs: 94 * MIN,
      unfocusedMs: 13 * MIN,
      noFaceMs: 6 * MIN,
      uncertainMs: 4 * MIN,
      sessions: 4,
    },
    blocks: { count: 2, ms: 75 * MIN },
    goals: [
      {
        ...{ kind: "at_least", class: "signal", minutes: 240 },
        ...{ metDays: 1, countedDays: 1, streakDays: 5 },
      },
      {
        ...{ kind: "at_most", class: "noise", minutes: 90 },
        ...{ metDays: 0, countedDays: 1, streakDays: 0 },
      },
    ],
    earlierDays: [minutes(280, 220)],
    ...more,
  });
}

/** A week of which five days have passed. */
export function someWeek(more: Partial<SummaryInput> = {}): Summary {
  const days = [0, 1, 2, 3, 4].map((i) => ({
    date: `2026-11-${23 + i}`,
    totals: minutes(200 + i * 20, 60 + (i * 37) % 50, 20, 60),
  }));
  const totals = emptyTotals();
  for (const day of days) addTotals(totals, day.totals);
  return someDay({
    period: "week",
    span: { startMs: DAY_START - 72 * HOUR, endMs: DAY_START + 96 * HOUR },
    firstDate: "2026-11-23",
    lastDate: "2026-11-29",
    isOver: false,
    totals,
    hours: [],
    days,
    ...more,
  });
}

/** A period without anything. */
export function emptyDay(): Summary {
  return someDay({
    totals: emptyTotals(),
    ...{ topApps: [], topCategories: [], hours: [], days: [], phones: [], goals: [] },
    focus: { focusedMs: 0, unfocusedMs: 0, noFaceMs: 0, uncertainMs: 0, sessions: 0 },
    blocks: { count: 0, ms: 0 },
    earlierDays: [],
  });
}

/** Fifty minutes, of which three were away and one could not be told. */
export function someSession(more: Partial<FocusRecord> = {}): FocusRecord {
  const startMs = DAY_START + 6 * HOUR;
  return {
    id: 17,
    source: "browser",
    camera: "Integrated Camera",
    startMs,
    plannedMinutes: 50,
    endMs: startMs + 50 * MIN,
    how: "ended",
    sequence: 3,
    state: "focused",
    totals: {
      totalMs: 50 * MIN,
      focusedMs: 43 * MIN,
      unfocusedMs: 3 * MIN,
      noFaceMs: 3 * MIN,
      uncertainMs: MIN,
      breaks: 1,
      longestStreakMs: 22 * MIN,
    },
    ...more,
  };
}
