import assert from "node:assert/strict";
import { waitFor } from "../../tests/daemon_process.ts";
import { UnavailableError } from "../core/errors.ts";
import type { Heartbeat } from "../core/heartbeat.ts";
import type { Watcher, WatcherContext, WatcherUpdate } from "../core/ports.ts";
import type { RecorderState } from "../core/recorder.ts";
import { Tracker } from "./tracker.ts";

/** A tracker on a watcher that the test speaks for, and a store whose answers the test gives. */
function start(answers: (Error | undefined)[]) {
  const stored: string[] = [], lost: string[] = [];
  let watcher: WatcherContext | undefined;
  const scripted: Watcher = {
    name: "window_scripted",
    watches: "window",
    run(context) {
      watcher = context;
      return new Promise((resolve) => context.signal.addEventListener("abort", () => resolve()));
    },
  };
  const titles = (beats: readonly Heartbeat[]) => beats.map((beat) => beat.subject.title ?? "");
  const tracker = new Tracker({
    clock: { nowMs: () => 1_000_000, monoMs: () => 0 },
    afkLimitMs: 180_000,
    env: () => undefined,
    privacy: (window) => window,
    watchers: [scripted],
    store(beats) {
      const answer = answers.shift();
      if (answer) return Promise.reject(answer);
      stored.push(...titles(beats));
      return Promise.resolve();
    },
    onState() {},
    report() {},
    onLost: (_, beats) => lost.push(...titles(beats)),
  });
  const stop = new AbortController();
  const running = tracker.run(stop.signal);
  return {
    stored,
    lost,
    async show(title: string) {
      watcher!.emit({ kind: "window", atMs: 1_000_000, window: { app: "a", title } });
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    async end() {
      stop.abort();
      await running;
    },
  };
}

Deno.test("Tracker keeps heartbeats that a full disk refused, and stores them with the next", async () => {
  const t = start([new UnavailableError("the disk is full")]);
  await t.show("one");
  assert.equal(t.stored.length, 0);
  await t.show("two");
  assert.ok(t.stored.includes("one") && t.stored.includes("two"), t.stored.join());
  await t.end();
  assert.equal(t.lost.length, 0);
});

Deno.test("Tracker gives up a heartbeat that can never be stored, says so, and goes on", async () => {
  const t = start([new TypeError("it cannot be stored")]);
  await t.show("poison");
  await t.show("fine");
  await t.end();
  assert.ok(t.lost.includes("poison"), t.lost.join());
  assert.ok(t.stored.includes("fine"), t.stored.join());
});

/** A tracker that is told of windows and idleness by the test, on a clock that the test moves. */
function startDesk(afkLimitMs: number) {
  const clock = { nowMs: 1_000_000, monoMs: 0 };
  const beats: Heartbeat[] = [];
  const states: (boolean | undefined)[] = [];
  const contexts = new Map<string, WatcherContext>();
  const watcher = (watches: "window" | "idle"): Watcher => ({
    name: `${watches}_scripted`,
    watches,
    run(context) {
      contexts.set(watches, context);
      return new Promise((resolve) => context.signal.addEventListener("abort", () => resolve()));
    },
  });
  const tracker = new Tracker({
    clock: { nowMs: () => clock.nowMs, monoMs: () => clock.monoMs },
    afkLimitMs,
    env: () => undefined,
    privacy: (window) => window,
    watchers: [watcher("window"), watcher("idle")],
    store(more) {
      beats.push(...more);
      return Promise.resolve();
    },
    onState: ({ afk }: RecorderState) => states.push(afk),
    report() {},
    onLost() {},
  });
  const stop = new AbortController();
  const running = tracker.run(stop.signal);
  return {
    tracker,
    clock,
    states,
    wait(ms: number) {
      clock.nowMs += ms;
      clock.monoMs += ms;
    },
    emit: (update: WatcherUpdate) =>
      contexts.get(update.kind === "window" ? "window" : "idle")!.emit(update),
    /** What was stored of being away, as `from-to` after the start, in milliseconds. */
    afk: () =>
      beats.filter(({ source }) => source === "afk")
        .map(({ startMs, endMs }) => `${startMs - 1_000_000}-${endMs - 1_000_000}`),
    async end() {
      stop.abort();
      await running;
    },
  };
}

Deno.test("Tracker does not call somebody away who looks at the screen, until they stop", async () => {
  const desk = startDesk(20_000);
  desk.emit({ kind: "not-afk", atMs: desk.clock.nowMs });
  // The film goes on: also the sign that the process does.
  const scene = (title: string) =>
    desk.emit({ kind: "window", atMs: desk.clock.nowMs, window: { app: "player", title } });
  scene("one");
  desk.wait(20_000);
  scene("two");
  desk.tracker.present(desk.clock.nowMs - 5_000, desk.clock.nowMs);
  desk.emit({ kind: "afk", atMs: desk.clock.nowMs - 20_000 });
  assert.equal(desk.tracker.state.afk, false);
  // 20 ms before the evidence is too old, as far as the clock tells; the timer finds that out by itself.
  desk.wait(19_980);
  scene("three");
  desk.tracker.present(0, 0);
  assert.equal(desk.tracker.state.afk, false);
  desk.wait(20);
  await waitFor(() => desk.tracker.state.afk === true || undefined, 5_000);
  assert.deepEqual(desk.states.slice(-1), [true]);
  await desk.end();
  assert.deepEqual(desk.afk(), ["20000-40000", "40000-40000"]);
});

Deno.test("Tracker brings back who is seen, from when they were seen", async () => {
  const desk = startDesk(20_000);
  desk.emit({ kind: "not-afk", atMs: desk.clock.nowMs });
  desk.wait(20_000);
  desk.emit({ kind: "afk", atMs: desk.clock.nowMs - 20_000 });
  desk.wait(60_000);
  desk.tracker.present(desk.clock.nowMs - 4_000, desk.clock.nowMs - 1_000);
  assert.equal(desk.tracker.state.afk, false);
  desk.emit({ kind: "not-afk", atMs: desk.clock.nowMs });
  await desk.end();
  assert.deepEqual(desk.afk(), ["0-20000", "20000-76000"]);
  desk.tracker.present(desk.clock.nowMs - 1_000, desk.clock.nowMs);
  assert.deepEqual(desk.tracker.state, {}, "nothing is tracked after the end");
});
