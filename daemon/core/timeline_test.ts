import assert from "node:assert/strict";
import fc from "fast-check";
import { type Claim, claimPriority, resolveTimeline } from "./timeline.ts";

const span = { startMs: 0, endMs: 100 };
const claim = (
  id: number,
  source: Claim["source"],
  startMs: number,
  endMs: number,
  cls: Claim["class"] = source === "afk" ? "afk" : "signal",
): Claim => ({ id, source, startMs, endMs, class: cls });

Deno.test("resolveTimeline() lets a distracting phone beat AFK, and AFK beat the window", () => {
  const segments = resolveTimeline(span, [
    claim(1, "window", 10, 90),
    claim(2, "afk", 20, 60),
    claim(3, "phone", 40, 50, "noise"),
  ]);
  assert.deepEqual(segments.map((s) => [s.eventId, s.startMs, s.endMs]), [
    [1, 10, 20],
    [2, 20, 40],
    [3, 40, 50],
    [2, 50, 60],
    [1, 60, 90],
  ]);
});

Deno.test("resolveTimeline() gives no time to a phone that does not distract", () => {
  assert.deepEqual(resolveTimeline(span, [claim(1, "phone", 0, 50, "neutral")]), []);
});

Deno.test("resolveTimeline() lets the later of two windows win where they overlap", () => {
  const segments = resolveTimeline(span, [claim(1, "window", 0, 60), claim(2, "window", 30, 50)]);
  assert.deepEqual(segments.map((s) => [s.eventId, s.startMs, s.endMs]), [
    [1, 0, 30],
    [2, 30, 50],
    [1, 50, 60],
  ]);
});

const claimsArbitrary = fc.array(
  fc.record({
    source: fc.constantFrom("window" as const, "afk" as const, "phone" as const),
    class: fc.constantFrom("signal" as const, "noise" as const),
    startMs: fc.integer({ min: -20, max: 110 }),
    lengthMs: fc.integer({ min: 0, max: 60 }),
  }),
  { maxLength: 25 },
).map((rows) =>
  rows.map((row, i) => claim(i + 1, row.source, row.startMs, row.startMs + row.lengthMs, row.class))
);

Deno.test("resolveTimeline() agrees with asking every millisecond who claims it the most", () => {
  fc.assert(fc.property(claimsArbitrary, (claims) => {
    const segments = resolveTimeline(span, claims);
    const resolved = new Array<number | undefined>(100).fill(undefined);
    let endMs = -1;
    for (const segment of segments) {
      assert.ok(segment.startMs >= endMs && segment.endMs > segment.startMs);
      endMs = segment.endMs;
      for (let ms = segment.startMs; ms < segment.endMs; ms++) resolved[ms] = segment.eventId;
    }
    for (let ms = 0; ms < 100; ms++) {
      const [winner] = claims
        .filter((c) => c.startMs <= ms && ms < c.endMs && claimPriority(c) > 0)
        .sort((a, b) => claimPriority(b) - claimPriority(a) || b.id - a.id);
      assert.equal(resolved[ms], winner?.id, `at ${ms}`);
    }
  }));
});
