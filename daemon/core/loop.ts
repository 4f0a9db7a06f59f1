/**
 * The loop that nudges before it blocks: a pure state machine.
 *
 * ```text
 * noise      ──────────████████████████████████████████──────────
 * condition            ·········├──────── holds ──────┤
 * steps                         nudge  stronger  block
 *                               ↑ 10 of 15 min       └ 5 min ┘ over: what was told is not counted again
 * ```
 * An episode is one stretch in which a rule's condition holds; it is over once that has not been so for
 * `clearMinutes`. Each step needs the one before it in the same episode.
 * @module
 */
import {
  LOOP_RULES,
  type LoopConfig,
  type LoopRule,
  type LoopStep,
  minutesMs,
} from "./loop_config.ts";
import type { LoopEvidence } from "./loop_evidence.ts";
import { holdReason } from "./loop_hold.ts";
import { type DueStep, dueSteps, nextSteps, rank } from "./loop_ladder.ts";
import { type Condition, conditionOf, type Counted } from "./loop_rules.ts";
import {
  afterJump,
  eachEpisode,
  type Episode,
  type LoopMoment,
  type LoopState,
  type TakenStep,
} from "./loop_state.ts";

export type LoopAction =
  /** Show it, or block. */
  | ({ readonly kind: "step" } & TakenStep)
  /** A step that would have been taken. */
  | ({ readonly kind: "held"; readonly reason: string } & TakenStep);

export interface Decision {
  readonly state: LoopState;
  readonly actions: readonly LoopAction[];
  /** What holds everything back now. */
  readonly heldBy?: string;
  /** When to look again, in milliseconds. */
  readonly dueInMs: number;
}

/** Looks while something goes on, and while nothing does. */
const BUSY_MS = 10_000, QUIET_MS = 60_000, LEAST_MS = 500;

/** The state after a look at `at`, and what is to be done: at most one step. */
export function decide(
  config: LoopConfig,
  before: LoopState,
  evidence: LoopEvidence,
  at: LoopMoment,
): Decision {
  const { nowMs } = at;
  const state = {
    ...afterJump(before, at),
    seen: { nowMs, upMs: at.upMs, noiseTodayMs: evidence.noiseTodayMs },
  };
  if (!config.isOn) {
    const off = { ...state, episodes: {}, shown: undefined };
    return { state: off, actions: [], dueInMs: QUIET_MS };
  }
  const judged = judge(config, state, evidence, nowMs);
  const heldBy = holdReason(config, evidence, at.localMs);
  const { conditions } = judged;
  let next: LoopState = {
    ...state,
    episodes: judged.episodes,
    counted: judged.counted,
    snoozedUntilMs: (state.snoozedUntilMs ?? 0) > nowMs ? state.snoozedUntilMs : undefined,
    shown: stillTrue(state, judged.episodes, evidence),
  };
  const due = dueSteps(config, next, evidence, nowMs);
  const isRested = nowMs >= restedMs(config, next);
  const [strongest] = due.filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) =>
    rank(b.step) - rank(a.step)
  );
  const actions: LoopAction[] = [];
  if (strongest && isRested && next.snoozedUntilMs === undefined) {
    const { rule, step, limit } = strongest;
    const taken = { rule, step, explanation: conditions.get(rule)!.explanation };
    const reason = heldBy ?? limit;
    if (reason === undefined) {
      actions.push({ kind: "step", ...taken });
      next = afterStep(next, taken, { config, evidence, nowMs });
    } else if (!next.episodes[rule]!.isNoted) {
      actions.push({ kind: "held", ...taken, reason });
      next = noted(next, due.filter(({ dueMs }) => dueMs <= nowMs).map((each) => each.rule));
    }
  }
  const dueInMs = nextLookMs(config, next, { conditions, due, nowMs });
  return { state: next, actions, heldBy, dueInMs };
}

