import * as z from "zod";
import { WEEKDAYS } from "../core/block_schedule.ts";
import { NotFoundError } from "../core/errors.ts";
import {
  assertLoopConfig,
  LOOP_RULES,
  LOOP_STEPS,
  type LoopConfig,
  type LoopRule,
  type LoopRuleConfig,
  type LoopStep,
} from "../core/loop_config.ts";
import type { LoopEvidence } from "../core/loop_evidence.ts";
import type { PastStep } from "../core/loop_resume.ts";
import type { Condition } from "../core/loop_rules.ts";
import type { ApiDeps } from "./deps.ts";
import { route } from "./route.ts";
import { iso, queryInteger, seconds } from "./wire.ts";

/** What the API needs of the loop. */
export interface LoopPort {
  config(): LoopConfig;
  /** @throws {RangeError} for settings that cannot be. */
  setConfig(config: LoopConfig): Promise<void>;
  now(): LoopNow;
  facts(): {
    readonly evidence: LoopEvidence;
    readonly conditions: ReadonlyMap<LoopRule, Condition>;
  };
  steps(limit: number): LoopStepInfo[];
  /** @throws {NotFoundError} when there is no such step. What a block throws, when one is asked for. */
  answer(
    id: number,
    answer: { readonly answer: LoopAnswer; readonly minutes?: number },
  ): Promise<LoopNow>;
  /** Shows nothing for a while; 0 minutes: at once again. */
  snooze(minutes: number): Promise<LoopNow>;
}

export const LOOP_ANSWERS = ["snooze", "block", "dismiss"] as const;
export type LoopAnswer = typeof LOOP_ANSWERS[number];

/** How the loop stands. */
export interface LoopNow {
  readonly nudge:
    | {
      readonly id: number;
      readonly atMs: number;
      readonly rule: LoopRule;
      readonly step: LoopStep;
      readonly explanation: string;
      readonly snoozeMinutes: number;
      readonly canBlock: boolean;
    }
    | undefined;
  readonly snoozedUntilMs: number | undefined;
  readonly heldBy: string | undefined;
}

export interface LoopStepInfo extends PastStep {
  readonly id: number;
  readonly reason?: string;
  readonly answeredMs?: number;
  readonly blockId?: number;
}

const instant = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });
const minutes = (least: number, most: number) => z.number().min(least).max(most);
/** The shortest length that makes any sense; six seconds are for trying it out. */
const SHORTEST = 0.1, HALF_DAY = 720;

const ruleSchema = () =>
  z.strictObject({
    on: z.boolean(),
    minutes: minutes(SHORTEST, HALF_DAY).describe("of budget: noise a day"),
    steps: z.strictObject({ nudge: z.boolean(), stronger: z.boolean(), block: z.boolean() }),
  });

const minuteOfDay = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM");

const configSchema = () =>
  z.strictObject({
    on: z.boolean(),
    rules: z.strictObject({
      noise: ruleSchema().extend({ of_minutes: minutes(SHORTEST, HALF_DAY) }),
      phone: ruleSchema(),
      unfocused: ruleSchema(),
      budget: ruleSchema(),
    }),
    stronger_after_minutes: minutes(SHORTEST, HALF_DAY),
    block_after_minutes: minutes(SHORTEST, HALF_DAY),
    again_after_minutes: minutes(0, HALF_DAY).describe("0: a nudge is not repeated"),
    cooldown_minutes: minutes(SHORTEST, HALF_DAY).describe("the least time between two steps"),
    clear_minutes: minutes(SHORTEST, HALF_DAY).describe("so long without it, and it is over"),
    snooze_minutes: minutes(SHORTEST, HALF_DAY),
    block: z.strictObject({
      minutes: minutes(SHORTEST, 240),
      most_a_day: z.number().int().min(1).max(50),
      lists: z.array(z.string().min(1).max(100)).max(100),
      domains: z.array(z.string().min(1).max(2_000)).max(1_000),
    }).describe("with neither lists nor domains: what the blocker blocks by default"),
    quiet: z.strictObject({
      from: minuteOfDay().meta({ example: "22:00" }),
      to: minuteOfDay().meta({ example: "07:00" }),
      days: z.array(z.enum(WEEKDAYS)).min(1).max(7).default([...WEEKDAYS]),
    }).nullable(),
    spares_meetings: z.boolean().describe("hold back in meetings and while a microphone is used"),
  });
