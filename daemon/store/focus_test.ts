import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import fc from "fast-check";
import { type FocusSpan, totalsOf } from "../core/focus.ts";
import { emptyFocusTimes, FOCUS_STATES, TIME_OF } from "../core/focus_session.ts";
import type { Heartbeat } from "../core/heartbeat.ts";
import { APPLICATION_ID, MIGRATIONS } from "./database.ts";
import { focusedOnWithin } from "./focus_joins.ts";
import { focusDetail, focusTimes } from "./focus_reads.ts";
import { Store } from "./mod.ts";
import { setAside } from "./salvage.ts";
import { LETTER_JUDGE, scan, scanFocus, stored, storedFocus, temporaryStore } from "./testing.ts";

/** 2026-11-01T00:05:00Z: the first quarter of an hour is soon over. */
const T0 = 1_793_491_500_000;

function reopen(path: string): Store {
  return new Store({
    path,
    judge: LETTER_JUDGE,
    offsetMinAt: () => 0,
    nowMs: () => T0,
    copies: () => [],
  });
}

function begin(store: Store, startMs = T0) {
  return store.focus.begin({ source: "browser", camera: "cam", startMs });
}

const stateArbitrary = fc.constantFrom(...FOCUS_STATES);
const lengthArbitrary = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 90_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9_000_000 }) },
);
const stepArbitrary = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("batch" as const),
      gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90_000 })),
      spans: fc.array(fc.tuple(stateArbitrary, lengthArbitrary), { minLength: 1, maxLength: 6 }),
      replay: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("window" as const, "afk" as const, "phone" as const),
      app: fc.constantFrom("sA", "sB", "nC", "xE"),
      backMs: fc.integer({ min: -200_000, max: 2_000_000 }),
      lengthMs: fc.integer({ min: 0, max: 1_200_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("begin" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
);

Deno.test(
  "focus: whatever is stored in any order, twice, and across restarts comes to the tally of all spans, and the rollups to a scan",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 25 }), async (steps) => {
        await using temporary = temporaryStore();
        let { store } = temporary;
        const sessions = new Map<number, { spans: FocusSpan[]; sequence: number }>();
        let current = (await begin(store)).begun.id;
        sessions.set(current, { spans: [], sequence: 0 });
        let nowMs = T0;
        try {
          for (const step of steps) {
            if (step.kind === "begin") {
              const { begun, replaced } = await begin(store, nowMs);
              assert.equal(replaced?.id, current);
              current = begun.id;
              sessions.set(current, { spans: [], sequence: 0 });
            } else if (step.kind === "restart") {
              await store.close();
              store = reopen(temporary.path);
            } else if (step.kind === "batch") {
              const session = sessions.get(current)!;
              let atMs = nowMs + step.gapMs;
              const spans = step.spans.map(([state, lengthMs]): FocusSpan => {
                const startMs = atMs;
                return { startMs, endMs: atMs += lengthMs, state };
              });
              const sequence = ++session.sequence;
              const add = () =>
                store.focus.append(
                  current,
                  sequence,
                  (known) => known.sequence >= sequence ? "known" : spans,
                );
              const answers = await Promise.all(step.replay ? [add(), add()] : [add()]);
              assert.deepEqual(answers[0], answers.at(-1));
              session.spans.push(...spans);
              nowMs = atMs;
            } else {
              const startMs = nowMs - step.backMs;
              await record(store, step.kind, step.app, startMs, startMs + step.lengthMs);
            }
          }
          for (const [id, { spans, sequence }] of sessions) {
            const session = store.focus.session(id)!;
            assert.deepEqual(session.totals, totalsOf(spans));
            assert.deepEqual([session.sequence, session.state], [sequence, spans.at(-1)?.state]);
            assert.equal(session.endMs, spans.at(-1)?.endMs ?? session.startMs);
            assert.equal(session.how, id === current ? "running" : "ended");
          }
          using db = new DatabaseSync(temporary.path, { readOnly: true });
          assert.deepEqual(stored(db), scan(db));
          assert.deepEqual(storedFocus(db), scanFocus(db));
          const all = [...sessions.values()].flatMap(({ spans }) => spans);
          assert.deepEqual(spansOf(db), joinNeighbours(all));
          checkWithin(db, all, nowMs);
          await store.focus.recount();
          assert.deepEqual(storedFocus(db), scanFocus(db));
        } finally {
          await store.close();
        }
      }),
      { numRuns: 60 },
    );
  },
);

async function record(
  store: Store,
  kind: "window" | "afk" | "phone",
  app: string,
  startMs: number,
  endMs: number,
): Promise<void> {
  if (kind === "phone") {
    await store.import([{ source: "phone", device: "p", subject: { app }, startMs, endMs }]);
    return;
  }
  const subject = kind === "afk" ? {} : { app };
  const beat: Heartbeat = { source: kind, subject, startMs, endMs, pulsetimeMs: 10_000 };
  await store.record([beat]);
}

