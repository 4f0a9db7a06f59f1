import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import type { EditRecord } from "../core/edit.ts";
import { ConflictError } from "../core/errors.ts";
import type { Heartbeat } from "../core/heartbeat.ts";
import { resolveTimeline } from "../core/timeline.ts";
import type { EventSource, Span } from "../core/types.ts";
import { readDamaged } from "./salvage.ts";
import { scan, stored, temporaryStore } from "./testing.ts";

const T0 = 1_800_000_000_000;
const LONG = { startMs: T0 - 1e9, endMs: T0 + 1e9 };
const MIN = 60_000;

type Test = ReturnType<typeof temporaryStore>;
type Rows = Record<string, unknown>[];

const span = (from: number, to: number): Span => ({ startMs: T0 + from, endMs: T0 + to });
const window = (app: string, startMs: number, endMs: number): Heartbeat => ({
  source: "window",
  subject: { app, title: `${app} title` },
  startMs: T0 + startMs,
  endMs: T0 + endMs,
  pulsetimeMs: 10_000,
});

function query(t: Test, sql: string): Rows {
  const db = new DatabaseSync(t.path, { readOnly: true });
  try {
    return db.prepare(sql).all().map((row) => ({ ...row }));
  } finally {
    db.close();
  }
}

/** Every event to be seen, by what it is and not by its number. */
function eventRows(t: Test): Rows {
  return query(
    t,
    `SELECT source, device, app, title, class, category, start_ms - ${T0} AS start, end_ms - ${T0} AS end,
       utc_offset_min FROM event e JOIN subject s ON s.id = subject_id
     ORDER BY start_ms, end_ms, source, device, app, title, class`,
  );
}

/** The timeline by what it shows. */
function shown(t: Test): string[] {
  return query(
    t,
    `SELECT app, title, class, (t.start_ms - ${T0}) / 60000.0 AS a, (t.end_ms - ${T0}) / 60000.0 AS b
     FROM timeline t JOIN subject s ON s.id = subject_id ORDER BY t.start_ms`,
  ).map((row) => `${row.a}-${row.b} ${row.class} ${row.app}|${row.title}`);
}

/** Rollups equal a scan; the timeline is what all events come to; pieces are what is left of the whole. */
function assertSound(t: Test): void {
  const db = new DatabaseSync(t.path, { readOnly: true });
  try {
    assert.deepEqual(stored(db), scan(db));
    const claims = db.prepare(
      `SELECT e.id, iif(whole_id > 0, whole_id, e.id) AS rank, source, start_ms AS startMs,
         end_ms AS endMs, class FROM event e JOIN subject s ON s.id = subject_id`,
    ).all() as never;
    const kept = db.prepare(
      `SELECT start_ms AS startMs, end_ms AS endMs, event_id AS eventId FROM timeline ORDER BY 1`,
    ).all().map((row) => ({ ...row }));
    assert.deepEqual(kept, resolveTimeline(LONG, claims));
  } finally {
    db.close();
  }
}

async function undoAll(t: Test, nowMs = T0): Promise<void> {
  for (let edit = t.store.edits.newest(); edit; edit = t.store.edits.newest()) {
    await t.store.edits.undo(edit.id, nowMs);
  }
}

Deno.test("Edits.add() puts an entry over windows and AFK, and a newer entry over an older one", async () => {
  await using t = temporaryStore();
  await t.store.record([window("nVideo", 0, 60 * MIN)]);
  const before = eventRows(t);
  await t.store.edits.add({ ...span(10 * MIN, 30 * MIN), title: "Call", class: "signal" }, T0);
  await t.store.edits.add({ ...span(20 * MIN, 25 * MIN), title: "Tea", class: "neutral" }, T0);
  assert.deepEqual(shown(t), [
    "0-10 noise nVideo|nVideo title",
    "10-20 signal |Call",
    "20-25 neutral |Tea",
    "25-30 signal |Call",
    "30-60 noise nVideo|nVideo title",
  ]);
  const manual = eventRows(t).filter(({ source }) => source === "manual");
  assert.deepEqual(manual.map(({ title }) => title), ["Call", "Tea", "Call"]);
  assertSound(t);
  await assert.rejects(t.store.edits.undo(1, T0), ConflictError);
  await undoAll(t);
  assert.deepEqual(eventRows(t), before);
  assertSound(t);
});

