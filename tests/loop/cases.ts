/**
 * The table of afternoons: what goes on, and what the loop says to it.
 * @module
 */
import assert from "node:assert/strict";
import { WEEKDAYS } from "../../daemon/core/block_schedule.ts";
import {
  DEFAULT_LOOP,
  type LoopConfig,
  type LoopRule,
  type LoopStep,
} from "../../daemon/core/loop_config.ts";
import { type Act, Scene } from "./scene.ts";

/** The loop with some rules only, changed. */
export function only(rules: readonly LoopRule[], change: Partial<LoopConfig> = {}): LoopConfig {
  const entries = Object.entries(DEFAULT_LOOP.rules)
    .map(([name, rule]) => [name, { ...rule, isOn: rules.includes(name as LoopRule) }]);
  return { ...DEFAULT_LOOP, rules: Object.fromEntries(entries), ...change };
}

/** With these steps in every rule. */
export function stepping(config: LoopConfig, ...steps: readonly LoopStep[]): LoopConfig {
  const chosen = {
    nudge: steps.includes("nudge"),
    stronger: steps.includes("stronger"),
    block: steps.includes("block"),
  };
  const rules = Object.entries(config.rules)
    .map(([name, rule]) => [name, { ...rule, steps: chosen }]);
  return { ...config, rules: Object.fromEntries(rules) };
}

export const NOISE = only(["noise"]);
export const BLOCKING = stepping(NOISE, "nudge", "stronger", "block");
/** Quiet from one hour to another. */
export const quiet = (from: number, to: number) => ({
  quiet: { fromMin: from * 60, toMin: to * 60, days: WEEKDAYS },
});

export interface Case {
  readonly name: string;
  readonly config?: LoopConfig;
  readonly acts: readonly Act[];
  readonly said: readonly string[];
  readonly noiseBeforeMs?: number;
  readonly forbidden?: boolean;
}

/** A test for each case. */
export function testCases(cases: readonly Case[]): void {
  for (const { name, config = NOISE, acts, said, noiseBeforeMs, forbidden } of cases) {
    Deno.test(`decide() ${name}`, () => {
      const scene = new Scene(config, noiseBeforeMs);
      scene.isForbidden = forbidden ?? false;
      assert.deepEqual(scene.play(acts).lines, said);
    });
  }
}
