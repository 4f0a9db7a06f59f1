import assert from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_SCREENSHOT_SETTINGS, outdated, screenshotSettingsOf } from "./screenshot.ts";

const pictures = fc.array(
  fc.record({ atMs: fc.integer({ min: 0, max: 1_000 }), bytes: fc.integer({ min: 0, max: 100 }) }),
).map((all) => all.toSorted((a, b) => b.atMs - a.atMs));

Deno.test("outdated() leaves no more than may be, and lets go of nothing newer than what it keeps", () => {
  const limits = fc.record({
    maxAgeMs: fc.integer({ min: 0, max: 1_000 }),
    maxBytes: fc.integer({ min: 0, max: 1_000 }),
  });
  fc.assert(fc.property(pictures, limits, (all, { maxAgeMs, maxBytes }) => {
    const gone = outdated(all, { maxAgeMs, maxBytes }, 1_000);
    const kept = all.filter((picture) => !gone.includes(picture));
    assert.ok(kept.every(({ atMs }) => 1_000 - atMs <= maxAgeMs));
    assert.ok(kept.reduce((sum, { bytes }) => sum + bytes, 0) <= maxBytes);
    assert.deepEqual(kept, all.slice(0, kept.length));
    const [next] = gone;
    const isNeeded = next === undefined || 1_000 - next.atMs > maxAgeMs ||
      kept.reduce((sum, { bytes }) => sum + bytes, next.bytes) > maxBytes;
    assert.ok(isNeeded, "the newest that went could not stay");
  }));
});

Deno.test("outdated() keeps all where nothing is limited, also what lies ahead of the clock", () => {
  const all = [{ atMs: 5_000, bytes: 1e12 }, { atMs: -5_000, bytes: 1 }];
  assert.deepEqual(outdated(all, { maxAgeMs: Infinity, maxBytes: Infinity }, 0), []);
});

Deno.test("screenshotSettingsOf() takes what can be of whatever was stored", () => {
  assert.deepEqual(screenshotSettingsOf(undefined), DEFAULT_SCREENSHOT_SETTINGS);
  assert.deepEqual(
    screenshotSettingsOf({ onNoise: false, scale: 7, intervalMinutes: 15, noiseSeconds: "1" }),
    { ...DEFAULT_SCREENSHOT_SETTINGS, onNoise: false, intervalMinutes: 15 },
  );
  fc.assert(fc.property(fc.anything(), (stored) => {
    const { scale, noiseSeconds } = screenshotSettingsOf(stored);
    assert.ok(scale >= 0.1 && scale <= 1 && noiseSeconds >= 1);
  }));
});
