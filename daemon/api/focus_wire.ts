/**
 * Focus sessions as they go over the wire.
 * @module
 */
import * as z from "zod";
import { focusPercent } from "../core/focus.ts";
import {
  FOCUS_SOURCES,
  type FocusRecord,
  type FocusState,
  type FocusTimes,
  recordedMs,
} from "../core/focus_session.ts";
import type { ActivityClass, Span } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import { classSchema, iso, seconds } from "./wire.ts";

export const instant = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });
export const focusPercentSchema = () =>
  z.number().min(0).max(100).nullable()
    .describe("focused / (focused + unfocused + no_face); null without any of them");

export const focusStateSchema = () => z.enum(["focused", "unfocused", "no_face", "uncertain"]);

export const focusTimesShape = () => ({
  focused_seconds: z.number(),
  unfocused_seconds: z.number(),
  no_face_seconds: z.number(),
  uncertain_seconds: z.number(),
});

export const focusSessionSchema = () =>
  z.object({
    id: z.number().int(),
    source: z.enum(FOCUS_SOURCES).describe("file: a film that was looked at afterwards"),
    camera: z.string().nullable(),
    start: instant(),
    end: instant().nullable().describe("of what was recorded last; null while it runs"),
    how: z.enum(["running", "ended", "lost"])
      .describe("lost: nothing more was heard of it; a batch that comes late takes it up again"),
    planned_minutes: z.number().nullable(),
    total_seconds: z.number().describe("the four states together"),
    ...focusTimesShape(),
    breaks: z.number().int(),
    longest_streak_seconds: z.number(),
    focus_percent: focusPercentSchema(),
  });
export type WireFocusSession = z.infer<ReturnType<typeof focusSessionSchema>>;

export function toWireFocusSession(record: FocusRecord): WireFocusSession {
  const { id, source, camera, startMs, endMs, how, plannedMinutes, totals } = record;
  return {
    id,
    source,
    camera: camera || null,
    start: iso(startMs),
    end: how === "running" ? null : iso(endMs),
    how,
    planned_minutes: plannedMinutes ?? null,
    total_seconds: seconds(totals.totalMs),
    ...toWireFocusTimes(totals),
    breaks: totals.breaks,
    longest_streak_seconds: seconds(totals.longestStreakMs),
    focus_percent: focusPercent(totals),
  };
}

/** A session of which nothing was heard for longer is over, though nobody was there to say so. */
const SILENT_MS = 120_000;

/** The session that runs. */
export function runningFocus(
  { store, clock }: Pick<ApiDeps, "store" | "clock">,
): FocusRecord | undefined {
  const record = store.focus.running();
  return record && clock.nowMs() - record.endMs < SILENT_MS ? record : undefined;
}

/** The same for `/status`. */
export function wireRunningFocus(deps: Pick<ApiDeps, "store" | "clock">): WireFocusSession | null {
  const record = runningFocus(deps);
  return record ? toWireFocusSession(record) : null;
}

/** The stream's `focus` message: the session that runs, or that has just ended, and its state now. */
export interface WireFocusUpdate {
  readonly session: WireFocusSession | null;
  /** `null`: nothing was recorded yet, or nothing runs. */
  readonly state: FocusState | null;
}

export function toWireFocusUpdate(record: FocusRecord | undefined): WireFocusUpdate {
  return {
    session: record ? toWireFocusSession(record) : null,
    state: record?.how === "running" ? record.state ?? null : null,
  };
}

const timesSchema = () => z.object(focusTimesShape());
export type WireFocusTimes = z.infer<ReturnType<typeof timesSchema>>;

export function toWireFocusTimes(times: FocusTimes): WireFocusTimes {
  return {
    focused_seconds: seconds(times.focusedMs),
    unfocused_seconds: seconds(times.unfocusedMs),
    no_face_seconds: seconds(times.noFaceMs),
    uncertain_seconds: seconds(times.uncertainMs),
  };
}

/** What a stretch of time held of focus sessions. */
export const focusTotalsSchema = () =>
  z.object({
    sessions: z.number().int().describe("that began in it"),
    total_seconds: z.number(),
    ...focusTimesShape(),
    focus_percent: focusPercentSchema(),
  });
export type WireFocusTotals = z.infer<ReturnType<typeof focusTotalsSchema>>;

/** What a span held of sessions. */
export function wireFocusTotals({ focus }: ApiDeps["store"], span: Span): WireFocusTotals {
  return toWireFocusTotals(focus.count(span), focus.times(span));
}

export function toWireFocusTotals(sessions: number, times: FocusTimes): WireFocusTotals {
  return {
    sessions,
    total_seconds: seconds(recordedMs(times)),
    ...toWireFocusTimes(times),
    focus_percent: focusPercent(times),
  };
}

const itemSchema = () =>
  z.object({
    name: z.string().nullable(),
    class: classSchema().describe("with the most of its focused time"),
    seconds: z.number().describe("looking at the screen"),
    unfocused_seconds: z.number(),
  });

/** What was in front while somebody was focused, or was not. */
export const focusedOnShape = () => ({
  focused_on: z.array(itemSchema()).describe("by app, most focused time first"),
  focused_categories: z.array(itemSchema()),
  focused_classes: z.object({
    signal_seconds: z.number(),
    noise_seconds: z.number(),
    neutral_seconds: z.number(),
  }).describe("focused time by class"),
});
const focusedOnSchema = () => z.object(focusedOnShape());
export type WireFocusedOn = z.infer<ReturnType<typeof focusedOnSchema>>;

export interface FocusedItemRow {
  readonly name?: string;
  readonly class: ActivityClass;
  readonly focusedMs: number;
  readonly unfocusedMs: number;
}

export interface FocusedOnRows {
  readonly apps: readonly FocusedItemRow[];
  readonly categories: readonly FocusedItemRow[];
  readonly classes: Readonly<Record<ActivityClass, number>>;
}

export function toWireFocusedOn({ apps, categories, classes }: FocusedOnRows): WireFocusedOn {
  const item = (row: FocusedItemRow) => ({
    name: row.name ?? null,
    class: row.class,
    seconds: seconds(row.focusedMs),
    unfocused_seconds: seconds(row.unfocusedMs),
  });
  return {
    focused_on: apps.map(item),
    focused_categories: categories.map(item),
    focused_classes: {
      signal_seconds: seconds(classes.signal),
      noise_seconds: seconds(classes.noise),
      neutral_seconds: seconds(classes.neutral),
    },
  };
}

export const focusDetailSchema = () =>
  focusSessionSchema().extend({
    minutes: z.array(z.object({ start: instant(), ...focusTimesShape() }))
      .describe("by the clock; those in which nothing was recorded are left out"),
    ...focusedOnShape(),
  });
/** `GET /focus/sessions/{id}` */
export type WireFocusDetail = z.infer<ReturnType<typeof focusDetailSchema>>;

export interface FocusDetailRows {
  readonly minutes: readonly (FocusTimes & { readonly startMs: number })[];
  readonly on: FocusedOnRows;
}

export function toWireFocusDetail(
  record: FocusRecord,
  { minutes, on }: FocusDetailRows,
): WireFocusDetail {
  return {
    ...toWireFocusSession(record),
    minutes: minutes.map(({ startMs, ...times }) => ({
      start: iso(startMs),
      ...toWireFocusTimes(times),
    })),
    ...toWireFocusedOn(on),
  };
}

export const cameraSchema = () =>
  z.string().max(200).meta({ description: "The camera's label", example: "Integrated Camera" });
