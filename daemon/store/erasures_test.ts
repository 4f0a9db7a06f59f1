import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import fc from "fast-check";
import { erasureOf, type ErasureRequest, type ErasureWish } from "../core/erasure.ts";
import { spansWithout, unionSpans } from "../core/spans.ts";
import type { EventSource, Span, Subject } from "../core/types.ts";
import { eraserOf } from "./erasure_copies.ts";
import type { Store } from "./mod.ts";
import { scan, scanFocus, stored, storedFocus, temporaryStore } from "./testing.ts";

const T0 = 1_800_000_000_000;
const LATER = T0 + 10 * 86_400_000;

const requestOf = (wish: ErasureWish): ErasureRequest =>
  erasureOf(wish, { nowMs: LATER, newestMs: undefined, rules: [] });

/** Erases as the service does, in the database alone. */
async function erase(store: Store, dir: string, request: ErasureRequest): Promise<number> {
  const eraser = await eraserOf(request, dir);
  const id = await store.erasures.add(request, ["database"], LATER);
  let events = 0;
  for await (events of store.erasures.erase(id, eraser, () => true)) continue;
  for await (const _ of store.erasures.rebuild()) continue;
  assert.equal(store.erasures.emptyLog(), true);
  await store.erasures.settled(id, "database");
  assert.equal(await store.erasures.finish(id, LATER), true);
  await store.erasures.settled(id, "log");
  return events;
}

function assertTrue(path: string): void {
  const db = new DatabaseSync(path);
  assert.deepEqual(stored(db), scan(db));
  assert.deepEqual(storedFocus(db), scanFocus(db));
  assert.deepEqual(
    db.prepare(
      `SELECT app FROM subject WHERE id > 0 AND id NOT IN (SELECT subject_id FROM event)
       AND id NOT IN (SELECT subject_id FROM event_whole)`,
    ).all(),
    [],
  );
  assert.deepEqual(db.prepare("PRAGMA foreign_key_check").all(), []);
  assert.deepEqual(db.prepare("PRAGMA integrity_check").all().map((r) => r.integrity_check), [
    "ok",
  ]);
  db.close();
}

/** When each source saw each subject, outside of `without`; two that begin alike may have become one. */
function seenOutside(path: string, without: Span): string[] {
  const db = new DatabaseSync(path);
  const rows = db.prepare(
    `SELECT source || ' ' || app AS what, start_ms AS startMs, end_ms AS endMs
     FROM event JOIN subject s ON s.id = subject_id`,
  ).all() as unknown as (Span & { what: string })[];
  db.close();
  return [...Map.groupBy(rows, ({ what }) => what)].flatMap(([what, spans]) =>
    unionSpans(spans.flatMap((span) => spansWithout(span, [without])))
      .map(({ startMs, endMs }) => `${what} ${startMs} ${endMs}`)
  ).sort();
}

/** Whether anything reaches into a span. */
function reaches(path: string, { startMs, endMs }: Span): boolean {
  const db = new DatabaseSync(path);
  const found = db.prepare("SELECT 1 FROM event WHERE start_ms < ? AND end_ms > ?").get(
    endMs,
    startMs,
  );
  db.close();
  return found !== undefined;
}

const minute = (n: number) => T0 + n * 60_000;
const span = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 90 }))
  .map(([start, length]) => ({ startMs: minute(start), endMs: minute(start + length) }));
const event = fc.record({
  span,
  source: fc.constantFrom<EventSource>("window", "afk", "phone"),
  app: fc.constantFrom("sEdit", "nVideo", "xMail", "nGame"),
});
const focus = fc.array(
  fc.tuple(
    fc.constantFrom("focused", "unfocused", "no_face", "uncertain"),
    fc.integer({ min: 1, max: 25 }),
  ),
  { maxLength: 8 },
);

async function fill(
  store: Store,
  events: readonly { span: Span; source: EventSource; app: string }[],
  states: readonly (readonly [string, number])[],
): Promise<void> {
  await store.import(events.map(({ span, source, app }) => ({
    ...span,
    source,
    device: source === "phone" ? "pixel" : undefined,
    subject: (source === "afk" ? {} : { app, title: `${app} title` }) as Subject,
  })));
  if (states.length === 0) return;
  const { begun } = await store.focus.begin({ source: "browser", camera: "", startMs: T0 });
  let atMs = T0;
  const spans = states.map(([state, minutes]) => {
    const startMs = atMs;
    atMs += minutes * 60_000;
    return { startMs, endMs: atMs, state: state as "focused" };
  });
  await store.focus.append(begun.id, 1, () => spans);
  await store.focus.end(begun.id, "ended");
}

