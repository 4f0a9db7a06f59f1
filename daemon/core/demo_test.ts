import assert from "node:assert/strict";
import fc from "fast-check";
import { createClassifier } from "./classify.ts";
import { dateOf } from "./day.ts";
import { DEMO_DAYS, DEMO_GOALS, DEMO_RULES, type DemoDay, demoDays } from "./demo.ts";
import { DEMO_PHONES, DEMO_WINDOWS } from "./demo_cast.ts";
import { assertGoals } from "./goals.ts";
import { checkedDeviceId, MAX_GAP_MS } from "./phone.ts";
import { parseRules } from "./rules.ts";
import type { Span } from "./types.ts";

const HOUR_MS = 3_600_000;

/** Any moment of some years, in a zone that shifts by whole quarters, with any start of the day. */
const moments = fc.record({
  nowMs: fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) }),
  offsetMs: fc.integer({ min: -48, max: 56 }).map((quarters) => quarters * 900_000),
  dayStartMin: fc.constantFrom(0, 240, 360),
}).map(({ offsetMs, ...rest }) => ({ ...rest, zone: () => offsetMs }));

Deno.test("demoDays() tells the same of the same moment, and a fortnight in order", () => {
  fc.assert(
    fc.property(moments, (options) => {
      const days = demoDays(options);
      assert.deepEqual(demoDays(options), days);
      assert.equal(days.length, DEMO_DAYS);
      const dates = days.map(({ date }) => date);
      assert.deepEqual([...dates].sort(), dates);
      assert.equal(dates.at(-1), dateOf(options.nowMs, options.zone, options.dayStartMin));
    }),
    { numRuns: 20 },
  );
});

Deno.test("demoDays() tells nothing of the future, and one thing at a time of each observer", () => {
  fc.assert(
    fc.property(moments, (options) => {
      for (const day of demoDays(options)) {
        for (const source of ["window", "afk"] as const) {
          assertApart(day.events.filter((event) => event.source === source));
        }
        // Somebody away has no other window in front.
        assertApart(day.events);
        for (const { id } of DEMO_PHONES) {
          const times = day.beats.filter(({ deviceId }) => deviceId === id).map((b) => b.atMs);
          assert.ok(times.every((atMs, i) => i === 0 || atMs > times[i - 1]));
        }
        for (const { spans } of day.sessions) {
          assert.ok(spans.every(({ startMs }, i) => i === 0 || startMs === spans[i - 1].endMs));
        }
        assertApart(day.sessions.map(({ spans }) => ({
          startMs: spans[0].startMs,
          endMs: spans[spans.length - 1].endMs,
        })));
        assertApart(day.blocks);
        assert.ok(latestOf(day) <= options.nowMs);
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("demoDays() goes on with what it told before, later on the same day", () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 0, max: 20 * HOUR_MS }), (options, laterMs) => {
      const madeMs = options.nowMs;
      const before = demoDays(options).flatMap(({ events }) => events);
      const after = demoDays({ ...options, madeMs, nowMs: madeMs + laterMs })
        .flatMap(({ events }) => events);
      for (const [i, event] of before.entries()) {
        const same = after[i];
        assert.deepEqual({ ...same, endMs: 0 }, { ...event, endMs: 0 });
        assert.ok(
          same.endMs >= event.endMs && (same.endMs === event.endMs || event.endMs === madeMs),
        );
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("demoDays() has something to show of the last day from its first hours on", () => {
  for (const hour of [5, 7, 9, 12, 18, 23]) {
    const nowMs = Date.UTC(2026, 2, 11, hour, 30);
    const today = demoDays({ nowMs, zone: () => 0, dayStartMin: 240 }).at(-1)!;
    const seenMs = today.events.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    assert.ok(seenMs >= Math.min(hour - 4, 4) * HOUR_MS, `${seenMs / HOUR_MS} h at ${hour}:30`);
  }
});

Deno.test("DEMO_WINDOWS are judged by the default pack as a person would; some it does not know", async () => {
  const classifier = await createClassifier(parseRules(DEMO_RULES));
  const noise = ["news", "video", "social", "shop", "game"];
  for (const [task, { windows }] of Object.entries(DEMO_WINDOWS)) {
    for (const window of windows) {
      const { class: cls, category } = classifier.classify(window);
      if (task === "books") assert.equal(category, undefined, window.title ?? task);
      else if (noise.includes(task)) assert.equal(cls, "noise", window.title ?? task);
      else assert.notEqual(cls, "noise", window.title ?? task);
    }
  }
  const categories = DEMO_WINDOWS.code.windows.map((window) =>
    classifier.classify(window).category
  );
  assert.ok(categories.includes("work/harbour") && categories.includes("work/website"));
});

Deno.test("demoDays() has the schedule block at its times alone, and on each of its days", () => {
  const nowMs = Date.UTC(2026, 2, 11, 20);
  const days = demoDays({ nowMs, zone: () => 0, dayStartMin: 240 });
  for (const { date, blocks, events } of days) {
    const scheduled = blocks.filter(({ actor }) => actor === "schedule");
    const midnightMs = Date.parse(`${date}T00:00:00Z`);
    const isWorkday = ![0, 6].includes(new Date(midnightMs).getUTCDay());
    assert.equal(scheduled.length, isWorkday ? 1 : 0, date);
    for (const { startMs, endMs } of scheduled) {
      assert.equal(startMs, Math.max(midnightMs + 9 * HOUR_MS, events[0].startMs));
      assert.equal(endMs, midnightMs + 11.5 * HOUR_MS);
    }
  }
  assert.ok(days.flatMap(({ blocks }) => blocks).some(({ actor }) => actor !== "schedule"));
});

Deno.test("what the demo sets could be set by hand", () => {
  assertGoals(DEMO_GOALS);
  for (const { id } of DEMO_PHONES) checkedDeviceId(id);
  assert.ok(MAX_GAP_MS >= 30_000);
});

/** Spans in order that do not overlap, none of them empty. */
function assertApart(spans: readonly Span[]): void {
  for (const [i, { startMs, endMs }] of spans.entries()) {
    assert.ok(endMs > startMs, `span ${i} has no length`);
    assert.ok(i === 0 || startMs >= spans[i - 1].endMs, `span ${i} overlaps the one before`);
  }
}

function latestOf({ events, beats, sessions, blocks, notes, entries }: DemoDay): number {
  return Math.max(
    ...events.map(({ endMs }) => endMs),
    ...beats.map(({ atMs }) => atMs),
    ...sessions.flatMap(({ spans }) => spans.map(({ endMs }) => endMs)),
    ...blocks.map(({ endedMs }) => endedMs),
    ...notes.map(({ startMs, endMs = startMs }) => endMs),
    ...entries.map(({ toldMs }) => toldMs),
    -Infinity,
  );
}
