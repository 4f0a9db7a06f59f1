/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { typedNumber, typedSites } from "./draft.ts";

Deno.test("typedNumber() reads lengths with a point or a comma, and nothing else", () => {
  const cases: [string, number][] = [
    ["5", 5],
    [" 1.5 ", 1.5],
    ["1,5", 1.5],
    ["1.", 1],
    [".5", 0.5],
    ["", NaN],
    ["-1", NaN],
    ["1e3", NaN],
    ["five", NaN],
    ["1.2.3", NaN],
  ];
  for (const [text, value] of cases) assert.equal(typedNumber(text), value, text);
});

Deno.test("typedSites() takes lines, commas and blanks, and keeps the order", () => {
  const site = fc.constantFrom("reddit.com", "x.com", "news.example");
  const gap = fc.constantFrom("\n", ", ", " ", "\n\n", ",");
  fc.assert(fc.property(fc.array(fc.tuple(site, gap)), (parts) => {
    const text = parts.map((part) => part.join("")).join("");
    assert.deepEqual(typedSites(text), parts.map(([name]) => name));
  }));
});
