import * as z from "zod";
import type { Goal } from "../core/summary.ts";
import { signalShare } from "../core/totals.ts";
import { type Run, TREND_PERIODS, trendSpan, unitOf } from "../core/trends.ts";
import { addDays, dateOf } from "../core/day.ts";
import type { TrendColumn, Trends } from "../core/trends_shape.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { goalSchema, toWireGoal } from "./goals.ts";
import { queryDate, today } from "./period.ts";
import { route } from "./route.ts";
import { iso, ratioSchema, seconds, timesSchema, toWireTimes, toWireTotals } from "./wire.ts";

const runSchema = () =>
  z.object({
    met_days: z.number().int(),
    counted_days: z.number().int().describe("days on which somebody was active, and it is settled"),
    streak_days: z.number().int().describe(
      "in a row up to the end of the period, or to now; it may have begun before the period",
    ),
    longest_days: z.number().int().describe("the longest row that reaches into the period"),
  });

const columnSchema = () =>
  z.object({
    start: z.string(),
    end: z.string(),
    date: z.string().describe("the date it begins on"),
    ...timesSchema().shape,
    signal_share: z.number().nullable(),
    category_seconds: z.array(z.number()).describe("in the order of `categories`"),
    goals: z.array(z.object({ met_days: z.number().int(), counted_days: z.number().int() }))
      .describe("in the order of `goals`; none for an hour"),
  });
export type WireTrendColumn = z.infer<ReturnType<typeof columnSchema>>;

const categorySchema = () =>
  z.object({
    name: z.string().nullable().describe('"media/video"; null: no rule named one'),
    signal_seconds: z.number(),
    noise_seconds: z.number(),
    neutral_seconds: z.number(),
    previous_seconds: z.number().describe("in the stretch that is compared with"),
  });
export type WireTrendCategory = z.infer<ReturnType<typeof categorySchema>>;

const trendsSchema = () =>
  z.object({
    period: z.enum(TREND_PERIODS),
    unit: z.enum(["hour", "day", "month"]).describe("of the columns"),
    from: z.string(),
    to: z.string(),
    first_date: z.string(),
    last_date: z.string(),
    today: z.string(),
    day_start_minutes: z.number().int().describe("after local midnight"),
    is_over: z.boolean(),
    active_days: z.number().int(),
    ...timesSchema().shape,
    ...ratioSchema().shape,
    previous: z.object({
      from: z.string(),
      to: z.string(),
      first_date: z.string(),
      last_date: z.string().describe("of the whole period before"),
      is_part: z.boolean().describe("as much of it as has passed of a period that is not over"),
      ...timesSchema().shape,
      ...ratioSchema().shape,
    }),
    columns: z.array(columnSchema()),
    categories: z.array(categorySchema()).describe("most time first"),
    heat: z.array(z.object({
      weekday: z.number().int().min(1).max(7).describe("Monday = 1"),
      hour: z.number().int().min(0).max(23),
      ...timesSchema().shape,
    })).describe("by weekday and local hour; none for a day"),
    goals: z.array(goalSchema().extend(runSchema().shape)),
    more_signal: runSchema().describe("days with more signal than noise"),
    recorded_since: z.string().nullable().describe("the date of the first time of all"),
  });
export type WireTrends = z.infer<ReturnType<typeof trendsSchema>>;

export function trendsRoutes(deps: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/activity/trends",
      access: "free",
      tag: "Activity",
      summary: "How a day, week, month or year went, beside the one before",
      query: () =>
        z.object({ period: z.enum(TREND_PERIODS).default("week"), date: queryDate().optional() }),
      reply: () => trendsSchema(),
      handle: async ({ query }): Promise<WireTrends> => {
        const { store, clock, zone, dayStartMin } = deps;
        const nowMs = clock.nowMs();
        const date = query.date ?? today(deps);
        const { startMs } = trendSpan(query.period, date, zone, dayStartMin);
        if (startMs > nowMs) {
          const asked = `the ${query.period} of ${date}`;
          throw new HttpError(422, "wrong_value", `Cannot show ${asked}: it lies in the future`);
        }
        const goals = (await deps.summaries()).goals();
        const asked = { period: query.period, date, nowMs, dayStartMin, goals };
        const found = await store.reader.call("trends", asked);
        const { recordedSinceMs } = found;
        return {
          period: query.period,
          unit: unitOf(query.period),
          today: today(deps),
          day_start_minutes: dayStartMin,
          recorded_since: recordedSinceMs === undefined
            ? null
            : dateOf(recordedSinceMs, zone, dayStartMin),
          ...toWireTrends(found, goals, nowMs),
        };
      },
    }),
  ];
}

function toWireTrends(
  found: Trends,
  goals: readonly Goal[],
  nowMs: number,
): Omit<WireTrends, "period" | "unit" | "today" | "day_start_minutes" | "recorded_since"> {
  const { span, previous } = found;
  return {
    from: iso(span.startMs),
    to: iso(span.endMs),
    first_date: found.firstDate,
    last_date: found.lastDate,
    is_over: span.endMs <= nowMs,
    active_days: found.activeDays,
    ...toWireTotals(found.totals),
    previous: {
      from: iso(previous.span.startMs),
      to: iso(previous.span.endMs),
      first_date: previous.first,
      last_date: addDays(previous.after, -1),
      is_part: previous.isPart,
      ...toWireTotals(previous.totals),
    },
    columns: found.columns.map(toWireColumn),
    categories: found.categories.map((category) => ({
      name: category.name ?? null,
      signal_seconds: seconds(category.signalMs),
      noise_seconds: seconds(category.noiseMs),
      neutral_seconds: seconds(category.neutralMs),
      previous_seconds: seconds(category.previousMs),
    })),
    heat: found.heat.map(({ weekday, hour, ...times }) => ({
      weekday,
      hour,
      ...toWireTimes(times),
    })),
    goals: goals.map((goal, index) => ({ ...toWireGoal(goal), ...toWireRun(found.goals[index]) })),
    more_signal: toWireRun(found.signalRun),
  };
}

function toWireColumn(column: TrendColumn): WireTrendColumn {
  return {
    start: iso(column.span.startMs),
    end: iso(column.span.endMs),
    date: column.date,
    ...toWireTimes(column.totals),
    signal_share: signalShare(column.totals),
    category_seconds: column.categoriesMs.map(seconds),
    goals: column.goals.map(({ metDays, countedDays }) => ({
      met_days: metDays,
      counted_days: countedDays,
    })),
  };
}

function toWireRun({ metDays, countedDays, streakDays, longestDays }: Run) {
  return {
    met_days: metDays,
    counted_days: countedDays,
    streak_days: streakDays,
    longest_days: longestDays,
  };
}