export type WireLoopConfig = z.infer<ReturnType<typeof configSchema>>;

export const loopNowSchema = () =>
  z.object({
    nudge: z.object({
      id: z.number().int(),
      at: instant(),
      rule: z.enum(LOOP_RULES),
      step: z.enum(LOOP_STEPS),
      explanation: z.string(),
      snooze_minutes: z.number(),
      can_block: z.boolean(),
    }).nullable(),
    snoozed_until: instant().nullable(),
    held_by: z.string().nullable(),
  });
export type WireLoopNow = z.infer<ReturnType<typeof loopNowSchema>>;

const stepSchema = () =>
  z.object({
    id: z.number().int(),
    at: instant(),
    rule: z.enum(LOOP_RULES),
    step: z.enum(LOOP_STEPS),
    outcome: z.enum(["taken", "held", "failed"]),
    explanation: z.string(),
    reason: z.string().nullable().describe("what held it back, or why it failed"),
    answer: z.enum(["snoozed", "blocked", "dismissed"]).nullable(),
    answered: instant().nullable(),
    block_id: z.number().int().nullable(),
  });
export type WireLoopStep = z.infer<ReturnType<typeof stepSchema>>;

const loopSchema = () =>
  z.object({
    config: configSchema(),
    now: loopNowSchema(),
    evidence: z.object({
      noise_today_seconds: z.number(),
      blocks_today: z.number().int(),
      rules: z.array(z.object({
        rule: z.enum(LOOP_RULES),
        holds: z.boolean(),
        seconds: z.number(),
        wanted_seconds: z.number(),
        explanation: z.string(),
      })),
    }),
  });
export type WireLoop = z.infer<ReturnType<typeof loopSchema>>;

export function toWireLoopNow({ nudge, snoozedUntilMs, heldBy }: LoopNow): WireLoopNow {
  return {
    nudge: nudge
      ? {
        ...{ id: nudge.id, at: iso(nudge.atMs), rule: nudge.rule, step: nudge.step },
        explanation: nudge.explanation,
        snooze_minutes: nudge.snoozeMinutes,
        can_block: nudge.canBlock,
      }
      : null,
    snoozed_until: snoozedUntilMs === undefined ? null : iso(snoozedUntilMs),
    held_by: heldBy ?? null,
  };
}

function toWireStep(step: LoopStepInfo): WireLoopStep {
  return {
    ...{ id: step.id, at: iso(step.atMs), rule: step.rule, step: step.step },
    ...{ outcome: step.outcome, explanation: step.explanation, reason: step.reason ?? null },
    answer: step.answer ?? null,
    answered: step.answeredMs === undefined ? null : iso(step.answeredMs),
    block_id: step.blockId ?? null,
  };
}

const pad = (number: number) => String(number).padStart(2, "0");
const clockText = (min: number) => `${pad(Math.floor(min / 60))}:${pad(min % 60)}`;
const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function toWireConfig(config: LoopConfig): WireLoopConfig {
  const rule = ({ isOn, minutes, steps }: LoopRuleConfig) => ({
    ...{ on: isOn, minutes },
    steps: { ...steps },
  });
  const { rules, block, quiet } = config;
  return {
    on: config.isOn,
    rules: {
      noise: { ...rule(rules.noise), of_minutes: rules.noise.ofMinutes },
      phone: rule(rules.phone),
      unfocused: rule(rules.unfocused),
      budget: rule(rules.budget),
    },
    stronger_after_minutes: config.strongerAfterMinutes,
    block_after_minutes: config.blockAfterMinutes,
    again_after_minutes: config.againAfterMinutes,
    cooldown_minutes: config.cooldownMinutes,
    clear_minutes: config.clearMinutes,
    snooze_minutes: config.snoozeMinutes,
    block: {
      ...{ minutes: block.minutes, most_a_day: block.mostADay },
      ...{ lists: [...block.lists], domains: [...block.domains] },
    },
    quiet: quiet
      ? { from: clockText(quiet.fromMin), to: clockText(quiet.toMin), days: [...quiet.days] }
      : null,
    spares_meetings: config.sparesMeetings,
  };
}

