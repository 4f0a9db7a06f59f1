import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { temporaryStore } from "./testing.ts";

const T = Date.UTC(2026, 0, 14, 12);
const S = 1_000;

Deno.test("timeline() has what touches a span, in order, with the source and the phone", async () => {
  await using stored = temporaryStore();
  const { store } = stored;
  const window = (app: string, fromS: number, toS: number) => ({
    ...{ source: "window" as const, subject: { app, title: `${app} title` } },
    ...{ startMs: T + fromS * S, endMs: T + toS * S },
  });
  await store.record([
    window("serious", 0, 100),
    window("noisy", 100, 200),
    {
      source: "phone",
      device: "pixel",
      subject: { app: "n.tok" },
      startMs: T + 120 * S,
      endMs: T + 150 * S,
    },
    window("serious", 200, 300),
  ]);
  const read = (fromS: number, toS: number) =>
    store.loopSteps.timeline({ startMs: T + fromS * S, endMs: T + toS * S }).map((row) => [
      ...[(row.startMs - T) / S, (row.endMs - T) / S, row.app, row.class, row.source, row.device],
    ]);
  assert.deepEqual(read(50, 250), [
    [0, 100, "serious", "signal", "window", ""],
    [100, 120, "noisy", "noise", "window", ""],
    [120, 150, "n.tok", "noise", "phone", "pixel"],
    [150, 200, "noisy", "noise", "window", ""],
    [200, 300, "serious", "signal", "window", ""],
  ]);
  assert.deepEqual(read(100, 110).map(([, , app]) => app), ["noisy"]);
  assert.deepEqual(read(-100, 0), []);
  assert.deepEqual(read(300, 400), []);
  assert.deepEqual(
    store.loopSteps.timeline({ startMs: T, endMs: T + S })[0].title,
    "serious title",
  );
});

Deno.test("focusSpans() has what ends after a moment", async () => {
  await using stored = temporaryStore();
  const { store } = stored;
  const { begun: { id } } = await store.focus.begin({
    ...{ source: "browser", camera: "", startMs: T },
  });
  await store.write((db) => {
    const insert = db.prepare("INSERT INTO focus_span VALUES (?, ?, ?, ?)");
    insert.run(id, T, T + 60 * S, "focused");
    insert.run(id, T + 60 * S, T + 90 * S, "unfocused");
  });
  const read = (fromS: number) =>
    store.loopSteps.focusSpans(id, T + fromS * S).map(({ state }) => state);
  assert.deepEqual([read(-10), read(59), read(60), read(90)], [
    ["focused", "unfocused"],
    ["focused", "unfocused"],
    ["unfocused"],
    [],
  ]);
});

Deno.test("steps are kept with what became of them", async () => {
  await using stored = temporaryStore();
  const { loopSteps } = stored.store;
  const step = { rule: "noise", step: "nudge", explanation: "10 of 15 minutes" } as const;
  const first = await loopSteps.add({ ...step, atMs: T, outcome: "taken" });
  const held = await loopSteps.add({ ...step, atMs: T + S, outcome: "held", reason: "quiet" });
  const block = await loopSteps.add({
    ...{ ...step, step: "block", atMs: T - S, outcome: "taken", blockId: 7 },
  });
  assert.deepEqual(loopSteps.recent(2).map(({ id }) => id), [block, held], "the newest first");
  assert.deepEqual(loopSteps.since(T).map(({ id }) => id), [held, first]);
  assert.deepEqual(loopSteps.step(held), {
    ...{ ...step, id: held, atMs: T + S, outcome: "held", reason: "quiet" },
  });
  assert.equal(loopSteps.step(99), undefined);
  await loopSteps.answer(first, { answer: "dismissed", atMs: T + 2 * S });
  await loopSteps.answer(first, { answer: "blocked", atMs: T + 3 * S, blockId: 8 });
  assert.deepEqual(loopSteps.step(first), {
    ...{ ...step, id: first, atMs: T, outcome: "taken" },
    ...{ answer: "blocked", answeredMs: T + 3 * S, blockId: 8 },
  });
  await loopSteps.answer(block, { answer: "dismissed", atMs: T });
  assert.equal(loopSteps.step(block)?.blockId, 7);
});

Deno.test("what the loop reads at each look goes by indices", async () => {
  await using stored = temporaryStore();
  const asked: string[] = [];
  using db = new DatabaseSync(stored.path);
  const { LoopSteps } = await import("./loop_steps.ts");
  const steps = new LoopSteps({
    read: (work) => {
      const spy = new Proxy(db, {
        get: (target, key) => {
          if (key !== "prepare") return Reflect.get(target, key);
          return (sql: string) => {
            asked.push(sql);
            return target.prepare(sql);
          };
        },
      });
      return work(spy);
    },
    write: () => Promise.reject(new Error("nothing is written")),
  });
  steps.timeline({ startMs: T, endMs: T + S });
  steps.focusSpans(1, T);
  steps.since(T);
  assert.equal(asked.length, 3);
  for (const sql of asked.slice(0, 2)) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
    for (const { detail } of plan) assert.doesNotMatch(detail, /^SCAN (?!CONSTANT)|B-TREE/, sql);
  }
});
