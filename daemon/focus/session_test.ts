import assert from "node:assert/strict";
import { ConflictError, NotFoundError } from "../core/errors.ts";
import type { FocusRecord } from "../core/focus_session.ts";
import { temporaryStore } from "../store/testing.ts";
import { FocusService } from "./session.ts";

const T0 = 1_793_491_500_000;

/** A service on a real store, with a clock that moves when told. */
function scene(silenceMs?: number) {
  const temporary = temporaryStore();
  const clock = { now: T0, nowMs: () => clock.now, monoMs: () => clock.now };
  const changes: string[] = [];
  const presence: [number, number][] = [];
  const waiting: ((session: FocusRecord) => void)[] = [];
  const services: FocusService[] = [];
  const open = async () => {
    const service = new FocusService({
      ...{ store: temporary.store.focus, clock, silenceMs },
      onChange: (session) => {
        changes.push(`${session.id} ${session.how} ${session.sequence}`);
        for (const tell of waiting.splice(0)) tell(session);
      },
      onPresence: (fromMs, toMs) => presence.push([fromMs - T0, toMs - T0]),
      onFailure: (error) => changes.push(error.message),
    });
    services.push(service);
    await service.settle();
    return service;
  };
  return {
    ...{ clock, changes, presence, open, store: temporary.store.focus },
    change: () => new Promise<FocusRecord>((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      for (const service of services) service.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

const wish = { source: "browser" as const, camera: "cam", plannedMinutes: 25 };
const batch = (sequence: number, fromS: number, seconds: number, state = "focused" as const) => ({
  ...{ sequence, startMs: T0 + fromS * 1000, spans: [{ state, seconds }] },
});

Deno.test("FocusService: a session is begun, fed, and ended at what was recorded last", async () => {
  await using at = scene();
  const service = await at.open();
  const { id, startMs, how } = await service.begin(wish);
  assert.deepEqual([startMs, how], [T0, "running"]);
  at.clock.now += 5_000;
  await service.add(id, batch(1, 0, 4));
  at.clock.now += 5_000;
  const ended = await service.end(id);
  assert.deepEqual([ended.how, ended.endMs, ended.totals.focusedMs], ["ended", T0 + 4_000, 4_000]);
  assert.equal(ended.plannedMinutes, 25);
  assert.deepEqual(await service.end(id), ended);
  assert.deepEqual(at.changes, ["1 running 0", "1 running 1", "1 ended 1", "1 ended 1"]);
  await assert.rejects(service.add(id, batch(2, 10, 1)), ConflictError);
  await assert.rejects(service.end(99), NotFoundError);
  await assert.rejects(service.add(99, batch(1, 0, 1)), NotFoundError);
});

Deno.test("FocusService: a replay is answered alike, counts nothing, and proves no presence again", async () => {
  await using at = scene();
  const service = await at.open();
  const { id } = await service.begin(wish);
  const spans = [
    { state: "focused" as const, seconds: 2 },
    { state: "unfocused" as const, seconds: 1 },
    { state: "focused" as const, seconds: 1 },
  ];
  at.clock.now += 5_000;
  const first = await service.add(id, { sequence: 1, startMs: T0, spans });
  assert.deepEqual(await service.add(id, { sequence: 1, startMs: T0, spans }), first);
  const different = { sequence: 1, startMs: T0 + 4_000, spans };
  assert.deepEqual(await service.add(id, different), first);
  assert.deepEqual(at.presence, [[0, 2_000], [2_000, 3_000], [3_000, 4_000]]);
});

Deno.test("FocusService: a silent session is lost at its last sample, and goes on when a batch comes late", async () => {
  await using at = scene(20);
  const service = await at.open();
  const { id } = await service.begin(wish);
  at.clock.now += 3_000;
  await service.add(id, batch(1, 0, 3));
  const lost = await at.change();
  assert.deepEqual([lost.how, lost.endMs], ["lost", T0 + 3_000]);
  at.clock.now += 600_000;
  const again = await service.add(id, batch(2, 600, 3));
  assert.deepEqual([again.how, again.totals.breaks, again.totals.totalMs], ["running", 1, 6_000]);
});

Deno.test("FocusService: another session ends the one that runs, which takes no more", async () => {
  await using at = scene();
  const service = await at.open();
  const first = await service.begin(wish);
  at.clock.now += 2_000;
  const second = await service.begin({ ...wish, source: "terminal" });
  assert.deepEqual(at.changes, ["1 running 0", "1 ended 0", "2 running 0"]);
  await assert.rejects(service.add(first.id, batch(1, 0, 1)), /it has ended/);
  await service.add(second.id, batch(1, 2, 1));
  assert.equal(at.store.running()?.id, second.id);
});

Deno.test("FocusService: what ran when the daemon ended is closed if it fell silent, else goes on", async () => {
  await using at = scene();
  const before = await at.open();
  const { id } = await before.begin(wish);
  at.clock.now += 5_000;
  await before.add(id, batch(1, 0, 5));
  before.close();
  at.clock.now += 30_000;
  const soon = await at.open();
  assert.equal((await soon.add(id, batch(2, 35, 1))).totals.totalMs, 6_000);
  soon.close();
  at.clock.now += 120_000;
  const late = await at.open();
  assert.deepEqual([late.session(id).how, late.session(id).endMs], ["lost", T0 + 36_000]);
  assert.equal(at.changes.at(-1), "1 lost 2");
  // Somebody set the clock back meanwhile: it is waited for, not closed at once.
  at.clock.now -= 3_600_000;
  const { id: other } = await late.begin(wish);
  late.close();
  at.clock.now -= 3_600_000;
  assert.equal((await at.open()).session(other).how, "running");
});
