/**
 * What the phones' service is built on, is asked, and answers.
 * @module
 */
import type { Heartbeat } from "../core/phone.ts";
import type { Clock } from "../core/ports.ts";
import type { ActivityClass, Classification, ClassTotals, Span, Subject } from "../core/types.ts";
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
    readonly bearer: boolean;
  }[];
  secrets(): Map<string, Credential>;
  pair(device: { id: string; name: string } & Credential, nowMs: number): Promise<void>;
  revoke(id: string, nowMs: number): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  useOnce(digest: Uint8Array, untilMs: number, nowMs: number): Promise<boolean>;
  add(beat: StoredBeat): Promise<boolean>;
  addAll(beats: readonly StoredBeat[]): Promise<boolean[]>;
  beats(device: string, span: { startMs: number; endMs: number }): Omit<Heartbeat, "deviceId">[];
  day(device: string, span: Span): DayRows;
}

/** What a device told of a span. */
export interface DayRows {
  readonly buckets: readonly (ClassTotals & { readonly bucketMs: number })[];
  /** Most time first. */
  readonly apps: readonly {
    readonly app?: string;
    readonly class: ActivityClass;
    readonly category?: string;
    readonly ms: number;
  }[];
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
  /** Told of a device that was paired, revoked or renamed. */
  readonly onDevice: (deviceId: string) => void;
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
