import assert from "node:assert/strict";
import { type Budget, budgetOf, otherBlockers, withBudget } from "./budget.ts";
import type { WireLoopConfig } from "./wire.ts";

const nudges = { nudge: true, stronger: true, block: false };
const config: WireLoopConfig = {
  on: true,
  rules: {
    noise: { on: true, minutes: 10, of_minutes: 15, steps: { ...nudges, block: true } },
    phone: { on: true, minutes: 5, steps: nudges },
    unfocused: { on: false, minutes: 2, steps: { ...nudges, block: true } },
    budget: { on: true, minutes: 30, steps: nudges },
  },
  ...{ stronger_after_minutes: 5, block_after_minutes: 5, again_after_minutes: 30 },
  ...{ cooldown_minutes: 5, clear_minutes: 5, snooze_minutes: 5 },
  block: { minutes: 15, most_a_day: 4, lists: [], domains: [] },
  quiet: null,
  spares_meetings: true,
};

Deno.test("withBudget() gives back what budgetOf() took, and leaves the rest as it was", () => {
  assert.deepEqual(withBudget(config, budgetOf(config)), config);
  const wanted: Budget = {
    ...{ isOn: true, minutes: 45, blocks: true, blockMinutes: 20, mostADay: 2 },
    ...{ lists: ["news"], domains: ["a.example"] },
  };
  const changed = withBudget(config, wanted);
  assert.deepEqual(budgetOf(changed), wanted);
  const { budget: _, ...others } = changed.rules;
  const { budget: __, ...before } = config.rules;
  assert.deepEqual(others, before);
  assert.equal(changed.snooze_minutes, config.snooze_minutes);
});

Deno.test("withBudget() never blocks without a nudge before, which the daemon would refuse", () => {
  const mute = structuredClone(config);
  mute.rules.budget.steps = { nudge: false, stronger: false, block: false };
  const changed = withBudget(mute, { ...budgetOf(mute), blocks: true });
  assert.deepEqual(changed.rules.budget.steps, { nudge: true, stronger: false, block: true });
});

Deno.test("otherBlockers() are rules that are on and may block", () => {
  assert.deepEqual(otherBlockers(config), ["noise"]);
  assert.deepEqual(otherBlockers({ ...config, on: false }), []);
});
