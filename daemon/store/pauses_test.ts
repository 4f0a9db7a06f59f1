import assert from "node:assert/strict";
import { temporaryStore } from "./testing.ts";

const NOON = Date.UTC(2026, 0, 14, 12);

Deno.test("Pauses: one goes on, what is over stays, and what is read is what was written", async () => {
  await using temporary = temporaryStore();
  const { pauses } = temporary.store;
  assert.equal(pauses.running(), undefined);
  await pauses.save([], { startMs: NOON, byClock: false });
  assert.deepEqual(pauses.running(), { startMs: NOON, byClock: false });
  const next = { startMs: NOON + 20, endMs: NOON + 30, byClock: true };
  await pauses.save([{ startMs: NOON, endMs: NOON + 10 }], next);
  assert.deepEqual(pauses.running(), next);
  await pauses.save([{ startMs: NOON + 20, endMs: NOON + 25 }], undefined);
  assert.equal(pauses.running(), undefined);
  const ended = pauses.endedSince(NOON + 10).map((row) => ({ ...row }));
  assert.deepEqual(ended, [{ startMs: NOON + 20, endMs: NOON + 25 }]);
  assert.equal(pauses.endedSince(0).length, 2);
});

Deno.test("a phone's time between two heartbeats leaves a pause between them out", async () => {
  await using temporary = temporaryStore();
  const { store } = temporary;
  await store.phones.pair({ id: "pixel", name: "pixel", secret: "s", bearer: false }, NOON);
  const beat = (atMs: number) => ({
    ...{
      deviceId: "pixel",
      atMs,
      receivedMs: atMs,
      screenOn: true,
      app: "n.game",
      extra: undefined,
    },
    digest: crypto.getRandomValues(new Uint8Array(32)),
  });
  await store.pauses.save([{ startMs: NOON + 5_000, endMs: NOON + 20_000 }], undefined);
  await store.phones.addAll([beat(NOON), beat(NOON + 30_000)]);
  await store.phones.derive();
  const spans = store.recent(10).map(({ startMs, endMs }) => [startMs - NOON, endMs - NOON]);
  assert.deepEqual(spans, [[20_000, 30_000], [0, 5_000]]);
  assert.equal(store.totals({ startMs: NOON, endMs: NOON + 60_000 }).noiseMs, 15_000);
});
