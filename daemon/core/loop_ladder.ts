/**
 * Which step comes next, and when.
 * @module
 */
import {
  firstStep,
  LOOP_RULES,
  LOOP_STEPS,
  type LoopConfig,
  type LoopRule,
  type LoopStep,
  minutesMs,
} from "./loop_config.ts";
import type { LoopEvidence } from "./loop_evidence.ts";
import type { Episode, LoopState } from "./loop_state.ts";

/** How strong a step is; -1: none. */
export function rank(step: LoopStep | undefined): number {
  return step === undefined ? -1 : LOOP_STEPS.indexOf(step);
}

export interface DueStep {
  readonly rule: LoopRule;
  readonly step: LoopStep;
  readonly dueMs: number;
  /** Why it is not taken although it is due. */
  readonly limit?: string;
}

/** The next step of every rule whose condition holds now, the more important rules first. */
export function dueSteps(
  config: LoopConfig,
  { episodes }: LoopState,
  evidence: LoopEvidence,
  nowMs: number,
): DueStep[] {
  return LOOP_RULES.flatMap((rule) => {
    const episode = episodes[rule];
    if (!episode || episode.lastMs !== nowMs) return [];
    return nextSteps(config, rule, episode, evidence).map((step) => ({ ...step, rule }));
  });
}

/** What may come next in an episode, and when. */
export function nextSteps(
  config: LoopConfig,
  rule: LoopRule,
  { step, stepMs = -Infinity, sinceMs, isSnoozed, isNoted }: Episode,
  { blocksToday }: LoopEvidence,
): Omit<DueStep, "rule">[] {
  const { steps } = config.rules[rule];
  const first = firstStep(config.rules[rule]);
  if (step === undefined) return first ? [{ step: first, dueMs: sinceMs }] : [];
  if (step === "block") return [];
  if (step === "nudge" && steps.stronger) {
    const afterMs = isSnoozed ? 0 : minutesMs(config.strongerAfterMinutes);
    return [{ step: "stronger", dueMs: stepMs + afterMs }];
  }
  // More time was asked for, and is over: the same is said again.
  if (isSnoozed && first) return [{ step: steps[step] ? step : first, dueMs: stepMs }];
  const next: Omit<DueStep, "rule">[] = [];
  if (steps.block) {
    const { mostADay } = config.block;
    const isSpent = blocksToday >= mostADay;
    const limit = isSpent ? `${mostADay} of ${mostADay} blocks a day are used up` : undefined;
    if (!isSpent || !isNoted) {
      next.push({ step: "block", dueMs: stepMs + minutesMs(config.blockAfterMinutes), limit });
    }
  }
  if (config.againAfterMinutes > 0 && first) {
    const again = steps[step] ? step : first;
    next.push({ step: again, dueMs: stepMs + minutesMs(config.againAfterMinutes) });
  }
  return next;
}
