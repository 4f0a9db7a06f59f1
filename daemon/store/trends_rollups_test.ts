import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { APPLICATION_ID, MIGRATIONS, openWriter } from "./database.ts";
import type { Judge } from "./mod.ts";
import { scan, stored, temporaryStore } from "./testing.ts";
import { HeadingReader } from "./trends_headings.ts";
import { dropUnusedHeadings, headingsTrueFrom } from "./trends_rollups.ts";
import type { Span } from "../core/types.ts";

const T0 = 1_800_000_000_000;
const APPS = ["a", "b", "c", "d"];

/** Judges each app as one of these says, by its place; `undefined` as a category is none. */
function judgeOf(version: string, verdicts: readonly ReturnType<Judge["classify"]>[]): Judge {
  return { version, classify: ({ app = "" }) => verdicts[APPS.indexOf(app)] };
}

const verdict = fc.record({
  class: fc.constantFrom("signal" as const, "noise" as const, "neutral" as const),
  category: fc.constantFrom("work", "work/code", "media", undefined),
});
const verdicts = fc.array(verdict, { minLength: APPS.length, maxLength: APPS.length });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      source: fc.constantFrom("window" as const, "phone" as const, "afk" as const),
      app: fc.constantFrom(...APPS),
      atMin: fc.integer({ min: -300, max: 600 }),
      lengthMs: fc.integer({ min: 1, max: 5_000_000 }),
    }),
  },
  { weight: 1, arbitrary: verdicts },
);

Deno.test("sums by hour and heading equal those by quarter, whatever is recorded and judged again", async () => {
  await fc.assert(
    fc.asyncProperty(verdicts, fc.array(step, { maxLength: 14 }), async (first, steps) => {
      await using t = temporaryStore({ judge: judgeOf("0", first) });
      for (const [index, each] of steps.entries()) {
        if (Array.isArray(each)) {
          t.store.setJudge(judgeOf(`${index + 1}`, each));
          for await (const _ of t.store.reclassify(new AbortController().signal));
          continue;
        }
        const { source, app, atMin, lengthMs } = each;
        const startMs = T0 + atMin * 60_000;
        const subject = source === "afk" ? {} : { app };
        const device = source === "phone" ? "p" : "";
        await t.store.import([{ source, device, subject, startMs, endMs: startMs + lengthMs }]);
      }
      using db = new DatabaseSync(t.path);
      assert.deepEqual(stored(db), scan(db));
      const count = () => db.prepare("SELECT count(*) AS n FROM heading").get()!.n as number;
      dropUnusedHeadings(db);
      assert.equal(
        count(),
        new Set(stored(db).headings.map((h) => `${h.class} ${h.category}`)).size,
      );
      assert.deepEqual(stored(db), scan(db));
    }),
    { numRuns: 50 },
  );
});

const HOURS = 700;

/** A store with a window in each of many quarters, more than are moved at a time, and a few of another. */
async function manyQuarters() {
  const t = temporaryStore({ judge: judgeOf("0", [{ class: "signal", category: "work" }]) });
  const hour = 3_600_000;
  await t.store.import(Array.from({ length: HOURS }, (_, i) => ({
    ...{ source: "window" as const, device: "", subject: { app: "a", title: `${i % 30}` } },
    ...{ startMs: T0 + i * hour, endMs: T0 + i * hour + 60_000 },
  })));
  return t;
}

/** Every time by heading in a span, as the timeline has it and as a reader says. */
function headingTimes(db: DatabaseSync, span: Span) {
  const told = [...new HeadingReader(db).of(span)].flatMap(([category, { signalMs, noiseMs }]) => [
    [category, "signal", signalMs],
    [category, "noise", noiseMs],
  ]).filter(([, , ms]) => ms !== 0);
  const rows = db.prepare(
    `SELECT s.category, s.class, sum(t.end_ms - t.start_ms) AS ms FROM timeline t
     JOIN subject s ON s.id = t.subject_id WHERE t.start_ms >= ? AND t.start_ms < ? GROUP BY 1, 2`,
  ).all(span.startMs, span.endMs);
  const order = (a: unknown, b: unknown) => String(a) < String(b) ? -1 : 1;
  return [told.sort(order), rows.map((row) => Object.values(row)).sort(order)];
}

