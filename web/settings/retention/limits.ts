/**
 * How long things are kept, as a form says it, and which of it would let something go sooner than before.
 * @module
 */
import type { Retention } from "../../../daemon/core/retention.ts";
import { LOCALE } from "../../format.ts";

export type Limit = keyof Retention;

interface LimitWords {
  readonly name: string;
  readonly unit: string;
  readonly hint: string;
  readonly most: number;
  /** What is said for `null`. */
  readonly without: string;
}

const MOST_DAYS = 36_500, MOST_MB = 1_000_000;
const DAYS = { unit: "days", most: MOST_DAYS, without: "For ever" };

/** Every limit with its words, as the form lists them. */
export const LIMITS: Readonly<Record<Limit, LimitWords>> = {
  events_days: { ...DAYS, name: "Events", hint: "With notes and focus sessions of that time." },
  screenshots_days: { ...DAYS, name: "Screenshots", hint: "By age." },
  screenshots_mb: {
    ...{ unit: "MB", most: MOST_MB, without: "Without limit" },
    name: "Screenshots, all together",
    hint: "By size: the oldest go when there is no more room.",
  },
  messages_days: { ...DAYS, name: "Messages", hint: "Mails and SMS that were sent or given up." },
  loop_days: { ...DAYS, name: "Nudges and blocks", hint: "What the loop did." },
};
export const LIMIT_NAMES = Object.keys(LIMITS) as readonly Limit[];

/** A limit that is being written: its number as typed is kept while it is switched off. */
export interface LimitDraft {
  readonly isOn: boolean;
  readonly text: string;
}
export type RetentionDraft = Readonly<Record<Limit, LimitDraft>>;

/** What is offered when a limit is switched on that had none. */
const OFFERED: Retention = {
  ...{ events_days: 365, screenshots_days: 30, screenshots_mb: 500 },
  ...{ messages_days: 90, loop_days: 90 },
};

/** The form for what is set. */
export function retentionDraftOf(retention: Retention): RetentionDraft {
  return Object.fromEntries(LIMIT_NAMES.map((name) => {
    const value = retention[name];
    return [name, { isOn: value !== null, text: String(value ?? OFFERED[name]) }];
  })) as Record<Limit, LimitDraft>;
}

/** Why a limit cannot be saved; `undefined`: it can. */
export function limitProblem(name: Limit, { isOn, text }: LimitDraft): string | undefined {
  if (!isOn) return undefined;
  const { most, unit } = LIMITS[name];
  const value = text.trim() === "" ? NaN : Number(text);
  if (value > 0 && value <= most) return undefined;
  return `Write a number of ${unit} above 0, at most ${most}.`;
}

/** What the form comes to; `undefined` while some of it cannot be saved. */
export function retentionOfDraft(draft: RetentionDraft): Retention | undefined {
  if (LIMIT_NAMES.some((name) => limitProblem(name, draft[name]) !== undefined)) return undefined;
  return Object.fromEntries(LIMIT_NAMES.map((name) => {
    const { isOn, text } = draft[name];
    return [name, isOn ? Number(text) : null];
  })) as unknown as Retention;
}

/** The limits that are not what they were. */
export function changedLimits(before: Retention, after: Retention): Limit[] {
  return LIMIT_NAMES.filter((name) => before[name] !== after[name]);
}

/** The limits by which something goes that would have stayed. */
export function tightenedLimits(before: Retention, after: Retention): Limit[] {
  return changedLimits(before, after).filter((name) =>
    (after[name] ?? Infinity) < (before[name] ?? Infinity)
  );
}

/** "Events: 365 days", "Screenshots: for ever". */
export function limitWords(name: Limit, value: number | null): string {
  const { unit, without } = LIMITS[name];
  if (value === null) return without;
  const number = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 3 }).format(value);
  return `${number} ${value === 1 && unit === "days" ? "day" : unit}`;
}
