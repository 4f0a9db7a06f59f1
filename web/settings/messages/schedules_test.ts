/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { NEW_SCHEDULE, wishes, wishOf } from "./schedules.ts";

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
