/**
 * The loop's rules, steps and outcomes in words.
 * @module
 */
import type { LoopRule, LoopStep, WireLoopStep } from "../settings_wire.ts";

export const RULE_WORDS: Readonly<Record<LoopRule, { title: string; about: string }>> = {
  noise: {
    title: "Noise",
    about: "What your rules call noise, on this computer or on a paired phone.",
  },
  phone: {
    title: "Phone",
    about: "A noisy app on a phone with its screen on, without a break of over a minute.",
  },
  unfocused: {
    title: "Unfocused",
    about: "Looking away without a break in a running focus session.",
  },
  budget: {
    title: "Budget",
    about: "All of today's noise. You are told again when a third more is spent.",
  },
};

export const STEP_WORDS: Readonly<Record<LoopStep, string>> = {
  nudge: "Nudge",
  stronger: "Stronger nudge",
  block: "Block",
};

const ANSWER_WORDS = { snoozed: "More time", blocked: "Blocked by you", dismissed: "Dismissed" };

/** What came of a step: its answer, what held it back, or why it failed; empty: it was shown. */
export function outcomeWords({ outcome, reason, answer }: WireLoopStep): string {
  if (outcome === "held") return `Held back: ${reason ?? "no reason is known"}`;
  if (outcome === "failed") return `Failed: ${reason ?? "no reason is known"}`;
  return answer === null ? "" : ANSWER_WORDS[answer] ?? answer;
}