/** Spans as they are stored, the hour's limit undone. */
function spansOf(db: DatabaseSync): FocusSpan[] {
  const rows = db.prepare(
    `SELECT start_ms AS startMs, end_ms AS endMs, state FROM focus_span ORDER BY session_id, start_ms`,
  ).all().map((row) => ({ ...row })) as unknown as FocusSpan[];
  return joinNeighbours(rows);
}

function joinNeighbours(spans: readonly FocusSpan[]): FocusSpan[] {
  const joined: FocusSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last?.endMs === span.startMs && last.state === span.state) {
      joined[joined.length - 1] = { ...last, endMs: span.endMs };
    } else joined.push(span);
  }
  return joined;
}

/** What is read for a span with edges anywhere is what a count by hand comes to. */
function checkWithin(db: DatabaseSync, spans: readonly FocusSpan[], nowMs: number): void {
  const pieces = db.prepare(
    `SELECT t.start_ms AS startMs, t.end_ms AS endMs, s.app FROM timeline t
     JOIN subject s ON s.id = t.subject_id WHERE s.id > 0`,
  ).all() as { startMs: number; endMs: number; app: string }[];
  const lengthMs = nowMs - T0;
  for (const [from, to] of [[0, 1], [0.2, 0.8], [0.31, 0.33], [0.5, 1.1], [-0.2, 0.4]]) {
    const span = {
      startMs: Math.round(T0 + from * lengthMs),
      endMs: Math.round(T0 + to * lengthMs),
    };
    const times = emptyFocusTimes();
    const byApp = new Map<string, number>();
    for (const { startMs, endMs, state } of spans) {
      const [fromMs, toMs] = [Math.max(startMs, span.startMs), Math.min(endMs, span.endMs)];
      times[TIME_OF[state]] += Math.max(0, toMs - fromMs);
      if (state !== "focused") continue;
      for (const piece of pieces) {
        const ms = Math.min(toMs, piece.endMs) - Math.max(fromMs, piece.startMs);
        if (ms > 0) byApp.set(piece.app, (byApp.get(piece.app) ?? 0) + ms);
      }
    }
    assert.deepEqual(focusTimes(db, span), times);
    const { apps, classes } = focusedOnWithin(db, span);
    assert.deepEqual(new Map(apps.map(({ name = "", focusedMs }) => [name, focusedMs])), byApp);
    const sum = [...byApp.values()].reduce((all, ms) => all + ms, 0);
    assert.equal(classes.signal + classes.noise + classes.neutral, sum);
  }
}

Deno.test("focus: a span of one state that goes on for hours is stored in pieces of an hour", async () => {
  await using t = temporaryStore();
  const { id } = (await begin(t.store)).begun;
  for (let sequence = 1; sequence <= 9; sequence++) {
    const startMs = T0 + (sequence - 1) * 1_000_000;
    const span = { startMs, endMs: startMs + 1_000_000, state: "focused" as const };
    await t.store.focus.append(id, sequence, () => [span]);
  }
  using db = new DatabaseSync(t.path, { readOnly: true });
  const lengths = db.prepare("SELECT end_ms - start_ms AS ms FROM focus_span ORDER BY start_ms")
    .all().map(({ ms }) => ms);
  assert.deepEqual(lengths, [3_600_000, 3_600_000, 1_800_000]);
  assert.deepEqual(storedFocus(db), scanFocus(db));
  const { minutes } = focusDetail(db, id);
  assert.equal(minutes.length, 150);
  assert.ok(minutes.every(({ focusedMs }) => focusedMs === 60_000));
});

Deno.test("focus: what is refused leaves nothing behind, and is no failed commit", async () => {
  await using t = temporaryStore();
  const { id } = (await begin(t.store)).begun;
  const before = t.store.focus.session(id);
  await assert.rejects(t.store.focus.append(id, 1, () => new RangeError("no")), /^RangeError: no$/);
  assert.deepEqual(t.store.focus.session(id), before);
  assert.equal(await t.store.focus.append(id + 1, 1, () => []), undefined);
  assert.equal(t.store.commits.failed, 0);
});

