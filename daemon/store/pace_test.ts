import assert from "node:assert/strict";
import { Pace } from "./pace.ts";

Deno.test("Pace finds how much takes about 40 ms, whatever a piece takes", () => {
  for (const pieceMs of [0.05, 0.3, 1.5]) {
    const pace = new Pace(1);
    for (let turn = 0; turn < 20; turn++) pace.took(pace.size * pieceMs + 3);
    const tookMs = pace.size * pieceMs + 3;
    assert.ok(tookMs > 30 && tookMs < 60, `${pieceMs} ms each: ${tookMs} ms`);
  }
});

Deno.test("Pace neither stops nor leaps when one turn was held up", () => {
  const pace = new Pace(25);
  for (let turn = 0; turn < 5; turn++) pace.took(5_000);
  assert.equal(pace.size, 25);
  pace.took(0);
  assert.equal(pace.size, 50);
});
