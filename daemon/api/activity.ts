import * as z from "zod";
import { hourTotals } from "../core/hours.ts";
import type { ApiDeps } from "./deps.ts";
import { lastDays, queryDate, rangeFields, spanOfDate, spanOfRange } from "./period.ts";
import { route } from "./route.ts";
import {
  iso,
  queryInteger,
  ratioSchema,
  seconds,
  timesSchema,
  topItemSchema,
  toWireTimes,
  toWireTotals,
} from "./wire.ts";

export const dayTotalsSchema = () =>
  z.object({
    date: z.string(),
    from: z.string(),
    to: z.string(),
    ...timesSchema().shape,
    ...ratioSchema().shape,
  });
const daySchema = () =>
  dayTotalsSchema().extend({
    hours: z.array(z.object({ start: z.string(), ...timesSchema().shape })),
  });
const heatmapSchema = () =>
  z.object({
    from: z.string(),
    to: z.string(),
    cells: z.array(z.object({
      weekday: z.number().int().min(1).max(7).describe("Monday = 1"),
      hour: z.number().int().min(0).max(23),
      ...timesSchema().shape,
    })),
  });

type Reading = Pick<ApiDeps, "store" | "clock" | "zone" | "dayStartMin">;

/** A day's totals as they go over the wire. */
export function wireDay(deps: Reading, date?: string) {
  const span = spanOfDate(date, deps);
  return {
    date: span.date,
    from: iso(span.startMs),
    to: iso(span.endMs),
    ...toWireTotals(deps.store.totals(span)),
  };
}

export function activityRoutes(deps: ApiDeps) {
  const { store, dayStartMin } = deps;
  return [
    route({
      method: "GET",
      path: "/activity/day",
      access: "free",
      tag: "Activity",
      summary: "One day's times, in all and by local hour",
      query: () => z.object({ date: queryDate().optional() }),
      reply: () => daySchema(),
      handle: ({ query }) => {
        const day = spanOfDate(query.date, deps);
        const hours = hourTotals(store.buckets(day), day, deps.zone);
        return {
          ...wireDay(deps, query.date),
          hours: hours.map(({ span, totals }) => ({
            start: iso(span.startMs),
            ...toWireTimes(totals),
          })),
        };
      },
    }),
    route({
      method: "GET",
      path: "/activity/top",
      access: "free",
      tag: "Activity",
      summary: "What took the most time; by quarters of an hour",
      query: () =>
        z.object({
          ...rangeFields(),
          date: queryDate().optional(),
          by: z.enum(["app", "title", "category"]).default("app"),
          limit: queryInteger(1, 100).default(10),
        }),
      reply: () =>
        z.object({
          from: z.string(),
          to: z.string(),
          by: z.string(),
          items: z.array(
            topItemSchema().extend(timesSchema().shape).describe(
              "`class` is the one with the most of its time",
            ),
          ),
        }),
      handle: async ({ query }) => {
        const span = spanOfRange(query, spanOfDate(query.date, deps));
        const rows = await store.reader.call("top", span, query.by, query.limit);
        return {
          from: iso(span.startMs),
          to: iso(span.endMs),
          by: query.by,
          items: rows.map((row) => ({
            name: row.name ?? null,
            class: row.class,
            seconds: seconds(row.ms),
            ...toWireTimes(row.totals),
          })),
        };
      },
    }),
    route({
      method: "GET",
      path: "/activity/heatmap",
      access: "free",
      tag: "Activity",
      summary: "Times by weekday and local hour; the last 28 days if nothing is named",
      query: () => z.object(rangeFields()),
      reply: () => heatmapSchema(),
      handle: async ({ query }) => {
        const span = spanOfRange(query, lastDays(28, deps));
        const cells = await store.reader.call("heatmap", span, dayStartMin);
        return {
          from: iso(span.startMs),
          to: iso(span.endMs),
          cells: cells.map(({ weekday, hour, ...totals }) => ({
            weekday,
            hour,
            ...toWireTimes(totals),
          })),
        };
      },
    }),
  ];
}