Deno.test("Edits.change() keeps what it does not name, piece by piece, and leaves AFK alone", async () => {
  await using t = temporaryStore();
  await t.store.record([
    window("nVideo", 0, 10 * MIN),
    window("xMail", 10 * MIN, 20 * MIN),
    { ...window("", 20 * MIN, 30 * MIN), source: "afk", subject: {} },
  ]);
  await t.store.edits.change({ span: span(5 * MIN, 40 * MIN), class: "signal" }, T0);
  assert.deepEqual(shown(t), [
    "0-5 noise nVideo|nVideo title",
    "5-10 signal nVideo|nVideo title",
    "10-20 signal xMail|xMail title",
    "20-30 afk |",
  ]);
  await t.store.edits.change(
    { span: span(5 * MIN, 40 * MIN), class: "neutral", title: "Walk", includeAfk: true },
    T0,
  );
  assert.deepEqual(shown(t).at(-1), "20-30 neutral |Walk");
  await assert.rejects(
    t.store.edits.change({ span: span(50 * MIN, 60 * MIN), class: "signal" }, T0),
    RangeError,
  );
  assertSound(t);
});

Deno.test("Edits.remove() holds against the open event, which goes on after it", async () => {
  await using t = temporaryStore(), plain = temporaryStore();
  const beats = (from: number, to: number) => {
    const result: Heartbeat[] = [];
    for (let at = from; at < to; at += 5_000) result.push(window("sA", at, at + 5_000));
    return result;
  };
  for (const beat of beats(0, 100_000)) await t.store.record([beat]);
  await t.store.edits.remove({ span: span(40_000, 102_000) }, T0);
  assert.deepEqual(eventRows(t).map(({ start, end }) => [start, end]), [[0, 40_000]]);
  for (const beat of beats(100_000, 200_000)) await t.store.record([beat]);
  assert.deepEqual(eventRows(t).map(({ start, end }) => [start, end]), [
    [0, 40_000],
    [102_000, 200_000],
  ]);
  assertSound(t);
  await t.store.edits.undo(1, T0);
  for (const beat of beats(0, 200_000)) await plain.store.record([beat]);
  assert.deepEqual(eventRows(t), eventRows(plain));
  assertSound(t);
});

Deno.test("Edits.remove() of one event takes nothing else, and undo brings its number back", async () => {
  await using t = temporaryStore();
  const [id] = await t.store.record([window("sA", 0, MIN)]);
  await t.store.import([{ source: "phone", device: "p", subject: { app: "nP" }, ...span(0, MIN) }]);
  await t.store.edits.remove({ event: id }, T0);
  assert.deepEqual(eventRows(t).map(({ app }) => app), ["nP"]);
  await t.store.record([window("sB", 2 * MIN, 3 * MIN)]);
  await t.store.edits.undo(1, T0);
  assert.equal(t.store.events([id])[0].app, "sA");
  assertSound(t);
});

Deno.test("Store.import() of an export does not bring back what was deleted, nor add it twice", async () => {
  await using t = temporaryStore();
  const whole = { source: "window" as const, subject: { app: "sA" }, ...span(0, 60 * MIN) };
  await t.store.import([whole]);
  await t.store.edits.remove({ span: span(20 * MIN, 40 * MIN) }, T0);
  const seen = eventRows(t);
  const pieces = seen.map(({ start, end }) => ({ ...whole, ...span(Number(start), Number(end)) }));
  const recorded = await t.store.import([whole, ...pieces]);
  assert.deepEqual(recorded.map(({ change }) => change), ["none", "none", "none"]);
  assert.deepEqual(eventRows(t), seen);
});

Deno.test("Store.import() of an export adds nothing once the deletion under which it was made is undone", async () => {
  await using t = temporaryStore();
  const whole = {
    source: "phone" as const,
    device: "p",
    subject: { app: "nP" },
    ...span(0, 60 * MIN),
  };
  await t.store.import([whole]);
  await t.store.edits.remove({ span: span(20 * MIN, 40 * MIN) }, T0);
  await t.store.edits.undo(1, T0);
  await t.store.import([{ ...whole, ...span(0, 20 * MIN) }, {
    ...whole,
    ...span(40 * MIN, 60 * MIN),
  }]);
  assert.deepEqual(query(t, "SELECT sum(ms) AS ms FROM rollup_source"), [{ ms: 60 * MIN }]);
});

