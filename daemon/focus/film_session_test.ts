import assert from "node:assert/strict";
import { emptyFocusTimes, type FocusSource } from "../core/focus_session.ts";
import { temporaryStore } from "../store/testing.ts";
import { FocusService } from "./session.ts";

const NOW = 1_793_491_500_000;

Deno.test("a film counts for itself only: not in sums, counts or what one was focused on", async () => {
  await using stored = temporaryStore();
  const { store } = stored;
  const window = (startMs: number, endMs: number) => ({
    source: "window" as const,
    subject: { app: "editor" },
    startMs,
    endMs,
  });
  await store.record([window(NOW, NOW + 60_000)]);
  const { begun } = await store.focus.begin({ source: "file", camera: "clip", startMs: NOW });
  const spans = [{ startMs: NOW, endMs: NOW + 120_000, state: "focused" as const }];
  await store.focus.append(begun.id, 1, () => spans);
  // After the spans, as a daemon records the window that is in front meanwhile.
  await store.record([window(NOW + 60_000, NOW + 120_000)]);
  await store.focus.recount();
  const span = { startMs: NOW - 10_000, endMs: NOW + 1_000_000 };
  assert.deepEqual(store.focus.times(span), emptyFocusTimes());
  assert.equal(store.focus.count(span), 0);
  const detail = await store.reader.call("focusDetail", begun.id);
  assert.deepEqual(detail.on.apps, []);
  assert.equal(detail.minutes.reduce((sum, { focusedMs }) => sum + focusedMs, 0), 120_000);
  const before = { startMs: span.startMs - 1_000_000, endMs: span.startMs };
  const { total, on } = await store.reader.call("focusAnalytics", { span, before, dayStartMin: 0 });
  assert.deepEqual([total.sessions, total.times, on.apps], [0, emptyFocusTimes(), []]);
});

Deno.test("a film's session lies in the past, ends no other, and proves nobody's presence", async () => {
  await using stored = temporaryStore();
  const present: [number, number][] = [];
  const service = new FocusService({
    store: stored.store.focus,
    clock: { nowMs: () => NOW, monoMs: () => NOW },
    onChange() {},
    onPresence: (fromMs, toMs) => present.push([fromMs, toMs]),
    onFailure: (error) => assert.fail(error),
  });
  const begin = (source: FocusSource, startMs?: number) =>
    service.begin({ source, camera: source, startMs });
  const focused = (seconds: number) => [{ state: "focused" as const, seconds }];
  try {
    const live = await begin("terminal");
    const film = await begin("file", NOW - 200_000);
    assert.equal(film.startMs, NOW - 200_000);
    const batch = { sequence: 1, startMs: NOW - 200_000, spans: focused(100) };
    assert.equal((await service.add(film.id, batch)).how, "lost", "it never runs");
    const next = { sequence: 2, startMs: NOW - 100_000, spans: focused(100) };
    assert.equal((await service.add(film.id, next)).totals.focusedMs, 200_000);
    assert.deepEqual(present, []);

    const later = await service.add(live.id, { sequence: 1, startMs: NOW, spans: focused(5) });
    assert.equal(later.how, "running");
    assert.deepEqual(present, [[NOW, NOW + 5_000]]);
    assert.equal((await service.end(film.id)).how, "ended");
    assert.equal(stored.store.focus.running()?.id, live.id);
  } finally {
    service.close();
  }
});
