/** The settings' form says what is wrong with the loop's settings before the daemon would. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ApiDeps } from "../../daemon/api/deps.ts";
import { loopRoutes } from "../../daemon/api/loop.ts";
import { assertLoopConfig, DEFAULT_LOOP } from "../../daemon/core/loop_config.ts";
import { problemsOf } from "../../web/settings/nudges/draft.ts";
import type { WireLoopConfig } from "../../web/settings/settings_wire.ts";

const schema = loopRoutes({} as ApiDeps).find(({ method }) => method === "PUT")!.body!();

const steps = fc.record({ nudge: fc.boolean(), stronger: fc.boolean(), block: fc.boolean() });
/** Those at the edges often. */
const minutes = fc.oneof(
  fc.constantFrom(0, 0.05, 0.1, 1, 5, 240, 240.5, 720, 721, NaN),
  fc.double({ min: 0.1, max: 720, noNaN: true }),
);
const rule = { on: fc.boolean(), minutes, steps };
const time = fc.constantFrom("22:00", "07:30", "", "24:00");
const config: fc.Arbitrary<WireLoopConfig> = fc.record({
  on: fc.boolean(),
  rules: fc.record({
    noise: fc.record({ ...rule, of_minutes: minutes }),
    phone: fc.record(rule),
    unfocused: fc.record(rule),
    budget: fc.record(rule),
  }),
  stronger_after_minutes: minutes,
  block_after_minutes: minutes,
  again_after_minutes: minutes,
  cooldown_minutes: minutes,
  clear_minutes: minutes,
  snooze_minutes: minutes,
  block: fc.record({
    minutes,
    most_a_day: fc.constantFrom(0, 1, 4, 4.5, 50, 51, NaN),
    lists: fc.constant(["social"]),
    domains: fc.constantFrom([], ["a.example"], ["a".repeat(2_001)]),
  }),
  quiet: fc.option(fc.record({
    from: time,
    to: time,
    days: fc.constantFrom([], ["mon" as const]),
  })),
  spares_meetings: fc.boolean(),
});

/** Whether the daemon takes it: its shape, and what {@linkcode assertLoopConfig} asks. */
function isTaken(wire: WireLoopConfig): boolean {
  if (!schema.safeParse(wire).success) return false;
  const { rules } = wire;
  const part = ({ on, minutes, steps }: WireLoopConfig["rules"]["phone"]) => ({
    ...{ isOn: on, minutes, steps },
  });
  try {
    assertLoopConfig({
      ...DEFAULT_LOOP,
      rules: {
        noise: { ...part(rules.noise), ofMinutes: rules.noise.of_minutes },
        phone: part(rules.phone),
        unfocused: part(rules.unfocused),
        budget: part(rules.budget),
      },
    });
    return true;
  } catch {
    return false;
  }
}

Deno.test("problemsOf() finds something wrong exactly when the daemon would", () => {
  let taken = 0;
  fc.assert(
    fc.property(config, (config) => {
      const problems = problemsOf(config);
      assert.equal(Object.keys(problems).length === 0, isTaken(config), JSON.stringify(problems));
    }),
    { numRuns: 2_000 },
  );
  // Of wholly made-up settings hardly any is right: one thing wrong at a time, in right ones.
  const right = { minLength: 1, size: "small" } as const;
  const good = fc.double({ min: 0.1, max: 240, noNaN: true });
  fc.assert(fc.property(config, good, fc.array(steps, right), (base, minutes, [each]) => {
    const rule = { on: true, minutes, steps: each };
    const almost: WireLoopConfig = {
      ...base,
      rules: {
        ...{ phone: rule, unfocused: rule, budget: rule },
        noise: { ...rule, of_minutes: minutes },
      },
      ...{ stronger_after_minutes: minutes, block_after_minutes: minutes },
      ...{ again_after_minutes: 0, cooldown_minutes: minutes, clear_minutes: minutes },
      snooze_minutes: minutes,
      block: { minutes, most_a_day: 4, lists: [], domains: [] },
      quiet: null,
    };
    const isFine = Object.keys(problemsOf(almost)).length === 0;
    assert.equal(isFine, isTaken(almost));
    if (isFine) taken++;
  }));
  assert.ok(taken > 10, `${taken} were taken`);
});
