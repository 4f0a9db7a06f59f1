/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { changedSchedules, NEW_SCHEDULE, wishes, wishOf } from "./schedules.ts";

Deno.test("wishOf() is a pattern for what was chosen, once all of it was", () => {
  const { channels } = NEW_SCHEDULE;
  assert.deepEqual(wishOf(NEW_SCHEDULE), {
    ...{ period: "day", of: "current", cron: "0 21 * * *", channels },
  });
  const cases: [Partial<typeof NEW_SCHEDULE>, string | undefined][] = [
    [{ days: ["mon", "fri"] }, "0 21 * * 1,5"],
    [{ days: [] }, undefined],
    [{ at: "" }, undefined],
    [{ channels: [] }, undefined],
    [{ period: "week", days: [] }, "0 21 * * 0"],
    [{ period: "week", of: "previous", at: "08:05" }, "5 8 * * 1"],
    [{ period: "month" }, "0 21 L * *"],
    [{ period: "month", of: "previous" }, "0 21 1 * *"],
    [{ pattern: " 30 7 * * 2-6 ", at: "" }, "30 7 * * 2-6"],
    [{ pattern: " " }, undefined],
  ];
  for (const [part, cron] of cases) {
    assert.equal(wishOf({ ...NEW_SCHEDULE, ...part })?.cron, cron, JSON.stringify(part));
  }
});

Deno.test("wishes() is what PUT takes: without the next times", () => {
  const wish = wishOf(NEW_SCHEDULE)!;
  assert.deepEqual(wishes([{ ...wish, next: "2026-01-31T20:00:00Z" }]), [wish]);
});

Deno.test("changedSchedules() changes what is meant, wherever it stands by now", () => {
  const [a, b, c] = ["1 1 * * *", "2 2 * * *", "3 3 * * *"].map((cron) => ({
    ...wishOf(NEW_SCHEDULE)!,
    cron,
  }));
  // Another window has added `c` in front meanwhile.
  assert.deepEqual(changedSchedules([c, a, b], { kind: "remove", wish: b, at: 1 }), [c, a]);
  assert.deepEqual(changedSchedules([c, a], { kind: "add", wish: b, at: 1 }), [c, b, a]);
  assert.deepEqual(changedSchedules([a], { kind: "add", wish: b }), [a, b]);
  // Of two that say the same, the one that was pressed.
  assert.deepEqual(changedSchedules([a, b, a], { kind: "remove", wish: a, at: 2 }), [a, b]);
  assert.throws(() => changedSchedules([c], { kind: "remove", wish: a, at: 0 }), /elsewhere/);
});
