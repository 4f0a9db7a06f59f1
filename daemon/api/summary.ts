import * as z from "zod";
import { addDays, dateOf, daySpan } from "../core/day.ts";
import type { Goal, PeriodWish, Summary } from "../core/summary.ts";
import type { ClassTotals, Span } from "../core/types.ts";
import { hourTotals } from "./activity.ts";
import type { ApiDeps, TopRow } from "./deps.ts";
import { focusTotalsSchema, wireFocusTotals } from "./focus_wire.ts";
import { queryDate, rangeFields, spanOfPeriod, spanOfRange, today } from "./period.ts";
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

const summarySchema = () =>
  z.object({
    period: z.enum(["day", "week", "month", "range"]),
    from: z.string(),
    to: z.string(),
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
    sentence: z.string(),
  });

/** What the API needs of the summaries. */
export interface SummaryPort {
  /** What a period came to. @throws {RangeError} for one that lies in the future. */
  of(wish: PeriodWish): Promise<Summary>;
  goals(): Goal[];
  setGoals(goals: readonly Goal[]): Promise<void>;
}

/** What makes a period's numbers into a summary; the composition root hands over `summary/build.ts`. */
export type BuildSummary = (input: {
  readonly totals: ClassTotals;
  readonly earlierDays: readonly ClassTotals[];
  readonly topApps: readonly TopRow[];
  readonly topCategories: readonly TopRow[];
}) => {
  readonly meanSignalShare: number | null;
  readonly sentence: string;
};

export function summaryRoutes(deps: ApiDeps & { readonly buildSummary: BuildSummary }) {
  const { store, dayStartMin } = deps;
  return [route({
    method: "GET",
    path: "/summary",
    access: "free",
    tag: "Activity",
    summary: "What a day, a week, a month or a range came to",
    query: () =>
      z.object({
        ...rangeFields(),
        period: z.enum(["day", "week", "month"]).default("day"),
        date: queryDate().optional(),
      }),
    reply: () => summarySchema(),
    handle: async ({ query }) => {
      const named = query.from !== undefined || query.to !== undefined;
      const whole = spanOfPeriod(query.period, query.date ?? today(deps), deps);
      const span = named ? spanOfRange(query, whole) : whole;
      const call = store.reader.call.bind(store.reader);
      const [apps, categories, days, earlier] = await Promise.all([
        call("top", span, "app", 10),
        call("top", span, "category", 10),
        call("activeDays", span, dayStartMin),
        call("activeDays", before(span, deps), dayStartMin),
      ]);
      const totals = store.totals(span);
      const { meanSignalShare, sentence } = deps.buildSummary({
        totals,
        earlierDays: earlier.map((day) => day.totals),
        topApps: apps,
        topCategories: categories,
      });
      const oneDay = !named && query.period === "day";
      return {
        period: named ? "range" : query.period,
        from: iso(span.startMs),
        to: iso(span.endMs),
        ...toWireTotals(totals),
        mean_signal_share: meanSignalShare,
        focus: wireFocusTotals(store, span),
        top_apps: apps.map(wireItem),
        top_categories: categories.map(wireItem),
        hours: oneDay
          ? hourTotals(deps, span).map((hour) => ({
            start: iso(hour.span.startMs),
            ...toWireTimes(hour.totals),
          }))
          : [],
        days: days.map((day) => ({ date: day.date, ...toWireTotals(day.totals) })),
        sentence,
      };
    },
  })];
}

/** The 28 days before a span. */
function before(span: Span, { zone, dayStartMin }: ApiDeps): Span {
  const first = addDays(dateOf(span.startMs, zone, dayStartMin), -28);
  return { startMs: daySpan(first, zone, dayStartMin).startMs, endMs: span.startMs };
}

function wireItem(item: TopRow) {
  return { name: item.name ?? null, class: item.class, seconds: seconds(item.ms) };
}