Deno.test("Erasures.erase() of a time leaves all else as it was, and rollups equal a scan", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 12 }),
      focus,
      fc.array(span, { minLength: 1, maxLength: 3 }),
      async (events, states, erased) => {
        await using t = temporaryStore();
        await fill(t.store, events, states);
        for (const { startMs, endMs } of erased) {
          const before = seenOutside(t.path, { startMs, endMs });
          await erase(t.store, t.dir, requestOf({ fromMs: startMs, toMs: endMs }));
          assertTrue(t.path);
          assert.deepEqual(seenOutside(t.path, { startMs, endMs }), before);
          assert.equal(reaches(t.path, { startMs, endMs }), false);
        }
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("Erasures.erase() of a subject takes it and nothing else, and rollups equal a scan", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 12 }),
      focus,
      fc.option(span, { nil: undefined }),
      async (events, states, within) => {
        await using t = temporaryStore();
        await fill(t.store, events, states);
        const wish = { title: "ngame|nvideo", regex: true };
        await erase(
          t.store,
          t.dir,
          requestOf({ ...wish, fromMs: within?.startMs, toMs: within?.endMs }),
        );
        assertTrue(t.path);
        const left = t.store.recent(100).filter(({ app, startMs, endMs }) =>
          /^n/.test(app ?? "") &&
          (!within || startMs < within.endMs && endMs > within.startMs)
        );
        assert.deepEqual(left, []);
        await erase(t.store, t.dir, requestOf({ all: true }));
        assertTrue(t.path);
        assert.deepEqual(t.store.recent(10), []);
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("Erasures.without() keeps an open event from coming back, and lets it go on", async () => {
  await using t = temporaryStore();
  const beat = (startMs: number, endMs: number) => ({
    ...{ source: "window" as const, subject: { app: "sEdit" } },
    ...{ startMs, endMs, pulsetimeMs: 10_000 },
  });
  await t.store.record([beat(T0, T0 + 5_000)]);
  const request = { kind: "time" as const, span: { startMs: T0 - 1, endMs: T0 + 7_000 } };
  await erase(t.store, t.dir, request);
  // The next proof begins where the last one ended: before what was erased had ended.
  await t.store.record([beat(T0 + 5_000, T0 + 10_000)]);
  await t.store.record([beat(T0 + 10_000, T0 + 15_000)]);
  const [event] = t.store.recent(10);
  assert.deepEqual(
    t.store.recent(10).map(({ startMs, endMs }) => [startMs, endMs]),
    [[T0 + 7_000, T0 + 15_000]],
  );
  assert.equal(event.app, "sEdit");
  // Away since before: the whole of it comes when somebody is back.
  await t.store.record([{
    ...{ source: "afk" as const, subject: {} },
    ...{ startMs: T0 - 60_000, endMs: T0 + 20_000, pulsetimeMs: 10_000 },
  }]);
  const away = t.store.recent(10).filter(({ source }) => source === "afk");
  assert.deepEqual(away.map(({ startMs, endMs }) => [startMs, endMs]), [
    [T0 + 7_000, T0 + 20_000],
    [T0 - 60_000, T0 - 1],
  ]);
  assertTrue(t.path);
});

Deno.test("Erasures takes what looked at erased time, and nothing that looked at another", async () => {
  await using t = temporaryStore();
  const { store } = t;
  await store.import([
    {
      source: "window",
      startMs: T0,
      endMs: minute(20),
      subject: { app: "nVideo", title: "secret" },
    },
    { source: "window", startMs: minute(60), endMs: minute(80), subject: { app: "nVideo" } },
  ]);
  const step = { rule: "noise" as const, step: "nudge" as const, outcome: "taken" as const };
  await store.loopSteps.add({
    ...step,
    atMs: minute(25),
    explanation: "12 of 15 minutes on a.org",
  });
  await store.loopSteps.add({
    ...step,
    atMs: minute(75),
    explanation: "12 of 15 minutes on b.org",
  });
  await store.write((db) =>
    db.exec(
      `INSERT INTO screenshot (at_ms, reason, monitor, width_px, height_px, bytes, sha256, file)
         VALUES (${minute(10)}, 'noise', '', 1, 1, 1, x'00', 'a'), (${
        minute(61)
      }, 'noise', '', 1, 1, 1, x'00', 'b');
       INSERT INTO note (start_ms, text) VALUES (${minute(1)}, 'of another thing'), (${
        minute(61)
      }, 'my Secret');
       INSERT INTO message (channel, topic, recipient, created_ms, state, tries, next_ms, changed_ms, content)
         VALUES ('sms', 'day', 'x', ${minute(90)}, 'waiting', 0, 1, 1, '{"text":"secret"}');`,
    )
  );
  const removed: string[] = [];
  const request = requestOf({ title: "secret" });
  const id = await store.erasures.add(request, ["database"], LATER);
  const eraser = await eraserOf(request, t.dir);
  const remove = (file: string) => removed.push(file) > 0;
  for await (const _ of store.erasures.erase(id, eraser, remove)) continue;
  assert.deepEqual(store.loopSteps.recent(9).map(({ explanation }) => explanation), [
    "12 of 15 minutes on b.org",
  ]);
  assert.deepEqual(removed, ["a"]);
  const rows = (sql: string) => {
    const db = new DatabaseSync(t.path);
    const all = db.prepare(sql).all().map((row) => Object.values(row)[0]);
    db.close();
    return all;
  };
  assert.deepEqual(rows("SELECT file FROM screenshot"), ["b"]);
  assert.deepEqual(rows("SELECT text FROM note"), ["of another thing"]);
  assert.deepEqual(rows("SELECT state FROM message WHERE content IS NULL"), ["failed"]);
});

Deno.test("Erasures keeps heartbeats of phones that were erased from coming in again", async () => {
  await using t = temporaryStore();
  const { store } = t;
  const digest = new Uint8Array(16).fill(7);
  const beat = (atMs: number, app: string, mark: number) => ({
    ...{ deviceId: "p", atMs, receivedMs: atMs, screenOn: true, app, extra: undefined },
    digest: digest.with(0, mark),
  });
  const nowMs = LATER;
  const beats = [1, 2, 3].map((n) => beat(nowMs - n * 60_000, n === 2 ? "secret" : "sRead", n));
  assert.deepEqual(await store.phones.addAll(beats), [true, true, true]);
  await store.phones.derive();
  await erase(store, t.dir, requestOf({ app: "secret" }));
  assert.deepEqual(await store.phones.addAll(beats), [false, false, false]);
  await erase(store, t.dir, requestOf({ all: true }));
  assert.deepEqual(await store.phones.addAll(beats), [false, false, false]);
  // Ids begin anew: what comes then enters the events all the same.
  await store.phones.add(beat(nowMs + 60_000, "sRead", 4));
  await store.phones.add(beat(nowMs + 120_000, "sRead", 5));
  assert.equal(await store.phones.derive(), 2);
  assert.equal(store.recent(5).length, 1);
  assertTrue(t.path);
});

Deno.test("Erasures leaves no trace of many texts in the file, nor of what was asked for", async () => {
  await using t = temporaryStore();
  const titles = Array.from(
    { length: 3_000 },
    (_, i) =>
      i % 10 === 3
        ? `CANARY${i} ${"y".repeat(i * 7 % 150)}`
        : `title ${i} ${"x".repeat(i * 7 % 150)}`,
  );
  titles.sort((a, b) => a.length * 31 % 97 - b.length * 31 % 97);
  for (let at = 0; at < titles.length; at += 500) {
    await t.store.import(
      titles.slice(at, at + 500).map((title, i) => ({
        ...{ source: "window" as const, subject: { app: `app${i % 9}`, title } },
        ...{ startMs: T0 + (at + i) * 10_000, endMs: T0 + (at + i) * 10_000 + 9_000 },
      })),
    );
  }
  const traces = () =>
    ["", "-wal"].map((suffix) => {
      const bytes = Deno.readFileSync(t.path + suffix);
      return new TextDecoder("latin1").decode(bytes).split(/CANARY/i).length - 1;
    });
  assert.ok(traces()[1] > 300);
  assert.equal(await erase(t.store, t.dir, requestOf({ title: "^canary", regex: true })), 300);
  assert.equal(t.store.erasures.emptyLog(), true);
  assert.deepEqual(traces(), [0, 0]);
  assertTrue(t.path);
  assert.deepEqual(t.store.erasures.open(), []);
});

Deno.test("a copy does not hold what was to be erased where", async () => {
  await using t = temporaryStore();
  await t.store.erasures.add(requestOf({ title: "CANARY" }), ["database"], LATER);
  const copy = join(t.dir, "copy.db");
  await t.store.maintenance.call("copyDatabase", copy);
  assert.doesNotMatch(new TextDecoder("latin1").decode(Deno.readFileSync(copy)), /CANARY/);
  assert.equal(t.store.erasures.open().length, 1);
});

Deno.test("privacy rules applied to the past restate titles, once, and take what they drop", async () => {
  await using t = temporaryStore();
  const { store } = t;
  const at = (n: number) => ({
    source: "window" as const,
    startMs: minute(n),
    endMs: minute(n + 1),
  });
  await store.import([
    { ...at(0), subject: { app: "sMail", title: "CANARY one", url: "https://a.example" } },
    { ...at(1), subject: { app: "sMail", title: "CANARY two" } },
    { ...at(2), subject: { app: "nVault", title: "CANARY three" } },
    { ...at(3), subject: { app: "xOther", title: "as it was" } },
    {
      ...{ ...at(4), source: "manual" as const, subject: { title: "sMail by hand" } },
      byHand: { class: "signal" as const },
    },
  ]);
  const request = erasureOf({ privacy: true }, {
    ...{ nowMs: LATER, newestMs: undefined },
    rules: [
      { match: "app", exact: "sMail", action: "hash_title" },
      { match: "app", exact: "nVault", action: "drop_event" },
    ],
  });
  assert.equal(await erase(store, t.dir, request), 3);
  assertTrue(t.path);
  const seen = () => store.recent(9).map(({ title, url }) => [title, url]);
  const [hand, other, two, one] = seen();
  assert.deepEqual([hand, other], [["sMail by hand", undefined], ["as it was", undefined]]);
  assert.match(String(two[0]), /^#[0-9a-f]{16}$/);
  assert.match(String(one[0]), /^#[0-9a-f]{16}$/);
  assert.notEqual(one[0], two[0]);
  assert.equal(one[1], undefined);
  assert.equal(seen().length, 4);
  const before = seen();
  assert.equal(await erase(store, t.dir, request), 0);
  assert.deepEqual(seen(), before);
  assert.equal(/CANARY/.test(new TextDecoder("latin1").decode(Deno.readFileSync(t.path))), false);
});

Deno.test("Erasures.prune() lets go of what is over and too old, and of nothing that is pending", async () => {
  await using t = temporaryStore();
  const { store } = t;
  await erase(store, t.dir, requestOf({ title: "x" }));
  const id = await store.erasures.add(requestOf({ title: "x" }), ["database"], LATER);
  const step = { rule: "noise" as const, step: "nudge" as const, outcome: "taken" as const };
  for (const n of [0, 60]) {
    await store.loopSteps.add({ ...step, atMs: minute(n), explanation: "12 minutes of noise" });
  }
  await store.write((db) =>
    db.exec(
      `INSERT INTO message (channel, topic, recipient, created_ms, state, tries, next_ms, changed_ms, content)
       VALUES ('sms', 'a', 'x', 1, 'sent', 1, NULL, ${minute(0)}, NULL),
         ('sms', 'b', 'x', 1, 'sent', 1, NULL, ${minute(60)}, NULL),
         ('sms', 'c', 'x', 1, 'waiting', 0, 1, ${minute(0)}, '{"text":""}')`,
    )
  );
  const beforeMs = minute(30);
  const nowMs = LATER + 100 * 86_400_000;
  await store.erasures.prune({ nowMs, messagesBeforeMs: beforeMs, loopBeforeMs: undefined });
  assert.deepEqual(store.messages.recent(9).map(({ topic }) => topic), ["c", "b"]);
  assert.equal(store.loopSteps.recent(9).length, 2);
  await store.erasures.prune({ nowMs, messagesBeforeMs: undefined, loopBeforeMs: beforeMs });
  assert.equal(store.loopSteps.recent(9).length, 1);
  assert.deepEqual(store.erasures.list(9).map((each) => each.id), [id]);
  assert.equal(store.erasures.hasEventsBefore(minute(1)), false);
  await store.import([{ source: "window", startMs: T0, endMs: minute(1), subject: { app: "a" } }]);
  assert.equal(store.erasures.hasEventsBefore(T0 + 1), true);
  assert.equal(store.erasures.hasEventsBefore(T0), false);
});
