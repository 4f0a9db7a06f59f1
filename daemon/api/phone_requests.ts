/**
 * What phones send, as the API takes it and hands it on.
 * @module
 */
import { BLOCK_LIMITS } from "../core/block_rules.ts";
import { JsonNumber, type JsonObject } from "../core/strict_json.ts";
import type { ActivityClass, Classification, ClassTotals, Span } from "../core/types.ts";
import { readBody } from "./body.ts";
import { HttpError } from "./errors.ts";
import { isLoopback, type Peer } from "./guard.ts";
import type { Call } from "./route.ts";

/** A request of a phone, as it came. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly signatureHeader: string | undefined;
  /** The secret itself; `undefined` unless it came by TLS. */
  readonly bearer: string | undefined;
  readonly address: string | undefined;
}

export interface BeatReply {
  readonly distracting: boolean;
  readonly blockUntilMs: number | undefined;
  readonly nextHeartbeatS: number;
}

/** What the API needs of the phones. */
export interface PhonePort {
  heartbeat(request: SignedRequest): Promise<BeatReply>;
  batch(
    request: SignedRequest,
  ): Promise<BeatReply & { stored: number; known: number; paused: number }>;
  proveCommand(request: SignedRequest): Promise<JsonObject>;
  pair(
    deviceId: string,
    options: { name: string; rotate: boolean; bearer?: boolean },
  ): Promise<string>;
  pairByToken(
    wish: { deviceId: string; name: string; token: string; rotate: boolean },
    request: { readonly address: string | undefined },
  ): Promise<string>;
  createToken(deviceId: string): Promise<{ readonly token: string; readonly expiresMs: number }>;
  /** Offers to pair a device, which takes the offer by its code. */
  offer(
    deviceId: string,
    options: { name: string; rotate: boolean; bearer: boolean },
  ): {
    readonly secret: string;
    readonly code: string;
    readonly madeMs: number;
    readonly expiresMs: number;
  };
  takeOffer(
    deviceId: string,
    code: string,
    request: { readonly address: string | undefined },
  ): Promise<void>;
  withdrawOffer(deviceId: string, code: string): Promise<void>;
  revoke(deviceId: string): Promise<void>;
  rename(deviceId: string, name: string): Promise<void>;
  readonly reads: PhoneReadsPort;
  /** Where phones reach this computer; `undefined`: nowhere yet. */
  readonly url: string | undefined;
  /** Whether they do now. */
  isListening(): boolean;
}

interface PhoneDevice {
  readonly id: string;
  readonly name: string;
  readonly pairedMs: number;
  readonly revokedMs: number | undefined;
  readonly lastSeenMs: number | undefined;
  readonly bearer: boolean;
}

/** What phones told. */
export interface PhoneReadsPort {
  devices(): PhoneDevice[];
  /** The newest heartbeat; `undefined`: there is none. */
  last(device: PhoneDevice):
    | { readonly atMs: number; readonly screenOn: boolean; readonly app: string | undefined }
    | undefined;
  summary(deviceId: string, minutes: number): {
    readonly screenMs: number;
    readonly distractingMs: number;
    readonly topApps: { app: string | undefined; ms: number; class: Classification["class"] }[];
    readonly pickups: number;
    readonly heartbeats: number;
    readonly lastSeenMs: number | undefined;
  };
  day(deviceId: string, span: Span): {
    readonly buckets: readonly (ClassTotals & { readonly bucketMs: number })[];
    readonly apps: readonly PhoneAppRow[];
    readonly pickups: number;
    readonly heartbeats: number;
  };
}

/** A program of a phone; without a name the phone does not say which. */
export interface PhoneAppRow {
  readonly app?: string;
  readonly class: ActivityClass;
  readonly category?: string;
  readonly ms: number;
}

/** The request as it is signed. @throws {HttpError} 400 when it is not UTF-8, 413 when it is too long. */
export async function signedRequest(
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
    bearer: request.url.startsWith("https:") ? bearerOf(request) : undefined,
    address: peer.hostname,
  };
}

function bearerOf(request: Request): string | undefined {
  return /^Bearer (\S{1,200})$/.exec(request.headers.get("authorization") ?? "")?.[1];
}

/** The path of an absolute URL, without the query. */
function pathOf(url: string): string {
  const path = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  const query = path.indexOf("?");
  return query === -1 ? path : path.slice(0, query);
}

/** @throws {HttpError} 403 when somebody on the way could read the secret. */
export function assertPrivate(request: Request, peer: Peer): void {
  if (isLoopback(peer.hostname) || request.url.startsWith("https:")) return;
  throw new HttpError(
    403,
    "secret_in_the_open",
    "A secret is only told over TLS or on this machine; scan the QR code of `prodtracker pair`",
  );
}

/** A body that the admin token vouches for. @throws {HttpError} 400 when it is not a JSON object. */
export function plainFields(body: string): JsonObject {
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
export function blockWish(fields: JsonObject): { minutes: number; reason: string | undefined } {
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
