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
  firstStep,
  LOOP_RULES,
  LOOP_STEPS,
  type LoopConfig,
  type LoopRule,
  type LoopStep,
} from "./loop_config.ts";
import type { LoopEvidence } from "./loop_evidence.ts";
import { holdReason } from "./loop_hold.ts";
import { type Condition, conditionOf, type Counted } from "./loop_rules.ts";

/** A moment by three clocks. */
export interface LoopMoment {
  /** UTC. */
  readonly nowMs: number;
  /** Time that went by, sleep included; nobody can set it. */
  readonly upMs: number;
  /** The reading of the local clock, as if it were UTC. */
  readonly localMs: number;
}

export interface Episode {
  readonly sinceMs: number;
  /** When the condition was last seen to hold. */
  readonly lastMs: number;
  /** The last step that was taken; after a block that was refused nothing more comes. */
  readonly step?: LoopStep;
  readonly stepMs?: number;
  /** Somebody asked for more time after that step. */
  readonly isSnoozed: boolean;
  /** That a step was held back has been told. */
  readonly isNoted: boolean;
}

/** Plain data; a new one is made for each look. */
export interface LoopState {
  /** When it looked last, and how much noise the day had then. */
  readonly seen?: Pick<LoopMoment, "nowMs" | "upMs"> & { readonly noiseTodayMs: number };
  readonly lastStepMs?: number;
  readonly snoozedUntilMs?: number;
  readonly episodes: Readonly<Partial<Record<LoopRule, Episode>>>;
  readonly counted: Readonly<Partial<Record<LoopRule, Counted>>>;
  /** What was told last, while it is still true. */
  readonly shown?: TakenStep;
}

export interface TakenStep {
  readonly rule: LoopRule;
  readonly step: LoopStep;
  readonly explanation: string;
}

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

export const NO_LOOP_STATE: LoopState = { episodes: {}, counted: {} };

/** How far the clocks may drift apart before somebody has set the time. */
const JUMP_MS = 2_000;
/** Looks while something goes on, and while nothing does. */
const BUSY_MS = 10_000, QUIET_MS = 60_000, LEAST_MS = 500;

const minutesMs = (minutes: number) => minutes * 60_000;
const rank = (step: LoopStep | undefined) => step === undefined ? -1 : LOOP_STEPS.indexOf(step);

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

/** The state in which nothing is shown for so many minutes; 0: at once again. */
export function snooze(before: LoopState, minutes: number, at: LoopMoment): LoopState {
  const state = afterJump(before, at);
  const isSnoozed = minutes > 0;
  return {
    ...state,
    seen: state.seen && { ...state.seen, nowMs: at.nowMs, upMs: at.upMs },
    snoozedUntilMs: isSnoozed ? at.nowMs + Math.round(minutesMs(minutes)) : undefined,
    shown: isSnoozed ? undefined : state.shown,
    episodes: eachEpisode(state, (episode) => ({ ...episode, isSnoozed })),
  };
}

/** The state in which what was shown has been answered. */
export function answered(state: LoopState): LoopState {
  return { ...state, shown: undefined };
}

/**
 * The state after the block that was decided on has begun: from here on all is counted anew. A block that
 * was refused is {@linkcode answered}, and not tried again in its episode.
 */
export function blocked(state: LoopState): LoopState {
  const { nowMs: fromMs, noiseTodayMs: toldNoiseMs } = state.seen!;
  const held = Object.entries(state.episodes).filter(([, { lastMs }]) => lastMs === fromMs);
  const told = held.map(([rule]) => [rule, { fromMs, toldNoiseMs }]);
  const others = Object.entries(state.episodes).filter(([, { lastMs }]) => lastMs !== fromMs);
  return {
    ...state,
    episodes: Object.fromEntries(others),
    counted: { ...state.counted, ...Object.fromEntries(told) },
  };
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

interface DueStep {
  readonly rule: LoopRule;
  readonly step: LoopStep;
  readonly dueMs: number;
  /** Why it is not taken although it is due. */
  readonly limit?: string;
}

/** The next step of every rule whose condition holds now, the more important rules first. */
function dueSteps(
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
function nextSteps(
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
    const told = { ...episode, stepMs: nowMs, isSnoozed: false };
    if (rule === taken.rule) return { ...told, step: taken.step };
    if (episode.lastMs !== nowMs || taken.step === "block" || episode.step === "block") {
      return episode;
    }
    // Never further than its own next nudge: its block still needs both of its own.
    const own = nextSteps(config, rule, episode, evidence)[0]?.step;
    const isNext = own !== undefined && own !== "block" && rank(own) <= rank(taken.step);
    const step = isNext ? own : episode.step;
    return step === undefined ? episode : { ...told, step };
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

/** Somebody set the clock: what was counted by it moves along. */
function afterJump(state: LoopState, { nowMs, upMs }: LoopMoment): LoopState {
  const { seen } = state;
  const jumpMs = seen ? (nowMs - seen.nowMs) - (upMs - seen.upMs) : 0;
  if (Math.abs(jumpMs) <= JUMP_MS) return state;
  const moved = (ms: number | undefined) => ms === undefined ? undefined : ms + jumpMs;
  return {
    ...state,
    lastStepMs: moved(state.lastStepMs),
    snoozedUntilMs: moved(state.snoozedUntilMs),
    episodes: eachEpisode(state, (episode) => ({
      ...episode,
      sinceMs: episode.sinceMs + jumpMs,
      lastMs: episode.lastMs + jumpMs,
      stepMs: moved(episode.stepMs),
    })),
    counted: Object.fromEntries(
      Object.entries(state.counted).map(([rule, { fromMs, ...rest }]) => [
        rule,
        { ...rest, fromMs: fromMs + jumpMs },
      ]),
    ),
  };
}

function eachEpisode(
  { episodes }: LoopState,
  change: (episode: Episode, rule: LoopRule) => Episode,
): LoopState["episodes"] {
  return Object.fromEntries(
    Object.entries(episodes).map(([rule, episode]) => [rule, change(episode, rule as LoopRule)]),
  );
}
