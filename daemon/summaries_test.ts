import assert from "node:assert/strict";
import { addDays, daySpan, localZone } from "./core/day.ts";
import type { Goal, PeriodWish } from "./core/summary.ts";
import { Summaries } from "./summaries.ts";
import { temporaryStore } from "./store/testing.ts";

const MIN = 60_000, HOUR = 60 * MIN;
const DAY_START_MIN = 240;
const DATE = "2026-01-14";

/** A moment of a day's local clock. */
function at(hour: number, minute = 0, date = DATE): number {
  const [year, month, day] = date.split("-").map(Number);
  return new Date(year, month - 1, day, hour, minute).getTime();
}

/** Summaries of a real store, by a clock that stands where it is put. */
function scene(nowMs = at(20)) {
  const clock = { wallMs: nowMs, nowMs: () => clock.wallMs, monoMs: () => 0 };
  const stored = temporaryStore({ nowMs: clock.nowMs });
  const { store } = stored;
  const summaries = new Summaries({
    ...{ store, clock, zone: localZone, dayStartMin: DAY_START_MIN },
  });
  const record =
    (source: "window" | "phone", device = "") => (startMs: number, min: number, app: string) => ({
      ...{ source, device, startMs, endMs: startMs + min * MIN, subject: { app } },
    });
  return {
    ...{ store, clock, summaries },
    window: record("window"),
    phone: record("phone", "p1"),
    day: (date = DATE) => summaries.of({ period: "day", date }),
    [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose](),
  };
}

Deno.test("Summaries.of() gathers all that was recorded of a day", async () => {
  await using it = scene();
  const { store } = it;
  await store.phones.pair({ id: "p1", name: "Pixel 7", secret: "00", bearer: false }, at(0));
  await store.import([
    it.window(at(9), 60, "signal app"),
    it.window(at(10), 20, "noisy app"),
    it.window(at(11), 10, "other app"),
    // The phone counts where its noise hides the window.
    it.phone(at(9, 30), 15, "noisy phone app"),
    it.phone(at(15), 10, "other phone app"),
    // Days before: what is usual.
    it.window(at(9, 0, "2026-01-10"), 30, "signal app"),
    it.window(at(10, 0, "2026-01-10"), 30, "noisy app"),
    // Longer ago than that.
    it.window(at(9, 0, "2025-11-10"), 300, "noisy app"),
  ]);
  const summary = await it.day();
  assert.deepEqual(
    [summary.firstDate, summary.lastDate, summary.isOver, summary.period],
    [DATE, DATE, false, "day"],
  );
  assert.deepEqual(summary.totals, {
    ...{ signalMs: 45 * MIN, noiseMs: 35 * MIN, neutralMs: summary.totals.neutralMs, afkMs: 0 },
  });
  assert.equal(summary.snr, 45 / 35);
  assert.equal(summary.meanSignalShare, 0.5);
  const { name, class: cls, ms } = summary.topApps[0];
  assert.deepEqual([name, cls, ms], ["signal app", "signal", 45 * MIN]);
  assert.equal(summary.topCategories[0].name, "signal app");
  assert.deepEqual(summary.phones, [{ device: "Pixel 7", ms: 25 * MIN, noiseMs: 15 * MIN }]);
  const nine = summary.hours.find(({ span }) => span.startMs === at(9));
  assert.deepEqual(nine?.totals, { signalMs: 45 * MIN, noiseMs: 15 * MIN, neutralMs: 0, afkMs: 0 });
  assert.equal(summary.hours.length, 24);
  assert.deepEqual(summary.days, [{ date: DATE, totals: summary.totals }]);
  assert.match(summary.sentence, /^So far 45 min of signal against 35 min of noise, 6 points more/);
});

Deno.test("Summaries.of() counts blocks that reach into the period, as far as they do", async () => {
  await using it = scene(at(20));
  const { blocks } = it.store;
  const begin = (startMs: number, min: number) =>
    blocks.begin({
      ...{
        actor: "user" as const,
        startMs,
        strict: false,
        lists: [],
        domains: [],
        names: ["a.test"],
      },
      timing: {
        ...{ lengthMs: min * MIN, elapsedMs: 0, seen: { wallMs: startMs, upMs: 0 } },
        ...{ endMs: startMs + min * MIN, byClock: true },
      },
    });
  // Over the day's begin at 04:00; one that failed; one that was replaced; one that runs.
  await begin(at(3), 120);
  await blocks.end("time", at(5));
  await begin(at(8), 60);
  await blocks.end("failed", at(8) + 1);
  await begin(at(10), 60);
  await begin(at(10, 30), 60);
  await blocks.end("user", at(10, 45));
  await begin(at(19), 120);
  assert.deepEqual((await it.day()).blocks, { count: 4, ms: (60 + 30 + 15 + 60) * MIN });
  assert.deepEqual((await it.day("2026-01-13")).blocks, { count: 1, ms: 60 * MIN });
  assert.deepEqual((await it.day("2026-01-12")).blocks, { count: 0, ms: 0 });
});

