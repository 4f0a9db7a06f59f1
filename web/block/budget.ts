/**
 * The day's budget of noise and what happens when it is used up, as the loop has it; pure.
 * @module
 */
import type { WireLoopConfig } from "./wire.ts";

export interface Budget {
  readonly isOn: boolean;
  /** Minutes of noise a day. */
  readonly minutes: number;
  /** It blocks when nudging has not helped. */
  readonly blocks: boolean;
  readonly blockMinutes: number;
  readonly mostADay: number;
  readonly lists: readonly string[];
  readonly domains: readonly string[];
}

export function budgetOf({ rules, block }: WireLoopConfig): Budget {
  const { budget } = rules;
  return {
    isOn: budget.on,
    minutes: budget.minutes,
    blocks: budget.steps.block,
    blockMinutes: block.minutes,
    mostADay: block.most_a_day,
    lists: block.lists,
    domains: block.domains,
  };
}

/** The loop's settings with another budget; all that is not of the budget stays. */
export function withBudget(config: WireLoopConfig, budget: Budget): WireLoopConfig {
  const { isOn, minutes, blocks, blockMinutes, mostADay, lists, domains } = budget;
  const known = config.rules.budget.steps;
  // Nothing is blocked without a word before.
  const isMute = blocks && !known.nudge && !known.stronger;
  return {
    ...config,
    rules: {
      ...config.rules,
      budget: {
        on: isOn,
        minutes,
        steps: { ...known, block: blocks, nudge: known.nudge || isMute },
      },
    },
    block: {
      minutes: blockMinutes,
      most_a_day: mostADay,
      lists: [...lists],
      domains: [...domains],
    },
  };
}

/** Which other rules of the loop may block too, in its own words. */
export function otherBlockers({ on, rules }: WireLoopConfig): string[] {
  if (!on) return [];
  const words = { noise: "noise", phone: "the phone", unfocused: "looking away" } as const;
  return (Object.keys(words) as (keyof typeof words)[])
    .filter((rule) => rules[rule].on && rules[rule].steps.block)
    .map((rule) => words[rule]);
}
