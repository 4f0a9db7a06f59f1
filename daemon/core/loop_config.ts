/**
 * What the loop is set to: its rules, their steps, and what holds it back.
 * @module
 */
import { isQuietHours, type QuietHours } from "./quiet_hours.ts";

/** What may go on too long; where several do, the first of them is the one that is told. */
export const LOOP_RULES = ["unfocused", "phone", "noise", "budget"] as const;
export type LoopRule = typeof LOOP_RULES[number];

/** What is done about it, the mildest first. */
export const LOOP_STEPS = ["nudge", "stronger", "block"] as const;
export type LoopStep = typeof LOOP_STEPS[number];

export interface LoopRuleConfig {
  readonly isOn: boolean;
  /** How long it must go on; of `budget`: noise a day. Fractions are allowed. */
  readonly minutes: number;
  /** Which of the steps are taken. */
  readonly steps: Readonly<Record<LoopStep, boolean>>;
}

export interface LoopConfig {
  readonly isOn: boolean;
  readonly rules: {
    /** "10 of the last 15 minutes" */
    readonly noise: LoopRuleConfig & { readonly ofMinutes: number };
    readonly phone: LoopRuleConfig;
    readonly unfocused: LoopRuleConfig;
    readonly budget: LoopRuleConfig;
  };
  /** From the nudge to the stronger one, if it goes on. */
  readonly strongerAfterMinutes: number;
  /** From the last nudge to the block, if it goes on. */
  readonly blockAfterMinutes: number;
  /** From the last nudge to its repetition, if it goes on; 0: never. */
  readonly againAfterMinutes: number;
  /** The least time between any two steps. */
  readonly cooldownMinutes: number;
  /** How long it must have stopped before it counts as over. */
  readonly clearMinutes: number;
  /** What "5 more minutes" means. */
  readonly snoozeMinutes: number;
  readonly block: {
    readonly minutes: number;
    readonly mostADay: number;
    /** With no list and no domain: what the blocker blocks by default. */
    readonly lists: readonly string[];
    readonly domains: readonly string[];
  };
  readonly quiet?: QuietHours;
  /** Hold back in meetings, and while a microphone is in use. */
  readonly sparesMeetings: boolean;
}

const NUDGES = { nudge: true, stronger: true, block: false } as const;

/** What holds until somebody sets something else: all rules nudge, none blocks. */
export const DEFAULT_LOOP: LoopConfig = {
  isOn: true,
  rules: {
    noise: { isOn: true, minutes: 10, ofMinutes: 15, steps: NUDGES },
    phone: { isOn: true, minutes: 5, steps: NUDGES },
    unfocused: { isOn: true, minutes: 2, steps: NUDGES },
    budget: { isOn: true, minutes: 30, steps: NUDGES },
  },
  strongerAfterMinutes: 5,
  blockAfterMinutes: 5,
  againAfterMinutes: 30,
  cooldownMinutes: 5,
  clearMinutes: 5,
  snoozeMinutes: 5,
  block: { minutes: 15, mostADay: 4, lists: [], domains: [] },
  sparesMeetings: true,
};

/** The longest time that can be set. */
const MOST_MINUTES = 720;

/** What was stored, by whatever version; what it does not say, or cannot mean, is as it is by default. */
export function loopConfigOf(stored: unknown): LoopConfig {
  const { quiet } = (stored ?? {}) as { readonly quiet?: unknown };
  return { ...filled(DEFAULT_LOOP, stored), ...(isQuietHours(quiet) && { quiet }) };
}

/** The parts of `stored` that are of the same kind as those of `standard`, and else those. */
function filled<T>(standard: T, stored: unknown): T {
  if (typeof standard === "number") {
    return Number(stored) === stored && stored >= 0 && stored <= MOST_MINUTES
      ? stored as T
      : standard;
  }
  if (typeof standard !== "object") {
    return typeof stored === typeof standard ? stored as T : standard;
  }
  if (Array.isArray(standard)) {
    const isTexts = Array.isArray(stored) && stored.every((text) => typeof text === "string");
    return isTexts ? stored as T : standard;
  }
  const parts = (stored ?? {}) as Record<string, unknown>;
  const entries = Object.entries(standard!).map(([key, part]) => [key, filled(part, parts[key])]);
  return Object.fromEntries(entries);
}

/** A set length in milliseconds. */
export function minutesMs(minutes: number): number {
  return minutes * 60_000;
}

/** Whether any rule has anything to do. */
export function isIdle({ isOn, rules }: LoopConfig): boolean {
  return !isOn || !Object.values(rules).some((rule) => rule.isOn && firstStep(rule) !== undefined);
}

/** The mildest step that a rule takes; never a block, which only follows nudges. */
export function firstStep({ steps }: LoopRuleConfig): "nudge" | "stronger" | undefined {
  return steps.nudge ? "nudge" : steps.stronger ? "stronger" : undefined;
}

/** How far back the rules look, in milliseconds; steps that went on longer are told as long as that. */
export function lookBackMs({ rules, clearMinutes }: LoopConfig): number {
  const { noise, phone, unfocused } = rules;
  const minutes = Math.max(noise.ofMinutes, phone.minutes, unfocused.minutes, clearMinutes, 30);
  return 2 * minutes * 60_000;
}

/** @throws {RangeError} for settings that contradict each other. */
export function assertLoopConfig({ rules }: LoopConfig): void {
  const { noise } = rules;
  if (noise.minutes > noise.ofMinutes) {
    throw new RangeError(
      `Cannot set the loop: noise for ${noise.minutes} of ${noise.ofMinutes} minutes cannot be`,
    );
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.isOn && rule.steps.block && firstStep(rule) === undefined) {
      throw new RangeError(
        `Cannot set the loop: "${name}" would block without a nudge before; switch one of its nudges on`,
      );
    }
  }
}
