/**
 * What the phones' service is built on, is asked, and answers.
 * @module
 */
import type { Heartbeat } from "../core/phone.ts";
import type { Clock } from "../core/ports.ts";
import type { Classification, Subject } from "../core/types.ts";
import type { LiveState } from "./live_state.ts";

/** What a device proves itself by. */
export interface Credential {
  readonly secret: string;
  /** It may be sent itself, by TLS. */
  readonly bearer: boolean;
}

/** The part of the store that phones need. */
export interface PhoneStore {
  devices(): {
    readonly id: string;
    readonly name: string;
    readonly pairedMs: number;
    readonly revokedMs: number | undefined;
    readonly lastSeenMs: number | undefined;
  }[];
  secrets(): Map<string, Credential>;
  pair(device: { id: string; name: string } & Credential, nowMs: number): Promise<void>;
  revoke(id: string, nowMs: number): Promise<void>;
  useOnce(digest: Uint8Array, untilMs: number, nowMs: number): Promise<boolean>;
  add(beat: StoredBeat): Promise<boolean>;
  addAll(beats: readonly StoredBeat[]): Promise<boolean[]>;
  beats(device: string, span: { startMs: number; endMs: number }): Omit<Heartbeat, "deviceId">[];
}

interface StoredBeat extends Heartbeat {
  readonly receivedMs: number;
  readonly digest: Uint8Array;
  readonly extra: string | undefined;
}

export interface PhoneOptions {
  readonly store: PhoneStore;
  readonly live: LiveState;
  readonly clock: Clock;
  /** Signs pairing tokens. */
  readonly pairingSecret: string;
  readonly classify: (subject: Subject) => Classification;
  /** What of an app may be known; `undefined`: nothing. */
  readonly privacy: (subject: Subject) => Subject | undefined;
  /** Whether nothing was to be recorded at a moment. */
  readonly isPaused: (atMs: number) => boolean;
  /** When the block that runs ends. */
  readonly blockEndMs: () => number | undefined;
  /** Told of every heartbeat that was stored. */
  readonly onStored: (deviceId: string) => void;
}

/** A request as it came; `path` without the query. */
export interface PhoneRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly signatureHeader: string | undefined;
  /** The secret itself, of a device that cannot sign; `undefined` unless it came by TLS. */
  readonly bearer: string | undefined;
  readonly address: string | undefined;
}

/** What a phone is told in reply. */
export interface BeatReply {
  readonly distracting: boolean;
  readonly blockUntilMs: number | undefined;
  readonly nextHeartbeatS: number;
}
