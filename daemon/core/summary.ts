/**
 * What a period came to, as every way of telling it gets it.
 * @module
 */
import type { FocusTimes } from "./focus_session.ts";
import type { ClassTotals, Span, TimelineClass } from "./types.ts";

/** A period by name and a local date in it, or any range. */
export type PeriodWish =
  | { readonly period: "day" | "week" | "month"; readonly date: string }
  | { readonly period: "range"; readonly span: Span };

/** A named share of the time. */
export interface SummaryItem {
  readonly name?: string;
  readonly class: TimelineClass;
  readonly ms: number;
}

/** "at least 4 h of signal", "at most 30 min of noise", a day. */
export interface Goal {
  readonly kind: "at_least" | "at_most";
  readonly class: "signal" | "noise";
  readonly minutes: number;
}

/** How a goal was kept. Only days on which somebody was active count. */
export interface GoalResult extends Goal {
  /** Days of the period on which it was met, of those that count; see `isMet()` in goals.ts. */
  readonly metDays: number;
  readonly countedDays: number;
  /** Days in a row up to the end of the period, of those that count; it may have begun before the period. */
  readonly streakDays: number;
}

export interface Summary {
  readonly period: PeriodWish["period"];
  readonly span: Span;
  /** The local dates of its first and last day, YYYY-MM-DD. */
  readonly firstDate: string;
  readonly lastDate: string;
  readonly isOver: boolean;
  readonly totals: ClassTotals;
  readonly snr: number | null;
  readonly signalShare: number | null;
  /** Signal's share over the 28 days before; `null` when they have none. */
  readonly meanSignalShare: number | null;
  readonly topApps: readonly SummaryItem[];
  readonly topCategories: readonly SummaryItem[];
  /** Of a single day. */
  readonly hours: readonly { readonly span: Span; readonly totals: ClassTotals }[];
  readonly days: readonly { readonly date: string; readonly totals: ClassTotals }[];
  /** Time that phones told of, and how much of it counted as distraction. */
  readonly phones: readonly {
    readonly device: string;
    readonly ms: number;
    readonly noiseMs: number;
  }[];
  readonly focus: FocusTimes & { readonly sessions: number };
  /** Blocks that were in force at some time of it, and for how long in all. */
  readonly blocks: { readonly count: number; readonly ms: number };
  readonly goals: readonly GoalResult[];
  /** One honest sentence. */
  readonly sentence: string;
}

/** What a summary tells of, for the outbox: "day 2026-01-31", "week 2026-01-26", "month 2026-01-01", "range …". */
export function topicOf({ period, firstDate, span }: Summary): string {
  if (period !== "range") return `${period} ${firstDate}`;
  return `range ${new Date(span.startMs).toISOString()} ${new Date(span.endMs).toISOString()}`;
}
