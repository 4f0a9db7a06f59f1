/**
 * What the API says of health, the loop, messages and copies, as the settings see it.
 * @module
 */
import type { Weekday } from "../../daemon/core/block_schedule.ts";
import type { Channel, WireLoopNow, WireMessage } from "../wire.ts";

/** One check of `POST /doctor` and `POST /messages/test`. */
export interface WireCheck {
  readonly group: string | null;
  readonly name: string;
  /** `off`: not there, and not needed; `warn`: it works, and may soon not; `fail`: it is set up and does not work. */
  readonly status: "ok" | "warn" | "fail" | "off";
  readonly detail: string;
  /** What to do about it. */
  readonly remedy: string | null;
}

export interface WireChecks {
  readonly checks: readonly WireCheck[];
}

export type LoopRule = "noise" | "phone" | "unfocused" | "budget";
export type LoopStep = "nudge" | "stronger" | "block";

/** When a rule speaks, and what it may do. */
export interface WireLoopRule {
  readonly on: boolean;
  /** How long it must go on; of `budget`: noise a day. */
  readonly minutes: number;
  readonly steps: Readonly<Record<LoopStep, boolean>>;
}

/** `PUT /loop` */
export interface WireLoopConfig {
  readonly on: boolean;
  readonly rules: {
    readonly noise: WireLoopRule & { readonly of_minutes: number };
    readonly phone: WireLoopRule;
    readonly unfocused: WireLoopRule;
    readonly budget: WireLoopRule;
  };
  readonly stronger_after_minutes: number;
  readonly block_after_minutes: number;
  /** 0: a nudge is not repeated. */
  readonly again_after_minutes: number;
  readonly cooldown_minutes: number;
  readonly clear_minutes: number;
  readonly snooze_minutes: number;
  readonly block: {
    readonly minutes: number;
    readonly most_a_day: number;
    /** With neither lists nor domains: what the blocker blocks by default. */
    readonly lists: string[];
    readonly domains: string[];
  };
  /** `null`: at all hours. */
  readonly quiet: { readonly from: string; readonly to: string; readonly days: Weekday[] } | null;
  readonly spares_meetings: boolean;
}

/** How a rule stands now. */
export interface WireLoopEvidence {
  readonly rule: LoopRule;
  readonly holds: boolean;
  readonly seconds: number;
  readonly wanted_seconds: number;
  /** Names of sites and apps are others' text. */
  readonly explanation: string;
}

/** `GET /loop` */
export interface WireLoop {
  readonly config: WireLoopConfig;
  readonly now: WireLoopNow;
  readonly evidence: {
    readonly noise_today_seconds: number;
    readonly blocks_today: number;
    readonly rules: readonly WireLoopEvidence[];
  };
}

/** One of `GET /loop/steps`. */
export interface WireLoopStep {
  readonly id: number;
  readonly at: string;
  readonly rule: LoopRule;
  readonly step: LoopStep;
  readonly outcome: "taken" | "held" | "failed";
  readonly explanation: string;
  /** What held it back, or why it failed. */
  readonly reason: string | null;
  readonly answer: "snoozed" | "blocked" | "dismissed" | null;
  readonly answered: string | null;
  readonly block_id: number | null;
}

export type SummaryPeriod = "day" | "week" | "month";

/** What `PUT /summary/schedules` takes. */
export interface WireScheduleWish {
  readonly period: SummaryPeriod;
  /** The period that the time lies in, or the one before. */
  readonly of: "current" | "previous";
  /** Minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  readonly channels: Channel[];
}

/** One of `GET /summary/schedules`. */
export interface WireSchedule extends WireScheduleWish {
  /** `null`: never. */
  readonly next: string | null;
}

/** `POST /summary/send` */
export interface WireSent {
  /** All of it had been told before. */
  readonly already: boolean;
  readonly messages: readonly WireMessage[];
}

/** `GET /backups` */
export interface WireCopies {
  readonly kept: readonly {
    readonly path: string;
    readonly made: string;
    readonly bytes: number;
  }[];
  readonly most: number;
  readonly elsewhere: readonly { readonly path: string; readonly made: string }[];
}

/** `POST /backup` */
export interface WireCopy {
  readonly path: string;
  readonly bytes: number;
  readonly events: number;
}

/** `POST /import` */
export interface WireImported {
  readonly read: number;
  readonly added: number;
  readonly duplicates: number;
  readonly dropped: number;
  readonly redacted: number;
  readonly rejected: number;
  /** The first of those that were rejected. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}
