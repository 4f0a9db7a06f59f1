import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { addDays, dateOf, daySpan } from "../core/day.ts";
import { zoneOf } from "../core/testing.ts";
import { emptyTotals } from "../core/totals.ts";
import { TREND_PERIODS } from "../core/trends.ts";
import type { ClassTotals, Span } from "../core/types.ts";
import { activeDays, heatmap, totals } from "./reads.ts";
import { temporaryStore } from "./testing.ts";
import { trends } from "./trends.ts";
import { HeadingReader } from "./trends_headings.ts";

const T0 = Date.parse("2026-03-27T12:00:00Z");
const DAY_MS = 86_400_000;
// Clocks are set on 29 March in Berlin; Kolkata's days begin within an hour of UTC, and Lord Howe's change by half an hour.
const ZONES = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe"]
  .map(zoneOf);

const events = fc.array(
  fc.record({
    source: fc.constantFrom("window" as const, "phone" as const, "afk" as const),
    app: fc.constantFrom("sA", "sB", "nC", "xD"),
    atMin: fc.integer({ min: -40 * 1440, max: 9 * 1440 }),
    lengthMs: fc.integer({ min: 1, max: 80_000_000 }),
  }),
  { maxLength: 14 },
);

async function storeWith(
  all: readonly {
    source: "window" | "phone" | "afk";
    app: string;
    atMin: number;
    lengthMs: number;
  }[],
) {
  const t = temporaryStore();
  await t.store.import(all.map(({ source, app, atMin, lengthMs }) => {
    const startMs = T0 + atMin * 60_000 + 17;
    const subject = source === "afk" ? {} : { app };
    const device = source === "phone" ? "p" : "";
    return { source, device, subject, startMs, endMs: startMs + lengthMs };
  }));
  return t;
}

const active = (times: Pick<ClassTotals, "signalMs" | "noiseMs" | "neutralMs">) =>
  times.signalMs + times.noiseMs + times.neutralMs;
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

Deno.test("times by heading in any span are those that the timeline has in it", async () => {
  const span = fc.tuple(fc.integer({ min: -40 * DAY_MS, max: 12 * DAY_MS }), fc.nat(30 * DAY_MS));
  await fc.assert(
    fc.asyncProperty(events, fc.array(span, { minLength: 5, maxLength: 5 }), async (all, spans) => {
      await using t = await storeWith(all);
      using db = new DatabaseSync(t.path, { readOnly: true });
      const reader = new HeadingReader(db);
      for (const [fromMs, lengthMs] of spans) {
        const span: Span = { startMs: T0 + fromMs, endMs: T0 + fromMs + lengthMs };
        const wanted = db.prepare(
          `SELECT coalesce(category, '') AS category, class, sum(min(end_ms, :endMs) - max(start_ms, :startMs)) AS ms
           FROM timeline t JOIN subject s ON s.id = t.subject_id
           WHERE class <> 'afk' AND end_ms > :startMs AND start_ms < :endMs GROUP BY 1, 2 ORDER BY 1, 2`,
        ).all({ ...span }).map((row) => ({ ...row }));
        const found = [...reader.of(span)].flatMap(([category, { signalMs, noiseMs, neutralMs }]) =>
          [["neutral", neutralMs], ["noise", noiseMs], ["signal", signalMs]]
            .filter(([_, ms]) => ms !== 0).map(([cls, ms]) => ({ category, class: cls, ms }))
        ).sort((a, b) => a.category < b.category ? -1 : a.category > b.category ? 1 : 0);
        assert.deepEqual(found, wanted);
      }
    }),
    { numRuns: 25 },
  );
});