function fromWireConfig(wire: WireLoopConfig): LoopConfig {
  const rule = ({ on, minutes, steps }: WireLoopConfig["rules"]["phone"]) => ({
    ...{ isOn: on, minutes, steps },
  });
  const { rules, block, quiet } = wire;
  return {
    isOn: wire.on,
    rules: {
      noise: { ...rule(rules.noise), ofMinutes: rules.noise.of_minutes },
      phone: rule(rules.phone),
      unfocused: rule(rules.unfocused),
      budget: rule(rules.budget),
    },
    strongerAfterMinutes: wire.stronger_after_minutes,
    blockAfterMinutes: wire.block_after_minutes,
    againAfterMinutes: wire.again_after_minutes,
    cooldownMinutes: wire.cooldown_minutes,
    clearMinutes: wire.clear_minutes,
    snoozeMinutes: wire.snooze_minutes,
    block: {
      ...{ minutes: block.minutes, mostADay: block.most_a_day },
      ...{ lists: block.lists, domains: block.domains },
    },
    ...(quiet && {
      quiet: { fromMin: minutesOf(quiet.from), toMin: minutesOf(quiet.to), days: quiet.days },
    }),
    sparesMeetings: wire.spares_meetings,
  };
}

function toWireLoop(port: LoopPort): WireLoop {
  const { evidence, conditions } = port.facts();
  return {
    config: toWireConfig(port.config()),
    now: toWireLoopNow(port.now()),
    evidence: {
      noise_today_seconds: seconds(evidence.noiseTodayMs),
      blocks_today: evidence.blocksToday,
      rules: [...conditions].map(([rule, { holds, ms, wantedMs, explanation }]) => ({
        ...{ rule, holds, explanation },
        ...{ seconds: seconds(ms), wanted_seconds: seconds(wantedMs) },
      })),
    },
  };
}

export function loopRoutes({ loop }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/loop",
      access: "token",
      tag: "Loop",
      summary: "The rules that nudge before they block, how they stand, and what they decide on",
      reply: () => loopSchema(),
      handle: async () => toWireLoop(await loop()),
    }),
    route({
      method: "PUT",
      path: "/loop",
      access: "token",
      tag: "Loop",
      summary: "Replaces what the loop is set to",
      body: () => configSchema(),
      reply: () => loopSchema(),
      handle: async ({ body }) => {
        const config = fromWireConfig(body);
        assertLoopConfig(config);
        const port = await loop();
        await port.setConfig(config);
        return toWireLoop(port);
      },
    }),
    route({
      method: "GET",
      path: "/loop/steps",
      access: "token",
      tag: "Loop",
      summary: "What the loop did, or was held back from, newest first",
      query: () => z.strictObject({ limit: queryInteger(1, 1_000).default(50) }),
      reply: () => z.array(stepSchema()),
      handle: async ({ query }) => (await loop()).steps(query.limit).map(toWireStep),
    }),
    route({
      method: "POST",
      path: "/loop/steps/:id/answer",
      access: "local",
      tag: "Loop",
      summary: "Answers a nudge: more time, a block now, or nothing of it",
      body: () =>
        z.strictObject({
          answer: z.enum(LOOP_ANSWERS),
          minutes: minutes(SHORTEST, HALF_DAY).optional()
            .describe("of more time (5 if left out), or of a block (30)"),
        }),
      reply: () => loopNowSchema(),
      handle: async ({ params, body }) => {
        if (!/^[1-9]\d{0,14}$/.test(params.id)) throw new NotFoundError("There is no such nudge");
        return toWireLoopNow(await (await loop()).answer(Number(params.id), body));
      },
    }),
    route({
      method: "POST",
      path: "/loop/snooze",
      access: "local",
      tag: "Loop",
      summary: "Shows nothing for a while; 0 minutes end that",
      body: () => z.strictObject({ minutes: minutes(0, 24 * 60) }),
      reply: () => loopNowSchema(),
      handle: async ({ body }) => toWireLoopNow(await (await loop()).snooze(body.minutes)),
    }),
  ];
}
