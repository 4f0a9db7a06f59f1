import assert from "node:assert/strict";
import { ALERT_HOLD_MS, escalate, NO_ALERT } from "./escalation.ts";
import type { AttentionState } from "./types.ts";

/** The level after each tenth of a second of states, as `second level` where it changes. */
function levels(...parts: readonly [state: AttentionState, seconds: number][]): string[] {
  let escalation = NO_ALERT, held: AttentionState = "uncertain", tenths = 0;
  const changes: string[] = [];
  for (const [state, seconds] of parts) {
    for (let i = 0; i < seconds * 10; i++, tenths++) {
      const { level } = escalation;
      escalation = escalate(escalation, state, held, 100);
      if (escalation.level !== level) changes.push(`${tenths / 10} ${escalation.level}`);
      held = state;
    }
  }
  return changes;
}

Deno.test("escalate() shows at once, sounds after 2 s and notifies after 8 s of unfocused time", () => {
  assert.deepEqual(levels(["focused", 5], ["unfocused", 20], ["focused", 5]), [
    "5 1",
    "7 2",
    "13 3",
    "25 0",
  ]);
});

Deno.test("escalate() begins anew after focus", () => {
  const twice = levels(["unfocused", 3], ["focused", 1], ["unfocused", 3]);
  assert.deepEqual(twice, ["0 1", "2 2", "3 0", "4 1", "6 2"]);
});

Deno.test("escalate() does not scold a break, nor what it cannot tell", () => {
  for (const state of ["no_face", "uncertain"] as const) {
    assert.deepEqual(levels(["focused", 5], [state, 300]), []);
    assert.deepEqual(levels(["unfocused", 3], [state, 60]), [
      "0 1",
      "2 2",
      `${(3_000 + ALERT_HOLD_MS) / 1000} 0`,
    ]);
  }
});

Deno.test("escalate() does not go off again for a face that comes and goes", () => {
  const flicker = levels(
    ...Array.from({ length: 6 }, () => [["unfocused", 3], ["no_face", 2]] as const).flat().map((
      p,
    ) => [...p] as [AttentionState, number]),
  );
  // 8 s of unfocused time are over in the third turn.
  assert.deepEqual(flicker, ["0 1", "2 2", "12.2 3"]);
});
