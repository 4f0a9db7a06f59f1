import * as z from "zod";
import { dayTotalsSchema, wireDay } from "./activity.ts";
import { blockSummarySchema, wireBlockSummary } from "./blocker.ts";
import type { ApiDeps } from "./deps.ts";
import { focusSessionSchema, wireRunningFocus } from "./focus_wire.ts";
import { loopNowSchema, toWireLoopNow } from "./loop.ts";
import { toWirePause } from "./pause.ts";
import { spanOfDate } from "./period.ts";
import { route } from "./route.ts";
import { iso, seconds, stateSchema, topItemSchema, toWireState } from "./wire.ts";

const statusSchema = () =>
  z.object({
    ...stateSchema().shape,
    paused: z.boolean().describe("nothing is recorded for a while"),
    paused_until: z.iso.datetime().nullable().describe("null: not paused, or until told"),
    today: dayTotalsSchema(),
    top_apps: z.array(topItemSchema()),
    block: blockSummarySchema().nullable().describe("null: nothing is blocked"),
    focus: focusSessionSchema().nullable().describe("the session that runs"),
    loop: loopNowSchema().describe("what nudges now"),
    phones: z.array(z.object({
      name: z.string(),
      last_seen: z.iso.datetime().nullable(),
    })),
    health: z.enum(["ok", "degraded"]),
  });

export function statusRoutes(deps: ApiDeps) {
  return [route({
    method: "GET",
    path: "/status",
    access: "token",
    tag: "Activity",
    summary: "What is in front now, and today so far",
    reply: () => statusSchema(),
    handle: async () => {
      const { paused, paused_until } = toWirePause(deps.pause.now());
      const top = await deps.store.reader.call("top", spanOfDate(undefined, deps), "app", 5);
      return {
        ...toWireState(deps.recorderState(), deps.tracking(), deps.rules.classify),
        ...{ paused, paused_until },
        today: wireDay(deps),
        top_apps: top.map((row) => ({
          name: row.name ?? null,
          class: row.class,
          seconds: seconds(row.ms),
        })),
        block: await wireBlockSummary(deps),
        focus: wireRunningFocus(deps),
        loop: toWireLoopNow((await deps.loop()).now()),
        phones: deps.store.phones.devices().filter(({ revokedMs }) => revokedMs === undefined)
          .map(({ name, lastSeenMs }) => ({
            name,
            last_seen: lastSeenMs === undefined ? null : iso(lastSeenMs),
          })),
        health: deps.health.status,
      };
    },
  })];
}
