/**
 * Phones: who is paired, what they tell, and what they are told. Loaded with the first of their requests.
 * @module
 */
import { canonicalJson } from "../core/canonical_json.ts";
import {
  ConflictError,
  NotFoundError,
  ReplayError,
  TooManyError,
  UnprovenError,
} from "../core/errors.ts";
import {
  asObject,
  checkedDeviceId,
  CLOCK_TOLERANCE_MS,
  type Heartbeat,
  HEARTBEAT_INTERVAL_S,
  knownBeat,
  LATE_LIMIT_MS,
  MAX_BATCH,
  parseHeartbeat,
  text,
} from "../core/phone.ts";
import { randomHex } from "../core/secrets.ts";
import {
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseStrictJson,
} from "../core/strict_json.ts";
import { AddressLimit } from "./address_limit.ts";
import { type Offer, Offers } from "./offers.ts";
import type { BeatReply, Credential, PhoneOptions, PhoneRequest } from "./ports.ts";
import { PhoneReads } from "./reads.ts";
import { createPairingToken, TokenError, verifyPairingToken } from "./pairing.ts";
import {
  digestOf,
  isRawSigned,
  isSame,
  isSigned,
  parseSignatureHeader,
  signedForm,
} from "./signature.ts";

const FIELDS = new Set(["device_id", "timestamp", "screen_on", "foreground_app", "signature"]);
/** Of a digest in hex, so much is kept: 16 bytes. */
const DIGEST_CHARS = 32;

export class PhoneService {
  #secrets: Map<string, Credential>;
  readonly #limit = new AddressLimit();
  readonly #offers = new Offers();
  /** What devices told. */
  readonly reads: PhoneReads;

  constructor(private readonly options: PhoneOptions) {
    this.#secrets = options.store.secrets();
    this.reads = new PhoneReads(options);
  }

  /**
   * Takes a heartbeat, by either scheme; resolves after its commit. One from a pause is taken note of by nobody.
   * @throws {UnprovenError} {@linkcode TooManyError} {@linkcode ReplayError}, and what parsing throws.
   */
  async heartbeat(request: PhoneRequest): Promise<BeatReply> {
    this.#assertMayTry(request);
    const fields = asObject(parseStrictJson(request.body));
    const told = parseHeartbeat(fields);
    const digest = this.#prove(request, fields, told.deviceId, told.atMs);
    const { live, store, clock, isPaused, privacy } = this.options;
    const nowMs = clock.nowMs();
    const admission = await live.admit(told.deviceId, digest, nowMs);
    if (admission.verdict === "limited") throw new TooManyError(admission.retryAfterS);
    if (admission.verdict === "replay") throw new ReplayError();
    if (isPaused(told.atMs)) return this.#reply(false);
    const beat = knownBeat(told, privacy);
    const extra = this.#knownExtra(told, extraOf(fields));
    const row = { ...beat, receivedMs: nowMs, digest: Uint8Array.fromHex(digest), extra };
    if (!await store.add(row)) throw new ReplayError();
    return this.#stored(beat, digest, nowMs);
  }

