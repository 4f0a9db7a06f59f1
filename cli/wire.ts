/**
 * Replies of the API as the terminal uses them.
 * @module
 */
import type { WireBlockSummary } from "../daemon/api/blocker.ts";
import type { WireCalibration } from "../daemon/api/focus_calibration.ts";
import type { WireFocusSession } from "../daemon/api/focus_wire.ts";
import type { WireLoopNow } from "../daemon/api/loop.ts";
import type { WireMessage } from "../daemon/api/messages.ts";
import type { WirePause } from "../daemon/api/pause.ts";
import type { WireState, WireTotals } from "../daemon/api/wire.ts";
import type { Rule } from "../daemon/core/rules.ts";
import type { TimelineClass } from "../daemon/core/types.ts";

export type { WireFocusAnalytics } from "../daemon/api/focus_analytics.ts";
export type { WireChannels, WireMessage } from "../daemon/api/messages.ts";
export type { WireSummary as Summary } from "../daemon/api/summary.ts";
export type { WireSendSchedule, WireSent } from "../daemon/api/summary_send.ts";
export type { WireCalibration } from "../daemon/api/focus_calibration.ts";
export type {
  WireFocusDetail,
  WireFocusSession,
  WireFocusTimes,
  WireFocusTotals,
  WireFocusUpdate,
} from "../daemon/api/focus_wire.ts";

/** `POST /focus/sessions` */
export interface FocusBegun {
  readonly id: number;
  readonly start: string;
  readonly calibration: WireCalibration | null;
}

/** `POST /focus/sessions/{id}/samples` */
export interface FocusAdded {
  readonly sequence: number;
  readonly session: WireFocusSession;
}

/** `POST /focus/sessions/{id}/end` */
export interface FocusEnded {
  readonly session: WireFocusSession;
}

/** `PUT /focus/sessions/{id}/send` */
export interface FocusSend {
  /** Of a session that has ended. */
  readonly messages: readonly WireMessage[];
}

export interface TopItem {
  readonly name: string | null;
  readonly class: TimelineClass;
  readonly seconds: number;
}

/** `GET /status` */
export interface Status extends WireState, Pick<WirePause, "paused" | "paused_until"> {
  readonly today: WireTotals & { readonly date: string; readonly from: string };
  readonly top_apps: readonly TopItem[];
  readonly block: WireBlockSummary | null;
  /** The focus session that runs. */
  readonly focus: WireFocusSession | null;
  /** What nudges now. */
  readonly loop: WireLoopNow;
  readonly phones: readonly { readonly name: string; readonly last_seen: string | null }[];
  readonly health: "ok" | "degraded";
}

/** `GET /rules/progress` */
export interface RuleProgress {
  readonly done: number;
  readonly total: number;
  readonly running: boolean;
}

/** `POST /rules/test` */
export interface RuleVerdict {
  readonly class: Rule["class"];
  readonly category: string | null;
  readonly rule: Rule | null;
  readonly origin: "user" | "default" | null;
}

/** `POST /import` */
export interface ImportReply {
  readonly read: number;
  readonly added: number;
  readonly duplicates: number;
  /** By privacy rules. */
  readonly dropped: number;
  readonly redacted: number;
  readonly rejected: number;
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

/** `POST /backup` */
export interface BackupReply {
  readonly path: string;
  readonly bytes: number;
  readonly events: number;
}
