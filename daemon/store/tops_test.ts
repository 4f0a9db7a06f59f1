import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { temporaryStore } from "./testing.ts";
import { phoneTimes, top, topAppsAndCategories } from "./tops.ts";

/** 2026-11-01T00:00:00Z, and a quarter of an hour. */
const BASE_MS = 1_793_491_200_000, BUCKET_MS = 900_000;

const events = fc.array(
  fc.record({
    source: fc.constantFrom("window" as const, "phone" as const, "afk" as const),
    device: fc.constantFrom("one", "two"),
    app: fc.constantFrom("s1", "s2", "n1", "n2", "u", undefined),
    atMin: fc.integer({ min: 0, max: 600 }),
    lengthMin: fc.integer({ min: 1, max: 40 }),
  }),
  { maxLength: 30 },
);
const spans = fc.tuple(fc.nat(40), fc.nat(40)).map(([one, two]) => ({
  startMs: BASE_MS + Math.min(one, two) * BUCKET_MS,
  endMs: BASE_MS + Math.max(one, two) * BUCKET_MS,
}));

Deno.test("what took the most time is the same by every way of counting", async () => {
  await fc.assert(
    fc.asyncProperty(events, spans, async (all, span) => {
      await using temporary = temporaryStore();
      await temporary.store.import(all.map(({ source, device, app, atMin, lengthMin }) => ({
        source,
        device: source === "phone" ? device : "",
        startMs: BASE_MS + atMin * 60_000,
        endMs: BASE_MS + (atMin + lengthMin) * 60_000,
        subject: source === "afk" ? {} : { app },
      })));
      using db = new DatabaseSync(temporary.path, { readOnly: true });
      const { apps, categories } = topAppsAndCategories(db, span, 3);
      assert.deepEqual(apps, top(db, span, "app", 3));
      assert.deepEqual(categories, top(db, span, "category", 3));
      const subjects = db.prepare(
        `SELECT coalesce(sum(ms), 0) AS ms FROM rollup_subject
         WHERE subject_id > 0 AND bucket_ms >= :startMs AND bucket_ms < :endMs`,
      ).get({ ...span }) as { ms: number };
      const whole = top(db, span, "app", 100).reduce((sum, { ms }) => sum + ms, 0);
      for (const { ms, class: most, totals } of categories) {
        const { signalMs, noiseMs, neutralMs, afkMs } = totals;
        assert.equal(signalMs + noiseMs + neutralMs + afkMs, ms);
        const times = { signal: signalMs, noise: noiseMs, neutral: neutralMs, afk: afkMs };
        assert.equal(times[most], Math.max(...Object.values(times)));
      }
      assert.equal(whole, subjects.ms);
      const phones = db.prepare(
        `SELECT r.device, sum(r.ms) AS ms, sum(iif(s.class = 'noise', r.ms, 0)) AS noiseMs
         FROM rollup_source r JOIN subject s ON s.id = r.subject_id
         WHERE r.source = 'phone' AND r.bucket_ms >= :startMs AND r.bucket_ms < :endMs
         GROUP BY 1 HAVING sum(r.ms) > 0 ORDER BY 2 DESC, 1`,
      ).all({ ...span });
      assert.deepEqual(
        phoneTimes(db, span).map((row) => ({ ...row })),
        phones.map((row) => ({ ...row })),
      );
    }),
    { numRuns: 30 },
  );
});
