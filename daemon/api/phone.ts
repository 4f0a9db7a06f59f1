import * as z from "zod";
import type { ApiDeps } from "./deps.ts";
import {
  assertPrivate,
  type BeatReply,
  blockWish,
  plainFields,
  signedRequest,
} from "./phone_requests.ts";
import { route } from "./route.ts";
import { classSchema, iso, queryInteger, seconds } from "./wire.ts";

const HEARTBEAT_BYTES = 64 * 1024;
const BATCH_BYTES = 1024 * 1024;

const instant = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });
const deviceId = () => z.string().min(1).max(64).meta({ example: "pixel-8" });
const deviceName = () => z.string().trim().min(1).max(100).meta({ example: "My phone" });

const replyShape = () => ({
  distracting: z.boolean(),
  block_until: instant().nullable(),
  next_heartbeat_s: z.number().int(),
});
const pairedSchema = () =>
  z.object({
    device_id: z.string(),
    name: z.string(),
    secret: z.string().meta({ description: "Told this once" }),
    url: z.string().nullable().meta({ description: "Where the phone sends its heartbeats" }),
  });

function wireReply({ distracting, blockUntilMs, nextHeartbeatS }: BeatReply) {
  return {
    distracting,
    block_until: blockUntilMs === undefined ? null : iso(blockUntilMs),
    next_heartbeat_s: nextHeartbeatS,
  };
}

export function phoneRoutes({ phone, blocker, clock, guard }: ApiDeps) {
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
      method: "POST",
      path: "/phone/pair",
      access: "public",
      tag: "Phone",
      summary: "Pairs the device that a one-time token is for",
      body: () =>
        z.strictObject({
          device_id: deviceId(),
          name: deviceName(),
          token: z.string().min(1).max(4_096),
          rotate: z.boolean().default(false),
        }),
      reply: () => pairedSchema(),
      handle: async ({ body, request, peer }) => {
        assertPrivate(request, peer);
        const { device_id, ...rest } = body;
        const port = await phone();
        const secret = await port.pairByToken({ deviceId: device_id, ...rest }, {
          address: peer.hostname,
        });
        return { device_id, name: body.name, secret, url: port.url ?? null };
      },
    }),
    route({
      method: "POST",
      path: "/phone/pair_admin",
      access: "token",
      tag: "Phone",
      summary: "Pairs a device and gives its secret, this once",
      body: () =>
        z.strictObject({
          device_id: deviceId(),
          name: deviceName(),
          rotate: z.boolean().default(false)
            .meta({ description: "Give a device that is paired already a new secret" }),
          bearer: z.boolean().default(false)
            .meta({ description: "It may send its secret instead of signing, by TLS only" }),
        }),
      reply: () => pairedSchema(),
      handle: async ({ body, request, peer }) => {
        assertPrivate(request, peer);
        const port = await phone();
        const { device_id, ...options } = body;
        const secret = await port.pair(device_id, options);
        return { device_id, name: body.name, secret, url: port.url ?? null };
      },
    }),
    route({
      method: "POST",
      path: "/phone/token",
      access: "token",
      tag: "Phone",
      summary: "Makes a token with which a phone pairs itself, once, within ten minutes",
      body: () => z.strictObject({ device_id: deviceId() }),
      reply: () => z.object({ token: z.string(), expires: instant() }),
      handle: async ({ body }) => {
        const { token, expiresMs } = await (await phone()).createToken(body.device_id);
        return { token, expires: iso(expiresMs) };
      },
    }),
    route({
      method: "POST",
      path: "/phone/revoke",
      access: "token",
      tag: "Phone",
      summary: "Takes a device's secret away; its history stays",
      body: () => z.strictObject({ device_id: deviceId() }),
      reply: () => z.object({ revoked: z.string() }),
      handle: async ({ body }) => {
        await (await phone()).revoke(body.device_id);
        return { revoked: body.device_id };
      },
    }),
    route({
      method: "GET",
      path: "/phone/devices",
      access: "token",
      tag: "Phone",
      summary: "The devices that are or were paired",
      reply: () =>
        z.array(z.object({
          device_id: z.string(),
          name: z.string(),
          paired: instant(),
          revoked: instant().nullable(),
          last_seen: instant().nullable(),
        })),
      handle: async () =>
        (await phone()).devices().map(({ id, name, pairedMs, revokedMs, lastSeenMs }) => ({
          device_id: id,
          name,
          paired: iso(pairedMs),
          revoked: revokedMs === undefined ? null : iso(revokedMs),
          last_seen: lastSeenMs === undefined ? null : iso(lastSeenMs),
        })),
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
        const found = (await phone()).summary(query.device_id, query.minutes);
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
  ];
}
