/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { formatClock } from "../format.ts";
import { formatBytes, formatMoment } from "./moments.ts";

Deno.test("formatMoment() leaves out what is the same as now", () => {
  const now = new Date(2026, 0, 15, 12);
  const iso = (...parts: [number, number, number, number]) => new Date(...parts).toISOString();
  const today = iso(2026, 0, 15, 9);
  assert.equal(formatMoment(today, now), formatClock(today));
  assert.doesNotMatch(formatMoment(iso(2026, 0, 14, 9), now), /2026/);
  assert.match(formatMoment(iso(2025, 0, 15, 9), now), /2025/);
});

Deno.test("formatBytes() never shows four digits before its point", () => {
  const cases: [number, string][] = [
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1_000, "1 KB"],
    [999_999, "1 MB"],
    [1_234_567, "1.2 MB"],
  ];
  for (const [bytes, text] of cases) assert.equal(formatBytes(bytes), text);
  fc.assert(fc.property(fc.nat({ max: 2 ** 31 - 1 }), (bytes) => {
    assert.ok(Number.parseFloat(formatBytes(bytes).replace(/[^\d.]/g, "")) < 1_000);
  }));
});
