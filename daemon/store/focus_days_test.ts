import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { dateOf, daySpan } from "../core/day.ts";
import type { ActivityClass } from "../core/types.ts";
import { zoneOf } from "../core/testing.ts";
import { focusDays } from "./focus_days.ts";
import { temporaryStore } from "./testing.ts";

const MINUTE_MS = 60_000;
const DAY_START_MIN = 240;
const ZONE = zoneOf("Europe/Berlin");
/** The clocks go forward in between. */
const SPAN = {
  startMs: daySpan("2026-03-28", ZONE, DAY_START_MIN).startMs,
  endMs: daySpan("2026-03-30", ZONE, DAY_START_MIN).endMs,
};
const LENGTH_MIN = (SPAN.endMs - SPAN.startMs) / MINUTE_MS;
const CLASSES: Record<string, ActivityClass> = { s: "signal", n: "noise", x: "neutral" };

/** What follows what: some minutes of an app in front, or of nothing. */
const fronts = fc.array(
  fc.record({
    app: fc.constantFrom("s", "n", "x", undefined),
    minutes: fc.integer({ min: 1, max: 900 }),
  }),
  { maxLength: 8 },
);
/** Sessions that do not overlap: a gap, and how long somebody was focused or not. */
const sessions = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 900 }),
    minutes: fc.integer({ min: 1, max: 400 }),
    state: fc.constantFrom("focused" as const, "unfocused" as const),
  }),
  { maxLength: 6 },
);

Deno.test("focusDays() counts each focused minute on its day, by what was in front", () =>
  fc.assert(
    fc.asyncProperty(fronts, sessions, async (fronts, sessions) => {
      await using t = temporaryStore();
      const inFront: (string | undefined)[] = Array(LENGTH_MIN + 3_000).fill(undefined);
      let at = 0;
      for (const { app, minutes } of fronts) {
        inFront.fill(app, at, at + minutes);
        const startMs = SPAN.startMs + at * MINUTE_MS;
        const endMs = startMs + minutes * MINUTE_MS;
        if (app) await t.store.import([{ source: "window", subject: { app }, startMs, endMs }]);
        at += minutes;
      }
      const expected = new Map<string, Record<ActivityClass | "focused", number>>();
      for (let ms = SPAN.startMs; ms < SPAN.endMs; ms += 12 * 60 * MINUTE_MS) {
        const none = { signal: 0, noise: 0, neutral: 0, focused: 0 };
        expected.set(dateOf(ms, ZONE, DAY_START_MIN), none);
      }
      // The first one may have begun before.
      let startMin = -200;
      for (const { gap, minutes, state } of sessions) {
        startMin += gap;
        const startMs = SPAN.startMs + startMin * MINUTE_MS;
        const { begun } = await t.store.focus.begin({ source: "browser", camera: "", startMs });
        const span = { startMs, endMs: startMs + minutes * MINUTE_MS, state };
        await t.store.focus.append(begun.id, 1, () => [span]);
        for (let i = startMin; i < startMin + minutes; i++) {
          const day = expected.get(dateOf(SPAN.startMs + i * MINUTE_MS, ZONE, DAY_START_MIN));
          if (state !== "focused" || i < 0 || i >= LENGTH_MIN || !day) continue;
          day.focused++;
          const app = inFront[i];
          if (app) day[CLASSES[app]]++;
        }
        startMin += minutes;
      }
      using db = new DatabaseSync(t.path, { readOnly: true });
      const days = focusDays(db, SPAN, DAY_START_MIN, ZONE);
      const found = days.map(({ date, times, classes }) => {
        const { signal, noise, neutral } = classes;
        const inMin = { signal, noise, neutral, focused: times.focusedMs };
        return [
          date,
          Object.fromEntries(Object.entries(inMin).map(([k, ms]) => [k, ms / MINUTE_MS])),
        ];
      });
      assert.deepEqual(found, [...expected]);
    }),
    { numRuns: 40 },
  ));
