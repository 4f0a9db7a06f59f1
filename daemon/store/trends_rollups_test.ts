import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { APPLICATION_ID, MIGRATIONS, openWriter } from "./database.ts";
import type { Judge } from "./mod.ts";
import { scan, stored, temporaryStore } from "./testing.ts";
import { dropUnusedHeadings } from "./trends_rollups.ts";

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