Deno.test("focus: of two sessions one runs; a lost one ends, an ended one is not lost", async () => {
  await using t = temporaryStore();
  const { focus } = t.store;
  const first = (await begin(t.store)).begun;
  assert.equal(focus.running()?.id, first.id);
  assert.equal((await focus.end(first.id, "lost", { unlessAfter: 0 }))?.how, "lost");
  assert.equal(focus.running(), undefined);
  const again = await focus.append(first.id, 1, () => []);
  assert.equal(again?.how, "running");
  assert.equal((await focus.end(first.id, "lost", { unlessAfter: 0 }))?.how, "running");
  assert.equal((await focus.end(first.id, "ended"))?.how, "ended");
  assert.equal((await focus.end(first.id, "lost"))?.how, "ended");
  const second = await begin(t.store, T0 + 60_000);
  assert.equal(second.replaced, undefined);
  const third = await begin(t.store, T0 + 90_000);
  assert.deepEqual([third.replaced?.id, third.replaced?.how], [second.begun.id, "ended"]);
  const everything = { startMs: 0, endMs: T0 * 2 };
  assert.deepEqual(focus.list(everything, 2).map(({ id }) => id), [3, 2]);
  assert.deepEqual(focus.list({ startMs: 0, endMs: T0 + 1 }, 9).map(({ id }) => id), [1]);
  assert.equal(focus.count(everything), 0, "nothing was recorded in any");
});

Deno.test("focus: a calibration is kept for each of the cameras that were set last", async () => {
  await using t = temporaryStore();
  const { focus } = t.store;
  const zone = { yawFromDeg: 20, yawToDeg: 50, pitchFromDeg: -10, pitchToDeg: 10 };
  const wish = { neutralYawDeg: -3.5, neutralPitchDeg: 8, openLevel: 0.9, zones: [zone] };
  for (let i = 0; i < 60; i++) await focus.setCalibration(`camera ${i}`, wish, i);
  await focus.setCalibration("camera 20", { ...wish, zones: [] }, 99);
  assert.deepEqual(focus.calibration("camera 59"), wish);
  assert.deepEqual(focus.calibration("camera 20"), { ...wish, zones: [] });
  assert.equal(focus.calibration("camera 9"), undefined);
  assert.equal(focus.calibration("camera 10")?.openLevel, 0.9);
});

Deno.test("migration 4 adds focus sessions to a database of version 3, whose rows stay", async () => {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-migration-" });
  try {
    const path = join(dir, "p.db");
    const old = new DatabaseSync(path);
    old.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${APPLICATION_ID}`);
    for (const step of MIGRATIONS.slice(0, 3)) old.exec(step);
    old.exec("PRAGMA user_version = 3");
    old.exec(`INSERT INTO subject VALUES (1, 'sA', '', '', 'signal', 'sA', 'letters');
      INSERT INTO event VALUES (1, 'window', '', 1, ${T0}, ${T0 + 60_000}, 0);
      INSERT INTO timeline VALUES (${T0}, ${T0 + 60_000}, 1, 1)`);
    old.close();
    const store = reopen(path);
    assert.equal(store.recent(1)[0].app, "sA");
    const { id } = (await begin(store)).begun;
    const span = { startMs: T0 + 10_000, endMs: T0 + 90_000, state: "focused" as const };
    await store.focus.append(id, 1, () => [span]);
    const { on } = await store.reader.call("focusDetail", id);
    assert.deepEqual(on.apps, [
      { name: "sA", class: "signal", focusedMs: 50_000, unfocusedMs: 0 },
    ]);
    await store.close();
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});

Deno.test("a salvage brings focus sessions over, newer than in the copy it is based on", async () => {
  await using t = temporaryStore();
  const { store } = t;
  await record(store, "window", "sA", T0, T0 + 400_000);
  const { id } = (await begin(store)).begun;
  const span = (from: number, to: number): FocusSpan => ({
    ...{ startMs: T0 + from * 1000, endMs: T0 + to * 1000 },
    state: "focused",
  });
  await store.focus.append(id, 1, () => [span(0, 100)]);
  const copy = join(t.dir, "copy.db");
  await store.reader.call("copyDatabase", copy);
  await store.focus.append(id, 2, () => [span(100, 200)]);
  await store.focus.append(id, 3, () => [{ ...span(200, 300), state: "no_face" }]);
  await store.focus.end(id, "ended");
  const second = (await begin(store, T0 + 500_000)).begun.id;
  const wish = { neutralYawDeg: 1, neutralPitchDeg: 2, openLevel: 0.5, zones: [] };
  await store.focus.setCalibration("cam", wish, T0);
  const [first, running] = [store.focus.session(id), store.focus.session(second)];
  await store.close();

  setAside(t.path, [copy], T0);
  const salvaged = reopen(t.path);
  try {
    assert.ok(salvaged.salvage);
    assert.deepEqual(salvaged.focus.session(id), first);
    assert.deepEqual(salvaged.focus.running(), running);
    assert.deepEqual(salvaged.focus.calibration("cam"), wish);
    const added = await salvaged.focus.append(second, 1, () => [span(600, 601)]);
    assert.equal(added?.totals.focusedMs, 1_000);
    using db = new DatabaseSync(t.path, { readOnly: true });
    assert.deepEqual(storedFocus(db), scanFocus(db));
    assert.deepEqual(focusDetail(db, id).on.apps[0].focusedMs, 200_000);
  } finally {
    await salvaged.close();
  }
});
