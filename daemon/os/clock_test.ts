import assert from "node:assert/strict";
import { createUpClock } from "./clock.ts";

Deno.test("createUpClock() goes on evenly between the system's seconds, and jumps with a sleep", () => {
  let runMs = 5_000, upS = 100;
  const clock = createUpClock(() => runMs, () => upS);
  assert.equal(clock.upMs(), 100_000);
  for (let i = 1; i <= 40; i++) {
    runMs += 100;
    upS = Math.floor(100 + i / 10);
    assert.equal(clock.upMs(), 100_000 + i * 100);
  }
  // Asleep for an hour: only the system's count saw it.
  upS += 3_600;
  assert.ok(Math.abs(clock.upMs() - 3_704_000) <= 1_500);
  runMs += 500;
  assert.ok(Math.abs(clock.upMs() - 3_704_500) <= 1_500);
});

Deno.test("createUpClock() counts its own time where the system does not tell", () => {
  let runMs = 7;
  const clock = createUpClock(() => runMs, () => {
    throw new Deno.errors.NotCapable("no");
  });
  assert.equal(clock.countsSleep, false);
  runMs = 9;
  assert.equal(clock.upMs(), 9);
});
