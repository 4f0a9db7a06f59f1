/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { FocusMinute } from "../../daemon/core/focus.ts";
import { groupMinutes } from "./minute_groups.ts";

const minute = (index: number): FocusMinute => ({
  startMs: index * 60_000,
  focusedMs: 30_000,
  unfocusedMs: 20_000,
  noFaceMs: 9_000,
  uncertainMs: 1_000,
});
const minutes = (count: number) => Array.from({ length: count }, (_, i) => minute(i));

Deno.test("groupMinutes() leaves minutes as they are while they fit", () => {
  assert.deepEqual(groupMinutes([], 10), []);
  const groups = groupMinutes(minutes(10), 10);
  assert.deepEqual(groups, minutes(10).map((each) => ({ ...each, lengthMs: 60_000 })));
});

Deno.test("groupMinutes() puts a day into columns that fit, and loses none of it", () => {
  const groups = groupMinutes(minutes(1_440), 180);
  assert.equal(groups.length, 180);
  assert.equal(groups.reduce((sum, { focusedMs }) => sum + focusedMs, 0), 1_440 * 30_000);
  assert.ok(groups.every(({ lengthMs }) => lengthMs === 8 * 60_000));
});

Deno.test("groupMinutes() leaves out what was paused", () => {
  const groups = groupMinutes([minute(0), minute(1), minute(400)], 100);
  assert.deepEqual(groups.map(({ startMs, focusedMs }) => [startMs / 60_000, focusedMs]), [
    [0, 60_000],
    [400, 30_000],
  ]);
});