  /** Takes a late batch, in any order, by the raw scheme; what is stored already is left alone, and so is a pause. */
  async batch(
    request: PhoneRequest,
  ): Promise<{ stored: number; known: number; paused: number } & BeatReply> {
    this.#assertMayTry(request);
    const fields = asObject(parseStrictJson(request.body));
    const deviceId = text(fields, "device_id");
    const items = fields.get("heartbeats");
    if (!Array.isArray(items)) {
      throw new TypeError('Cannot use field "heartbeats": it must be a list');
    }
    if (items.length > MAX_BATCH) {
      throw new RangeError(`Cannot use "heartbeats": there are over ${MAX_BATCH}`);
    }
    const secret = this.#secrets.get(deviceId)?.secret;
    const all = items.map((item, i) => parseItem(item, deviceId, { index: i, secret }));
    if (request.signatureHeader === undefined) throw this.#unproven(request);
    this.#prove(request, fields, deviceId, undefined);
    const { live, store, clock, isPaused, privacy } = this.options;
    const nowMs = clock.nowMs();
    for (const [i, { beat }] of all.entries()) {
      if (beat.atMs < nowMs - LATE_LIMIT_MS || beat.atMs > nowMs + CLOCK_TOLERANCE_MS) {
        throw new RangeError(
          `Cannot use heartbeat ${i + 1}: it is over 24 hours old, or in the future`,
        );
      }
    }
    const admission = await live.admit(deviceId, "", nowMs);
    if (admission.verdict === "limited") throw new TooManyError(admission.retryAfterS);
    const parsed = all.filter(({ beat }) => !isPaused(beat.atMs)).map((item) => ({
      ...item,
      beat: knownBeat(item.beat, privacy),
      extra: this.#knownExtra(item.beat, item.extra),
    }));
    const beats = parsed.map(({ beat, digest, extra }) => ({
      ...{ ...beat, receivedMs: nowMs, digest: Uint8Array.fromHex(digest), extra },
    }));
    const added = await store.addAll(beats);
    let reply: BeatReply = this.#reply(false);
    parsed.sort((a, b) => a.beat.atMs - b.beat.atMs);
    for (const { beat, digest } of parsed) reply = this.#stored(beat, digest, nowMs);
    const stored = added.filter(Boolean).length;
    const paused = all.length - parsed.length;
    return { stored, known: added.length - stored, paused, ...reply };
  }

  /**
   * The device that asks for a block, by its signature over a body with a timestamp; each request counts once.
   * @throws {UnprovenError}, {@linkcode ReplayError}.
   */
  async proveCommand(request: PhoneRequest): Promise<JsonObject> {
    this.#assertMayTry(request);
    const fields = asObject(parseStrictJson(request.body));
    const deviceId = text(fields, "device_id");
    const timestamp = fields.get("timestamp");
    const atMs = timestamp instanceof JsonNumber ? timestamp.value * 1000 : undefined;
    if (atMs === undefined && request.signatureHeader === undefined) throw this.#unproven(request);
    const proved = this.#prove(request, fields, deviceId, atMs);
    // Signed alike at another time, it is another command: the time is in what is signed.
    const raw = parseSignatureHeader(request.signatureHeader ?? "");
    const digest = Uint8Array.fromHex(raw?.v1 ?? proved);
    const { store, clock } = this.options;
    const nowMs = clock.nowMs();
    if (!await store.useOnce(digest, nowMs + 2 * CLOCK_TOLERANCE_MS, nowMs)) {
      throw new ReplayError();
    }
    return fields;
  }

  /**
   * Pairs a device, and gives its secret, this once.
   * @throws {ConflictError} when it is paired already and nobody asked for a new secret.
   */
  async pair(
    deviceId: string,
    { name, rotate, bearer = false }: { name: string; rotate: boolean; bearer?: boolean },
  ): Promise<string> {
    const id = checkedDeviceId(deviceId);
    this.#assertFree(id, rotate);
    const secret = randomHex(32);
    await this.#pair({ deviceId: id, name, bearer, secret });
    return secret;
  }

  /**
   * Offers to pair a device, which takes the offer by its code in ten minutes; until then nothing changes.
   * @throws {ConflictError} as {@linkcode pair}.
   */
  offer(
    deviceId: string,
    { name, rotate, bearer }: { name: string; rotate: boolean; bearer: boolean },
  ): Offer {
    const id = checkedDeviceId(deviceId);
    this.#assertFree(id, rotate);
    return this.#offers.make({ deviceId: id, name, bearer }, this.options.clock.nowMs());
  }