Deno.test("Summaries.of() counts a focus session where its time was", async () => {
  await using it = scene();
  const { begun } = await it.store.focus.begin({
    source: "browser",
    camera: "",
    startMs: at(3, 50),
  });
  const spans = [
    { startMs: at(3, 50), endMs: at(4, 30), state: "focused" as const },
    { startMs: at(4, 30), endMs: at(4, 40), state: "uncertain" as const },
  ];
  await it.store.focus.append(begun.id, 1, () => spans);
  const { focus } = await it.day();
  assert.deepEqual([focus.sessions, focus.focusedMs, focus.uncertainMs], [0, 30 * MIN, 10 * MIN]);
  const { focus: before } = await it.day("2026-01-13");
  assert.deepEqual([before.sessions, before.focusedMs], [1, 10 * MIN]);
});

Deno.test("Summaries.of() is honest about a period without anything", async () => {
  await using it = scene();
  const { sentence, totals, days, goals } = await it.day("1999-12-31");
  assert.equal(sentence, "Nothing was recorded in this period.");
  assert.deepEqual([totals.signalMs, days, goals], [0, [], []]);
});

Deno.test("Summaries.of() refuses what lies in the future, and takes what has begun", async () => {
  await using it = scene(at(20));
  const later = { startMs: at(21), endMs: at(22) };
  const cases: [PeriodWish, string | undefined][] = [
    [{ period: "day", date: DATE }, undefined],
    [{ period: "day", date: "2026-01-15" }, "2026-01-15"],
    [{ period: "day", date: "2030-01-01" }, "2030-01-01"],
    [{ period: "week", date: "2026-01-18" }, undefined],
    [{ period: "week", date: "2026-01-19" }, "the week of 2026-01-19"],
    [{ period: "month", date: "2026-01-31" }, undefined],
    [{ period: "month", date: "2026-02-28" }, "2026-02"],
    [{ period: "range", span: { ...later, startMs: at(19) } }, undefined],
    [{ period: "range", span: later }, `the range from ${new Date(later.startMs).toISOString()}`],
  ];
  for (const [wish, name] of cases) {
    const summary = it.summaries.of(wish);
    if (name === undefined) assert.equal((await summary).isOver, false);
    else {
      await assert.rejects(summary, (error) =>
        error instanceof RangeError &&
        error.message === `Cannot summarize ${name}: it lies in the future`);
    }
  }
});

Deno.test("goals are judged on whole days, and streaks go on before the period", async () => {
  await using it = scene(at(20));
  const goals: Goal[] = [
    { kind: "at_least", class: "signal", minutes: 60 },
    { kind: "at_most", class: "noise", minutes: 10 },
    { kind: "at_least", class: "signal", minutes: 600 },
  ];
  await it.summaries.setGoals(goals);
  assert.deepEqual(it.summaries.goals(), goals);
  // Two hundred days with an hour of signal, one that was broken, and more of the same before.
  const LENGTH = 200;
  await it.store.import(
    Array.from(
      { length: LENGTH + 50 },
      (_, i) => it.window(at(9, 0, addDays(DATE, -i)), i === LENGTH ? 30 : 60, "signal app"),
    ),
  );
  const results = async (wish: PeriodWish) =>
    (await it.summaries.of(wish)).goals.map(({ metDays, countedDays, streakDays }) => [
      ...[metDays, countedDays, streakDays],
    ]);
  // Today's goals: met; not over yet; not settled.
  assert.deepEqual(await results({ period: "day", date: DATE }), [
    [1, 1, LENGTH],
    [0, 0, LENGTH + 49],
    [0, 0, 0],
  ]);
  assert.deepEqual(await results({ period: "week", date: DATE }), [
    [3, 3, LENGTH],
    [2, 2, LENGTH + 49],
    [0, 2, 0],
  ]);
  // An hour of a day is no shorter day.
  const span = { startMs: at(9, 15, "2026-01-13"), endMs: at(9, 30, "2026-01-13") };
  assert.deepEqual(await results({ period: "range", span }), [
    [1, 1, LENGTH - 1],
    [1, 1, LENGTH + 49],
    [0, 1, 0],
  ]);
  const { endMs } = daySpan(addDays(DATE, -LENGTH), localZone, DAY_START_MIN);
  assert.deepEqual(
    (await results({ period: "range", span: { startMs: endMs - HOUR, endMs } }))[0],
    [0, 1, 0],
  );
});
