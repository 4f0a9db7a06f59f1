/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  fitting,
  formatShown,
  including,
  lengthOf,
  MIN_SECONDS,
  moved,
  parseShown,
  type Shown,
  tileOf,
  zoomed,
} from "./timeline_range.ts";

const DAY = 86_400;
const ranges = fc.tuple(fc.integer({ min: 0, max: DAY - 61 }), fc.integer({ min: 60, max: DAY }))
  .map(([from, length]): Shown => ({ from, to: Math.min(DAY, from + length) }))
  .filter((range) => lengthOf(range) >= MIN_SECONDS);

function assertInDay({ from, to }: Shown): void {
  assert.ok(from >= -1e-6 && to <= DAY + 1e-6, `${from}-${to}`);
  assert.ok(to - from >= MIN_SECONDS - 1e-6);
}

Deno.test("zoomed() stays in the day and keeps the moment where it is, if the day's ends let it", () => {
  fc.assert(
    fc.property(
      ranges,
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (range, factor, share) => {
        const at = range.from + share * lengthOf(range);
        const next = zoomed(range, factor, at, DAY);
        assertInDay(next);
        if (next.from > 1e-6 && next.to < DAY - 1e-6) {
          assert.ok(Math.abs((at - next.from) / lengthOf(next) - share) < 1e-6);
        }
      },
    ),
  );
});

Deno.test("moved() keeps the length and stays in the day", () => {
  fc.assert(fc.property(ranges, fc.double({ min: -1, max: 1, noNaN: true }), (range, share) => {
    const next = moved(range, share, DAY);
    assertInDay(next);
    assert.ok(Math.abs(lengthOf(next) - lengthOf(range)) < 1e-6);
  }));
});

Deno.test("including() shows the span, and does not move for one that is seen", () => {
  fc.assert(fc.property(ranges, ranges, (range, span) => {
    const next = including(range, span, DAY);
    assertInDay(next);
    assert.ok(next.from <= span.to && next.to >= span.from);
    assert.deepEqual(including(next, span, DAY), next);
  }));
});

Deno.test("fitting() shows full hours around what there was, at least four of them", () => {
  assert.deepEqual(fitting([{ from: 5 * 3600 + 10, to: 5 * 3600 + 20 }], DAY), {
    from: 5 * 3600,
    to: 9 * 3600,
  });
  assert.deepEqual(fitting([{ from: DAY - 100, to: DAY }], DAY), { from: DAY - 4 * 3600, to: DAY });
  assert.deepEqual(fitting([], DAY), { from: 0, to: DAY });
});

Deno.test("parseShown() reads what formatShown() wrote, and nothing that makes no sense", () => {
  fc.assert(fc.property(ranges, (range) => {
    assert.deepEqual(parseShown(formatShown(range), DAY), range);
  }));
  for (const text of [null, "", "1", "20-10", "90000-90100", "a-b", "-5-10"]) {
    assert.equal(parseShown(text, DAY), undefined, String(text));
  }
});

Deno.test("tileOf() holds the range, and is at most four times as long", () => {
  fc.assert(fc.property(ranges, (range) => {
    const tile = tileOf(range, DAY);
    assert.ok(tile.from <= range.from && tile.to >= range.to);
    assert.ok(lengthOf(tile) <= Math.max(4 * lengthOf(range), 1800));
  }));
});
