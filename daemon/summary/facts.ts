/**
 * A summary in words, once for all ways of showing it.
 * @module
 */
import { focusPercent } from "../core/focus.ts";
import { recordedMs } from "../core/focus_session.ts";
import { goalText } from "../core/goals.ts";
import type { GoalResult, Summary, SummaryItem } from "../core/summary.ts";
import type { TimelineClass } from "../core/types.ts";
import type { IsoDate, Zone } from "../core/day.ts";
import {
  CLASS_WORDS,
  cleanName,
  comparedPoints,
  count,
  dayName,
  duration,
  localDate,
  moment,
  monthName,
  percent,
  ratio,
  shortDay,
} from "./words.ts";

/** Where and when something is rendered. */
export interface RenderOptions {
  /** The reader's zone. */
  readonly zone: Zone;
  readonly nowMs: number;
}

/** "Thursday 26 November 2026", "Week from Mon 23 Nov to Sun 29 Nov 2026". */
export function titleOf({ period, firstDate, lastDate, span }: Summary, zone: Zone): string {
  const year = lastDate.slice(0, 4);
  switch (period) {
    case "day":
      return dayName(firstDate);
    case "week":
      return `Week from ${shortDay(firstDate)} to ${shortDay(lastDate)} ${year}`;
    case "month":
      return monthName(firstDate);
    case "range":
      return `${moment(span.startMs, zone)}${otherYear(firstDate, lastDate)} to ${
        moment(span.endMs, zone)
      } ${localDate(span.endMs, zone).slice(0, 4)}`;
  }
}

/** "Thu 26 Nov", "week from Mon 23 Nov", "November 2026": for a subject or an SMS. */
export function shortTitleOf({ period, firstDate, lastDate }: Summary): string {
  switch (period) {
    case "day":
      return shortDay(firstDate);
    case "week":
      return `week from ${shortDay(firstDate)}`;
    case "month":
      return monthName(firstDate);
    case "range":
      return firstDate === lastDate
        ? shortDay(firstDate)
        : `${shortDay(firstDate)}${otherYear(firstDate, lastDate)} to ${shortDay(lastDate)}${
          otherYear(lastDate, firstDate)
        }`;
  }
}

/** " 2025", when the other date is of another year. */
function otherYear(date: IsoDate, other: IsoDate): string {
  const year = date.slice(0, 4);
  return other.startsWith(year) ? "" : ` ${year}`;
}

/** Whether anything at all was recorded. */
export function hasTime({ totals }: Summary): boolean {
  return totals.signalMs + totals.noiseMs + totals.neutralMs + totals.afkMs > 0;
}

/** "8 points above the usual 56 %"; `undefined` without anything to compare. */
export function comparison({ signalShare, meanSignalShare: mean }: Summary): string | undefined {
  if (signalShare === null || mean === null) return undefined;
  const points = comparedPoints(signalShare, mean);
  const usual = `the usual ${percent(mean)}`;
  if (points === 0) return `just ${usual}`;
  return `${count(Math.abs(points), "point")} ${points > 0 ? "above" : "below"} ${usual}`;
}

/** Signal / noise in two digits; a dash without noise. */
export function snrText({ snr }: Summary): string {
  return snr === null ? "–" : ratio(snr);
}

export function itemName({ name }: SummaryItem, nameless: string): string {
  return name === undefined ? nameless : cleanName(name) || nameless;
}

/** "40 min signal, 5 min noise"; "nothing" when there is none of it. */
export function timesText(
  totals: Readonly<Record<`${TimelineClass}Ms`, number>>,
  classes: readonly TimelineClass[],
): string {
  const parts = classes.filter((cls) => totals[`${cls}Ms`] > 0)
    .map((cls) => `${duration(totals[`${cls}Ms`])} ${CLASS_WORDS[cls]}`);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

/** A line of a summary: a word before it, what it says, and what is said more quietly. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly detail?: string;
}

/** Phones, focus sessions and blocks, each only where there is something to tell. */
export function otherFacts({ phones, focus, blocks }: Summary): Fact[] {
  return [
    ...phones.map(({ device, ms, noiseMs }) => ({
      name: cleanName(device, 40) || "phone",
      value: duration(ms),
      detail: `${partOf(noiseMs, ms)} of it noise`,
    })),
    ...focusFact(focus),
    ...blocks.count > 0
      ? [{
        name: "Blocks",
        value: count(blocks.count, "block"),
        detail: `${duration(blocks.ms)} in all`,
      }]
      : [],
  ];
}

function partOf(ms: number, wholeMs: number): string {
  return ms === 0 ? "none" : ms === wholeMs ? "all" : duration(ms);
}

function focusFact(focus: Summary["focus"]): Fact[] {
  const totalMs = recordedMs(focus);
  if (totalMs === 0) return [];
  const share = focusPercent(focus);
  const unsure = focus.uncertainMs > 0 ? `; ${duration(focus.uncertainMs)} could not be told` : "";
  // A session that began the day before counts its time here, and itself there.
  const sessions = focus.sessions > 0 ? ` in ${count(focus.sessions, "session")}` : "";
  return [{
    name: "Focus",
    value: share === null ? duration(totalMs) : `${percent(share / 100)} focused`,
    detail: `${duration(focus.focusedMs)} of ${duration(totalMs)}${sessions}${unsure}`,
  }];
}

/** `partly`: on some days; `open`: not settled yet, or on no day that counts. */
export type GoalState = "met" | "partly" | "missed" | "open";

export interface GoalFact {
  readonly text: string;
  readonly state: GoalState;
  /** "met", "on 4 of 5 days", "2 h 10 min so far". */
  readonly outcome: string;
  readonly streak: string | undefined;
}

export const GOAL_SIGNS: Readonly<Record<GoalState, string>> = {
  met: "✓",
  partly: "✗",
  missed: "✗",
  open: "·",
};

export function goalFacts({ goals, period, totals, isOver }: Summary): GoalFact[] {
  return goals.map((goal) => {
    const ms = totals[`${goal.class}Ms`];
    const streak = goal.streakDays > 1 ? `${goal.streakDays} days in a row` : undefined;
    return { text: goalText(goal), ...outcomeOf(goal, period === "day", isOver, ms), streak };
  });
}

function outcomeOf(
  { metDays, countedDays }: GoalResult,
  isDay: boolean,
  isOver: boolean,
  ms: number,
): Pick<GoalFact, "state" | "outcome"> {
  if (countedDays === 0) {
    const outcome = isOver ? "no day that counts" : `${duration(ms)} so far`;
    return { state: "open", outcome };
  }
  const state = metDays === countedDays ? "met" : metDays === 0 ? "missed" : "partly";
  if (isDay) return { state, outcome: duration(ms) };
  return { state, outcome: `on ${metDays} of ${count(countedDays, "day")}` };
}
