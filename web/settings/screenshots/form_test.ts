/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  numberProblem,
  rulesOfDraft,
  scalesFor,
  scaleWords,
  screenshotDraftOf,
  settingsWords,
} from "./form.ts";
import type { WireScreenshotRules } from "./wire.ts";

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const rules: fc.Arbitrary<WireScreenshotRules> = fc.record({
  on_noise: fc.boolean(),
  noise_seconds: within(1, 3_600),
  noise_minutes: within(0, 1_440).map(Math.abs),
  interval_minutes: fc.option(within(0.1, 1_440), { nil: null }),
  scale: within(0.1, 1),
}, { noNullPrototype: true });

Deno.test("rulesOfDraft() gives back what screenshotDraftOf() was given", () => {
  fc.assert(fc.property(rules, (each) => {
    assert.deepEqual(rulesOfDraft(screenshotDraftOf(each), each), each);
  }));
});

Deno.test("rulesOfDraft() keeps a number that is switched off and cannot be used as it was", () => {
  fc.assert(fc.property(rules, fc.constantFrom("", "x", "-1", "99999"), (before, text) => {
    const wrong = { noiseSeconds: text, noiseMinutes: text, intervalMinutes: text };
    const draft = { ...screenshotDraftOf(before), ...wrong };
    assert.equal(rulesOfDraft({ ...draft, onNoise: true }, before), undefined);
    assert.equal(rulesOfDraft({ ...draft, onNoise: false, byClock: true }, before), undefined);
    const off = rulesOfDraft({ ...draft, onNoise: false, byClock: false }, before);
    assert.deepEqual(off, { ...before, on_noise: false, interval_minutes: null });
  }));
});

Deno.test("numberProblem() says the range", () => {
  const draft = {
    ...{ onNoise: true, noiseSeconds: "0", noiseMinutes: "0", byClock: true },
    ...{ intervalMinutes: "2000", scale: 1 },
  };
  assert.equal(numberProblem("noiseSeconds", draft), "Write a number from 1 to 3600.");
  assert.equal(numberProblem("noiseMinutes", draft), undefined);
  assert.equal(numberProblem("intervalMinutes", draft), "Write a number from 0.1 to 1440.");
  assert.equal(numberProblem("intervalMinutes", { ...draft, byClock: false }), undefined);
});

Deno.test("settingsWords() says both ways", () => {
  const base = {
    on_noise: true,
    noise_seconds: 5,
    noise_minutes: 5,
    interval_minutes: null,
    scale: 1,
  };
  assert.equal(
    settingsWords(base),
    "On noise that lasts 5 s, at most one in 5 min; not by the clock",
  );
  const other = { ...base, on_noise: false, interval_minutes: 15 };
  assert.equal(settingsWords(other), "Not on noise; by the clock every 15 min");
});

Deno.test("scalesFor() offers what is set, too", () => {
  assert.deepEqual(scalesFor(0.5), [1, 0.75, 0.5, 0.25]);
  assert.deepEqual(scalesFor(0.6), [1, 0.75, 0.6, 0.5, 0.25]);
  assert.equal(scaleWords(1), "As large as the screen");
  assert.match(scaleWords(0.5), /^50\s?% of its width and height$/);
});
