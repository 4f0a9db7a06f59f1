/**
 * The loop's steps in words.
 * @module
 */
import type { LoopConfig, LoopStep } from "./loop_config.ts";
import type { Stretch } from "./loop_evidence.ts";

/** Of this share on, a name stands for the whole. */
const MOST = 0.8;
/** Below, lengths are told in seconds. */
const SHORT_MS = 120_000;

/** "12 of 15 minutes on reddit.com" */
export function noiseText(noise: Stretch, ofMs: number): string {
  const unit = unitOf(ofMs);
  const whole = `${unit.count(noise.ms)} of ${unit.lengthText(ofMs)}`;
  if (noise.name === undefined) return `${whole} of noise`;
  if (noise.namedMs >= MOST * noise.ms) return `${whole} on ${noise.name}`;
  return `${whole} of noise, ${unit.count(noise.namedMs)} of them on ${noise.name}`;
}

/** "5 minutes of TikTok on the phone pixel" */
export function phoneText(run: Stretch): string {
  const isOne = run.name !== undefined && run.namedMs >= MOST * run.ms;
  const what = isOne ? run.name : run.name === undefined ? "noise" : `${run.name} and other noise`;
  return `${lengthText(run.ms)} of ${what} on the phone${run.phone ? ` ${run.phone}` : ""}`;
}

/** "2 minutes unfocused in this session" */
export function unfocusedText(ms: number): string {
  return `${lengthText(ms)} unfocused in this session`;
}

/** "36 minutes of noise today, your budget is 30" */
export function budgetText(noiseMs: number, budgetMs: number): string {
  const unit = unitOf(budgetMs);
  return `${unit.lengthText(unit.floor(noiseMs))} of noise today, your budget is ${
    unit.count(budgetMs)
  }`;
}

/** "5 minutes", "40 seconds"; never more than it is. */
export function lengthText(ms: number): string {
  const unit = unitOf(ms);
  return unit.lengthText(unit.floor(ms));
}

/** A step as a notification. */
export function noticeOf(
  step: LoopStep,
  explanation: string,
  config: LoopConfig & { readonly willBlock: boolean },
): { readonly title: string; readonly body: string } {
  const minutes = (count: number) => lengthText(count * 60_000);
  switch (step) {
    case "nudge":
      return { title: explanation, body: "Back to what you wanted to do?" };
    case "stronger": {
      const next = config.willBlock
        ? `In ${minutes(config.blockAfterMinutes)} the distracting sites are blocked for ${
          minutes(config.block.minutes)
        }.`
        : "Time to stop.";
      return { title: `Still at it: ${explanation}`, body: next };
    }
    case "block":
      return {
        title: `Blocked for ${minutes(config.block.minutes)}`,
        body: `${explanation}. prodtracker block off ends it.`,
      };
  }
}

function unitOf(ms: number) {
  const [unitMs, name] = ms < SHORT_MS ? [1_000, "second"] : [60_000, "minute"];
  const number = (value: number) => String(Math.round(value * 10) / 10);
  const floor = (length: number) => Math.floor(length / unitMs) * unitMs;
  return {
    floor,
    /** Whole units that have gone by. */
    count: (length: number) => number(floor(length) / unitMs),
    /** A length as it was set. */
    lengthText: (length: number) => {
      const text = number(length / unitMs);
      return `${text} ${name}${text === "1" ? "" : "s"}`;
    },
  };
}
