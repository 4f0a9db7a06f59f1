import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import type { Heartbeat } from "../core/heartbeat.ts";
import { resolveTimeline } from "../core/timeline.ts";
import { scan, stored, temporaryStore } from "./testing.ts";

const T0 = 1_800_000_000_000;
const window = (app: string, startMs: number, endMs: number, pulsetimeMs = 10_000): Heartbeat => ({
  source: "window",
  subject: { app, title: `${app} title` },
  startMs,
  endMs,
  pulsetimeMs,
});
const afk = (startMs: number, endMs: number): Heartbeat => ({
  source: "afk",
  subject: {},
  startMs,
  endMs,
  pulsetimeMs: 10_000,
});

Deno.test("Store.record() grows the last event and returns it as committed", async () => {
  await using t = temporaryStore();
  const first = await t.store.record([window("sEditor", T0, T0)]);
  assert.deepEqual(await t.store.record([window("sEditor", T0, T0 + 5_000)]), first);
  const [grown] = t.store.events(first);
  assert.deepEqual(
    { ...grown, id: 0 },
    {
      id: 0,
      startMs: T0,
      endMs: T0 + 5_000,
      utcOffsetMin: 60,
      source: "window",
      app: "sEditor",
      title: "sEditor title",
      url: undefined,
      class: "signal",
      category: "sEditor",
      device: undefined,
    },
  );
  assert.equal(t.store.recent(10).length, 1);
});

Deno.test("Store.totals() takes away from the window what AFK claims, dated back", async () => {
  await using t = temporaryStore();
  await t.store.record([window("nVideo", T0, T0 + 200_000)]);
  await t.store.record([afk(T0 + 20_000, T0 + 200_000)]);
  assert.deepEqual({ ...t.store.totals({ startMs: T0, endMs: T0 + 3_600_000 }) }, {
    signalMs: 0,
    noiseMs: 20_000,
    neutralMs: 0,
    afkMs: 180_000,
  });
});

Deno.test("Store.record() goes on with one event after the clock was turned back", async () => {
  await using t = temporaryStore();
  await t.store.record([window("sA", T0, T0 + 60_000)]);
  const earlierMs = T0 - 3_600_000;
  await t.store.record([{ ...window("sA", earlierMs, earlierMs), pulsetimeMs: undefined }]);
  for (let i = 0; i < 5; i++) {
    await t.store.record([window("sA", earlierMs + i * 5_000, earlierMs + (i + 1) * 5_000)]);
  }
  assert.equal(t.store.recent(10).length, 2);
});

Deno.test("Store.import() adds an event once, however often it comes", async () => {
  await using t = temporaryStore();
  const event = {
    source: "window" as const,
    startMs: T0,
    endMs: T0 + 9_000,
    subject: { app: "sA" },
  };
  assert.deepEqual((await t.store.import([event])).map((r) => r.change), ["added"]);
  assert.deepEqual((await t.store.import([event, event])).map((r) => r.change), ["none", "none"]);
  assert.equal(t.store.totals({ startMs: T0, endMs: T0 + 60_000 }).signalMs, 9_000);
});

Deno.test("Store.import() keeps a window without any text apart from AFK", async () => {
  await using t = temporaryStore();
  await t.store.import([
    { source: "window", startMs: T0, endMs: T0 + 1_000, subject: {} },
    { source: "afk", startMs: T0 + 2_000, endMs: T0 + 3_000, subject: {} },
  ]);
  assert.deepEqual(t.store.recent(2).map((e) => e.class), ["afk", "neutral"]);
});

const step = fc.record({
  kind: fc.constantFrom("window", "afk", "phone", "import", "back"),
  app: fc.constantFrom("sA", "sB", "nC", "nD", "xE"),
  moveMs: fc.integer({ min: 0, max: 1_500_000 }),
  lengthMs: fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 4_000_000 })),
});

Deno.test("rollups equal a scan, and no second has two classes, whatever is recorded in any order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      await using t = temporaryStore();
      let at = T0;
      for (const { kind, app, moveMs, lengthMs } of steps) {
        at += kind === "back" ? -3 * moveMs : moveMs;
        const span = { startMs: at, endMs: at + lengthMs };
        if (kind === "afk") await t.store.record([afk(span.startMs, span.endMs)]);
        else if (kind === "import") {
          await t.store.import([{ source: "window", subject: { app }, ...span }]);
        } else if (kind === "phone") {
          await t.store.import([{ source: "phone", device: "p", subject: { app }, ...span }]);
        } else await t.store.record([window(app, span.startMs, span.endMs)]);
      }
      const db = new DatabaseSync(t.path, { readOnly: true });
      try {
        assert.deepEqual(stored(db), scan(db));
        const claims = db.prepare(
          `SELECT e.id, source, start_ms AS startMs, end_ms AS endMs, class
           FROM event e JOIN subject s ON s.id = subject_id`,
        ).all() as never;
        const everything = { startMs: T0 - 1e9, endMs: T0 + 1e9 };
        const fresh = resolveTimeline(everything, claims);
        const kept = db.prepare(
          `SELECT start_ms AS startMs, end_ms AS endMs, event_id AS eventId FROM timeline ORDER BY 1`,
        ).all().map((row) => ({ ...row }));
        assert.deepEqual(kept, fresh);
      } finally {
        db.close();
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("Store.reclassify() makes the past what it would be under the new rules", async () => {
  await using t = temporaryStore();
  for (let i = 0; i < 450; i++) {
    const startMs = T0 + i * 10_000;
    await t.store.import([
      { source: "window", subject: { app: `s${i}` }, startMs, endMs: startMs + 10_000 },
      { source: "phone", device: "p", subject: { app: `x${i}` }, startMs, endMs: startMs + 4_000 },
    ]);
  }
  const whole = { startMs: T0, endMs: T0 + 10_000_000 };
  assert.equal(t.store.totals(whole).signalMs, 4_500_000);
  t.store.setJudge({
    version: "later",
    classify: ({ app }) => ({ class: app![0] === "s" ? "neutral" : "noise" }),
  });
  assert.equal(t.store.staleSubjects(), 900);
  const progress = [];
  for await (const each of t.store.reclassify(new AbortController().signal)) progress.push(each);
  assert.deepEqual(progress.at(-1), { done: 900, total: 900 });
  assert.deepEqual({ ...t.store.totals(whole) }, {
    signalMs: 0,
    noiseMs: 1_800_000,
    neutralMs: 2_700_000,
    afkMs: 0,
  });
  const db = new DatabaseSync(t.path, { readOnly: true });
  assert.deepEqual(stored(db), scan(db));
  db.close();
});

Deno.test("Store.reclassify() counts what is recorded in the same commit by the new rules", async () => {
  await using t = temporaryStore();
  await t.store.record([window("sA", T0, T0 + 5_000)]);
  t.store.setJudge({ version: "later", classify: () => ({ class: "noise" }) });
  const before = t.store.record([window("sA", T0, T0 + 10_000)]);
  const judged = t.store.reclassify(new AbortController().signal).next();
  const after = t.store.record([window("sA", T0, T0 + 15_000)]);
  await Promise.all([before, judged, after]);
  const db = new DatabaseSync(t.path, { readOnly: true });
  assert.deepEqual(stored(db), scan(db));
  db.close();
});
