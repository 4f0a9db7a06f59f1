import assert from "node:assert/strict";
import { awayToAsk } from "./edit_away.ts";

const MIN = 60_000;
const span = (from: number, to: number) => ({ startMs: from * MIN, endMs: to * MIN });
const there = ({ startMs, endMs }: { startMs: number; endMs: number }) => endMs - startMs;

Deno.test("awayToAsk() asks about ten minutes and more", () => {
  assert.deepEqual(awayToAsk([span(0, 9), span(20, 30)], [], there), [span(20, 30)]);
});

Deno.test("awayToAsk() joins over a short return, not over a long one", () => {
  assert.deepEqual(awayToAsk([span(0, 8), span(10, 15)], [], there), [span(0, 15)]);
  assert.deepEqual(awayToAsk([span(0, 12), span(15, 30)], [], there), [span(0, 12), span(15, 30)]);
});

Deno.test("awayToAsk() joins over a sleep of the machine, in which nobody was there", () => {
  assert.deepEqual(awayToAsk([span(0, 5), span(120, 125)], [], () => 0), [span(0, 125)]);
});

Deno.test("awayToAsk() leaves out what was answered, and joins nothing over it", () => {
  assert.deepEqual(awayToAsk([span(0, 60)], [span(0, 60)], there), []);
  assert.deepEqual(awayToAsk([span(0, 60)], [span(20, 21)], there), [span(0, 20), span(21, 60)]);
  assert.deepEqual(awayToAsk([span(0, 60)], [span(5, 55)], there), []);
});
