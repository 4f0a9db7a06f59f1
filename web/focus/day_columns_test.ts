import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays } from "../../daemon/core/day.ts";
import { groupDays } from "./day_columns.ts";
import type { WireFocusedDay } from "./wire.ts";

const day = (index: number, focused: number, unfocused = 0): WireFocusedDay => ({
  date: addDays("2026-01-01", index),
  focused_seconds: focused,
  unfocused_seconds: unfocused,
  no_face_seconds: 0,
  uncertain_seconds: 5,
  focus_percent: null,
  signal_seconds: focused / 2,
  noise_seconds: focused / 4,
  neutral_seconds: 0,
  unknown_seconds: focused / 4,
});

Deno.test("groupDays() leaves few days as they are, and makes weeks of many, the last one whole", () => {
  const days = Array.from({ length: 20 }, (_, i) => day(i, 60, i === 19 ? 60 : 0));
  assert.equal(groupDays(days, 20).length, 20);
  assert.deepEqual(groupDays(days, 20)[19].percent, 50);
  assert.deepEqual(groupDays(days, 19).map(({ from, to, signal }) => [from, to, signal]), [
    ["2026-01-01", "2026-01-06", 180],
    ["2026-01-07", "2026-01-13", 210],
    ["2026-01-14", "2026-01-20", 210],
  ]);
  assert.equal(groupDays([day(0, 0)], 5)[0].percent, null);
  assert.deepEqual(groupDays([], 5), []);
});

Deno.test("groupDays() loses no day and makes no more groups than asked for", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 800 }),
      fc.integer({ min: 2, max: 120 }),
      (count, max) => {
        const groups = groupDays(Array.from({ length: count }, (_, i) => day(i, 4)), max);
        assert.ok(groups.length <= max);
        assert.equal(groups.reduce((sum, { signal }) => sum + signal, 0), 2 * count);
        for (const [i, { from }] of groups.entries()) {
          if (i > 0) assert.equal(addDays(groups[i - 1].to, 1), from);
        }
      },
    ),
  ));