Deno.test("Edits.redo() makes it again; notes are undone like the rest", async () => {
  await using t = temporaryStore();
  await t.store.record([window("sA", 0, MIN)]);
  const entry = await t.store.edits.add({ ...span(0, MIN), title: "x", class: "noise" }, T0);
  const entered = eventRows(t);
  await t.store.edits.undo(entry.id, T0);
  await assert.rejects(t.store.edits.undo(entry.id, T0), ConflictError);
  await t.store.edits.redo(entry.id);
  assert.deepEqual(eventRows(t), entered);

  const { notes } = t.store.edits;
  const { note } = await notes.add({ startMs: T0, text: "one" }, T0);
  const changed = await notes.change(note.id, { ...span(0, MIN), text: "two" }, T0);
  const removed = await notes.remove(note.id, T0);
  assert.deepEqual(notes.list(span(0, MIN), 10), []);
  await assert.rejects(t.store.edits.undo(changed.edit.id, T0), ConflictError);
  await t.store.edits.undo(removed.edit.id, T0);
  assert.deepEqual(notes.list(span(0, 1), 10), [{ id: note.id, ...span(0, MIN), text: "two" }]);
  await t.store.edits.undo(changed.edit.id, T0);
  assert.deepEqual(notes.list(span(0, 1), 10), [{ id: note.id, startMs: T0, text: "one" }]);
  await t.store.edits.redo(changed.edit.id);
  assert.equal(notes.list(span(0, 1), 10)[0].text, "two");
});

Deno.test("noise that was entered by hand counts for the day, and is nothing that the loop sees", async () => {
  await using t = temporaryStore();
  await t.store.edits.add({ ...span(0, 30 * MIN), title: "Film", class: "noise" }, T0);
  const [piece] = t.store.loopSteps.timeline(span(0, 30 * MIN));
  assert.deepEqual([piece.source, piece.class], ["manual", "neutral"]);
  assert.equal(t.store.totals(span(0, 30 * MIN)).noiseMs, 30 * MIN);
});

Deno.test("readDamaged() hands entries on with their class, which Store.import() takes over", async () => {
  await using t = temporaryStore();
  await using other = temporaryStore();
  await t.store.record([window("nVideo", 0, 60 * MIN)]);
  const entry = { ...span(0, 30 * MIN), title: "Call", class: "signal" as const, category: "work" };
  await t.store.edits.add(entry, T0);
  for (const { events } of readDamaged(t.path)) await other.store.import(events);
  assert.deepEqual(eventRows(other), eventRows(t));
  assert.deepEqual(shown(other), shown(t));
  assert.equal(other.store.staleSubjects(), 0);
});

Deno.test("an entry that has another number since a salvage is not said to be undone", async () => {
  await using t = temporaryStore();
  const entry = await t.store.edits.add(
    { ...span(0, MIN), title: "call", class: "signal" },
    T0 + MIN,
  );
  const before = eventRows(t);
  await t.store.write((db) => db.exec("UPDATE event SET id = id + 1000"));
  await assert.rejects(t.store.edits.undo(entry.id, T0 + MIN), ConflictError);
  assert.deepEqual(eventRows(t), before);
  assert.equal(t.store.commits.failed, 0);
});

Deno.test("what is refused changes nothing and is no failure of the database", async () => {
  await using t = temporaryStore();
  await t.store.record([window("sA", 0, MIN)]);
  await assert.rejects(t.store.edits.remove({ event: 99 }, T0));
  await assert.rejects(t.store.edits.undo(99, T0));
  assert.deepEqual(t.store.edits.list({ span: LONG, limit: 10 }), []);
  assert.equal(t.store.commits.failed, 0);
});

