import * as z from "zod";
import { hourTotals } from "../core/hours.ts";
import { phoneAppName } from "../core/loop_names.ts";
import { setAppClass } from "../core/phone_apps.ts";
import type { Classification } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import { lastDays, queryDate, spanOfDate } from "./period.ts";
import type { PhoneAppRow } from "./phone_requests.ts";
import { deviceId, instant } from "./phone_pairing.ts";
import { route } from "./route.ts";
import { classSchema, iso, queryInteger, seconds, timesSchema, toWireTimes } from "./wire.ts";

const appShape = () => ({
  app: z.string().nullable().describe("as the phone writes it; null: it does not say"),
  name: z.string().nullable().describe("what people call it"),
  class: classSchema(),
  category: z.string().nullable(),
});
const usedAppSchema = () => z.object({ ...appShape(), seconds: z.number() });
const listedAppSchema = () =>
  usedAppSchema().extend({
    last_seen: instant().nullable().describe("to a quarter of an hour; null: no phone told of it"),
    own: z.boolean().describe("by a rule of yours for this app, and not by the default ones"),
  });

function wireApp({ app, class: cls, category, ms }: PhoneAppRow) {
  return {
    app: app ?? null,
    name: phoneAppName(app) ?? null,
    class: cls,
    category: category ?? null,
    seconds: seconds(ms),
  };
}

/** What phones did, by the day and by program, and how their programs count. */
export function phoneDayRoutes(deps: ApiDeps) {
  const { phone, store, rules, zone } = deps;
  /** Rules are changed one after the other: each change goes by the list that the last one left. */
  let changed: Promise<unknown> = Promise.resolve();
  const ownApps = () =>
    rules.rules.flatMap(({ match, exact }) =>
      match === "app" && exact !== undefined ? [exact] : []
    );
  const isOwn = (app: string) =>
    ownApps().some((exact) => exact.toLowerCase() === app.toLowerCase());
  const listed = (
    app: string | undefined,
    { class: cls, category }: Classification,
    { ms, lastMs }: { readonly ms: number; readonly lastMs?: number },
  ) => ({
    ...wireApp({ app, class: cls, category, ms }),
    last_seen: lastMs === undefined ? null : iso(lastMs),
    own: app !== undefined && isOwn(app),
  });
  return [
    route({
      method: "GET",
      path: "/phone/day",
      access: "token",
      tag: "Phone",
      summary: "What one device told of one day, by local hour and by app",
      query: () => z.strictObject({ device_id: deviceId(), date: queryDate().optional() }),
      reply: () =>
        z.object({
          device_id: z.string(),
          date: z.string(),
          from: instant(),
          to: instant(),
          screen_seconds: z.number(),
          distracting_seconds: z.number(),
          pickups: z.number().int(),
          heartbeat_count: z.number().int(),
          hours: z.array(z.object({ start: instant(), ...timesSchema().shape })),
          apps: z.array(usedAppSchema()),
        }),
      handle: async ({ query: { device_id, date } }) => {
        const span = spanOfDate(date, deps);
        const { buckets, apps, pickups, heartbeats } = (await phone()).reads.day(device_id, span);
        const sum = (of: (bucket: typeof buckets[number]) => number) =>
          seconds(buckets.reduce((total, bucket) => total + of(bucket), 0));
        return {
          device_id,
          date: span.date,
          from: iso(span.startMs),
          to: iso(span.endMs),
          screen_seconds: sum(({ signalMs, noiseMs, neutralMs }) => signalMs + noiseMs + neutralMs),
          distracting_seconds: sum(({ noiseMs }) => noiseMs),
          pickups,
          heartbeat_count: heartbeats,
          hours: hourTotals(buckets, span, zone).map(({ span, totals }) => ({
            start: iso(span.startMs),
            ...toWireTimes(totals),
          })),
          apps: apps.map(wireApp),
        };
      },
    }),
    route({
      method: "GET",
      path: "/phone/apps",
      access: "token",
      tag: "Phone",
      summary: "The apps that phones told of lately, and those of your own rules that distract",
      query: () => z.strictObject({ days: queryInteger(1, 366).default(28) }),
      reply: () => z.array(listedAppSchema()),
      handle: async ({ query: { days } }) => {
        const seen = await store.reader.call("phoneApps", lastDays(days, deps));
        const known = new Set(seen.map(({ app = "" }) => app.toLowerCase()));
        const unseen = [...new Set(ownApps())].filter((app) =>
          !known.has(app.toLowerCase()) && rules.classify({ app }).class === "noise"
        );
        return [
          // As they are judged now: the past follows in the background.
          ...seen.map(({ app, ...times }) => listed(app, rules.classify({ app }), times)),
          ...unseen.map((app) => listed(app, rules.classify({ app }), { ms: 0 })),
        ];
      },
    }),
    route({
      method: "PUT",
      path: "/phone/apps",
      access: "token",
      tag: "Phone",
      summary: "How an app counts, by a rule of yours; null: as the other rules have it",
      body: () =>
        z.strictObject({
          app: z.string().trim().min(1).max(256),
          class: classSchema().nullable(),
        }),
      reply: () => z.object({ ...appShape(), own: z.boolean() }),
      handle: async ({ body: { app, class: wanted } }) => {
        const change = changed.catch(() => {}).then(() =>
          rules.replace(setAppClass(rules.rules, app, wanted ?? undefined))
        );
        changed = change;
        await change;
        const { seconds: _, last_seen: __, ...reply } = listed(app, rules.classify({ app }), {
          ms: 0,
        });
        return reply;
      },
    }),
  ];
}
