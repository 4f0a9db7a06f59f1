/**
 * What is known of phones right now: a port with two implementations, embedded and Redis, which behave the
 * same. What must not be lost is in the database; this may be emptied at any moment.
 * @module
 */

/** A heartbeat that passed its checks. */
export interface LiveBeat {
  readonly deviceId: string;
  /** When the phone says it was, UTC. */
  readonly atMs: number;
  readonly screenOn: boolean;
  readonly app: string | undefined;
  readonly distracting: boolean;
  /** Names the heartbeat: SHA-256 of its canonical JSON, hex. */
  readonly digest: string;
}

/** What may be done with a heartbeat that was signed rightly. */
export type Admission =
  | { readonly verdict: "go on" }
  /** It is certainly stored already; that it is not known here says nothing. */
  | { readonly verdict: "replay" }
  /** Too many from this device. */
  | { readonly verdict: "limited"; readonly retryAfterS: number };

/** What one device sent within a minute of UTC. */
export interface MinuteCounts {
  readonly minuteMs: number;
  readonly beats: number;
  readonly screenOnBeats: number;
  readonly distractingBeats: number;
}

/** How often a device may send: a bucket of `burst` that fills at `perMinute`. */
export interface RateLimit {
  readonly perMinute: number;
  readonly burst: number;
}

export interface LiveState {
  readonly kind: "embedded" | "redis";
  /** Takes from the device's rate, and looks whether the heartbeat is marked as stored; one round trip. */
  admit(deviceId: string, digest: string, nowMs: number): Promise<Admission>;
  /** The heartbeat was committed: marks it, and counts it. Not waited for. */
  committed(beat: LiveBeat, nowMs: number): void;
  /** The newest heartbeat of a device. */
  last(deviceId: string): Promise<LiveBeat | undefined>;
  /** The counts of the last `minutes` minutes that have any, oldest first. */
  minutes(deviceId: string, minutes: number, nowMs: number): Promise<MinuteCounts[]>;
  /**
   * Forgets a device that was revoked or deleted; resolves with whether nothing of it is left: a Redis that does not
   * answer keeps its keys for {@linkcode KEPT_MS} at most.
   */
  forget(deviceId: string): Promise<boolean>;
  close(): Promise<void>;
}

/** How long minute counts and replay marks are kept: a late batch may be a day old. */
export const KEPT_MS = 26 * 3_600_000;
