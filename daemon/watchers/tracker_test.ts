import assert from "node:assert/strict";
import { UnavailableError } from "../core/errors.ts";
import type { Heartbeat } from "../core/heartbeat.ts";
import type { Watcher, WatcherContext } from "../core/ports.ts";
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
