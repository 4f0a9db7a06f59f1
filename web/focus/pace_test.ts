/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { Pace } from "./pace.ts";

/** How many of a camera's pictures are looked at in `seconds`. */
function lookedAt(pace: Pace, perSecond: number, seconds = 10, fromMs = 0): number {
  let count = 0;
  for (let i = 0; i < perSecond * seconds; i++) {
    if (pace.isDue(fromMs + i * 1_000 / perSecond)) count++;
  }
  return count;
}

Deno.test("Pace lets ten pictures a second through whatever the camera gives, and all of a slower one", () => {
  for (const perSecond of [10, 15, 24, 25, 30, 60]) {
    const count = lookedAt(new Pace(), perSecond);
    assert.ok(count >= 99 && count <= 102, `${perSecond} a second: ${count} in 10 s`);
  }
  assert.equal(lookedAt(new Pace(), 5), 50);
  assert.equal(lookedAt(new Pace(), 1), 10);
});

Deno.test("Pace follows a change, and makes up for no silence", () => {
  const pace = new Pace();
  lookedAt(pace, 30);
  pace.perSecond = 6;
  const hidden = lookedAt(pace, 30, 10, 10_000);
  assert.ok(hidden >= 59 && hidden <= 62, `${hidden}`);
  const late = lookedAt(pace, 30, 10, 500_000);
  assert.ok(late >= 59 && late <= 63, `${late}`);
});
