import * as z from "zod";
import { BLOCK_LIMITS } from "../core/block_rules.ts";
import { JsonNumber, type JsonObject } from "../core/strict_json.ts";
import type { Classification } from "../core/types.ts";
import { readBody } from "./body.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { isLoopback, type Peer } from "./guard.ts";
import { type Call, route } from "./route.ts";
import { classSchema, iso, queryInteger, seconds } from "./wire.ts";

/** A request of a phone, as it came. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly signatureHeader: string | undefined;
  readonly address: string | undefined;
}

interface BeatReply {
  readonly distracting: boolean;
  readonly blockUntilMs: number | undefined;
  readonly nextHeartbeatS: number;
}

/** What the API needs of the phones. */
export interface PhonePort {
  heartbeat(request: SignedRequest): Promise<BeatReply>;
  batch(request: SignedRequest): Promise<BeatReply & { stored: number; known: number }>;
  proveCommand(request: SignedRequest): Promise<JsonObject>;
  pair(deviceId: string, name: string, rotate: boolean): Promise<string>;
  pairByToken(
    wish: { deviceId: string; name: string; token: string; rotate: boolean },
    request: { readonly address: string | undefined },
  ): Promise<string>;
  createToken(deviceId: string): Promise<{ readonly token: string; readonly expiresMs: number }>;
  revoke(deviceId: string): Promise<void>;
  devices(): {
    readonly id: string;
    readonly name: string;
    readonly pairedMs: number;
    readonly revokedMs: number | undefined;
    readonly lastSeenMs: number | undefined;
  }[];
  summary(deviceId: string, minutes: number): {
    readonly screenMs: number;
    readonly distractingMs: number;
    readonly topApps: { app: string | undefined; ms: number; class: Classification["class"] }[];
    readonly pickups: number;
    readonly heartbeats: number;
    readonly lastSeenMs: number | undefined;
  };
  /** Where phones reach this computer; `undefined`: nowhere yet. */
  readonly url: string | undefined;
}

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

/** The request as it is signed. @throws {HttpError} 400 when it is not UTF-8, 413 when it is too long. */
async function signedRequest(
  { request, peer }: Pick<Call<unknown, unknown>, "request" | "peer">,
  maxBytes: number,
): Promise<SignedRequest> {
  const bytes = await readBody(request, maxBytes);
  let body: string;
  try {
    body = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new HttpError(400, "wrong_encoding", "The body is not UTF-8");
  }
  return {
    method: request.method,
    path: pathOf(request.url),
    body,
    signatureHeader: request.headers.get("x-signature") ?? undefined,
    address: peer.hostname,
  };
}

/** The path of an absolute URL, without the query. */
function pathOf(url: string): string {
  const path = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  const query = path.indexOf("?");
  return query === -1 ? path : path.slice(0, query);
}

/** @throws {HttpError} 403 when somebody on the way could read the secret. */
function assertPrivate(request: Request, peer: Peer): void {
  if (isLoopback(peer.hostname) || request.url.startsWith("https:")) return;
  throw new HttpError(
    403,
    "secret_in_the_open",
    "A secret is only told over TLS or on this machine; scan the QR code of `prodtracker pair`",
  );
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
      reply: () => z.object({ stored: z.number().int(), known: z.number().int(), ...replyShape() }),
      handle: async (call) => {
        const signed = await signedRequest(call, BATCH_BYTES);
        const { stored, known, ...reply } = await (await phone()).batch(signed);
        return { stored, known, ...wireReply(reply) };
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
        }),
      reply: () => pairedSchema(),
      handle: async ({ body, request, peer }) => {
        assertPrivate(request, peer);
        const port = await phone();
        const secret = await port.pair(body.device_id, body.name, body.rotate);
        return { device_id: body.device_id, name: body.name, secret, url: port.url ?? null };
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

/** A body that the admin token vouches for. @throws {HttpError} 400 when it is not a JSON object. */
function plainFields(body: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body || "{}");
  } catch {
    throw new HttpError(400, "wrong_json", "The body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new HttpError(400, "wrong_shape", "Cannot use the body: it is not an object");
  }
  const fields = Object.entries(value).map((
    [name, field],
  ): [string, JsonObject extends Map<string, infer V> ? V : never] => [
    name,
    typeof field === "number"
      ? new JsonNumber(String(field))
      : typeof field === "string"
      ? field
      : null,
  ]);
  return new Map(fields);
}

/** @throws {HttpError} 400 or 422 naming the field. */
function blockWish(fields: JsonObject): { minutes: number; reason: string | undefined } {
  const duration = fields.get("duration_minutes");
  const reason = fields.get("reason");
  if (duration !== undefined && !(duration instanceof JsonNumber)) {
    throw new HttpError(400, "wrong_shape", 'Cannot use field "duration_minutes": it is no number');
  }
  if (reason !== undefined && reason !== null && typeof reason !== "string") {
    throw new HttpError(400, "wrong_shape", 'Cannot use field "reason": it is no text');
  }
  const minutes = duration?.value ?? BLOCK_LIMITS.defaultMinutes;
  const { minMinutes, maxMinutes } = BLOCK_LIMITS;
  if (!(minutes >= minMinutes && minutes <= maxMinutes)) {
    throw new HttpError(
      422,
      "wrong_value",
      `Cannot use field "duration_minutes": allowed are ${minMinutes} to ${maxMinutes}`,
    );
  }
  return { minutes, reason: reason?.slice(0, 500) || undefined };
}