const place = {
  atMs: fc.integer({ min: 0, max: 6_000_000 }),
  lengthMs: fc.oneof(
    fc.integer({ min: 1, max: 60_000 }),
    fc.integer({ min: 1, max: 4_000_000 }),
  ),
};
const app = fc.constantFrom("sA", "sB", "nC", "xE");
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom("window", "afk", "phone", "import", "prove"), app, ...place }),
  fc.record({
    kind: fc.constantFrom(
      "add",
      "change",
      "delete",
      "delete-source",
      "delete-event",
      "undo",
      "redo",
    ),
    app,
    ...place,
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Goes through the same recording with and without edits. */
class Pair {
  #openMs = 0;
  #digest = 0;
  #undone: number[] = [];
  imported = false;

  constructor(private readonly edited: Test, private readonly plain: Test) {}

  async take({ kind, app, atMs, lengthMs }: Step): Promise<void> {
    const at = span(atMs, atMs + lengthMs);
    if (kind === "window") await this.#record([window(app, atMs, atMs + lengthMs)]);
    else if (kind === "prove") {
      // The window in front, proved again and again.
      const from = this.#openMs;
      this.#openMs += lengthMs % 9_000;
      await this.#record([window("sOpen", from, this.#openMs)]);
    } else if (kind === "afk") {
      await this.#record([{ source: "afk", subject: {}, ...at, pulsetimeMs: 10_000 }]);
    } else if (kind === "import") {
      this.imported = true;
      for (const t of [this.edited, this.plain]) {
        await t.store.import([{ source: "window", subject: { app }, ...at }]);
      }
    } else if (kind === "phone") await this.#phone(app, at);
    else await this.#edit(kind, app, at);
  }

  async #record(beats: readonly Heartbeat[]): Promise<void> {
    for (const { store } of [this.edited, this.plain]) await store.record(beats);
  }

  /** Heartbeats of a phone, which may be late. */
  async #phone(app: string, { startMs, endMs }: Span): Promise<void> {
    for (const atMs of [startMs, Math.min(endMs, startMs + 50_000)]) {
      const beat = {
        ...{ deviceId: "p", atMs, receivedMs: 0, screenOn: true, app },
        digest: Uint8Array.of(this.#digest++ % 256, this.#digest >> 8),
        extra: undefined,
      };
      for (const { store } of [this.edited, this.plain]) await store.phones.addAll([beat]);
    }
    for (const { store } of [this.edited, this.plain]) {
      while (await store.phones.derive() > 0) { /* all of them */ }
    }
  }

  async #edit(kind: string, app: string, at: Span): Promise<void> {
    const { edits } = this.edited.store;
    const cls = app[0] === "s" ? "signal" : app[0] === "n" ? "noise" : "neutral";
    try {
      if (kind === "add") await edits.add({ ...at, title: app, class: cls }, T0);
      else if (kind === "change") {
        await edits.change({ span: at, class: cls, includeAfk: app === "sA" }, T0);
      } else if (kind === "delete") await edits.remove({ span: at }, T0);
      else if (kind === "delete-source") {
        const source = ({ sA: "afk", sB: "phone", nC: "window", xE: "manual" } as const)[app];
        await edits.remove({ span: at, source: source as EventSource }, T0);
      } else if (kind === "delete-event") {
        const [found] = query(
          this.edited,
          `SELECT id FROM event WHERE start_ms >= ${at.startMs} ORDER BY start_ms LIMIT 1`,
        );
        if (found) await edits.remove({ event: found.id as number }, T0);
      } else if (kind === "undo") {
        const live = edits.list({ span: LONG, limit: 100 }).filter((e) => e.undoneMs === undefined);
        const edit: EditRecord | undefined = live[at.startMs % Math.max(1, live.length)];
        if (edit) {
          await edits.undo(edit.id, T0);
          this.#undone.push(edit.id);
        }
      } else {
        const id = this.#undone.pop();
        if (id !== undefined) await edits.redo(id);
      }
    } catch (error) {
      const isRefusal = error instanceof RangeError || error instanceof ConflictError ||
        (error as Error).name === "NotFoundError";
      if (!isRefusal) throw error;
    }
  }
}

Deno.test("edits in any order with recording keep the rollups true, and undoing all of them leaves no trace", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      await using edited = temporaryStore();
      await using plain = temporaryStore();
      const pair = new Pair(edited, plain);
      for (const each of steps) {
        await pair.take(each);
        assertSound(edited);
      }
      if (!pair.imported) assertDeleted(edited);
      await undoAll(edited);
      assertSound(edited);
      assert.deepEqual(eventRows(edited), eventRows(plain));
      assert.deepEqual(shown(edited), shown(plain));
      assert.deepEqual(query(edited, "SELECT * FROM event_whole"), []);
      assert.deepEqual(query(edited, "SELECT * FROM event_hidden"), []);
    }),
    { numRuns: 40 },
  );
});

/** Of what was deleted whole, nothing is to be seen but entries that came after. */
function assertDeleted(t: Test): void {
  const back = query(
    t,
    `SELECT e.source, e.start_ms, d.id FROM event e JOIN edit d ON d.kind = 'delete'
       AND d.undone_ms IS NULL AND d.request = '{}' AND e.source <> 'manual'
       AND e.start_ms < d.end_ms AND e.end_ms > d.start_ms`,
  );
  assert.deepEqual(back, []);
}