Deno.test("times by heading are true after every turn of judging again, and of what is recorded meanwhile", async () => {
  await using t = await manyQuarters();
  t.store.setJudge(judgeOf("1", [{ class: "noise", category: "media" }]));
  const span = { startMs: T0, endMs: T0 + HOURS * 3_600_000 };
  using db = new DatabaseSync(t.path);
  let turns = 0;
  for await (const _ of t.store.reclassify(new AbortController().signal)) {
    const startMs = T0 + turns * 900_000 + 300_000;
    await t.store.import([
      ...[{ source: "window" as const, device: "", subject: { app: "a", title: "0" }, startMs }]
        .map((beat) => ({ ...beat, endMs: startMs + 7 })),
    ]);
    assert.deepEqual(...headingTimes(db, span) as [unknown, unknown]);
    assert.deepEqual(stored(db).classes, scan(db).classes);
    turns++;
  }
  assert.ok(turns > 1);
  assert.deepEqual(stored(db), scan(db));
  assert.equal(headingsTrueFrom(db), -Infinity);
});

Deno.test("judging again that was cut off goes on where it was: no sum by heading is taken for true before", async () => {
  await using t = await manyQuarters();
  const first = judgeOf("1", [{ class: "noise", category: "media" }]);
  t.store.setJudge(first);
  for await (const { done, total } of t.store.reclassify(new AbortController().signal)) {
    // The generator is given up, as at an end of the program: every subject is judged, nothing is summed.
    if (done === total) break;
  }
  assert.equal(t.store.staleSubjects(), 0);
  assert.equal(t.store.isPastJudged, false);
  await t.store.close();
  await using again = temporaryStore({ path: t.path, judge: first });
  using db = new DatabaseSync(t.path);
  const span = { startMs: T0, endMs: T0 + HOURS * 3_600_000 };
  assert.deepEqual(...headingTimes(db, span) as [unknown, unknown]);
  for await (const _ of again.store.reclassify(new AbortController().signal));
  assert.ok(again.store.isPastJudged);
  assert.deepEqual(stored(db), scan(db));
});

Deno.test("what few quarters a changed rule touches is moved at once", async () => {
  await using t = await manyQuarters();
  t.store.setJudge({
    version: "1",
    classify: ({ title }) =>
      title === "7" ? { class: "noise" } : { class: "signal", category: "work" },
  });
  using db = new DatabaseSync(t.path);
  for await (const _ of t.store.reclassify(new AbortController().signal)) {
    assert.equal(headingsTrueFrom(db), -Infinity);
    assert.deepEqual(stored(db), scan(db));
  }
});

Deno.test("a database of version 6 is given the sums by hour and heading", () => {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-migration-" });
  try {
    const path = `${dir}/prodtracker.db`;
    const old = new DatabaseSync(path);
    for (const migration of MIGRATIONS.slice(0, 6)) old.exec(migration);
    old.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 6;
      INSERT INTO subject VALUES (1, 'a', '', '', 'signal', 'work', 'v', 0),
        (2, 'b', '', '', 'signal', 'work', 'v', 0), (3, 'c', '', '', 'neutral', NULL, 'v', 0),
        (4, 'd', '', '', 'noise', 'gone', 'v', 0);
      INSERT INTO rollup_subject VALUES (0, 1, 1000), (900000, 1, 20), (900000, 2, 3), (2700000, 0, 7),
        (3600000, 3, 5), (7200000, 1, 9)`);
    old.close();
    const db = openWriter(path);
    const hour = 3_600_000;
    assert.deepEqual(stored(db).headings, [
      { width_ms: hour, bucket_ms: 0, category: "", class: "afk", ms: 7 },
      { width_ms: hour, bucket_ms: 0, category: "work", class: "signal", ms: 1023 },
      { width_ms: hour, bucket_ms: hour, category: "", class: "neutral", ms: 5 },
      { width_ms: hour, bucket_ms: 2 * hour, category: "work", class: "signal", ms: 9 },
      { width_ms: 24 * hour, bucket_ms: 0, category: "", class: "afk", ms: 7 },
      { width_ms: 24 * hour, bucket_ms: 0, category: "", class: "neutral", ms: 5 },
      { width_ms: 24 * hour, bucket_ms: 0, category: "work", class: "signal", ms: 1032 },
    ]);
    assert.equal(db.prepare("SELECT 1 FROM heading WHERE category = 'gone'").get(), undefined);
    db.close();
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});
