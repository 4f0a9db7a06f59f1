import assert from "node:assert/strict";
import { holdUntil, isOver } from "./hold.ts";

/** Clocks that only go when somebody waits; `jumps` happen at a moment of the running time. */
function run(jumps: { atMs: number; wallMs: number }[], goneAtMs = Infinity) {
  let mono = 0, wall = 1_000_000;
  const left = [...jumps];
  const done = holdUntil(wall + 60_000, {
    clock: { nowMs: () => wall, monoMs: () => mono },
    stillThere: () => mono < goneAtMs,
    wait: (ms) => {
      mono += ms;
      wall += ms;
      if (left.length > 0 && mono >= left[0].atMs) wall += left.shift()!.wallMs;
      return Promise.resolve();
    },
  });
  return done.then((ended) => ({ ended, ranMs: mono }));
}

Deno.test("holdUntil() ends by the clock that says so first", async () => {
  assert.deepEqual(await run([]), { ended: true, ranMs: 60_000 });
  // Asleep for an hour: the wall clock goes on, the other stands still.
  assert.deepEqual(await run([{ atMs: 10_000, wallMs: 3_600_000 }]), {
    ended: true,
    ranMs: 10_000,
  });
  // Set back by a day: never later than asked.
  assert.deepEqual(await run([{ atMs: 10_000, wallMs: -86_400_000 }]), {
    ended: true,
    ranMs: 60_000,
  });
  assert.deepEqual(await run([{ atMs: 5_000, wallMs: 30_000 }]), { ended: true, ranMs: 30_000 });
});

Deno.test("holdUntil() lets go when the block is gone before its end", async () => {
  assert.deepEqual(await run([], 7_000), { ended: false, ranMs: 7_000 });
});

Deno.test("isOver() counts what cannot be known as over", () => {
  const block = { startMs: 1_000_000, endMs: 2_000_000 };
  assert.equal(isOver(block, 1_500_000), false);
  assert.equal(isOver(block, 2_000_000), true);
  assert.equal(isOver({ ...block, endMs: undefined }, 1_500_000), true);
  assert.equal(isOver(block, 900_000), true);
  assert.equal(isOver(block, 950_000), false);
});
