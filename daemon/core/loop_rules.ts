/**
 * Whether each rule's condition holds, and how to say so.
 * @module
 */
import { type LoopConfig, type LoopRule, minutesMs } from "./loop_config.ts";
import {
  isNoisy,
  isOnPhone,
  type LoopEvidence,
  noiseWithin,
  phoneRun,
  unfocusedRunMs,
} from "./loop_evidence.ts";
import { budgetText, noiseText, phoneText, unfocusedText } from "./loop_texts.ts";

export interface Condition {
  /** It has gone on for too long, and still goes on. */
  readonly holds: boolean;
  /** How long it has gone on, and how long is too long. */
  readonly ms: number;
  readonly wantedMs: number;
  /** The least time until it can hold, in milliseconds. */
  readonly missingMs: number;
  readonly explanation: string;
}

/** What a rule was told of already and does not count again. */
export interface Counted {
  /** Nothing before this moment. */
  readonly fromMs: number;
  /** Of `budget`: the day's noise when somebody was told last. */
  readonly toldNoiseMs?: number;
}

/** How much more noise, as a share of the budget, is worth another word. */
const MORE_BUDGET = 1 / 3;

/** A rule's condition at `nowMs`. */
export function conditionOf(
  rule: LoopRule,
  { rules }: LoopConfig,
  evidence: LoopEvidence,
  { nowMs, counted }: { readonly nowMs: number; readonly counted: Counted },
): Condition {
  const { timeline, noiseTodayMs } = evidence;
  const wantedMs = minutesMs(rules[rule].minutes);
  switch (rule) {
    case "noise": {
      const ofMs = minutesMs(rules.noise.ofMinutes);
      const startMs = Math.max(nowMs - ofMs, counted.fromMs);
      const noise = noiseWithin(timeline, { startMs, endMs: nowMs });
      const explanation = noiseText(noise, ofMs);
      return condition(noise.ms, wantedMs, isNoisy(timeline, nowMs), explanation);
    }
    case "phone": {
      const run = phoneRun(timeline, counted.fromMs);
      return condition(run.ms, wantedMs, isOnPhone(timeline, nowMs), phoneText(run));
    }
    case "unfocused": {
      const runMs = unfocusedRunMs(evidence, counted.fromMs, nowMs);
      return condition(runMs, wantedMs, runMs > 0, unfocusedText(runMs));
    }
    case "budget": {
      // Less noise than somebody was told of: another day began.
      const { toldNoiseMs = -Infinity } = counted;
      const isToldToday = toldNoiseMs <= noiseTodayMs;
      const leastMs = isToldToday ? toldNoiseMs + MORE_BUDGET * wantedMs : wantedMs;
      const enoughMs = Math.max(wantedMs, leastMs);
      const explanation = budgetText(noiseTodayMs, wantedMs);
      return condition(noiseTodayMs, enoughMs, isNoisy(timeline, nowMs), explanation);
    }
  }
}

function condition(
  ms: number,
  wantedMs: number,
  goesOn: boolean,
  explanation: string,
): Condition {
  const missingMs = Math.max(0, wantedMs - ms);
  return { holds: goesOn && missingMs === 0, ms, wantedMs, missingMs, explanation };
}
