/** What trying rules says is what judging the past again then does. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { createClassifier } from "../core/classify.ts";
import type { Rule } from "../core/rules.ts";
import type { ActivityClass, EventSource, Subject } from "../core/types.ts";
import { rulesVersion } from "../rules_service.ts";
import type { Judge } from "./mod.ts";
import { temporaryStore } from "./testing.ts";

const T0 = Date.UTC(2026, 0, 14, 9);
const MIN = 60_000;

async function judgeBy(rules: readonly Rule[]): Promise<Judge> {
  const { classify } = await createClassifier(rules);
  return { version: await rulesVersion(rules), classify };
}

/** Programs and titles that the default pack knows, and some that nobody does. */
const subject: fc.Arbitrary<Subject> = fc.record({
  app: fc.constantFrom("Code", "firefox", "com.instagram.android", "Zorgblatt", "Quux 2"),
  title: fc.constantFrom(
    undefined,
    "Cat video - YouTube — Mozilla Firefox",
    "JIRA-17 blue shed",
    "(3) blue shed",
    "main.ts - Visual Studio Code",
  ),
  url: fc.constantFrom(undefined, "https://www.example.org/a", "https://github.com/x"),
});
const event = fc.record({
  source: fc.constantFrom<EventSource>("window", "window", "afk", "phone"),
  subject,
  fromMin: fc.integer({ min: 0, max: 200 }),
  minutes: fc.integer({ min: 1, max: 40 }),
});
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    match: fc.constantFrom("app" as const, "title" as const),
    exact: fc.constantFrom("zorgblatt", "blue shed", "com.instagram.android", "code"),
    class: fc.constantFrom<ActivityClass>("signal", "noise", "neutral"),
  }),
  fc.record({
    match: fc.constantFrom("app" as const, "title" as const, "url" as const),
    regex: fc.constantFrom("^jira-\\d+", "shed", "youtube", "example\\.org", "quux|insta", "."),
    class: fc.constantFrom<ActivityClass>("signal", "noise", "neutral"),
    category: fc.constantFrom("work", "media/video"),
  }),
);
const rules = fc.array(rule, { maxLength: 4 });

interface Row extends Record<string, unknown> {
  readonly id: number;
  readonly class: ActivityClass;
  readonly category: string | null;
}

/** Subjects, their time in the timeline, and the time of all by class. */
function state(path: string) {
  using db = new DatabaseSync(path, { readOnly: true });
  const subjects = db.prepare(
    `SELECT id, class, category, by_hand AS byHand, coalesce((SELECT sum(end_ms - start_ms) FROM timeline
       WHERE subject_id = id), 0) AS ms FROM subject WHERE id > 0`,
  ).all() as unknown as (Row & { ms: number; byHand: number })[];
  const totals = db.prepare(
    `SELECT coalesce(sum(iif(class = 'signal', ms, 0)), 0) AS signalMs,
       coalesce(sum(iif(class = 'noise', ms, 0)), 0) AS noiseMs,
       coalesce(sum(iif(class = 'neutral', ms, 0)), 0) AS neutralMs,
       coalesce(sum(iif(class = 'afk', ms, 0)), 0) AS afkMs
     FROM (SELECT s.class, t.end_ms - t.start_ms AS ms FROM timeline t JOIN subject s ON s.id = t.subject_id)`,
  ).get();
  return { subjects: new Map(subjects.map((row) => [row.id, row])), totals: { ...totals } };
}

