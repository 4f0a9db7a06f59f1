import assert from "node:assert/strict";
import { bytes, count, duration, percent, ratio } from "./words.ts";

Deno.test("duration() says seconds, minutes, hours", () => {
  const cases: [number, string][] = [
    [0, "0 s"],
    [59.4, "59 s"],
    [59.6, "1 min"],
    [720, "12 min"],
    [3_599, "1 h 00 min"],
    [11_520, "3 h 12 min"],
    [90_061, "25 h 01 min"],
    [-5, "0 s"],
  ];
  for (const [seconds, words] of cases) assert.equal(duration(seconds), words);
});

Deno.test("percent() says 0 % and 100 % only when it is exactly that", () => {
  const cases: [number, string][] = [
    [0, "0 %"],
    [0.001, "<1 %"],
    [0.644, "64 %"],
    [0.9999, "99 %"],
    [1, "100 %"],
  ];
  for (const [share, words] of cases) assert.equal(percent(share), words);
});

Deno.test("ratio(), count() and bytes() are short", () => {
  assert.deepEqual([0.25, 9.96, 123.4].map(ratio), ["0.3", "10", "123"]);
  assert.equal(count(1, "event"), "1 event");
  assert.equal(count(1_234_567, "event"), "1 234 567 events");
  assert.deepEqual([999, 1_500, 123_456_789].map(bytes), ["999 bytes", "1.5 kB", "123 MB"]);
});
