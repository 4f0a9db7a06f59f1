import assert from "node:assert/strict";
import fc from "fast-check";
import { type Heartbeat, MAX_EVENT_MS, mergeHeartbeat, splitLong } from "./heartbeat.ts";

const beat = (startMs: number, endMs: number, title = "a", pulsetimeMs?: number): Heartbeat => ({
  source: "window",
  subject: { app: "Code", title },
  startMs,
  endMs,
  pulsetimeMs,
});

Deno.test("mergeHeartbeat() grows the event when the gap equals the pulsetime", () => {
  assert.deepEqual(mergeHeartbeat(beat(0, 1000), beat(6000, 7000, "a", 5000)), {
    startMs: 0,
    endMs: 7000,
  });
});

Deno.test("mergeHeartbeat() keeps both events when the gap exceeds the pulsetime", () => {
  assert.equal(mergeHeartbeat(beat(0, 1000), beat(6001, 7000, "a", 5000)), undefined);
});

Deno.test("mergeHeartbeat() keeps both events when a title, a source or a device differs", () => {
  assert.equal(mergeHeartbeat(beat(0, 1000, "a"), beat(1000, 2000, "b", 5000)), undefined);
  const phone: Heartbeat = { ...beat(1000, 2000, "a", 5000), source: "phone", device: "p" };
  assert.equal(mergeHeartbeat(beat(0, 1000), phone), undefined);
  assert.equal(mergeHeartbeat({ ...phone, device: "q" }, phone), undefined);
});

Deno.test("mergeHeartbeat() never lets an event outgrow a day", () => {
  const long = beat(0, MAX_EVENT_MS);
  assert.equal(mergeHeartbeat(long, beat(MAX_EVENT_MS, MAX_EVENT_MS + 1, "a", 5000)), undefined);
});

Deno.test("mergeHeartbeat() of any stream neither overlaps nor loses time", () => {
  const step = fc.record({
    gapMs: fc.integer({ min: 0, max: 20_000 }),
    lengthMs: fc.integer({ min: 0, max: 10_000 }),
    title: fc.constantFrom("a", "b"),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const events: Heartbeat[] = [];
    let at = 0, beatMs = 0, bridgedMs = 0;
    for (const { gapMs, lengthMs, title } of steps) {
      const next = beat(at + gapMs, at + gapMs + lengthMs, title, 5_000);
      at = next.endMs;
      beatMs += lengthMs;
      const last = events.at(-1);
      const merged = last && mergeHeartbeat(last, next);
      if (merged) {
        bridgedMs += gapMs;
        events[events.length - 1] = { ...last, ...merged };
      } else events.push(next);
    }
    events.reduce((endMs, event) => {
      assert.ok(event.startMs >= endMs, "events overlap");
      return event.endMs;
    }, 0);
    const totalMs = events.reduce((sum, event) => sum + event.endMs - event.startMs, 0);
    assert.equal(totalMs, beatMs + bridgedMs);
  }));
});

Deno.test("splitLong() covers the span exactly, in parts of at most a day", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 10 * MAX_EVENT_MS }), (startMs, length) => {
      const parts = splitLong({ startMs, endMs: startMs + length });
      assert.equal(parts[0].startMs, startMs);
      assert.equal(parts.at(-1)!.endMs, startMs + length);
      parts.forEach((part, i) => {
        assert.ok(part.endMs - part.startMs <= MAX_EVENT_MS);
        if (i > 0) assert.equal(part.startMs, parts[i - 1].endMs);
      });
    }),
  );
});
