/**
 * Heartbeats of phones: their shape, and what they say about the time between them.
 *
 * ```text
 * heartbeat    ▲A        ▲A        ▲B (screen off)      ▲A            ▲A
 * derived      ├──── A ──┼─── A ───┤                    │ gap too long│
 * ```
 * A heartbeat says what is in front from then on; it is believed until the next one, if that comes within
 * {@linkcode MAX_GAP_MS}. What follows the last one is not counted.
 * @module
 */
import { JsonNumber, type JsonObject, type JsonValue } from "./strict_json.ts";
import type { Span, Subject } from "./types.ts";

/** How often a phone is asked to tell, in seconds. */
export const HEARTBEAT_INTERVAL_S = 30;

/** The longest time between two heartbeats that is counted: one of them may be lost. */
export const MAX_GAP_MS = 2 * HEARTBEAT_INTERVAL_S * 1000;

/** How far a phone's clock may be off. */
export const CLOCK_TOLERANCE_MS = 300_000;

/** How old a heartbeat in a late batch may be. */
export const LATE_LIMIT_MS = 24 * 3_600_000;

/** How many heartbeats a late batch may hold. */
export const MAX_BATCH = 5_000;

/** What a phone tells. */
export interface Heartbeat {
  readonly deviceId: string;
  readonly atMs: number;
  readonly screenOn: boolean;
  /** `undefined`: the phone does not say. */
  readonly app: string | undefined;
}

const DEVICE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const MAX_APP_CHARS = 256;

/** @throws {RangeError} naming what a device's name may be. */
export function checkedDeviceId(text: string): string {
  if (DEVICE_ID.test(text)) return text;
  throw new RangeError(
    `Cannot use the device id ${JSON.stringify(text.slice(0, 80))}: allowed are 1 to 64 letters, ` +
      "digits and . _ : -, beginning with a letter or digit",
  );
}

/**
 * The heartbeat in a JSON object; other fields are left alone.
 * @throws {SyntaxError} for a wrong shape, {RangeError} for a wrong value.
 */
export function parseHeartbeat(
  fields: JsonObject,
  deviceId = text(fields, "device_id"),
): Heartbeat {
  const timestamp = fields.get("timestamp");
  if (!(timestamp instanceof JsonNumber)) throw wrongShape("timestamp", "a number of seconds");
  const screenOn = fields.get("screen_on");
  if (typeof screenOn !== "boolean") throw wrongShape("screen_on", "true or false");
  const app = fields.get("foreground_app");
  if (app !== null && typeof app !== "string") throw wrongShape("foreground_app", "a text or null");
  if (app !== null && app.length > MAX_APP_CHARS) {
    throw new RangeError(
      `Cannot use field "foreground_app": it has over ${MAX_APP_CHARS} characters`,
    );
  }
  const atMs = Math.round(timestamp.value * 1000);
  if (!Number.isSafeInteger(atMs) || atMs < 0) {
    throw new RangeError('Cannot use field "timestamp": it is not a time in seconds since 1970');
  }
  return { deviceId: checkedDeviceId(deviceId), atMs, screenOn, app: cleanApp(app) };
}

/** A text field. @throws {SyntaxError} when it is missing or something else. */
export function text(fields: JsonObject, name: string): string {
  const value = fields.get(name);
  if (typeof value !== "string") throw wrongShape(name, "a text");
  return value;
}

/** @throws {SyntaxError} when `value` is not an object. */
export function asObject(value: JsonValue, what = "the body"): JsonObject {
  if (value instanceof Map) return value;
  throw new SyntaxError(`Cannot use ${what}: it is not an object`);
}

function wrongShape(name: string, wanted: string): SyntaxError {
  return new SyntaxError(`Cannot use field "${name}": it must be ${wanted}`);
}

function cleanApp(app: string | null): string | undefined {
  // deno-lint-ignore no-control-regex -- control characters are what this removes
  return app?.replaceAll(/[\x00-\x1f\x7f]/g, "").trim() || undefined;
}

/**
 * A heartbeat as far as privacy rules let it be known. Of an app that they hide it says what a dark screen would: so the
 * app before it ends where it did.
 */
export function knownBeat<B extends Pick<Heartbeat, "screenOn" | "app">>(
  beat: B,
  privacy: (subject: Subject) => Subject | undefined,
): B {
  if (beat.app === undefined) return beat;
  const left = privacy({ app: beat.app });
  return left ? { ...beat, app: left.app } : { ...beat, screenOn: false, app: undefined };
}

/** A stretch of time for which a phone's app in front is known. */
export interface PhoneSpan extends Span {
  /** `undefined`: the screen was on, with an app that the phone does not name. */
  readonly app: string | undefined;
}

/**
 * What heartbeats in order of time say about the time between them, with the screen on; neighbours with the
 * same app are joined.
 */
export function spansOf(beats: readonly Omit<Heartbeat, "deviceId">[]): PhoneSpan[] {
  const spans: PhoneSpan[] = [];
  for (let i = 0; i + 1 < beats.length; i++) {
    const { atMs: startMs, screenOn, app } = beats[i];
    const endMs = beats[i + 1].atMs;
    if (!screenOn || endMs <= startMs || endMs - startMs > MAX_GAP_MS) continue;
    const last = spans.at(-1);
    if (last && last.endMs === startMs && last.app === app) {
      spans[spans.length - 1] = { ...last, endMs };
    } else spans.push({ startMs, endMs, app });
  }
  return spans;
}

/** How often the screen went on, or was found on after a gap. */
export function countPickups(beats: readonly Omit<Heartbeat, "deviceId">[]): number {
  let pickups = 0;
  for (const [i, { atMs, screenOn }] of beats.entries()) {
    const before = beats[i - 1];
    const wasOn = before?.screenOn === true && atMs - before.atMs <= MAX_GAP_MS;
    if (screenOn && !wasOn) pickups++;
  }
  return pickups;
}
