import assert from "node:assert/strict";
import { added, changed, removed } from "./schedule_change.ts";
import type { WireSchedule } from "./wire.ts";

const schedule = (from: string): WireSchedule => ({
  ...{ days: ["mon"], from, to: "12:00", lists: [], domains: [], strict: false },
});
const all = [schedule("08:00"), schedule("09:00"), schedule("09:00")];

Deno.test("a change is made to the list as it is now, and to one of two that are the same", () => {
  assert.deepEqual(added(schedule("10:00"))(all), [...all, schedule("10:00")]);
  assert.deepEqual(removed(schedule("09:00"))(all), all.slice(0, 2));
  assert.deepEqual(changed(schedule("08:00"), schedule("07:00"))(all), [
    schedule("07:00"),
    ...all.slice(1),
  ]);
});

Deno.test("what was changed elsewhere meanwhile is not overwritten", () => {
  assert.throws(() => removed(schedule("11:00"))(all), /changed elsewhere/);
  assert.throws(() => changed(schedule("11:00"), schedule("07:00"))(all), RangeError);
});
