import assert from "node:assert/strict";
import fc from "fast-check";
import { extendedMinutes, lengthProblem, lengthWords, parseLength, PRESETS } from "./length.ts";

const READ: readonly [text: string, minutes: number | undefined][] = [
  ["90", 90],
  [" 90 min ", 90],
  ["1:30", 90],
  ["0:45", 45],
  ["1h30", 90],
  ["1 h 30 min", 90],
  ["1.5 h", 90],
  ["1,5 h", 90],
  ["2 hours", 120],
  ["0.5", 0.5],
  ["", undefined],
  ["soon", undefined],
  ["1:75", undefined],
  ["-5", undefined],
  ["1e3", undefined],
  ["99999", undefined],
];

Deno.test("parseLength() reads what people write for a length, and nothing else", () => {
  for (const [text, minutes] of READ) assert.equal(parseLength(text), minutes, text);
});

Deno.test("lengthProblem() knows the limits", () => {
  for (const good of ["1", "1440", "24:00", "24 h"]) {
    assert.equal(lengthProblem(good), undefined, good);
  }
  for (const bad of ["0", "0.5", "1441", "24:01", "25 h"]) {
    assert.match(lengthProblem(bad)!, /24 hours/);
  }
  assert.match(lengthProblem("x")!, /minutes/);
  for (const minutes of PRESETS) assert.equal(lengthProblem(String(minutes)), undefined);
});

Deno.test("extendedMinutes() never asks for more than a day, and never for less than is left", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 86_400 }),
      fc.integer({ min: 1, max: 240 }),
      (leftS, more) => {
        const minutes = extendedMinutes(leftS, more);
        if (minutes === undefined) return assert.ok(leftS >= 86_399);
        assert.ok(minutes <= 1_440 && minutes > leftS / 60);
      },
    ),
  );
});

Deno.test("lengthWords() leaves out minutes that are none", () => {
  const cases = [
    [15, "15 min"],
    [60, "1 h"],
    [90, "1 h 30 min"],
    [65, "1 h 05 min"],
    [600, "10 h"],
    [0.5, "30 s"],
  ];
  for (const [minutes, words] of cases) {
    assert.equal(lengthWords(minutes as number).replaceAll("\u202f", " "), words);
  }
});
