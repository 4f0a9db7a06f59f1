import * as z from "zod";
import type { ApiDeps } from "./deps.ts";
import { type BeatReply, blockWish, plainFields, signedRequest } from "./phone_requests.ts";
import { phoneDayRoutes } from "./phone_days.ts";
import { deviceId, instant, phonePairingRoutes } from "./phone_pairing.ts";
import { route } from "./route.ts";
import { classSchema, iso, queryInteger, seconds } from "./wire.ts";

const HEARTBEAT_BYTES = 64 * 1024;
const BATCH_BYTES = 1024 * 1024;

const replyShape = () => ({
  distracting: z.boolean(),
  block_until: instant().nullable(),
  next_heartbeat_s: z.number().int(),
});

function wireReply({ distracting, blockUntilMs, nextHeartbeatS }: BeatReply) {
  return {
    distracting,
    block_until: blockUntilMs === undefined ? null : iso(blockUntilMs),
    next_heartbeat_s: nextHeartbeatS,
  };
}

export function phoneRoutes(deps: ApiDeps) {
  const { phone, blocker, clock, guard } = deps;
  return [
    route({
      method: "POST",
      path: "/phone/heartbeat",
      access: "public",
      tag: "Phone",
      summary: "What the phone does now, signed with its secret; 409 means it is stored already",
      reply: () => z.object({ status: z.literal("stored"), ...replyShape() }),
      handle: async (call) => {
        const signed = await signedRequest(call, HEARTBEAT_BYTES);
        return { status: "stored", ...wireReply(await (await phone()).heartbeat(signed)) };
      },
    }),
    route({
      method: "POST",
      path: "/phone/heartbeats",
      access: "public",
      tag: "Phone",
      summary: "Heartbeats of the last 24 hours, in any order, signed by X-Signature",
      maxBodyBytes: BATCH_BYTES,
      reply: () =>
        z.object({
          stored: z.number().int(),
          known: z.number().int(),
          paused: z.number().int(),
          ...replyShape(),
        }),
      handle: async (call) => {
        const signed = await signedRequest(call, BATCH_BYTES);
        const { stored, known, paused, ...reply } = await (await phone()).batch(signed);
        return { stored, known, paused, ...wireReply(reply) };
      },
    }),
    route({
      method: "GET",
      path: "/phone/summary",
      access: "free",
      tag: "Phone",
      summary: "What a device did lately",
      query: () =>
        z.strictObject({
          device_id: deviceId(),
          minutes: queryInteger(1, 31 * 1440).default(60),
        }),
      reply: () =>
        z.object({
          device_id: z.string(),
          minutes: z.number().int(),
          screen_seconds: z.number(),
          distracting_seconds: z.number(),
          top_apps: z.array(z.object({
            app: z.string().nullable(),
            class: classSchema(),
            seconds: z.number(),
          })),
          pickups: z.number().int(),
          heartbeat_count: z.number().int(),
          last_seen: instant().nullable(),
        }),
      handle: async ({ query }) => {
        const found = (await phone()).reads.summary(query.device_id, query.minutes);
        return {
          device_id: query.device_id,
          minutes: query.minutes,
          screen_seconds: seconds(found.screenMs),
          distracting_seconds: seconds(found.distractingMs),
          top_apps: found.topApps.map(({ app = null, ms, class: cls }) => ({
            ...{ app, class: cls, seconds: seconds(ms) },
          })),
          pickups: found.pickups,
          heartbeat_count: found.heartbeats,
          last_seen: found.lastSeenMs === undefined ? null : iso(found.lastSeenMs),
        };
      },
    }),
    route({
      method: "POST",
      path: "/phone/block_now",
      access: "public",
      tag: "Phone",
      summary: "Starts a block: with the admin token, or signed by the device with a timestamp",
      reply: () => z.object({ block_until: instant() }),
      handle: async (call) => {
        const signed = await signedRequest(call, HEARTBEAT_BYTES);
        const token = call.request.headers.get("x-admin-token");
        const port = await phone();
        const fields = token === null
          ? await port.proveCommand(signed)
          : await guard.authorize(call.request, "token", call.peer).then(() =>
            plainFields(signed.body)
          );
        const { minutes, reason } = blockWish(fields);
        const endMs = clock.nowMs() + Math.round(minutes * 60_000);
        const block = await blocker.start({ actor: "phone", endMs, reason });
        return { block_until: iso(block.endMs) };
      },
    }),
    ...phonePairingRoutes(deps),
    ...phoneDayRoutes(deps),
  ];
}
