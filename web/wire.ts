/**
 * What the daemon's HTTP API sends, as the page sees it; times are ISO 8601 UTC, absent text is `null`.
 *
 * The page may be older than the daemon that answers it, so nothing here is trusted beyond its type:
 * every component copes with `null` and with words it does not know.
 * @module
 */
import type { ActivityClass, EventSource, TimelineClass } from "../daemon/core/types.ts";

/** One row of `/events/recent`, and the body of the stream's `event` message. */
export interface WireEvent {
  readonly id: number;
  readonly start: string;
  readonly end: string;
  readonly duration_seconds: number;
  readonly source: EventSource;
  readonly app: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly class: TimelineClass;
  readonly category: string | null;
  readonly device: string | null;
}

/** Time per class. */
export interface WireTotals {
  readonly signal_seconds: number;
  readonly noise_seconds: number;
  readonly neutral_seconds: number;
  readonly afk_seconds: number;
}

/** One hour of the day, named by its beginning. */
export interface WireHour extends WireTotals {
  readonly start: string;
}

/** The totals of one day: the stream's `metrics` message. */
export interface WireDayTotals extends WireTotals {
  /** `YYYY-MM-DD`, local to the daemon. */
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** Signal / noise; `null` without noise. */
  readonly snr: number | null;
  /** Signal / (signal + noise), 0..1; `null` while both are 0. */
  readonly signal_share: number | null;
}

/** `GET /activity/day`. */
export interface WireDay extends WireDayTotals {
  /** 23, 24 or 25 of them, as the day's clock changes have it. */
  readonly hours: readonly WireHour[];
}

/** The window that has the focus. */
export interface WireFocus {
  readonly app: string | null;
  readonly title: string | null;
  readonly class: ActivityClass;
  readonly category: string | null;
  readonly since: string;
}

/** The stream's `state` message. */
export interface WireState {
  readonly now: WireFocus | null;
  /** `null` when this machine cannot tell. */
  readonly afk: boolean | null;
  readonly afk_since: string | null;
  readonly tracking: boolean;
}

/** One part of the daemon, as `/health` lists it. */
export interface WirePart {
  readonly name: string;
  readonly status: "ok" | "starting" | "degraded" | "off";
  readonly detail: string | null;
}

/** `GET /health`. */
export interface WireHealth {
  readonly status: "ok" | "degraded";
  readonly version: string;
  readonly started_at: string;
  readonly uptime_seconds: number;
  readonly parts: readonly WirePart[];
}

/** How far a changed rule has re-read the past. */
export interface WireProgress {
  readonly done: number;
  readonly total: number;
}