/** Brings every episode up to date with the evidence. */
function judge(config: LoopConfig, state: LoopState, evidence: LoopEvidence, nowMs: number) {
  const clearMs = minutesMs(config.clearMinutes);
  const episodes: Partial<Record<LoopRule, Episode>> = {};
  const counted: Partial<Record<LoopRule, Counted>> = { ...state.counted };
  const conditions = new Map<LoopRule, Condition>();
  for (const rule of LOOP_RULES) {
    if (!config.rules[rule].isOn) continue;
    let episode = state.episodes[rule];
    if (episode && nowMs - episode.lastMs >= clearMs) {
      // What somebody was told of is not held against them again.
      if (episode.step !== undefined) {
        counted[rule] = { fromMs: episode.lastMs, toldNoiseMs: evidence.noiseTodayMs };
      }
      episode = undefined;
    }
    const condition = conditionOf(rule, config, evidence, {
      nowMs,
      counted: counted[rule] ?? { fromMs: -Infinity },
    });
    conditions.set(rule, condition);
    if (condition.holds) {
      episodes[rule] = {
        ...episode ?? { sinceMs: nowMs, isSnoozed: false, isNoted: false },
        lastMs: nowMs,
      };
    } else if (episode) episodes[rule] = episode;
  }
  return { episodes, counted, conditions };
}

/** The state after a step: what holds besides has been told by it too. */
function afterStep(
  state: LoopState,
  taken: TakenStep,
  { config, evidence, nowMs }: {
    readonly config: LoopConfig;
    readonly evidence: LoopEvidence;
    readonly nowMs: number;
  },
): LoopState {
  const episodes = eachEpisode(state, (episode, rule) => {
    const told = (step: LoopStep) => ({
      ...{ ...episode, step, stepMs: nowMs, isSnoozed: false },
      // What holds the one after it back is news; what holds back the same as before is none.
      isNoted: episode.isNoted && episode.step === step,
    });
    if (rule === taken.rule) return told(taken.step);
    if (episode.lastMs !== nowMs || taken.step === "block" || episode.step === "block") {
      return episode;
    }
    // Never further than its own next nudge: its block still needs both of its own.
    const own = nextSteps(config, rule, episode, evidence)[0]?.step;
    const isNext = own !== undefined && own !== "block" && rank(own) <= rank(taken.step);
    const step = isNext ? own : episode.step;
    return step === undefined ? episode : told(step);
  });
  return { ...state, episodes, lastStepMs: nowMs, shown: taken };
}

function noted(state: LoopState, rules: readonly LoopRule[]): LoopState {
  return {
    ...state,
    episodes: eachEpisode(
      state,
      (episode, rule) => rules.includes(rule) ? { ...episode, isNoted: true } : episode,
    ),
  };
}

/** What was shown, unless its episode is over: a block's is over with the block. */
function stillTrue(
  { shown }: LoopState,
  episodes: LoopState["episodes"],
  { blockEndMs }: LoopEvidence,
): TakenStep | undefined {
  if (!shown) return undefined;
  const isTrue = shown.step === "block" ? blockEndMs !== undefined : episodes[shown.rule];
  return isTrue ? shown : undefined;
}

/** When the cooldown is over. */
function restedMs(config: LoopConfig, { lastStepMs = -Infinity }: LoopState): number {
  return lastStepMs + minutesMs(config.cooldownMinutes);
}

function nextLookMs(
  config: LoopConfig,
  state: LoopState,
  { conditions, due, nowMs }: {
    readonly conditions: ReadonlyMap<LoopRule, Condition>;
    readonly due: readonly DueStep[];
    readonly nowMs: number;
  },
): number {
  const rested = restedMs(config, state);
  const episodes = Object.values(state.episodes);
  const waits = [
    episodes.length > 0 || state.shown ? BUSY_MS : QUIET_MS,
    // Never so late that a pause between two looks would count as one of the condition.
    ...episodes.map(() => minutesMs(config.clearMinutes) / 3),
    ...due.map(({ dueMs }) => Math.max(dueMs, rested) - nowMs).filter((ms) => ms > 0),
    ...episodes.map(({ lastMs }) => lastMs + minutesMs(config.clearMinutes) - nowMs),
    ...state.snoozedUntilMs === undefined ? [] : [state.snoozedUntilMs - nowMs],
    // Enough of it, and a break: it may go on at any moment.
    ...[...conditions.values()].map(({ missingMs }) => missingMs || BUSY_MS),
  ];
  return Math.max(LEAST_MS, Math.min(...waits));
}
