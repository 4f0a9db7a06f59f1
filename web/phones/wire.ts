/**
 * What the daemon tells of phones.
 * @module
 */
import type { ActivityClass } from "../../daemon/core/types.ts";

/** One of `GET /phone/devices` */
export interface WirePhone {
  readonly device_id: string;
  readonly name: string;
  readonly paired: string;
  readonly revoked: string | null;
  readonly last_seen: string | null;
  /** It sends its secret instead of signing, by TLS. */
  readonly bearer: boolean;
  /** Its newest heartbeat. */
  readonly last: {
    readonly at: string;
    readonly screen_on: boolean;
    /** As the phone writes it; `null`: it does not say. */
    readonly app: string | null;
    /** What people call it. */
    readonly name: string | null;
    /** `null`: the screen is off. */
    readonly class: ActivityClass | null;
  } | null;
}

/** `GET /phone/reach` */
export interface WireReach {
  /** `null`: `PC_IP` is not set. */
  readonly url: string | null;
  /** `false`: not started with `--lan`. */
  readonly listening: boolean;
}

/** `POST /phone/pair_admin` */
export interface WirePairedPhone {
  readonly device_id: string;
  readonly name: string;
  readonly secret: string;
  readonly url: string | null;
}

/** `POST /phone/offer` */
export interface WireOffer extends WirePairedPhone {
  readonly code: string;
  readonly made: string;
  readonly expires: string;
}

/** A program of a phone. */
export interface WirePhoneApp {
  readonly app: string | null;
  /** What people call it. */
  readonly name: string | null;
  readonly class: ActivityClass;
  readonly category: string | null;
  readonly seconds: number;
}

/** One of `GET /phone/apps` */
export interface WireListedApp extends WirePhoneApp {
  readonly last_seen: string | null;
  /** By a rule of the person's own for this app. */
  readonly own: boolean;
}

/** `GET /phone/day` */
export interface WirePhoneDay {
  readonly device_id: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly screen_seconds: number;
  readonly distracting_seconds: number;
  readonly pickups: number;
  readonly heartbeat_count: number;
  readonly hours: readonly {
    readonly start: string;
    readonly signal_seconds: number;
    readonly noise_seconds: number;
    readonly neutral_seconds: number;
    readonly afk_seconds: number;
  }[];
  readonly apps: readonly WirePhoneApp[];
}
