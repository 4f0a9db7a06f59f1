import assert from "node:assert/strict";
import fc from "fast-check";
import { ConflictError } from "../core/errors.ts";
import { FOCUS_STATES, type FocusRecord } from "../core/focus_session.ts";
import { type Batch, judgeBatch } from "./batch.ts";

const T0 = 1_793_491_500_000;

const session: FocusRecord = {
  ...{ id: 7, source: "browser", camera: "", startMs: T0, endMs: T0 + 10_000, sequence: 3 },
  how: "running",
  totals: {
    ...{ totalMs: 10_000, focusedMs: 10_000, unfocusedMs: 0, noFaceMs: 0, uncertainMs: 0 },
    ...{ breaks: 0, longestStreakMs: 10_000 },
  },
  state: "focused",
};
const batch: Batch = {
  sequence: 4,
  startMs: T0 + 10_000,
  spans: [{ state: "focused", seconds: 2 }, { state: "no_face", seconds: 0.5 }],
};
const at = { nowMs: T0 + 12_500, newestId: 7 };

Deno.test("judgeBatch() places spans one after another from the start", () => {
  assert.deepEqual(judgeBatch(session, batch, at), [
    { startMs: T0 + 10_000, endMs: T0 + 12_000, state: "focused" },
    { startMs: T0 + 12_000, endMs: T0 + 12_500, state: "no_face" },
  ]);
});

Deno.test("judgeBatch() cuts what reaches up to a second behind the end, span by span", () => {
  const early = { ...batch, startMs: T0 + 9_000 };
  assert.deepEqual(judgeBatch(session, early, at), [
    { startMs: T0 + 10_000, endMs: T0 + 11_000, state: "focused" },
    { startMs: T0 + 11_000, endMs: T0 + 11_500, state: "no_face" },
  ]);
  const whole = { ...early, spans: [{ state: "focused" as const, seconds: 0.9 }] };
  assert.deepEqual(judgeBatch(session, whole, at), []);
});

Deno.test("judgeBatch() leaves out spans of no length", () => {
  const spans = [0, 1, 0].map((seconds) => ({ state: "focused" as const, seconds }));
  assert.equal((judgeBatch(session, { ...batch, spans }, at) as unknown[]).length, 1);
});

Deno.test("judgeBatch() does not add rounding up", () => {
  const spans = Array.from({ length: 999 }, (_, i) => ({
    state: i % 2 ? "focused" as const : "uncertain" as const,
    seconds: 1 / 3,
  }));
  const placed = judgeBatch(session, { ...batch, spans }, { ...at, nowMs: T0 + 400_000 });
  assert.ok(Array.isArray(placed));
  assert.equal(placed.at(-1)!.endMs, T0 + 10_000 + 333_000);
});

for (
  const [name, change, known, wanted] of [
    ["a batch that is in it", { sequence: 3 }, {}, "known"],
    ["one long past", { sequence: 1, startMs: 5 }, {}, "known"],
    ["a replay after the end", { sequence: 3 }, { how: "ended" }, "known"],
    ["a gap in the sequence", { sequence: 6 }, {}, /^ConflictError: .*batch 4 comes next$/],
    ["a batch after the end", {}, { how: "ended" }, /^ConflictError: .*it has ended$/],
    ["a batch before the end", { startMs: T0 + 8_999 }, {}, /^RangeError: .*1\.001 s before/],
    ["one that ends later", { startMs: T0 + 71_000 }, {}, /^RangeError: .*they end 61 s after now/],
    ["a pause of a day", { startMs: T0 + 86_400_000 }, {}, /^ConflictError: .*at most 4 hours/],
    ["a batch when another has begun", {}, { id: 6 }, /^ConflictError: .*another has begun/],
    ["the same for a lost one", {}, { id: 6, how: "lost" }, /^ConflictError: .*another has begun/],
  ] as [string, Partial<Batch>, Partial<FocusRecord>, "known" | RegExp][]
) {
  Deno.test(`judgeBatch(): ${name}`, () => {
    const verdict = judgeBatch({ ...session, ...known }, { ...batch, ...change }, at);
    if (wanted === "known") assert.equal(verdict, "known");
    else {
      assert.ok(verdict instanceof ConflictError || verdict instanceof RangeError);
      assert.match(`${verdict.name}: ${verdict.message}`, wanted);
    }
  });
}

Deno.test("judgeBatch() takes a lost session up again", () => {
  assert.ok(Array.isArray(judgeBatch({ ...session, how: "lost" }, batch, at)));
});

Deno.test("judgeBatch(): what is taken is in order, without holes, behind the end, and as long as was said", () => {
  const span = fc.record({
    state: fc.constantFrom(...FOCUS_STATES),
    seconds: fc.double({ min: 0, max: 100, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(span, { minLength: 1, maxLength: 50 }),
      fc.integer({ min: -1_000, max: 30_000 }),
      (spans, gapMs) => {
        const startMs = session.endMs + gapMs;
        const placed = judgeBatch(session, { sequence: 4, startMs, spans }, {
          ...at,
          nowMs: T0 + 1e7,
        });
        assert.ok(Array.isArray(placed));
        const seconds = spans.reduce((sum, each) => sum + each.seconds, 0);
        const wholeMs = Math.round(seconds * 1000);
        const lengthMs = placed.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
        assert.equal(lengthMs, Math.max(0, wholeMs + Math.min(0, gapMs)));
        let lastMs = Math.max(startMs, session.endMs);
        for (const { startMs, endMs } of placed) {
          assert.equal(startMs, lastMs);
          assert.ok(endMs > startMs && Number.isInteger(endMs));
          lastMs = endMs;
        }
      },
    ),
  );
});
