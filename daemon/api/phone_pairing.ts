import * as z from "zod";
import { phoneAppName } from "../core/loop_names.ts";
import type { ApiDeps } from "./deps.ts";
import { assertPrivate, type PhoneReadsPort } from "./phone_requests.ts";
import { route } from "./route.ts";
import { classSchema, iso } from "./wire.ts";

export const instant = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });
export const deviceId = () => z.string().min(1).max(64).meta({ example: "pixel-8" });
const deviceName = () => z.string().trim().min(1).max(100).meta({ example: "My phone" });
const rotate = () =>
  z.boolean().default(false)
    .meta({ description: "Give a device that is paired already a new secret" });
const bearer = () =>
  z.boolean().default(false)
    .meta({ description: "It may send its secret instead of signing, by TLS only" });

const offerCode = () => z.string().min(1).max(200);

const pairedSchema = () =>
  z.object({
    device_id: z.string(),
    name: z.string(),
    secret: z.string().meta({ description: "Told this once" }),
    url: z.string().nullable().meta({ description: "Where the phone sends its heartbeats" }),
  });

/** Who is paired, and how one comes to be. */
export function phonePairingRoutes({ phone, rules }: Pick<ApiDeps, "phone" | "rules">) {
  const wireLast = (last: ReturnType<PhoneReadsPort["last"]>) =>
    last === undefined ? null : {
      at: iso(last.atMs),
      screen_on: last.screenOn,
      app: last.app ?? null,
      name: phoneAppName(last.app) ?? null,
      class: last.screenOn ? rules.classify({ app: last.app }).class : null,
    };
  return [
    route({
      method: "POST",
      path: "/phone/offer",
      access: "token",
      tag: "Phone",
      summary: "Offers to pair a device: what a QR code tells it, for ten minutes and for one",
      body: () =>
        z.strictObject({
          ...{ device_id: deviceId(), name: deviceName(), rotate: rotate(), bearer: bearer() },
        }),
      reply: () =>
        pairedSchema().extend({
          code: z.string().meta({ description: "What the device takes the offer by, once" }),
          made: instant(),
          expires: instant(),
        }),
      handle: async ({ body, request, peer }) => {
        assertPrivate(request, peer);
        const port = await phone();
        const { device_id, ...options } = body;
        const { secret, code, madeMs, expiresMs } = port.offer(device_id, options);
        return {
          ...{ device_id, name: body.name, secret, url: port.url ?? null, code },
          made: iso(madeMs),
          expires: iso(expiresMs),
        };
      },
    }),
    route({
      method: "POST",
      path: "/phone/offer/withdraw",
      access: "token",
      tag: "Phone",
      summary: "Takes an offer back; one that was made after it stands",
      body: () => z.strictObject({ device_id: deviceId(), code: offerCode() }),
      reply: () => z.object({ withdrawn: z.string() }),
      handle: async ({ body }) => {
        await (await phone()).withdrawOffer(body.device_id, body.code);
        return { withdrawn: body.device_id };
      },
    }),
    route({
      method: "POST",
      path: "/phone/offer/take",
      access: "public",
      tag: "Phone",
      summary: "Pairs the device that has an offer's code; the offer is gone then",
      body: () => z.strictObject({ device_id: deviceId(), code: offerCode() }),
      reply: () => z.object({ paired: z.string() }),
      handle: async ({ body, peer }) => {
        await (await phone()).takeOffer(body.device_id, body.code, { address: peer.hostname });
        return { paired: body.device_id };
      },
    }),
    route({
      method: "POST",
      path: "/phone/rename",
      access: "token",
      tag: "Phone",
      summary: "Calls a device something else",
      body: () => z.strictObject({ device_id: deviceId(), name: deviceName() }),
      reply: () => z.object({ device_id: z.string(), name: z.string() }),
      handle: async ({ body }) => {
        await (await phone()).rename(body.device_id, body.name);
        return body;
      },
    }),
    route({
      method: "GET",
      path: "/phone/reach",
      access: "token",
      tag: "Phone",
      summary: "Where phones reach this computer, and whether they do now",
      reply: () =>
        z.object({
          url: z.string().nullable().describe("null: PC_IP is not set"),
          listening: z.boolean().describe("false: not started with --lan"),
        }),
      handle: async () => {
        const port = await phone();
        return { url: port.url ?? null, listening: port.isListening() };
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
          rotate: rotate(),
          bearer: bearer(),
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
          bearer: z.boolean().describe("it sends its secret instead of signing, by TLS"),
          last: z.object({
            at: instant(),
            screen_on: z.boolean(),
            app: z.string().nullable().describe("as the phone writes it; null: it does not say"),
            name: z.string().nullable().describe("what people call it"),
            class: classSchema().nullable().describe("null: the screen is off"),
          }).nullable().describe("its newest heartbeat"),
        })),
      handle: async () => {
        const { reads } = await phone();
        return reads.devices().map((device) => ({
          device_id: device.id,
          name: device.name,
          paired: iso(device.pairedMs),
          revoked: device.revokedMs === undefined ? null : iso(device.revokedMs),
          last_seen: device.lastSeenMs === undefined ? null : iso(device.lastSeenMs),
          bearer: device.bearer,
          last: wireLast(reads.last(device)),
        }));
      },
    }),
  ];
}
