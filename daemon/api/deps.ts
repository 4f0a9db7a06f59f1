/**
 * What the API is built on; handed over by the composition root.
 * @module
 */
import type { Zone } from "../core/day.ts";
import type { Hub } from "../core/hub.ts";
import type { HealthBoard } from "../core/health.ts";
import type { Clock } from "../core/ports.ts";
import type { RecorderState } from "../core/recorder.ts";
import type { Rule } from "../core/rules.ts";
import type { ExportFormat, ImportedEvent } from "../core/export_format.ts";
import type { Trends, TrendsQuery } from "../core/trends_shape.ts";
import type {
  ActivityEvent,
  Classification,
  ClassTotals,
  Span,
  Subject,
  TimelineClass,
} from "../core/types.ts";
import type { FocusRecord, FocusTimes } from "../core/focus_session.ts";
import type { BlockerPort } from "./blocker.ts";
import type { CopyList } from "./data.ts";
import type { DoctorPort } from "./doctor.ts";
import type { BlockMeans } from "./blocker_means.ts";
import type { EditPort } from "./edits.ts";
import type { ErasurePort } from "./erasure.ts";
import type { FocusPort } from "./focus.ts";
import type { FocusAnalyticsRows } from "./focus_analytics.ts";
import type { FocusDayRows } from "./focus_days.ts";
import type { FocusDetailRows } from "./focus_wire.ts";
import type { Guard } from "./guard.ts";
import type { LoopPort } from "./loop.ts";
import type { OutboxPort } from "./messages.ts";
import type { PausePort } from "./pause.ts";
import type { PhoneAppRow, PhonePort } from "./phone_requests.ts";
import type { PrivacyPort } from "./privacy.ts";
import type { RulesPreview, Uncategorised, UncategorisedQuestion } from "./rules_preview.ts";
import type { ScreenshotPort } from "./screenshots.ts";
import type { SummaryPort } from "./summary.ts";
import type { SendPort } from "./summary_send.ts";
import type { TimelineRows } from "./timeline.ts";

/** The part of the store that the API reads and writes. */
export interface StorePort {
  totals(span: Span): ClassTotals;
  buckets(span: Span): (ClassTotals & { readonly bucketMs: number })[];
  recent(limit: number): ActivityEvent[];
  import(
    events: readonly ImportedEvent[],
  ): Promise<{ readonly change: "added" | "grown" | "none" }[]>;
  readonly commits: { readonly done: number; readonly failed: number };
  readonly reader: ReaderPort;
  readonly phones: { devices(): PairedPhone[] };
  readonly focus: {
    running(): FocusRecord | undefined;
    times(span: Span): FocusTimes;
    /** Sessions that began within a span. */
    count(span: Span): number;
  };
}

export interface PairedPhone {
  readonly name: string;
  readonly revokedMs: number | undefined;
  readonly lastSeenMs: number | undefined;
}

/** The slow reads. */
export interface ReaderPort {
  call(name: "top", span: Span, by: "app" | "title" | "category", limit: number): Promise<TopRow[]>;
  call(name: "heatmap", span: Span, dayStartMin: number): Promise<HeatRow[]>;
  call(name: "phoneApps", span: Span): Promise<(PhoneAppRow & { readonly lastMs: number })[]>;
  call(name: "events", query: EventPageQuery): Promise<ActivityEvent[]>;
  call(
    name: "exportPage",
    span: Span,
    format: ExportFormat,
    after: Position | undefined,
  ): Promise<{ text: Uint8Array<ArrayBuffer>; next: Position | undefined }>;
  call(
    name: "activeDays",
    span: Span,
    dayStartMin: number,
  ): Promise<{ date: string; totals: ClassTotals }[]>;
  call(
    name: "timelineLanes",
    range: Span,
    limit: number,
    nowMs: number,
  ): Promise<TimelineRows>;
  call(name: "trends", query: TrendsQuery): Promise<Trends>;
  call(name: "focusDays", span: Span, dayStartMin: number): Promise<FocusDayRows[]>;
  call(name: "focusDetail", id: number): Promise<FocusDetailRows>;
  call(
    name: "focusAnalytics",
    question: { readonly span: Span; readonly before: Span; readonly dayStartMin: number },
  ): Promise<FocusAnalyticsRows>;
}

