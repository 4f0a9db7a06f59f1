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

/** Whether recording is paused: the stream's `pause`. */
export interface WirePause {
  readonly paused: boolean;
  readonly paused_since: string | null;
  /** `null`: not paused, or until told. */
  readonly paused_until: string | null;
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
  /** What is shown was made up; an older daemon does not say. */
  readonly demo?: boolean;
  readonly started_at: string;
  readonly uptime_seconds: number;
  /** Of the clock that days go by, now; east is positive. An older daemon does not say. */
  readonly utc_offset_minutes?: number;
  readonly parts: readonly WirePart[];
}

/** How far a changed rule has re-read the past. */
export interface WireProgress {
  readonly done: number;
  readonly total: number;
}

export type FocusState = "focused" | "unfocused" | "no_face" | "uncertain";

/** Time per state of attention. */
export interface WireFocusTimes {
  readonly focused_seconds: number;
  readonly unfocused_seconds: number;
  readonly no_face_seconds: number;
  readonly uncertain_seconds: number;
}

/** A focus session; the four states add up to `total_seconds`. */
export interface WireFocusSession extends WireFocusTimes {
  readonly id: number;
  readonly source: "browser" | "terminal" | "file";
  readonly camera: string | null;
  readonly start: string;
  /** Of what was recorded last; `null` while it runs. */
  readonly end: string | null;
  /** `lost`: nothing more was heard of it; a batch that comes late takes it up again. */
  readonly how: "running" | "ended" | "lost";
  readonly planned_minutes: number | null;
  readonly total_seconds: number;
  readonly breaks: number;
  readonly longest_streak_seconds: number;
  /** 0..100; `null` without anything to judge. */
  readonly focus_percent: number | null;
}

/** The stream's `focus` message: the session that runs, or that has just ended. */
export interface WireFocusUpdate {
  readonly session: WireFocusSession | null;
  readonly state: FocusState | null;
}

/** How somebody looks at the screen, as a camera sees it: `/focus/calibration`. */
export interface WireCalibration {
  /** The camera's label. */
  readonly camera: string;
  readonly neutral_yaw_deg: number;
  readonly neutral_pitch_deg: number;
  /** 0..1 */
  readonly open_level: number;
  readonly zones: readonly {
    readonly yaw_from_deg: number;
    readonly yaw_to_deg: number;
    readonly pitch_from_deg: number;
    readonly pitch_to_deg: number;
  }[];
}

/** `POST /focus/sessions` */
export interface WireFocusBegun {
  readonly id: number;
  readonly start: string;
  readonly calibration: WireCalibration | null;
}

/** `POST /focus/sessions/{id}/samples` */
export interface WireFocusAdded {
  readonly sequence: number;
  readonly session: WireFocusSession;
}

/** What a stretch of time held of focus sessions. */
export interface WireFocusTotals extends WireFocusTimes {
  readonly sessions: number;
  readonly total_seconds: number;
  readonly focus_percent: number | null;
}

/** An app or a category, and how long the person looked at the screen while it was in front. */
export interface WireFocusedItem {
  readonly name: string | null;
  readonly class: ActivityClass;
  readonly seconds: number;
  readonly unfocused_seconds: number;
}

export interface WireFocusedOn {
  readonly focused_on: readonly WireFocusedItem[];
  readonly focused_categories: readonly WireFocusedItem[];
  readonly focused_classes: {
    readonly signal_seconds: number;
    readonly noise_seconds: number;
    readonly neutral_seconds: number;
  };
}

/** `GET /focus/sessions/{id}` */
export interface WireFocusDetail extends WireFocusSession, WireFocusedOn {
  readonly minutes: readonly (WireFocusTimes & { readonly start: string })[];
}

interface WireFocusPeriod extends WireFocusTotals {
  readonly from: string;
  readonly to: string;
  readonly breaks: number;
  readonly longest_streak_seconds: number;
}

/** `GET /focus/analytics` */
export interface WireFocusAnalytics extends WireFocusedOn {
  readonly from: string;
  readonly to: string;
  readonly total: WireFocusPeriod;
  readonly days: readonly (WireFocusTotals & {
    readonly date: string;
    readonly from: string;
    readonly to: string;
  })[];
  readonly hours: readonly (WireFocusTimes & {
    readonly hour: number;
    readonly focus_percent: number | null;
  })[];
  readonly streaks: {
    readonly current_days: number;
    readonly longest_days: number;
    readonly day_counts_from_seconds: number;
  };
  readonly trend: {
    readonly before: WireFocusPeriod;
    readonly focused_seconds_change: number;
    readonly focus_percent_change: number | null;
  };
}

/** How the loop stands: the stream's `loop` message, and what its answers are answered with. */
export interface WireLoopNow {
  readonly nudge: WireNudge | null;
  readonly snoozed_until: string | null;
  /** "a meeting (Zoom)"; `null`: nothing holds the nudges back. */
  readonly held_by: string | null;
}

/** What the loop shows. */
export interface WireNudge {
  readonly id: number;
  readonly at: string;
  readonly rule: string;
  readonly step: "nudge" | "stronger" | "block";
  /** "12 of 15 minutes on reddit.com": names of sites and apps are others' text. */
  readonly explanation: string;
  readonly snooze_minutes: number;
  readonly can_block: boolean;
}

export type Channel = "email" | "sms";

/** `GET /messages/channels` */
export type WireChannels = Readonly<
  Record<Channel, { readonly ready: boolean; readonly hindrance: string | null }>
>;

/** A message in the outbox. */
export interface WireMessage {
  readonly id: number;
  readonly channel: Channel;
  readonly topic: string;
  readonly recipient: string;
  readonly created: string;
  /** `unknown`: it may have arrived, and is not sent again. */
  readonly state: "waiting" | "sending" | "sent" | "failed" | "unknown";
  readonly tries: number;
  /** When it is tried again; `null`: never. */
  readonly next_try: string | null;
  readonly changed: string;
  readonly error: string | null;
}

/** The stream's `message` message: one reached another state. */
export type WireMessageChange = Pick<WireMessage, "id" | "channel" | "state">;
