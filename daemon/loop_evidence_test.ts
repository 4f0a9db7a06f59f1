import assert from "node:assert/strict";
import { DEFAULT_LOOP } from "./core/loop_config.ts";
import { noiseWithin } from "./core/loop_evidence.ts";
import { EvidenceReader } from "./loop_evidence.ts";
import { temporaryStore } from "./store/testing.ts";

const NOON = Date.UTC(2026, 0, 14, 12);
const MINUTE = 60_000;

Deno.test("EvidenceReader: what was seen before a pause counts neither in it nor after it", async () => {
  await using temporary = temporaryStore();
  const { store } = temporary;
  const noise = (fromMin: number, toMin: number) => {
    const span = { startMs: NOON + fromMin * MINUTE, endMs: NOON + toMin * MINUTE };
    return store.record([{ ...span, source: "window", subject: { app: "noise" } }]);
  };
  await noise(-12, 0);
  let sinceMs = -Infinity;
  const reader = new EvidenceReader({
    ...{ store, zone: () => 0, dayStartMin: 0 },
    recorderState: () => ({}),
    explain: () => ({ classification: { class: "noise" } }),
    recordingSinceMs: () => sinceMs,
  });
  const noiseMin = (nowMs: number) => {
    const { timeline } = reader.read(DEFAULT_LOOP, nowMs);
    return noiseWithin(timeline, { startMs: -Infinity, endMs: nowMs }).ms / MINUTE;
  };
  assert.equal(noiseMin(NOON), 12);
  sinceMs = Infinity;
  assert.equal(noiseMin(NOON + 1), 0, "paused");
  assert.equal(reader.read(DEFAULT_LOOP, NOON + 1).noiseTodayMs, 12 * MINUTE, "the day's stays");
  sinceMs = NOON + 2 * MINUTE;
  await noise(2, 3);
  assert.equal(noiseMin(NOON + 3 * MINUTE), 1, "after it");
});
