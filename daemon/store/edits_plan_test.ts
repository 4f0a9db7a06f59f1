/**
 * What a deletion is said to touch is what it takes, whatever was recorded and edited before.
 * @module
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { emptyTotals } from "../core/totals.ts";
import type { Deletion } from "../core/edit.ts";
import type { ClassTotals, Span } from "../core/types.ts";
import { scan, stored, temporaryStore } from "./testing.ts";

const T0 = 1_800_000_000_000;
const LONG = { startMs: T0 - 1e8, endMs: T0 + 1e8 };

const lengthMs = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 60_000 }),
  fc.integer({ min: 1, max: 4_000_000 }),
);
const place = { atMs: fc.integer({ min: 0, max: 6_000_000 }), lengthMs };
const told = fc.record({
  source: fc.constantFrom("window", "afk", "manual"),
  app: fc.constantFrom("sA", "nB", "xC"),
  ...place,
});
const deletion = fc.record({
  how: fc.constantFrom("span", "window", "afk", "manual", "event"),
  ...place,
});

type Test = ReturnType<typeof temporaryStore>;

async function tell(t: Test, told: readonly Told[]): Promise<void> {
  for (const { source, app, atMs, lengthMs } of told) {
    const span = { startMs: T0 + atMs, endMs: T0 + atMs + lengthMs };
    const cls = app[0] === "s" ? "signal" : app[0] === "n" ? "noise" : "neutral";
    if (source === "manual") {
      if (lengthMs > 0) await t.store.edits.add({ ...span, title: app, class: cls }, T0);
      continue;
    }
    const subject = source === "afk" ? {} : { app };
    await t.store.record([{
      source: source as "window" | "afk",
      subject,
      ...span,
      pulsetimeMs: 0,
    }]);
  }
}
type Told = typeof told extends fc.Arbitrary<infer T> ? T : never;

/** Events that reach into a span, by number. */
function eventsIn(t: Test, { startMs, endMs }: Span): { id: number; source: string }[] {
  using db = new DatabaseSync(t.path, { readOnly: true });
  return db.prepare(
    `SELECT id, source FROM event WHERE start_ms < ? AND (end_ms > ? OR start_ms >= ?) ORDER BY id`,
  ).all(endMs, startMs, startMs).map((row) => ({ ...row })) as { id: number; source: string }[];
}

function minus(a: ClassTotals, b: ClassTotals): ClassTotals {
  return {
    signalMs: a.signalMs - b.signalMs,
    noiseMs: a.noiseMs - b.noiseMs,
    neutralMs: a.neutralMs - b.neutralMs,
    afkMs: a.afkMs - b.afkMs,
  };
}

Deno.test("Edits.plan() of a span counts exactly what Edits.remove() takes, and undo gives it back", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(told, { minLength: 1, maxLength: 12 }),
      deletion,
      async (all, { how, atMs, lengthMs }) => {
        await using t = temporaryStore();
        await tell(t, all);
        const span = { startMs: T0 + atMs, endMs: T0 + atMs + Math.max(1, lengthMs) };
        const [event] = eventsIn(t, LONG);
        if (how === "event" && !event) return;
        const asked: Deletion = how === "event"
          ? { event: event.id }
          : { span, ...how !== "span" && { source: how as "window" } };
        const { store } = t;
        const before = store.totals(LONG);
        const plan = store.edits.plan(asked);
        const meant = () =>
          eventsIn(t, plan.span).filter(({ id, source }) =>
            how === "span" || (how === "event" ? id === event.id : source === how)
          );
        assert.equal(plan.events, meant().length);
        const edit = await store.edits.remove(asked, T0);

        assert.deepEqual(meant(), [], "nothing that was meant is left");
        // Of one source alone, what lay beneath comes to light.
        const gone = minus(before, store.totals(LONG));
        if (how === "span") assert.deepEqual(gone, plan.totals);
        if (how === "event") assert.throws(() => store.edits.plan(asked), /Cannot find event/);
        else assert.deepEqual(store.edits.plan(asked), { span, events: 0, totals: emptyTotals() });
        await store.edits.undo(edit.id, T0);
        assert.deepEqual(store.totals(LONG), before);
        assert.deepEqual(store.edits.plan(asked), plan);
        using db = new DatabaseSync(t.path, { readOnly: true });
        assert.deepEqual(stored(db), scan(db));
      },
    ),
    { numRuns: 40 },
  );
});
