import * as z from "zod";
import { PERIODS, periodSpan } from "../core/period.ts";
import type { Goal, GoalResult, PeriodWish, Summary, SummaryItem } from "../core/summary.ts";
import type { ApiDeps } from "./deps.ts";
import { focusTotalsSchema, toWireFocusTotals } from "./focus_wire.ts";
import { goalSchema, toWireGoal } from "./goals.ts";
import { queryDate, rangeFields, spanOfRange, today } from "./period.ts";
import { route } from "./route.ts";
import {
  iso,
  ratioSchema,
  seconds,
  timesSchema,
  topItemSchema,
  toWireTimes,
  toWireTotals,
} from "./wire.ts";

const goalResultSchema = () =>
  goalSchema().extend({
    met_days: z.number().int(),
    counted_days: z.number().int().describe(
      "days on which somebody was active, and on which it is settled whether it was met",
    ),
    streak_days: z.number().int().describe("in a row up to the end of the period"),
  });
export type WireGoalResult = z.infer<ReturnType<typeof goalResultSchema>>;

const summarySchema = () =>
  z.object({
    period: z.enum(["day", "week", "month", "range"]),
    from: z.string(),
    to: z.string(),
    first_date: z.string(),
    last_date: z.string(),
    is_over: z.boolean(),
    ...timesSchema().shape,
    ...ratioSchema().shape,
    mean_signal_share: z.number().nullable().describe("over the 28 days before; null without any"),
    focus: focusTotalsSchema().describe("focus sessions"),
    top_apps: z.array(topItemSchema()),
    top_categories: z.array(topItemSchema()),
    hours: z.array(z.object({ start: z.string(), ...timesSchema().shape })).describe(
      "of a single day",
    ),
    days: z.array(z.object({ date: z.string(), ...timesSchema().shape, ...ratioSchema().shape })),
    phones: z.array(z.object({
      device: z.string(),
      seconds: z.number().describe("with the screen on"),
      noise_seconds: z.number().describe("of these, in what counts as noise"),
    })),
    blocks: z.object({ count: z.number().int(), blocked_seconds: z.number() }),
    goals: z.array(goalResultSchema()),
    sentence: z.string(),
  });
export type WireSummary = z.infer<ReturnType<typeof summarySchema>>;

/** What the API needs of the summaries. */
export interface SummaryPort {
  /** What a period came to. @throws {RangeError} for one that lies in the future. */
  of(wish: PeriodWish): Promise<Summary>;
  /** The same as an HTML page that needs nothing else. */
  page(wish: PeriodWish): Promise<string>;
  goals(): Goal[];
  /** @throws {RangeError} for too many, for one twice, or for one that cannot be. */
  setGoals(goals: readonly Goal[]): Promise<void>;
}

/** What names a period in a query. */
const periodQuerySchema = () =>
  z.object({
    ...rangeFields(),
    period: z.enum(PERIODS).default("day"),
    date: queryDate().optional(),
  });
export type PeriodQuery = z.infer<ReturnType<typeof periodQuerySchema>>;

/** @throws {HttpError} 422 for a range that cannot be. */
function wishOf(
  query: PeriodQuery,
  calendar: Pick<ApiDeps, "clock" | "zone" | "dayStartMin">,
): PeriodWish {
  const { period, date = today(calendar) } = query;
  if (query.from === undefined && query.to === undefined) return { period, date };
  const whole = periodSpan(period, date, calendar.zone, calendar.dayStartMin);
  return { period: "range", span: spanOfRange(query, whole) };
}

/** Only what is in the page itself: its pictures and its styles. */
const PAGE_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function summaryRoutes(deps: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/summary",
      access: "free",
      tag: "Activity",
      summary: "What a day, a week, a month or a range came to",
      query: () => periodQuerySchema(),
      reply: () => summarySchema(),
      handle: async ({ query }) =>
        toWireSummary(await (await deps.summaries()).of(wishOf(query, deps))),
    }),
    route({
      method: "GET",
      path: "/summary/page",
      access: "free",
      tag: "Activity",
      summary: "The same as a page to look at or to keep",
      query: () => periodQuerySchema(),
      replyType: "text/html",
      handle: async ({ query }) => {
        const page = await (await deps.summaries()).page(wishOf(query, deps));
        return new Response(page, {
          headers: {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": PAGE_POLICY,
          },
        });
      },
    }),
  ];
}

function toWireSummary(summary: Summary): WireSummary {
  const { period, span, isOver, totals, focus, blocks, sentence } = summary;
  return {
    period,
    from: iso(span.startMs),
    to: iso(span.endMs),
    first_date: summary.firstDate,
    last_date: summary.lastDate,
    is_over: isOver,
    ...toWireTotals(totals),
    mean_signal_share: summary.meanSignalShare,
    focus: toWireFocusTotals(focus.sessions, focus),
    top_apps: summary.topApps.map(wireItem),
    top_categories: summary.topCategories.map(wireItem),
    hours: summary.hours.map((hour) => ({
      start: iso(hour.span.startMs),
      ...toWireTimes(hour.totals),
    })),
    days: summary.days.map((day) => ({ date: day.date, ...toWireTotals(day.totals) })),
    phones: summary.phones.map(({ device, ms, noiseMs }) => ({
      device,
      seconds: seconds(ms),
      noise_seconds: seconds(noiseMs),
    })),
    blocks: { count: blocks.count, blocked_seconds: seconds(blocks.ms) },
    goals: summary.goals.map(wireGoalResult),
    sentence,
  };
}

function wireItem(item: SummaryItem) {
  return { name: item.name ?? null, class: item.class, seconds: seconds(item.ms) };
}

function wireGoalResult(result: GoalResult): WireGoalResult {
  return {
    ...toWireGoal(result),
    met_days: result.metDays,
    counted_days: result.countedDays,
    streak_days: result.streakDays,
  };
}
