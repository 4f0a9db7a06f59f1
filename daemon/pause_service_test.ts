import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { FakeMachine } from "../tests/fakes.ts";
import type { WirePause } from "./api/pause.ts";
import { HealthBoard } from "./core/health.ts";
import { Hub } from "./core/hub.ts";
import { PauseService } from "./pause_service.ts";
import { temporaryStore } from "./store/testing.ts";

const MINUTE = 60_000;

/** A service on a real store; `again` is the same after a restart. */
function scene(store: ReturnType<typeof temporaryStore>["store"], machine = new FakeMachine()) {
  const told: boolean[] = [], published: WirePause[] = [];
  const hub = new Hub(), health = new HealthBoard(() => {});
  hub.on("pause", (pause) => published.push(pause as WirePause));
  const service = new PauseService({
    ...{ store, hub, health },
    clock: { nowMs: machine.nowMs, monoMs: machine.upMs },
    upClock: machine,
    onChange: (isPaused) => told.push(isPaused),
  });
  return { service, machine, told, published, health, again: () => scene(store, machine) };
}

/** Lets a service look once, as at a start. */
async function lookOnce({ service }: ReturnType<typeof scene>): Promise<void> {
  const stop = new AbortController();
  const running = service.run(stop.signal);
  await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await running;
}

Deno.test("a pause stops recording at once, says until when, and ends by itself", async () => {
  await using temporary = temporaryStore();
  const it = scene(temporary.store);
  const { service, machine } = it;
  const startMs = machine.wallMs;
  assert.equal(service.isPaused, false);
  const setting = service.set({ kind: "for", ms: 30 * MINUTE });
  await Promise.resolve();
  assert.deepEqual([it.told, service.isPaused], [[true], true], "before the disk has it");
  await setting;
  assert.equal(it.health.parts[0].name, "recording");
  assert.match(it.health.parts[0].detail, /^paused until .*\d\d:\d\d; prodtracker pause off/);
  assert.equal(service.recordingSinceMs, Infinity);

  machine.pass(30 * MINUTE - 1);
  assert.notEqual(service.now(), undefined);
  machine.pass(1);
  assert.equal(service.now(), undefined);
  assert.equal(it.told.at(-1), false);
  assert.deepEqual(it.published.map(({ paused }) => paused), [true, false]);
  assert.equal(it.health.parts[0].status, "ok");
  assert.equal(service.recordingSinceMs, startMs + 30 * MINUTE);
  const at = [-1_000, -999, 30 * MINUTE - 1, 30 * MINUTE].map((ms) =>
    service.isPausedAt(startMs + ms)
  );
  assert.deepEqual(at, [false, true, true, false]);
});

Deno.test("a pause is there after a restart, and one that ended meanwhile has ended", async () => {
  await using temporary = temporaryStore();
  const first = scene(temporary.store);
  const { machine } = first;
  const startMs = machine.wallMs;
  await first.service.set({ kind: "for", ms: 30 * MINUTE });
  machine.reboot(10 * MINUTE);
  const second = first.again();
  assert.equal(second.service.isPaused, true);
  await lookOnce(second);
  assert.deepEqual(
    [second.told, second.published.length],
    [[true], 1],
    "the tracker is told first",
  );

  machine.reboot(25 * MINUTE);
  const third = second.again();
  assert.equal(third.service.isPaused, false);
  await lookOnce(third);
  assert.deepEqual(third.told, []);
  // Late heartbeats of that time are still known for what they are; what came after is not.
  for (const each of [third, third.again()]) {
    assert.equal(each.service.isPausedAt(startMs + 29 * MINUTE), true);
    assert.equal(each.service.isPausedAt(startMs + 31 * MINUTE), false);
  }
  const db = new DatabaseSync(temporary.path);
  assert.deepEqual({ ...db.prepare("SELECT * FROM pause").get() }, {
    ...{ start_ms: startMs, end_ms: startMs + 30 * MINUTE },
    ...{ by_clock: 0, running: 0 },
  });
  db.close();
});

Deno.test("a pause until told, and one until a time, outlive a restart as what they are", async () => {
  await using temporary = temporaryStore();
  const it = scene(temporary.store);
  const { machine } = it;
  await it.service.set({ kind: "on" });
  machine.reboot(90 * 86_400_000);
  const later = it.again();
  assert.deepEqual([later.service.isPaused, later.service.now()?.endMs], [true, undefined]);
  const endMs = machine.wallMs + 60 * MINUTE;
  await later.service.set({ kind: "until", endMs });
  // The clock goes back: it is still what the clock shows that counts.
  const again = later.again();
  machine.setClock(-30 * MINUTE);
  assert.deepEqual([again.service.now()?.endMs, again.service.now()?.byClock], [endMs, true]);
  machine.pass(90 * MINUTE);
  assert.equal(again.service.now(), undefined);
});

Deno.test("a clock that is set neither shortens nor lengthens a pause of half an hour", async () => {
  for (const byMs of [-3 * 3_600_000, 3 * 3_600_000]) {
    await using temporary = temporaryStore();
    const it = scene(temporary.store);
    const { service, machine } = it;
    const startMs = machine.wallMs;
    await service.set({ kind: "for", ms: 30 * MINUTE });
    machine.pass(10 * MINUTE);
    machine.setClock(byMs);
    assert.equal(service.now()?.endMs, startMs + byMs + 30 * MINUTE);
    // Both halves are paused, and nothing of the time that never was.
    assert.equal(service.isPausedAt(startMs + 9 * MINUTE), true);
    assert.equal(service.isPausedAt(startMs + byMs + 11 * MINUTE), true);
    assert.equal(service.isPausedAt(startMs + byMs / 2), false);
    await lookOnce(it);
    machine.reboot(19 * MINUTE);
    const again = it.again();
    assert.equal(again.service.isPaused, true);
    assert.equal(again.service.isPausedAt(startMs + 9 * MINUTE), true);
    machine.pass(MINUTE);
    assert.equal(again.service.now(), undefined);
  }
});

Deno.test("pause off ends a pause early; changing one keeps its beginning", async () => {
  await using temporary = temporaryStore();
  const { service, machine, told, published } = scene(temporary.store);
  const startMs = machine.wallMs;
  await service.set({ kind: "off" });
  assert.deepEqual(published, [], "nothing went on");
  await service.set({ kind: "for", ms: 30 * MINUTE });
  machine.pass(10 * MINUTE);
  await service.set({ kind: "for", ms: 60 * MINUTE });
  assert.equal(service.now()?.endMs, startMs + 70 * MINUTE);
  machine.pass(20 * MINUTE);
  await service.set({ kind: "off" });
  assert.equal(service.isPaused, false);
  const at = [29, 31].map((minutes) => service.isPausedAt(startMs + minutes * MINUTE));
  assert.deepEqual(at, [true, false]);
  assert.deepEqual(told.slice(-1), [false]);
});

Deno.test("a pause that cannot be stored is none, and says why", async () => {
  await using temporary = temporaryStore();
  const { service, told } = scene(temporary.store);
  await temporary.store.close();
  await assert.rejects(service.set({ kind: "on" }));
  assert.deepEqual([service.isPaused, told], [false, [true, false]]);
});
