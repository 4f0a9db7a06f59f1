import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { addDays, dateOf, daySpan, type Zone } from "../core/day.ts";
import { emptyFocusTimes, FOCUS_STATES, type FocusState, TIME_OF } from "../core/focus_session.ts";
import { zoneOf } from "../core/testing.ts";
import { focusAnalytics } from "./focus_reads.ts";
import type { Store } from "./mod.ts";
import { temporaryStore } from "./testing.ts";

const MINUTE_MS = 60_000;
const DAY_START_MIN = 240;

interface Piece {
  readonly startMs: number;
  readonly minutes: number;
  readonly state: FocusState;
}

/** A session of one span each. */
async function store({ focus }: Store, pieces: readonly Piece[]): Promise<void> {
  for (const { startMs, minutes, state } of pieces) {
    const { begun } = await focus.begin({ source: "browser", camera: "", startMs });
    const span = { startMs, endMs: startMs + minutes * MINUTE_MS, state };
    await focus.append(begun.id, 1, () => [span]);
  }
}

function analytics(path: string, last: string, days: number, zone: Zone) {
  using db = new DatabaseSync(path, { readOnly: true });
  const startOf = (date: string) => daySpan(date, zone, DAY_START_MIN).startMs;
  const first = addDays(last, 1 - days);
  const span = { startMs: startOf(first), endMs: startOf(addDays(last, 1)) };
  const before = { startMs: startOf(addDays(first, -days)), endMs: span.startMs };
  return focusAnalytics(db, { span, before, dayStartMin: DAY_START_MIN }, zone);
}

for (
  // Around the clocks' changes, forward and back.
  const [name, date] of [
    ["Europe/Berlin", "2026-03-29"],
    ["Europe/Berlin", "2026-10-25"],
    ["America/New_York", "2026-11-01"],
    ["Australia/Lord_Howe", "2026-10-04"],
    ["Asia/Kathmandu", "2026-06-01"],
  ]
) {
  const zone = zoneOf(name);
  Deno.test(`focusAnalytics() in ${name} around ${date}: each minute counts on its day and in its hour`, async () => {
    const fromMs = daySpan(addDays(date, -3), zone, 0).startMs;
    const piece = fc.record({
      // In steps of a minute: a count by hand can follow.
      startMs: fc.integer({ min: 0, max: 5 * 1_440 }).map((n) => fromMs + n * MINUTE_MS),
      minutes: fc.integer({ min: 1, max: 400 }),
      state: fc.constantFrom(...FOCUS_STATES),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        await using t = temporaryStore();
        await store(t.store, pieces);
        const { days, hours, total } = analytics(t.path, addDays(date, 3), 8, zone);
        const byDate = new Map(days.map((day) => [day.date, emptyFocusTimes()]));
        const byHour = Array.from({ length: 24 }, emptyFocusTimes);
        const all = emptyFocusTimes();
        for (const { startMs, minutes, state } of pieces) {
          for (let i = 0; i < minutes; i++) {
            const atMs = startMs + i * MINUTE_MS;
            const field = TIME_OF[state];
            all[field] += MINUTE_MS;
            byDate.get(dateOf(atMs, zone, DAY_START_MIN))![field] += MINUTE_MS;
            byHour[new Date(atMs + zone(atMs)).getUTCHours()][field] += MINUTE_MS;
          }
        }
        assert.deepEqual(new Map(days.map((day) => [day.date, day.times])), byDate);
        assert.deepEqual(hours, byHour);
        assert.deepEqual(total.times, all);
        assert.equal(days.reduce((sum, { sessions }) => sum + sessions, 0), pieces.length);
      }),
      { numRuns: 25 },
    );
  });
}

Deno.test("focusAnalytics() splits a session over the day's start, and counts it where it began", async () => {
  await using t = temporaryStore();
  const zone = zoneOf("Europe/Berlin");
  const turnMs = daySpan("2026-05-11", zone, DAY_START_MIN).startMs;
  await store(t.store, [{ startMs: turnMs - 10 * MINUTE_MS, minutes: 30, state: "focused" }]);
  const { days } = analytics(t.path, "2026-05-11", 2, zone);
  assert.deepEqual(
    days.map(({ date, times, sessions }) => [date, times.focusedMs / MINUTE_MS, sessions]),
    [["2026-05-10", 10, 1], ["2026-05-11", 20, 0]],
  );
  // Of what lies before the period, only the rest is in it.
  const today = analytics(t.path, "2026-05-11", 1, zone);
  assert.equal(today.total.times.focusedMs, 20 * MINUTE_MS);
  assert.equal(today.before.times.focusedMs, 10 * MINUTE_MS);
});

const NOON = Date.parse("2026-06-20T12:00:00Z");
const dayBefore = (days: number) => NOON - days * 86_400_000;

for (
  const [name, focusedDaysAgo, minutes, current, longest] of [
    ["no day", [], 10, 0, 0],
    ["today", [0], 10, 1, 1],
    ["yesterday still counts", [1, 2, 3], 10, 3, 3],
    ["the day before yesterday is over", [2, 3], 10, 0, 2],
    ["days outside the period count", Array.from({ length: 40 }, (_, i) => i), 10, 40, 40],
    ["a hole ends it", [0, 1, 3, 4, 5, 6], 10, 2, 4],
    ["three minutes make no day", [0, 1], 3, 0, 0],
  ] as [string, number[], number, number, number][]
) {
  Deno.test(`focusAnalytics() streaks: ${name}`, async () => {
    await using t = temporaryStore();
    await store(
      t.store,
      focusedDaysAgo.toReversed().map((ago) => ({
        ...{ startMs: dayBefore(ago), minutes, state: "focused" },
      })),
    );
    const { streaks } = analytics(t.path, "2026-06-20", 7, zoneOf("UTC"));
    assert.deepEqual([streaks.currentDays, streaks.longestDays], [current, longest]);
  });
}

Deno.test("focusAnalytics() sets a period against the one before", async () => {
  await using t = temporaryStore();
  await store(t.store, [
    { startMs: dayBefore(9), minutes: 20, state: "focused" },
    { startMs: dayBefore(8), minutes: 20, state: "unfocused" },
    { startMs: dayBefore(3), minutes: 60, state: "focused" },
    { startMs: dayBefore(2), minutes: 20, state: "no_face" },
  ]);
  const { total, before } = analytics(t.path, "2026-06-20", 7, zoneOf("UTC"));
  const minutes = ({ times }: typeof total) => times.focusedMs / MINUTE_MS;
  assert.deepEqual([minutes(total), minutes(before)], [60, 20]);
  assert.deepEqual([total.sessions, before.sessions], [2, 2]);
  assert.deepEqual([total.breaks, total.longestStreakMs], [1, 60 * MINUTE_MS]);
});

Deno.test("focusAnalytics() of nothing is zeros", async () => {
  await using t = temporaryStore();
  const { days, hours, total, streaks, on } = analytics(t.path, "2026-06-20", 3, zoneOf("UTC"));
  assert.deepEqual(days.map(({ date }) => date), ["2026-06-18", "2026-06-19", "2026-06-20"]);
  assert.deepEqual(hours[23], emptyFocusTimes());
  assert.deepEqual([total.sessions, total.longestStreakMs, streaks.longestDays], [0, 0, 0]);
  assert.deepEqual(on.apps, []);
});