Deno.test("rulesPreview() says what judging the past again then does", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 15 }),
      rules,
      rules,
      fc.boolean(),
      async (events, current, next, isStale) => {
        const inForce = await judgeBy(current);
        await using t = temporaryStore({ judge: isStale ? await judgeBy([]) : inForce });
        await t.store.import(events.map(({ source, subject, fromMin, minutes }) => ({
          startMs: T0 + fromMin * MIN,
          endMs: T0 + (fromMin + minutes) * MIN,
          source,
          device: source === "phone" ? "pixel" : undefined,
          subject: source === "afk" ? {} : subject,
        })));
        const before = state(t.path);
        const preview = await t.store.reader.call("rulesPreview", next, {
          rules: current,
          version: inForce.version,
        });
        assert.deepEqual(state(t.path), before);
        const judge = await judgeBy(next);
        t.store.setJudge(judge);
        for await (const _ of t.store.reclassify(new AbortController().signal));
        const after = state(t.path);
        assert.deepEqual(preview.before, before.totals);
        assert.deepEqual(preview.after, after.totals);
        const changed = [...after.subjects.values()].filter((row) => {
          const old = before.subjects.get(row.id)!;
          return Math.max(old.ms, row.ms) > 0 &&
            (old.class !== row.class || old.category !== row.category);
        });
        assert.equal(preview.subjects, changed.length);
        assert.equal(preview.top.length, changed.length);
        const shown = changed.map((row) => ({
          before: before.subjects.get(row.id)!.class,
          after: row.class,
          category: row.category,
          ms: Math.max(row.ms, before.subjects.get(row.id)!.ms),
        }));
        const key = (each: unknown) => JSON.stringify(each);
        assert.deepEqual(
          preview.top.map((each) =>
            key({
              before: each.before.class,
              after: each.after.class,
              category: each.after.category ?? null,
              ms: each.ms,
            })
          ).sort(),
          shown.map(key).sort(),
        );
        assert.equal(preview.ms, shown.reduce((sum, { ms }) => sum + ms, 0));
        await assertUses(t.path, next, preview.uses);
      },
    ),
    { numRuns: 60 },
  );
});

/** Each rule decides what the classifier says it does. */
async function assertUses(
  path: string,
  rules: readonly Rule[],
  uses: readonly { readonly subjects: number; readonly ms: number }[],
): Promise<void> {
  const { explain } = await createClassifier(rules);
  const wanted = rules.map(() => ({ subjects: 0, ms: 0 }));
  using db = new DatabaseSync(path, { readOnly: true });
  const rows = db.prepare(
    `SELECT app, title, url, sum(t.end_ms - t.start_ms) AS ms FROM subject s JOIN timeline t
       ON t.subject_id = s.id WHERE s.id > 0 GROUP BY s.id`,
  ).all() as { app: string; title: string; url: string; ms: number }[];
  for (const { app, title, url, ms } of rows) {
    const said = explain({
      app: app || undefined,
      title: title || undefined,
      url: url || undefined,
    });
    if (said.origin !== "user") continue;
    const use = wanted[rules.indexOf(said.rule!)];
    use.subjects++;
    use.ms += ms;
  }
  assert.deepEqual(uses, wanted);
}

Deno.test("rulesPreview() leaves alone what was entered by hand", async () => {
  await using t = temporaryStore({ judge: await judgeBy([]) });
  await t.store.import([
    {
      ...{ startMs: T0, endMs: T0 + MIN, source: "manual" as const },
      subject: { title: "blue shed" },
      byHand: { class: "signal" as const },
    },
  ]);
  const tried: Rule[] = [{ match: "title", exact: "blue shed", class: "noise" }];
  const inForce = { rules: [], version: await rulesVersion([]) };
  const preview = await t.store.reader.call("rulesPreview", tried, inForce);
  assert.equal(preview.subjects, 0);
  assert.deepEqual(preview.after, preview.before);
});

Deno.test("a worker that is closed in the middle of a preview ends it, and its connection", async () => {
  await using t = temporaryStore({ judge: await judgeBy([]) });
  await t.store.import(
    Array.from({ length: 3_000 }, (_, i) => ({
      startMs: T0 + i * 1_000,
      endMs: T0 + (i + 1) * 1_000,
      source: "window" as const,
      subject: { app: `app ${i}`, title: `${i} of a title that nobody knows`.repeat(12) },
    })),
  );
  const heavy = Array.from({ length: 100 }, (_, i): Rule => ({
    match: "title",
    regex: `^ticket-${i}$`,
    class: "noise",
  }));
  const inForce = { rules: [], version: "other" };
  const preview = t.store.reader.call("rulesPreview", heavy, inForce);
  const ended = assert.rejects(preview, /closed/);
  // Another is answered meanwhile: the first gives it its turn.
  assert.equal((await t.store.reader.call("extent")).count, 3_000);
  await t.store.reader.close();
  await ended;
});
