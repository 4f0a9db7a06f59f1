import assert from "node:assert/strict";
import fc from "fast-check";
import { apart, detailOf, type LaneSpan, piecesOf } from "./timeline_lanes_detail.ts";

/** Spans in order, some of which touch, some of which leave a hole. */
const lanes = fc.array(
  fc.record({
    hole: fc.constantFrom(0, 0, 1, 7, 400),
    length: fc.integer({ min: 1, max: 120 }),
    kind: fc.constantFrom("signal", "noise", "neutral"),
    of: fc.nat(4),
  }),
  { maxLength: 200 },
).map((rows) => {
  let atMs = 1_000;
  return rows.map(({ hole, length, kind, of }): LaneSpan => {
    const startMs = atMs + hole;
    atMs = startMs + length;
    return { startMs, endMs: atMs, kind, of };
  });
});

Deno.test("piecesOf() keeps every span when nothing is too short", () => {
  fc.assert(fc.property(lanes, (spans) => {
    const pieces = piecesOf(spans, 0);
    assert.deepEqual(
      pieces,
      spans.map((span) => ({ ...span, ms: span.endMs - span.startMs, count: 1 })),
    );
  }));
});

Deno.test("piecesOf() loses no time and no span, keeps the order, and overlaps nothing", () => {
  fc.assert(fc.property(lanes, fc.nat(300), (spans, detailMs) => {
    const pieces = piecesOf(spans, detailMs);
    const sum = (values: number[]) => values.reduce((all, each) => all + each, 0);
    assert.equal(
      sum(pieces.map(({ ms }) => ms)),
      sum(spans.map(({ startMs, endMs }) => endMs - startMs)),
    );
    assert.equal(sum(pieces.map(({ count }) => count)), spans.length);
    for (const [i, piece] of pieces.entries()) {
      assert.ok(piece.ms <= piece.endMs - piece.startMs);
      assert.ok(i === 0 || pieces[i - 1].endMs <= piece.startMs);
      if (piece.count > 1) assert.ok(piece.endMs - piece.startMs <= detailMs);
    }
  }));
});

Deno.test("piecesOf() gives no more than three pieces for each length of the detail", () => {
  fc.assert(fc.property(lanes, fc.integer({ min: 1, max: 40 }), (spans, limit) => {
    if (spans.length === 0) return;
    const range = { startMs: spans[0].startMs, endMs: spans[spans.length - 1].endMs };
    const detailMs = detailOf(range, spans.length, limit);
    assert.ok(piecesOf(spans, detailMs).length <= 3 * limit + 1);
  }));
});

Deno.test("piecesOf() names a piece after what had the most of its time", () => {
  const spans: LaneSpan[] = [
    { startMs: 0, endMs: 4, kind: "signal", of: 1 },
    { startMs: 4, endMs: 7, kind: "noise", of: 2 },
    { startMs: 7, endMs: 9, kind: "noise", of: 3 },
  ];
  assert.deepEqual(piecesOf(spans, 10), [
    { startMs: 0, endMs: 9, kind: "noise", of: 2, ms: 9, count: 3 },
  ]);
});

Deno.test("apart() leaves spans that overlap nothing, within the range", () => {
  const range = { startMs: 1_100, endMs: 4_000 };
  const any = lanes.chain((spans) => fc.shuffledSubarray(spans)).map((spans) =>
    spans.map((span) => ({ ...span, endMs: span.endMs + 50 })).toSorted((a, b) =>
      a.startMs - b.startMs
    )
  );
  fc.assert(fc.property(any, (spans) => {
    let lastMs = range.startMs;
    const covered = new Set<number>();
    for (const { startMs, endMs } of apart(spans, range)) {
      assert.ok(startMs >= lastMs && endMs > startMs && endMs <= range.endMs);
      lastMs = endMs;
      for (let ms = startMs; ms < endMs; ms++) covered.add(ms);
    }
    for (let ms = range.startMs; ms < range.endMs; ms += 13) {
      assert.equal(covered.has(ms), spans.some((span) => span.startMs <= ms && ms < span.endMs));
    }
  }));
});
