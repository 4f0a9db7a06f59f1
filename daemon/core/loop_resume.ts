/**
 * The loop's state after a restart, from the steps that were written down.
 * @module
 */
import { LOOP_RULES, type LoopConfig, type LoopRule, type LoopStep } from "./loop_config.ts";
import type { LoopEvidence } from "./loop_evidence.ts";
import { conditionOf, type Counted } from "./loop_rules.ts";
import type { Episode, LoopMoment, LoopState } from "./loop_state.ts";
import type { Span } from "./types.ts";

/** A step of the past. */
export interface PastStep {
  readonly atMs: number;
  readonly rule: LoopRule;
  readonly step: LoopStep;
  readonly outcome: "taken" | "held" | "failed";
  readonly explanation: string;
  readonly answer?: "snoozed" | "blocked" | "dismissed";
}

/**
 * The state that a daemon which went on running would be in: it neither repeats a nudge nor forgets how
 * far it got.
 * @param steps The newest first.
 */
export function resumed(
  config: LoopConfig,
  steps: readonly PastStep[],
  evidence: LoopEvidence,
  { at: { nowMs, upMs }, snoozedUntilMs }: {
    readonly at: LoopMoment;
    /** When the last snooze ends, or ended. */
    readonly snoozedUntilMs?: number;
  },
): LoopState {
  // None is taken during a snooze: it was asked for after the step.
  const isSnoozed = ({ atMs }: PastStep) => (snoozedUntilMs ?? -Infinity) > atMs;
  const clearMs = config.clearMinutes * 60_000;
  // Somebody may have set the clock back: what lies ahead was just now.
  const past = steps.map((step) => ({ ...step, atMs: Math.min(step.atMs, nowMs) }));
  const taken = past.filter(({ outcome }) => outcome === "taken");
  const episodes: Partial<Record<LoopRule, Episode>> = {};
  const counted: Partial<Record<LoopRule, Counted>> = {};
  for (const rule of LOOP_RULES) {
    const own = past.filter((step) => step.rule === rule);
    const last = own[0];
    if (!last) continue;
    const told = own.find(({ outcome }) => outcome !== "held");
    const { lastMs, isOpen } = followed(rule, evidence, { fromMs: last.atMs, nowMs, clearMs });
    const wasBlocked = last.step === "block" && last.outcome === "taken";
    if (isOpen && !wasBlocked) {
      const isTold = told !== undefined && last.atMs - told.atMs < sameEpisodeMs(config);
      episodes[rule] = {
        sinceMs: last.atMs,
        lastMs,
        isSnoozed: isTold && isSnoozed(told),
        isNoted: last.outcome === "held",
        ...(isTold && { step: told.step, stepMs: told.atMs }),
      };
    } else if (told) {
      const fromMs = wasBlocked ? last.atMs : lastMs;
      const sinceMs = noiseSince(evidence, fromMs);
      counted[rule] = { fromMs, toldNoiseMs: Math.max(0, evidence.noiseTodayMs - sinceMs) };
    }
  }
  const newest = taken[0];
  const isShown = newest && newest.answer === undefined && !isSnoozed(newest) &&
    episodes[newest.rule];
  if (newest && episodes[newest.rule]) {
    const told = { stepMs: newest.atMs, isSnoozed: isSnoozed(newest) };
    absorb(episodes, { config, evidence, counted, nowMs, ...told });
  }
  return {
    seen: { nowMs, upMs, noiseTodayMs: evidence.noiseTodayMs },
    lastStepMs: past.find(({ outcome }) => outcome !== "held")?.atMs,
    snoozedUntilMs,
    episodes,
    counted,
    shown: isShown
      ? { rule: newest.rule, step: newest.step, explanation: newest.explanation }
      : undefined,
  };
}

/** How far apart two steps of one episode can be. */
function sameEpisodeMs(config: LoopConfig): number {
  const { strongerAfterMinutes, blockAfterMinutes, againAfterMinutes, clearMinutes } = config;
  const pauses = Math.max(strongerAfterMinutes, blockAfterMinutes, againAfterMinutes);
  return (pauses + clearMinutes) * 60_000;
}

/** How long the evidence goes on after a step without a pause in which the episode would be over. */
function followed(
  rule: LoopRule,
  evidence: LoopEvidence,
  { fromMs, nowMs, clearMs }: {
    readonly fromMs: number;
    readonly nowMs: number;
    readonly clearMs: number;
  },
): { readonly lastMs: number; readonly isOpen: boolean } {
  let lastMs = fromMs;
  for (const { startMs, endMs } of spansOf(rule, evidence)) {
    if (endMs <= lastMs) continue;
    if (startMs - lastMs >= clearMs) return { lastMs, isOpen: false };
    lastMs = Math.min(endMs, nowMs);
  }
  return { lastMs, isOpen: nowMs - lastMs < clearMs };
}

/** When what a rule looks at went on. */
function spansOf(rule: LoopRule, { timeline, focus = [] }: LoopEvidence): readonly Span[] {
  if (rule === "unfocused") return focus.filter(({ state }) => state === "unfocused");
  return timeline.filter((piece) =>
    piece.class === "noise" && (rule !== "phone" || piece.phone !== undefined)
  );
}

function noiseSince({ timeline }: LoopEvidence, fromMs: number): number {
  return timeline.filter((piece) => piece.class === "noise")
    .reduce((sum, { startMs, endMs }) => sum + Math.max(0, endMs - Math.max(startMs, fromMs)), 0);
}

/** The evidence as it was at a moment. */
function asOf(evidence: LoopEvidence, atMs: number): LoopEvidence {
  const until = <S extends Span>(spans: readonly S[]) =>
    spans.filter(({ startMs }) => startMs < atMs)
      .map((span) => ({ ...span, endMs: Math.min(span.endMs, atMs) }));
  return {
    ...evidence,
    timeline: until(evidence.timeline),
    focus: evidence.focus && until(evidence.focus),
    noiseTodayMs: evidence.noiseTodayMs - noiseSince(evidence, atMs),
  };
}

/** The step that was told last told of everything else that held then, too. */
function absorb(
  episodes: Partial<Record<LoopRule, Episode>>,
  { config, evidence, counted, nowMs, stepMs, isSnoozed }: {
    readonly config: LoopConfig;
    readonly evidence: LoopEvidence;
    readonly counted: Partial<Record<LoopRule, Counted>>;
    readonly nowMs: number;
    readonly stepMs: number;
    readonly isSnoozed: boolean;
  },
): void {
  const then = asOf(evidence, stepMs);
  for (const rule of LOOP_RULES) {
    if (episodes[rule] || !config.rules[rule].isOn) continue;
    const known = { counted: counted[rule] ?? { fromMs: -Infinity } };
    const { holds } = conditionOf(rule, config, evidence, { nowMs, ...known });
    if (!holds || !conditionOf(rule, config, then, { nowMs: stepMs, ...known }).holds) continue;
    episodes[rule] = {
      ...{ sinceMs: stepMs, lastMs: nowMs, step: "nudge", stepMs },
      ...{ isSnoozed, isNoted: false },
    };
  }
}
