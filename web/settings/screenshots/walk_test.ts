/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { walkedTo } from "./walk.ts";

/** Three in a row, three, and then a day with one. */
const PLACES = [0, 0, 0, 10, 10, 10, 30].map((top, i) => ({ top, middle: (i % 3) * 100 }));

Deno.test("walkedTo() goes along rows and straight up and down, and stays at the ends", () => {
  const cases: [string, number, number | undefined][] = [
    ["ArrowRight", 2, 3],
    ["ArrowRight", 6, 6],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 1, 4],
    ["ArrowDown", 5, 6],
    ["ArrowDown", 6, 6],
    ["ArrowUp", 4, 1],
    ["ArrowUp", 1, 1],
    ["ArrowUp", 6, 3],
    ["Home", 4, 0],
    ["End", 0, 6],
    ["Enter", 0, undefined],
    ["ArrowUp", 9, undefined],
  ];
  for (const [key, from, to] of cases) {
    assert.equal(walkedTo(key, from, PLACES), to, `${key} from ${from}`);
  }
});
