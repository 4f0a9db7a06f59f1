import assert from "node:assert/strict";
import * as fc from "fast-check";
import { quiet } from "../../tests/loop/cases.ts";
import { type Act, MIN, Scene } from "../../tests/loop/scene.ts";
import { WEEKDAYS } from "./block_schedule.ts";
import type { LoopConfig, LoopRule, LoopStep } from "./loop_config.ts";

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      ...["work", "away", "nothing", "reddit.com", "reddit.com", "YouTube", "TikTok@pixel"],
      ...["focused", "unfocused", "unfocused", "no face", "meeting", "speaking YouTube", "blocked"],
      "sleep",
    ),
    fc.integer({ min: 1, max: 120 }).map((tens) => tens / 6),
  ),
  fc.tuple(fc.constant("snooze"), fc.integer({ min: 0, max: 30 })),
  fc.tuple(fc.constantFrom("dismiss", "restart"), fc.constant(0)),
  fc.tuple(fc.constant("clock"), fc.integer({ min: -90, max: 90 })),
);

const minutes = (min: number, max: number) =>
  fc.integer({ min: min * 10, max: max * 10 }).map((tenths) => tenths / 10);
const rule = fc.record({
  isOn: fc.boolean(),
  minutes: minutes(0.5, 12),
  steps: fc.record({ nudge: fc.boolean(), stronger: fc.boolean(), block: fc.boolean() }),
});
const config: fc.Arbitrary<LoopConfig> = fc.record({
  isOn: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  rules: fc.record({
    noise: rule.map((each) => ({ ...each, ofMinutes: each.minutes * 1.5 })),
    phone: rule,
    unfocused: rule,
    budget: rule,
  }),
  strongerAfterMinutes: minutes(0.5, 10),
  blockAfterMinutes: minutes(0.5, 10),
  againAfterMinutes: fc.constantFrom(0, 7, 30),
  cooldownMinutes: minutes(0.5, 10),
  clearMinutes: minutes(0.5, 10),
  snoozeMinutes: fc.constant(5),
  block: fc.record({
    minutes: minutes(1, 15),
    mostADay: fc.integer({ min: 1, max: 4 }),
    lists: fc.constant([]),
    domains: fc.constant([]),
  }),
  quiet: fc.option(
    fc.record({
      fromMin: fc.integer({ min: 720, max: 800 }),
      toMin: fc.integer({ min: 720, max: 860 }),
      days: fc.constant(WEEKDAYS),
    }),
    { nil: undefined },
  ),
  sparesMeetings: fc.boolean(),
});

const SENTENCE =
  /^(?:\d+ of [\d.]+ (?:minutes?|seconds?) (?:on .+|of noise(?:, \d+ of them on .+)?)|[\d.]+ (?:minutes?|seconds?) (?:of .+ on the phone .+|unfocused in this session|of noise today, your budget is [\d.]+))$/;

Deno.test("decide() keeps its promises whatever happens", () => {
  fc.assert(
    fc.property(
      config,
      fc.array(act, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 40 }),
      (config, acts, isForbidden, noiseBefore) => {
        const scene = new Scene(config, noiseBefore * MIN);
        scene.isForbidden = isForbidden;
        const nudged = new Map<LoopRule, number>();
        let lastMs = -Infinity, told = 0, blocks = 0, isClockSet = false;
        for (const each of acts) {
          scene.play([each]);
          // What was written down by a clock that somebody set since says less.
          if (each[0] === "clock") isClockSet = true;
          else if (each[0] === "restart" && isClockSet) lastMs = -Infinity;
          for (; told < scene.said.length; told++) {
            const { kind, rule, step, explanation, reason, realMs } = scene.said[told];
            const { steps, isOn } = config.rules[rule];
            assert.ok(config.isOn && isOn, "a rule that is off says nothing");
            assert.ok(steps[step as LoopStep], `${rule} takes no step ${step}`);
            assert.match(explanation, SENTENCE);
            if (kind === "held") {
              assert.ok(reason, "what is held back is explained");
              continue;
            }
            const hasRest = realMs - lastMs >= config.cooldownMinutes * MIN;
            assert.ok(hasRest, "two steps are never closer than the cooldown");
            lastMs = realMs;
            assert.notEqual(each[0], "away");
            assert.notEqual(each[0], "blocked");
            if (config.sparesMeetings) assert.doesNotMatch(each[0], /^(?:meeting|speaking)/);
            if (step !== "block") {
              nudged.set(rule, realMs);
              continue;
            }
            assert.ok(nudged.size > 0, "a block comes after a nudge");
            if (!isForbidden) blocks++;
          }
        }
        assert.ok(blocks <= config.block.mostADay);
      },
    ),
    { numRuns: 400 },
  );
});

Deno.test("decide() says nothing before more time is over, and nothing in quiet hours", () => {
  fc.assert(
    fc.property(
      config,
      fc.array(act.filter(([what]) => what !== "clock" && what !== "snooze"), { maxLength: 6 }),
      fc.array(act.filter(([what]) => what !== "clock" && what !== "snooze"), { maxLength: 6 }),
      (config, before, after) => {
        const scene = new Scene({ ...config, ...quiet(0, 0) });
        assert.ok(scene.play(before).said.every(({ kind }) => kind === "held"));
        scene.config = { ...config, quiet: undefined };
        const told = scene.said.length;
        scene.play([["snooze", 24 * 60]]).play(after);
        const steps = scene.said.slice(told).filter(({ kind, realMs }) =>
          kind === "step" && realMs < 24 * 60 * MIN
        );
        assert.deepEqual(steps, []);
      },
    ),
    { numRuns: 200 },
  );
});
