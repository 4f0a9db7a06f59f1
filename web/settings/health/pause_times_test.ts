/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { nextClock, untilWords } from "./pause_times.ts";

Deno.test("nextClock() is in the next day and a bit, and shows that time", () => {
  const now = fc.date({
    min: new Date(2026, 0, 1),
    max: new Date(2027, 0, 1),
    noInvalidDate: true,
  });
  fc.assert(fc.property(now, fc.nat(23), fc.nat(59), (now, hour, minute) => {
    const text = [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
    const next = nextClock(text, now)!;
    const aheadMs = next.getTime() - now.getTime();
    assert.ok(aheadMs > 0 && aheadMs <= 26 * 3_600_000, `${now} ${text}: ${next}`);
    // A time that a clock change skips is shown as the one after it.
    const shown = next.getHours() * 60 + next.getMinutes();
    assert.ok([0, 30, 60].includes(shown - hour * 60 - minute), text);
  }));
  for (const wrong of ["", "24:00", "9:00", "12:60", "noon"]) {
    assert.equal(nextClock(wrong, new Date(2026, 0, 1)), undefined, wrong);
  }
});

Deno.test("untilWords() names the day when it is not today", () => {
  const words = { clock: () => "17:00", day: () => "Friday" };
  const now = new Date(2026, 0, 1, 12);
  assert.equal(untilWords(null, now, words), "until you end it");
  assert.equal(untilWords(new Date(2026, 0, 1, 17).toISOString(), now, words), "until 17:00");
  assert.equal(
    untilWords(new Date(2026, 0, 2, 17).toISOString(), now, words),
    "until Friday, 17:00",
  );
});
