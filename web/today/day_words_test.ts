/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { changeWords, dateAsked, dayName } from "./day_words.ts";

Deno.test("changeWords() says the difference of what is shown, and nothing of what is not known", () => {
  assert.equal(changeWords(0.72, 0.64), "up 8 points");
  assert.equal(changeWords(0.5, 0.512), "down 1 point");
  assert.equal(changeWords(0.501, 0.499), "the same");
  assert.equal(changeWords(null, 0.5), undefined);
  assert.equal(changeWords(0.5, undefined), undefined);
});

Deno.test("dateAsked() takes a date up to today, else today", () => {
  const today = "2026-01-15";
  assert.equal(dateAsked("2026-01-14", today), "2026-01-14");
  for (const asked of [null, "", "2026-01-16", "2026-02-30", "x", "2026-1-5", "<script>"]) {
    assert.equal(dateAsked(asked, today), today, String(asked));
  }
});

Deno.test("dayName() names today and yesterday", () => {
  assert.equal(dayName("2026-01-01", "2026-01-01"), "Today");
  assert.equal(dayName("2025-12-31", "2026-01-01"), "Yesterday");
  assert.equal(dayName("2025-12-30", "2026-01-01"), undefined);
});
