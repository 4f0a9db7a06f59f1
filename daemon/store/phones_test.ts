import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { type PhoneSpan, spansOf } from "../core/phone.ts";
import { scan, stored, temporaryStore } from "./testing.ts";

/** 2026-11-01T00:00:00Z */
const BASE_MS = 1_793_491_200_000;

const beatArbitrary = fc.record({
  device: fc.constantFrom("one", "two"),
  // Ten minutes before two rollup quarters meet, and after.
  atS: fc.integer({ min: 300, max: 1_500 }),
  screenOn: fc.boolean(),
  app: fc.constantFrom("n1", "n2", "s1", undefined),
  deriveAfter: fc.boolean(),
});

/** Neighbours with the same app as one: what comes late between two events does not join them. */
function joined(spans: readonly PhoneSpan[]): PhoneSpan[] {
  const result: PhoneSpan[] = [];
  for (const { startMs, endMs, app } of spans) {
    const last = result.at(-1);
    if (last?.endMs === startMs && last.app === app) result.pop();
    const fromMs = last?.endMs === startMs && last.app === app ? last.startMs : startMs;
    result.push({ startMs: fromMs, endMs, app });
  }
  return result;
}

Deno.test("heartbeats in any order come to the same events and rollups as in order", async () => {
  const unique = fc.uniqueArray(beatArbitrary, {
    maxLength: 40,
    selector: ({ device, atS }) => `${device} ${atS}`,
  });
  await fc.assert(
    fc.asyncProperty(unique, async (beats) => {
      await using temporary = temporaryStore({ nowMs: () => BASE_MS });
      const { store, path } = temporary;
      for (const [i, { device, atS, screenOn, app, deriveAfter }] of beats.entries()) {
        const atMs = BASE_MS + atS * 1000;
        const digest = new Uint8Array(32).fill(i);
        const beat = { deviceId: device, atMs, receivedMs: atMs, screenOn, app, digest };
        assert.equal(await store.phones.add({ ...beat, extra: undefined }), true);
        assert.equal(await store.phones.add({ ...beat, extra: undefined }), false, "a replay");
        if (deriveAfter) await store.phones.derive();
      }
      while (await store.phones.derive() > 0);
      using db = new DatabaseSync(path, { readOnly: true });
      assert.deepEqual(stored(db), scan(db));
      for (const device of ["one", "two"]) {
        const inOrder = beats.filter((b) => b.device === device)
          .map((b) => ({ ...b, atMs: BASE_MS + b.atS * 1000 }))
          .toSorted((a, b) => a.atMs - b.atMs);
        const events = db.prepare(
          `SELECT start_ms AS startMs, end_ms AS endMs, app FROM event JOIN subject ON subject.id = subject_id
           WHERE source = 'phone' AND device = ? ORDER BY start_ms`,
        ).all(device).map((row) => ({ ...row, app: row.app || undefined }) as PhoneSpan);
        assert.deepEqual(joined(events), joined(spansOf(inOrder)));
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("a device's secret is told to the service while it is paired, and its history stays after", async () => {
  await using temporary = temporaryStore();
  const { phones } = temporary.store;
  await phones.pair({ id: "p", name: "P", secret: "aa", bearer: false }, 1);
  await phones.pair({ id: "p", name: "P 2", secret: "bb", bearer: true }, 2);
  assert.deepEqual([...phones.secrets()], [["p", { secret: "bb", bearer: true }]]);
  const digest = new Uint8Array(32);
  const beat = { deviceId: "p", atMs: 5, receivedMs: 5, screenOn: true, app: "n", digest };
  await phones.add({ ...beat, extra: undefined });
  await phones.revoke("p", 9);
  assert.equal(phones.secrets().size, 0);
  assert.deepEqual(
    phones.devices().map(({ name, revokedMs, lastSeenMs, secret }) => ({
      ...{ name, revokedMs, lastSeenMs, secret },
    })),
    [{ name: "P 2", revokedMs: 9, lastSeenMs: 5, secret: "" }],
  );
});

Deno.test("useOnce() says yes once, and forgets what has run out", async () => {
  await using temporary = temporaryStore();
  const { phones } = temporary.store;
  const digest = new Uint8Array([1]);
  assert.equal(await phones.useOnce(digest, 100, 0), true);
  assert.equal(await phones.useOnce(digest, 100, 50), false);
  assert.equal(await phones.useOnce(digest, 300, 200), true);
});