  /** Pairs the device that has the offer's code. @throws {UnprovenError} when there is no such offer any more. */
  async takeOffer(
    deviceId: string,
    code: string,
    request: Pick<PhoneRequest, "address">,
  ): Promise<void> {
    this.#assertMayTry(request);
    const offer = await this.#offers.take(deviceId, code, this.options.clock.nowMs());
    if (!offer) throw this.#unproven(request);
    await this.#pair(offer);
  }

  /** Takes an offer back; another one of the same device stands. */
  withdrawOffer(deviceId: string, code: string): Promise<void> {
    return this.#offers.withdraw(deviceId, code);
  }

  #assertFree(id: string, rotate: boolean): void {
    if (!this.#secrets.has(id) || rotate) return;
    throw new ConflictError(
      `The device ${id} is paired already; ask for a new secret with "rotate", or revoke it first`,
    );
  }

  async #pair(
    { deviceId: id, name, bearer, secret }: Pick<Offer, "deviceId" | "name" | "bearer" | "secret">,
  ): Promise<void> {
    const { store, clock, live, onDevice } = this.options;
    // What is decided last holds: a code that was shown before is not to change it.
    this.#offers.drop(id);
    await store.pair({ id, name, secret, bearer }, clock.nowMs());
    this.#secrets.set(id, { secret, bearer });
    await live.forget(id);
    onDevice(id);
  }

  /** Calls a device something else. @throws {NotFoundError} when it never was paired. */
  async rename(deviceId: string, name: string): Promise<void> {
    this.reads.device(deviceId);
    await this.options.store.rename(deviceId, name);
    this.options.onDevice(deviceId);
  }

  /** A one-time token with which a phone pairs itself. */
  createToken(deviceId: string) {
    const { pairingSecret, clock } = this.options;
    return createPairingToken(checkedDeviceId(deviceId), pairingSecret, clock.nowMs());
  }

  /** Pairs the device that a token is for. @throws {UnprovenError}, {@linkcode ConflictError}. */
  async pairByToken(
    { deviceId, name, token, rotate }: {
      deviceId: string;
      name: string;
      token: string;
      rotate: boolean;
    },
    request: Pick<PhoneRequest, "address">,
  ): Promise<string> {
    this.#assertMayTry(request);
    const { pairingSecret, store, clock } = this.options;
    const nowMs = clock.nowMs();
    try {
      const { digest, expiresMs } = await verifyPairingToken(token, checkedDeviceId(deviceId), {
        secret: pairingSecret,
        nowMs,
      });
      // Looked at before it is used up: a token that fails for this may be tried again.
      if (this.#secrets.has(deviceId) && !rotate) {
        return await this.pair(deviceId, { name, rotate });
      }
      if (!await store.useOnce(digest, expiresMs, nowMs)) throw new TokenError("used");
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      throw this.#unproven(request);
    }
    return await this.pair(deviceId, { name, rotate });
  }

  /** @throws {NotFoundError} when it is not paired. */
  async revoke(deviceId: string): Promise<void> {
    if (!this.#secrets.has(deviceId)) {
      throw new NotFoundError(
        `There is no device ${JSON.stringify(deviceId.slice(0, 80))} that is paired`,
      );
    }
    const { store, live, clock, onDevice } = this.options;
    // Nor may it come back by a code that was shown before.
    this.#offers.drop(deviceId);
    await store.revoke(deviceId, clock.nowMs());
    this.#secrets.delete(deviceId);
    await live.forget(deviceId);
    onDevice(deviceId);
  }

  /** Lets the live state forget every device; resolves with whether it could. */
  async forgetLive(): Promise<boolean> {
    const { live } = this.options;
    const forgotten = await Promise.all(this.reads.devices().map(({ id }) => live.forget(id)));
    return forgotten.every(Boolean);
  }

  async close(): Promise<void> {
    await this.options.live.close();
  }

  /** Proves a request by either scheme; returns the digest that it is known by. */
  #prove(
    request: PhoneRequest,
    fields: JsonObject,
    deviceId: string,
    atMs: number | undefined,
  ): string {
    const { method, path, body, signatureHeader, bearer } = request;
    const nowMs = this.options.clock.nowMs();
    const { secret, bearer: maySendIt } = this.#secrets.get(deviceId) ?? {};
    const signed = signedForm(fields);
    const digest = digestOf(signed, secret);
    let isProven: boolean;
    if (bearer !== undefined) {
      isProven = isSame(bearer, secret) && maySendIt === true;
    } else if (signatureHeader === undefined) {
      const signature = fields.get("signature");
      isProven = isSigned(signed, typeof signature === "string" ? signature : "", {
        digest,
        secret,
      });
    } else {
      const header = parseSignatureHeader(signatureHeader);
      const { t = "0", v1 = "" } = header ?? {};
      isProven = isRawSigned({ t, method, path, body }, v1, secret) &&
        isNear(Number(t) * 1000, nowMs);
    }
    if (!isProven) throw this.#unproven(request);
    // A clock that is off is told only to who has proved who it is.
    if (atMs !== undefined && !isNear(atMs, nowMs)) {
      const offS = Math.round((atMs - nowMs) / 1000);
      throw new RangeError(
        `Cannot use field "timestamp": it is ${offS} s from this clock, allowed are 300`,
      );
    }
    return digest.slice(0, DIGEST_CHARS);
  }

  /** What a phone tells besides, if rules that saw it as a title would let it pass. */
  #knownExtra({ app }: Heartbeat, extra: string | undefined): string | undefined {
    return extra === this.options.privacy({ app, title: extra })?.title ? extra : undefined;
  }

  #stored(beat: Heartbeat, digest: string, nowMs: number): BeatReply {
    const { live, onStored } = this.options;
    const distracting = this.#isDistracting(beat);
    live.committed({ ...beat, distracting, digest }, nowMs);
    onStored(beat.deviceId);
    return this.#reply(distracting);
  }

  #reply(distracting: boolean): BeatReply {
    const blockUntilMs = this.options.blockEndMs();
    return { distracting, blockUntilMs, nextHeartbeatS: HEARTBEAT_INTERVAL_S };
  }

  #isDistracting({ screenOn, app }: Heartbeat): boolean {
    return screenOn && app !== undefined && this.options.classify({ app }).class === "noise";
  }

  #assertMayTry({ address = "unknown" }: Pick<PhoneRequest, "address">): void {
    const waitS = this.#limit.waitS(address, this.options.clock.monoMs());
    if (waitS > 0) throw new TooManyError(waitS);
  }

  #unproven({ address = "unknown" }: Pick<PhoneRequest, "address">): UnprovenError {
    this.#limit.failed(address, this.options.clock.monoMs());
    return new UnprovenError();
  }
}

function isNear(atMs: number, nowMs: number): boolean {
  return Math.abs(atMs - nowMs) <= CLOCK_TOLERANCE_MS;
}

/** What was signed besides the fields that are known, as canonical JSON. */
function extraOf(fields: JsonObject): string | undefined {
  const extra = new Map([...fields].filter(([name]) => !FIELDS.has(name)));
  return extra.size === 0 ? undefined : canonicalJson(extra);
}

function parseItem(
  item: JsonValue,
  deviceId: string,
  { index, secret }: { readonly index: number; readonly secret: string | undefined },
) {
  const fields = asObject(item, `heartbeat ${index + 1}`);
  const named = fields.get("device_id");
  if (named !== undefined && named !== deviceId) {
    throw new SyntaxError(`Cannot use heartbeat ${index + 1}: it is of another device`);
  }
  const beat = parseHeartbeat(fields, deviceId);
  const whole = new Map<string, JsonValue>([...fields, ["device_id", deviceId]]);
  const digest = digestOf(signedForm(whole), secret).slice(0, DIGEST_CHARS);
  return { beat, digest, extra: extraOf(fields) };
}