/** A place in the order of events. */
export interface Position {
  readonly startMs: number;
  readonly id: number;
}

export interface TopRow {
  readonly name?: string;
  readonly class: TimelineClass;
  readonly ms: number;
  readonly totals: ClassTotals;
}

export interface HeatRow extends ClassTotals {
  readonly weekday: number;
  readonly hour: number;
}

export interface EventPageQuery {
  readonly span?: Partial<Span>;
  readonly source?: ActivityEvent["source"];
  readonly class?: TimelineClass;
  readonly before?: Position;
  readonly limit: number;
}

/** The rules in force. */
export interface RulesPort {
  /** The user's own. */
  readonly rules: readonly Rule[];
  readonly defaults: readonly Rule[];
  readonly progress: { readonly done: number; readonly total: number; readonly running: boolean };
  /** Replaces the user's rules; resolves once they are stored, the past follows in the background. */
  replace(rules: readonly Rule[]): Promise<void>;
  classify(subject: Subject): Classification;
  /** What `rules`, or those in force, would change of the past. */
  preview(rules: readonly Rule[] | undefined): Promise<RulesPreview>;
  /** The time that no rule knows. */
  uncategorised(question: UncategorisedQuestion): Promise<Uncategorised>;
  explain(subject: Subject): {
    readonly classification: Classification;
    readonly rule?: Rule;
    readonly origin?: "user" | "default";
  };
}

/** Logins of the dashboard. */
export interface SessionsPort {
  /** Exchanges a one-time code for a session. @throws when it is wrong, used or over 60 s old. */
  redeem(code: string): Promise<{ readonly token: string; readonly expiresMs: number }>;
  /** When a session's token runs out; `undefined`: it is the admin token, which does not. */
  expiryOf(token: string): Promise<number | undefined>;
  /** A code that {@linkcode redeem} takes once. */
  createCode(): string;
}

export interface ApiDeps {
  readonly store: StorePort;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly guard: Guard;
  readonly rules: RulesPort;
  readonly blocker: BlockerPort;
  /** What blocking takes here, read anew at each call. */
  readonly blockMeans: () => Promise<BlockMeans>;
  /** Phones; loaded with the first request that needs them. */
  readonly phone: () => Promise<PhonePort>;
  /** Focus sessions; loaded likewise. */
  readonly focus: () => Promise<FocusPort>;
  /** The outbox, summaries, their sending, the loop; loaded likewise. */
  readonly outbox: () => Promise<OutboxPort>;
  readonly summaries: () => Promise<SummaryPort>;
  readonly sending: () => Promise<SendPort>;
  readonly loop: () => Promise<LoopPort>;
  readonly privacy: PrivacyPort;
  readonly pause: PausePort;
  /** Entries by hand, erasing, screenshots; loaded likewise. */
  readonly edits: () => Promise<EditPort>;
  readonly erasure: () => Promise<ErasurePort>;
  readonly screenshots: () => Promise<ScreenshotPort>;
  readonly sessions: SessionsPort;
  /** The data are the demo's. @default false */
  readonly isDemo?: boolean;
  readonly startedMs: number;
  readonly recorderState: () => RecorderState;
  readonly tracking: () => boolean;
  /** Aborts when the daemon stops: streams end then. */
  readonly stopping: AbortSignal;
  /** Called when an import has changed the past. */
  readonly onImported: () => void;
  /** Makes a verified copy of the database. */
  readonly backup: (
    path: string | undefined,
  ) => Promise<{ path: string; bytes: number; events: number }>;
  /** The copies that there are. */
  readonly copies: () => CopyList;
  /** The doctor's checks; loaded with the first request that needs them. */
  readonly doctor: () => Promise<DoctorPort>;
  /** A file of the dashboard by its path below the web folder; `undefined`: there is none. */
  readonly webFile: (path: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * A model of the vision pipeline, or what runs it, by its file name, with its digest in hex; `undefined`: there is
   * no such file.
   * @throws {UnavailableError} when it is not there yet, or damaged.
   */
  readonly modelFile: (
    name: string,
  ) => Promise<
    { readonly bytes: Uint8Array<ArrayBuffer>; readonly sha256: string } | undefined
  >;
  readonly residentBytes: () => number;
  /** Told of errors that nobody foresaw. */
  readonly onUnforeseen: (error: unknown, route: string) => void;
}