Deno.test("trends() adds up: columns, categories and heat to the whole, in every zone and period", async () => {
  await fc.assert(
    fc.asyncProperty(
      events,
      fc.constantFrom(...ZONES),
      fc.nat(95),
      fc.integer({ min: -30, max: 12 }),
      async (all, zone, quarter, back) => {
        await using t = await storeWith(all);
        using db = new DatabaseSync(t.path, { readOnly: true });
        const dayStartMin = quarter * 15;
        const nowMs = T0 + 9 * DAY_MS + 1234;
        const date = addDays(dateOf(nowMs, zone, dayStartMin), -Math.max(0, back));
        for (const period of TREND_PERIODS) {
          const found = trends(db, { period, date, nowMs, dayStartMin, goals: [] }, zone);
          assert.deepEqual(found.totals, { ...totals(db, found.span) });
          assert.deepEqual(found.previous.totals, { ...totals(db, found.previous.span) });
          const ofColumns = emptyTotals();
          for (const { totals: each } of found.columns) {
            for (const key of Object.keys(ofColumns) as (keyof ClassTotals)[]) {
              ofColumns[key] += each[key];
            }
          }
          assert.deepEqual(ofColumns, found.totals);
          assert.equal(sum(found.categories.map(active)), active(found.totals));
          assert.equal(
            sum(found.categories.map(({ previousMs }) => previousMs)),
            active(found.previous.totals),
          );
          for (const column of found.columns) {
            assert.equal(sum(column.categoriesMs), active(column.totals));
          }
          found.categories.forEach((category, index) =>
            assert.equal(sum(found.columns.map((c) => c.categoriesMs[index])), active(category))
          );
          if (period !== "day") assert.equal(sum(found.heat.map(active)), active(found.totals));
          assert.equal(found.columns.at(-1)?.span.endMs, found.span.endMs);
          assert.equal(found.columns[0].span.startMs, found.span.startMs);
        }
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("trends() has the days and the heat map that the other reads have", async () => {
  await using t = await storeWith([
    { source: "window", app: "sA", atMin: 0, lengthMs: 3_700_000 },
    { source: "phone", app: "nC", atMin: 3_000, lengthMs: 8_000_000 },
    { source: "afk", app: "", atMin: 5_000, lengthMs: 9_000_000 },
  ]);
  using db = new DatabaseSync(t.path, { readOnly: true });
  const found = trends(db, {
    ...{
      period: "month",
      date: "2026-03-27",
      nowMs: T0 + 30 * DAY_MS,
      dayStartMin: 240,
      goals: [],
    },
  });
  const plain = found.heat.map((cell) => ({ ...cell }));
  assert.deepEqual(plain, heatmap(db, found.span, 240).map((cell) => ({ ...cell })));
  const days = found.columns.filter(({ totals: { afkMs }, totals }) => active(totals) + afkMs > 0)
    .map(({ date, totals }) => ({ date, totals }));
  assert.deepEqual(days, activeDays(db, found.span, 240));
  assert.equal(found.activeDays, 2);
});

Deno.test("trends() follows a row of kept days back to where it began", async () => {
  await using t = temporaryStore();
  const zone = () => 0;
  const at = (date: string, minutes: number) => {
    const { startMs } = daySpan(date, zone, 240);
    const subject = { app: "sWork" };
    return { source: "window" as const, subject, startMs, endMs: startMs + minutes * 60_000 };
  };
  const dates = Array.from({ length: 200 }, (_, i) => addDays("2026-01-01", i));
  await t.store.import(dates.filter((date) => date !== "2026-01-20").map((date) => at(date, 90)));
  await t.store.import([at("2026-01-20", 10)]);
  using db = new DatabaseSync(t.path, { readOnly: true });
  const last = dates[199];
  const nowMs = daySpan(last, zone, 240).endMs;
  const goals = [
    { kind: "at_least", class: "signal", minutes: 60 },
    { kind: "at_most", class: "noise", minutes: 5 },
  ] as const;
  const found = trends(db, { period: "week", date: last, nowMs, dayStartMin: 240, goals }, zone);
  assert.deepEqual(
    found.goals.map((
      { streakDays, longestDays, countedDays },
    ) => [streakDays, longestDays, countedDays]),
    [[180, 180, 7], [200, 200, 7]],
  );
  assert.equal(found.signalRun.streakDays, 200);
  assert.deepEqual(found.columns[0].goals, [
    { metDays: 1, countedDays: 1 },
    { metDays: 1, countedDays: 1 },
  ]);
});
