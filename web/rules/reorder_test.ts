/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { moved } from "./change_rules.ts";
import { landingOf, type RowPlace, shiftsOf } from "./reorder.ts";

const GAP = 8;
const rows = fc.array(fc.integer({ min: 20, max: 120 }), { minLength: 1, maxLength: 12 })
  .map((heights): RowPlace[] => {
    let top = 100;
    return heights.map((height) => {
      const row = { top, height };
      top += height + GAP;
      return row;
    });
  });

Deno.test("shiftsOf() shows the rows as they stand once one was moved", () => {
  fc.assert(fc.property(rows, fc.nat(), fc.nat(), (rows, a, b) => {
    const from = a % rows.length, to = b % rows.length;
    const shifts = shiftsOf(rows, from, to);
    const shown = rows.map((row, index) => ({ index, top: row.top + shifts[index] }))
      .sort((x, y) => x.top - y.top);
    const order = moved(rows.map((_, index) => index), from, to);
    assert.deepEqual(shown.map(({ index }) => index), order);
    let top = 100;
    for (const { index, top: shownTop } of shown) {
      assert.equal(shownTop, top);
      top += rows[index].height + GAP;
    }
  }));
});

Deno.test("landingOf() leaves a row where it is until it passes the middle of another", () => {
  const rows = [{ top: 0, height: 40 }, { top: 40, height: 40 }, { top: 80, height: 100 }];
  assert.equal(landingOf(rows, 0, 0), 0);
  assert.equal(landingOf(rows, 0, 39), 0);
  assert.equal(landingOf(rows, 0, 41), 1);
  assert.equal(landingOf(rows, 0, 1_000), 2);
  assert.equal(landingOf(rows, 2, -1_000), 0);
  assert.equal(landingOf(rows, 2, 1_000), 2);
});
