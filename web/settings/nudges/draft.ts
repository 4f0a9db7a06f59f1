/**
 * The loop's settings while somebody changes them: what is wrong with them before they are sent, and small changes.
 * @module
 */
import type { LoopRule, LoopStep, WireLoopConfig } from "../settings_wire.ts";

/** In the order in which they are explained. */
export const RULES = ["noise", "phone", "unfocused", "budget"] as const satisfies LoopRule[];
export const STEPS = ["nudge", "stronger", "block"] as const satisfies LoopStep[];

/** What the daemon takes, in minutes. */
const SHORTEST = 0.1, LONGEST = 720, LONGEST_BLOCK = 240, MOST_BLOCKS = 50;
const MOST_DOMAINS = 1_000, LONGEST_DOMAIN = 2_000;

/** What is wrong, by the field's name: "rules.noise.minutes". */
export type DraftProblems = Readonly<Record<string, string>>;

/** What is wrong with a draft; empty: the daemon takes it. */
export function problemsOf(config: WireLoopConfig): DraftProblems {
  const problems: Record<string, string> = {};
  const within = (field: string, value: number, [least, most]: readonly [number, number]) => {
    if (!(value >= least && value <= most)) problems[field] = `${least} to ${most} minutes`;
  };
  const length = [SHORTEST, LONGEST] as const;
  for (const rule of RULES) within(`rules.${rule}.minutes`, config.rules[rule].minutes, length);
  const { noise } = config.rules;
  within("rules.noise.of_minutes", noise.of_minutes, length);
  if (noise.minutes > noise.of_minutes) {
    problems["rules.noise.minutes"] ??= `at most ${noise.of_minutes} minutes`;
  }
  for (const rule of RULES) {
    const { on, steps } = config.rules[rule];
    if (on && steps.block && !steps.nudge && !steps.stronger) {
      problems[`rules.${rule}.steps`] = "A block never comes without a nudge: choose one";
    }
  }
  for (
    const field of [
      ...["stronger_after_minutes", "block_after_minutes", "cooldown_minutes"],
      ...["clear_minutes", "snooze_minutes"],
    ] as const
  ) within(field, config[field as Pace], length);
  within("again_after_minutes", config.again_after_minutes, [0, LONGEST]);
  within("block.minutes", config.block.minutes, [SHORTEST, LONGEST_BLOCK]);
  const { most_a_day: most, domains } = config.block;
  if (!(Number.isInteger(most) && most >= 1 && most <= MOST_BLOCKS)) {
    problems["block.most_a_day"] = `1 to ${MOST_BLOCKS}`;
  }
  if (domains.length > MOST_DOMAINS) problems["block.domains"] = `at most ${MOST_DOMAINS} sites`;
  else if (domains.some((name) => name.length > LONGEST_DOMAIN)) {
    problems["block.domains"] = "one of them is too long to be a site";
  }
  if (config.quiet) {
    const { from, to, days } = config.quiet;
    for (const [end, time] of [["from", from], ["to", to]]) {
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) problems[`quiet.${end}`] = "a time of day";
    }
    if (days.length === 0) problems["quiet.days"] = "at least one day";
  }
  return problems;
}

/** A length between the steps. */
export type Pace =
  | "stronger_after_minutes"
  | "block_after_minutes"
  | "again_after_minutes"
  | "cooldown_minutes"
  | "clear_minutes"
  | "snooze_minutes";

/** The settings with something of one rule changed. */
export function withRule(
  config: WireLoopConfig,
  rule: LoopRule,
  change: { readonly on?: boolean; readonly minutes?: number; readonly of_minutes?: number },
): WireLoopConfig {
  return {
    ...config,
    rules: { ...config.rules, [rule]: { ...config.rules[rule], ...change } },
  };
}

/** The settings with one of a rule's steps on or off. */
export function withStep(
  config: WireLoopConfig,
  rule: LoopRule,
  step: LoopStep,
  isOn: boolean,
): WireLoopConfig {
  const known = config.rules[rule];
  const changed = { ...known, steps: { ...known.steps, [step]: isOn } };
  return { ...config, rules: { ...config.rules, [rule]: changed } };
}

/** Whether two settings say the same. */
export function isSame(a: WireLoopConfig, b: WireLoopConfig): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether any rule would block. */
export function blocks({ on, rules }: WireLoopConfig): boolean {
  return on && RULES.some((rule) => rules[rule].on && rules[rule].steps.block);
}

/** A typed length; `NaN` for what is none. */
export function typedNumber(text: string): number {
  const plain = text.trim().replace(",", ".");
  return /^\d+(\.\d*)?$|^\.\d+$/.test(plain) ? Number(plain) : NaN;
}

/** Sites as typed, one a line or with commas between. */
export function typedSites(text: string): string[] {
  return text.split(/[\s,]+/).filter((name) => name !== "");
}
