/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { countOf, formatPercent, formatTimer, reasonWords } from "./words.ts";

Deno.test("formatTimer() counts whole seconds, with hours from one on", () => {
  const cases: [number, string][] = [
    [-5, "0:00"],
    [0, "0:00"],
    [7_999, "0:07"],
    [60_000, "1:00"],
    [725_000, "12:05"],
    [3_599_999, "59:59"],
    [3_725_000, "1:02:05"],
  ];
  for (const [ms, text] of cases) assert.equal(formatTimer(ms), text);
});

Deno.test("reasonWords() says why, and never blames what cannot be told", () => {
  assert.equal(reasonWords("unfocused", "eyes closed"), "Eyes closed");
  assert.equal(reasonWords("uncertain", "too dark"), "Too dark to tell");
  assert.equal(reasonWords("uncertain", undefined), "Taking a first look");
  assert.equal(reasonWords("no_face", undefined), "Nobody in front of the camera");
});

Deno.test("formatPercent() has no number for what could not be judged", () => {
  assert.equal(formatPercent(null), "–");
  assert.match(formatPercent(71.4), /71\s?%/);
});

Deno.test("countOf() knows one from many", () => {
  assert.deepEqual([0, 1, 2].map((n) => countOf(n, "break")), ["0 breaks", "1 break", "2 breaks"]);
});
