import assert from "node:assert/strict";
import { Hub } from "./core/hub.ts";
import type { WireAway } from "./api/edits_wire.ts";
import { EditPart } from "./edit_part.ts";
import { temporaryStore } from "./store/testing.ts";

const MIN = 60_000;
const NOON_MS = Date.UTC(2026, 0, 15, 12);

function partOf(t: ReturnType<typeof temporaryStore>) {
  const hub = new Hub();
  const told: WireAway[] = [], edited: unknown[] = [];
  let changes = 0;
  let nowMs = NOON_MS;
  const part = new EditPart({
    ...{ store: t.store, hub, zone: () => 0, dayStartMin: 240, onChanged: () => changes++ },
    clock: { nowMs: () => nowMs, monoMs: () => nowMs },
  });
  return {
    part,
    told,
    edited,
    changes: () => changes,
    listen() {
      hub.on("returned", (data) => told.push(data as WireAway));
      hub.on("edit", (data) => edited.push(data));
    },
    /** Away from and to these minutes after noon, as the tracker tells it; stored when it is `stored`. */
    async away(from: number, to: number, stored = true): Promise<void> {
      const [startMs, endMs] = [NOON_MS + from * MIN, NOON_MS + to * MIN];
      part.stateChanged({ afk: true, afkSinceMs: startMs });
      if (stored) {
        await t.store.record([{ source: "afk", subject: {}, startMs, endMs, pulsetimeMs: 0 }]);
      }
      nowMs = endMs;
      part.stateChanged({ afk: false, afkSinceMs: endMs });
      // The reader answers in order: after this it has put the question together, if there is one.
      await (await part.load()).away({});
      await t.store.reader.call("extent");
    },
  };
}

const minutesOf = ({ from, to }: WireAway) =>
  [from, to].map((at) => (Date.parse(at) - NOON_MS) / MIN);

Deno.test("whoever comes back after ten minutes is asked once, also when it is not stored yet", async () => {
  await using t = temporaryStore();
  const scene = partOf(t);
  scene.listen();
  await scene.away(0, 5);
  assert.deepEqual(scene.told, []);
  const worked = { startMs: NOON_MS + 5 * MIN, endMs: NOON_MS + 20 * MIN };
  await t.store.record([{ source: "window", subject: { app: "Code" }, ...worked }]);
  await scene.away(20, 35, false);
  assert.deepEqual(scene.told.map(minutesOf), [[20, 35]]);
  scene.part.stateChanged({ afk: false, afkSinceMs: NOON_MS + 35 * MIN, window: { app: "x" } });
  assert.equal(scene.told.length, 1);
});

Deno.test("after a short return the question grows and keeps its number; an answer ends it", async () => {
  await using t = temporaryStore();
  const scene = partOf(t);
  scene.listen();
  await scene.away(0, 12);
  await scene.away(13, 20);
  assert.deepEqual(scene.told.map(minutesOf), [[0, 12], [0, 20]]);
  assert.equal(scene.told[0].id, scene.told[1].id);
  const port = await scene.part.load();
  const span = { startMs: NOON_MS, endMs: NOON_MS + 20 * MIN };
  await port.add({ ...span, title: "Lunch", class: "neutral" });
  assert.deepEqual(await port.away({}), []);
  assert.deepEqual(scene.edited, [{ id: 1, kind: "add", undone: false }]);
  assert.equal(scene.changes(), 1);
  await scene.away(21, 28);
  assert.equal(scene.told.length, 2);
});

Deno.test("nobody is asked while nobody listens, nor by a watcher that went away", async () => {
  await using t = temporaryStore();
  const scene = partOf(t);
  await scene.away(0, 30);
  scene.listen();
  scene.part.stateChanged({ afk: true, afkSinceMs: NOON_MS + 40 * MIN });
  scene.part.stateChanged({});
  scene.part.stateChanged({ afk: false, afkSinceMs: NOON_MS + 70 * MIN });
  assert.deepEqual(scene.told, []);
});
