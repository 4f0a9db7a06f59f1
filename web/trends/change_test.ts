/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { durationChange, ratioChange, shareChange } from "./change.ts";

Deno.test("changes are told with their sign, and not when they are none or not known", () => {
  assert.equal(durationChange(3_900, 0), "+1\u202fh 05\u202fmin");
  assert.equal(durationChange(0, 1_200), "\u221220\u202fmin");
  assert.equal(durationChange(100, 45), "the same");
  assert.equal(shareChange(0.62, 0.54), "+8 points");
  assert.equal(shareChange(0.53, 0.54), "\u22121 point");
  assert.equal(shareChange(0.541, 0.539), "the same");
  assert.equal(shareChange(null, 0.5), undefined);
  assert.equal(ratioChange(1.62, 1.2), "+0.4");
  assert.equal(ratioChange(1.62, 1.61), "the same");
  assert.equal(ratioChange(1, null), undefined);
});
