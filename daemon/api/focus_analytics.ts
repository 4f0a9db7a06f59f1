import * as z from "zod";
import { addDays, daySpan } from "../core/day.ts";
import { focusPercent } from "../core/focus.ts";
import type { FocusTimes } from "../core/focus_session.ts";
import type { Span } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import {
  type FocusedOnRows,
  focusedOnShape,
  focusPercentSchema,
  focusTimesShape,
  focusTotalsSchema,
  instant,
  toWireFocusedOn,
  toWireFocusTimes,
  toWireFocusTotals,
} from "./focus_wire.ts";
import { lastDays, today } from "./period.ts";
import { route } from "./route.ts";
import { iso, queryInteger, seconds } from "./wire.ts";

/** Ten years. */
const MAX_DAYS = 3_660;

const periodShape = () => ({
  from: instant(),
  to: instant(),
  ...focusTotalsSchema().shape,
  breaks: z.number().int(),
  longest_streak_seconds: z.number(),
});

const analyticsSchema = () =>
  z.object({
    from: instant(),
    to: instant(),
    total: z.object(periodShape()),
    days: z.array(z.object({
      date: z.string(),
      from: instant(),
      to: instant(),
      ...focusTotalsSchema().shape,
    })).describe("every day, as PRODTRACKER_DAY_START cuts them, the last is today"),
    hours: z.array(z.object({
      hour: z.number().int().min(0).max(23),
      ...focusTimesShape(),
      focus_percent: focusPercentSchema(),
    })).describe("by the hour of the local clock"),
    streaks: z.object({
      current_days: z.number().int().describe(
        "up to today or, while today has not enough, yesterday",
      ),
      longest_days: z.number().int(),
      day_counts_from_seconds: z.number().describe("focused time that a day needs"),
    }).describe("of all that is stored"),
    trend: z.object({
      before: z.object(periodShape()).describe("as many days before"),
      focused_seconds_change: z.number(),
      focus_percent_change: z.number().nullable().describe("in points; null without both"),
    }),
    ...focusedOnShape(),
  });
/** `GET /focus/analytics` */
export type WireFocusAnalytics = z.infer<ReturnType<typeof analyticsSchema>>;

interface PeriodRows extends Span {
  readonly times: FocusTimes;
  readonly sessions: number;
  readonly breaks: number;
  readonly longestStreakMs: number;
}

export interface FocusAnalyticsRows {
  readonly total: PeriodRows;
  readonly before: PeriodRows;
  readonly days: readonly (Span & {
    readonly date: string;
    readonly times: FocusTimes;
    readonly sessions: number;
  })[];
  readonly hours: readonly FocusTimes[];
  readonly streaks: {
    readonly currentDays: number;
    readonly longestDays: number;
    readonly dayCountsFromMs: number;
  };
  readonly on: FocusedOnRows;
}

function toWire(rows: FocusAnalyticsRows): WireFocusAnalytics {
  const total = wirePeriod(rows.total), before = wirePeriod(rows.before);
  const [now, then] = [total.focus_percent, before.focus_percent];
  return {
    from: total.from,
    to: total.to,
    total,
    days: rows.days.map(({ date, startMs, endMs, sessions, times }) => ({
      date,
      from: iso(startMs),
      to: iso(endMs),
      ...toWireFocusTotals(sessions, times),
    })),
    hours: rows.hours.map((times, hour) => ({
      hour,
      ...toWireFocusTimes(times),
      focus_percent: focusPercent(times),
    })),
    streaks: {
      current_days: rows.streaks.currentDays,
      longest_days: rows.streaks.longestDays,
      day_counts_from_seconds: seconds(rows.streaks.dayCountsFromMs),
    },
    trend: {
      before,
      focused_seconds_change: seconds(rows.total.times.focusedMs - rows.before.times.focusedMs),
      focus_percent_change: now === null || then === null
        ? null
        : Math.round((now - then) * 10) / 10,
    },
    ...toWireFocusedOn(rows.on),
  };
}

function wirePeriod({ startMs, endMs, sessions, times, breaks, longestStreakMs }: PeriodRows) {
  return {
    from: iso(startMs),
    to: iso(endMs),
    ...toWireFocusTotals(sessions, times),
    breaks,
    longest_streak_seconds: seconds(longestStreakMs),
  };
}

export function focusAnalyticsRoutes(deps: ApiDeps) {
  const { store, zone, dayStartMin } = deps;
  return [route({
    method: "GET",
    path: "/focus/analytics",
    access: "token",
    tag: "Focus",
    summary:
      "Focus sessions by day and by hour of the day, streaks, the trend, and focused on what",
    query: () => z.strictObject({ days: queryInteger(1, MAX_DAYS).default(28) }),
    reply: () => analyticsSchema(),
    handle: async ({ query: { days } }) => {
      const span = lastDays(days, deps);
      const first = addDays(today(deps), 1 - 2 * days);
      const before = {
        startMs: Math.max(0, daySpan(first, zone, dayStartMin).startMs),
        endMs: span.startMs,
      };
      return toWire(await store.reader.call("focusAnalytics", { span, before, dayStartMin }));
    },
  })];
}
