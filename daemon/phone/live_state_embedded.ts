/**
 * The live state in memory, for one daemon by itself; after a restart it is restored from the database.
 * @module
 */
import { type Bucket, takeToken } from "../core/token_bucket.ts";
import {
  type Admission,
  KEPT_MS,
  type LiveBeat,
  type LiveState,
  type MinuteCounts,
  type RateLimit,
} from "./live_state.ts";

/** What is remembered of one device. */
interface Device {
  bucket: Bucket | undefined;
  last: LiveBeat | undefined;
  /** By the minute's start, in the order in which they began. */
  readonly minutes: Map<number, MinuteCounts>;
  /** Digests of what was stored lately, and when they may be forgotten. */
  readonly marks: Map<string, number>;
}

/** Replay marks kept of one device: the database knows them all. */
const MAX_MARKS = 200;
const MINUTE_MS = 60_000;

export class EmbeddedLiveState implements LiveState {
  readonly kind = "embedded";
  readonly #devices = new Map<string, Device>();

  /** @param restore The beats of a device that is met for the first time: its last day, oldest first. */
  constructor(
    private readonly rate: RateLimit,
    private readonly restore: (deviceId: string) => readonly LiveBeat[] = () => [],
  ) {}

  // deno-lint-ignore require-await -- the port waits for Redis
  async admit(deviceId: string, digest: string, nowMs: number): Promise<Admission> {
    const device = this.#device(deviceId);
    const { bucket, waitMs } = takeToken(device.bucket, this.rate, nowMs);
    device.bucket = bucket;
    if (waitMs > 0) return { verdict: "limited", retryAfterS: Math.ceil(waitMs / 1000) };
    return { verdict: device.marks.has(digest) ? "replay" : "go on" };
  }

  committed(beat: LiveBeat, nowMs: number): void {
    this.#count(this.#device(beat.deviceId), beat, nowMs);
  }

  // deno-lint-ignore require-await -- the port waits for Redis
  async last(deviceId: string): Promise<LiveBeat | undefined> {
    return this.#device(deviceId).last;
  }

  // deno-lint-ignore require-await -- the port waits for Redis
  async minutes(deviceId: string, minutes: number, nowMs: number): Promise<MinuteCounts[]> {
    const sinceMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - (minutes - 1) * MINUTE_MS;
    return [...this.#device(deviceId).minutes.values()].filter(({ minuteMs }) =>
      minuteMs >= sinceMs
    )
      .sort((a, b) => a.minuteMs - b.minuteMs);
  }

  // deno-lint-ignore require-await -- the port waits for Redis
  async forget(deviceId: string): Promise<boolean> {
    this.#devices.delete(deviceId);
    return true;
  }

  async close(): Promise<void> {}

  #device(deviceId: string): Device {
    let device = this.#devices.get(deviceId);
    if (!device) {
      device = { bucket: undefined, last: undefined, minutes: new Map(), marks: new Map() };
      this.#devices.set(deviceId, device);
      for (const beat of this.restore(deviceId)) this.#count(device, beat, beat.atMs);
    }
    return device;
  }

  #count(device: Device, beat: LiveBeat, nowMs: number): void {
    const { atMs, screenOn, distracting, digest } = beat;
    if (!device.last || atMs >= device.last.atMs) device.last = beat;
    const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    const before = device.minutes.get(minuteMs);
    device.minutes.set(minuteMs, {
      minuteMs,
      beats: (before?.beats ?? 0) + 1,
      screenOnBeats: (before?.screenOnBeats ?? 0) + Number(screenOn),
      distractingBeats: (before?.distractingBeats ?? 0) + Number(distracting),
    });
    device.marks.set(digest, nowMs + KEPT_MS);
    if (device.marks.size > MAX_MARKS) device.marks.delete(device.marks.keys().next().value!);
    for (const old of device.minutes.keys()) {
      if (old >= nowMs - KEPT_MS) break;
      device.minutes.delete(old);
    }
  }
}
