/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import {
  isFirstRun,
  RECENT_LIMIT,
  recordingOf,
  troubledParts,
  withEvent,
  withTotals,
} from "./model.ts";
import type { WireDay, WireEvent } from "./wire.ts";

function event(id: number, minute: number, extra: Partial<WireEvent> = {}): WireEvent {
  return {
    id,
    start: `2026-03-01T10:${String(minute).padStart(2, "0")}:00.000Z`,
    end: "2026-03-01T11:00:00.000Z",
    duration_seconds: 60,
    source: "window",
    app: "xterm",
    title: null,
    url: null,
    class: "signal",
    category: null,
    device: null,
    ...extra,
  };
}

const DAY: WireDay = {
  date: "2026-03-01",
  from: "2026-03-01T04:00:00.000Z",
  to: "2026-03-02T04:00:00.000Z",
  signal_seconds: 0,
  noise_seconds: 0,
  neutral_seconds: 0,
  afk_seconds: 0,
  snr: null,
  signal_share: null,
  hours: [],
};

Deno.test("withEvent() puts a new event first and an extended one in its old place", () => {
  const list = withEvent(withEvent([], event(1, 1)), event(2, 5));
  assert.deepEqual(list.map(({ id }) => id), [2, 1]);
  const extended = withEvent(list, event(1, 1, { duration_seconds: 90 }));
  assert.deepEqual(extended.map(({ id, duration_seconds: s }) => [id, s]), [[2, 60], [1, 90]]);
});

Deno.test("withEvent() sorts in a late event by its beginning", () => {
  const list = [event(3, 9), event(1, 1)];
  assert.deepEqual(withEvent(list, event(4, 5)).map(({ id }) => id), [3, 4, 1]);
  assert.deepEqual(withEvent(list, event(4, 0)).map(({ id }) => id), [3, 1, 4]);
});

Deno.test("withEvent() keeps no more than the page shows", () => {
  const list = Array.from({ length: RECENT_LIMIT }, (_, i) => event(i, 0));
  const next = withEvent(list, event(999, 1));
  assert.equal(next.length, RECENT_LIMIT);
  assert.equal(next[0].id, 999);
});

Deno.test("withTotals() renews the totals and keeps the hours; another day's are not mixed in", () => {
  const { hours: _, ...totals } = { ...DAY, signal_seconds: 60, signal_share: 1 };
  assert.deepEqual(withTotals(DAY, totals), { ...DAY, signal_seconds: 60, signal_share: 1 });
  assert.equal(withTotals(DAY, { ...totals, date: "2026-03-02" }), undefined);
  assert.equal(withTotals(undefined, totals), undefined);
});

Deno.test("troubledParts() lists what is degraded, then what is off, and nothing else", () => {
  const parts = (["ok", "off", "starting", "degraded"] as const)
    .map((status) => ({ name: `is ${status}`, status, detail: "" }));
  assert.deepEqual(troubledParts(parts).map(({ name }) => name), ["is degraded", "is off"]);
  const off = ["screenshots", "session", "sound"].map((name) => ({ name, detail: "" }));
  assert.deepEqual(troubledParts(off.map((part) => ({ ...part, status: "off" }))), []);
  const [broken] = off.map((part) => ({ ...part, status: "degraded" as const }));
  assert.deepEqual(troubledParts([broken]), [broken]);
});

Deno.test("recordingOf() says that windows are watched only where they are", () => {
  const state = { now: null, afk: false, afk_since: null, tracking: true };
  const parts = (status: "ok" | "off" | "starting" | "degraded") => [
    { name: "window", status, detail: "" },
  ];
  const pause = { paused: true, paused_since: DAY.from, paused_until: null };
  const none = { paused: false, paused_since: null, paused_until: null };
  assert.equal(recordingOf(state, parts("ok"), none), "on");
  assert.equal(recordingOf(state, parts("off"), none), "off", "tracked, but there is no desktop");
  assert.equal(recordingOf(state, parts("degraded"), none), "off");
  assert.equal(recordingOf({ ...state, tracking: false }, undefined, none), "off");
  assert.equal(recordingOf(state, parts("ok"), pause), "paused");
  assert.equal(recordingOf(state, parts("starting"), none), "unknown");
  assert.equal(recordingOf(undefined, undefined, undefined), "unknown");
});

Deno.test("isFirstRun() is over with the first event, the first second, or a window in front", () => {
  const state = { now: null, afk: false, afk_since: null, tracking: true };
  const now = {
    app: "xterm",
    title: null,
    class: "signal",
    category: null,
    since: DAY.from,
  } as const;
  assert.equal(isFirstRun(state, DAY, []), true);
  assert.equal(isFirstRun(state, undefined, []), false);
  assert.equal(isFirstRun(state, DAY, [event(1, 1)]), false);
  assert.equal(isFirstRun(state, { ...DAY, afk_seconds: 1 }, []), false);
  assert.equal(isFirstRun({ ...state, now }, DAY, []), false);
});
