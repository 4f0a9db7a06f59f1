/**
 * The JSON that goes over the wire: schemas, and how domain values become it.
 * @module
 */
import * as z from "zod";
import type { RecorderState } from "../core/recorder.ts";
import { signalShare, snr } from "../core/totals.ts";
import type { ActivityEvent, Classification, ClassTotals, Subject } from "../core/types.ts";

export const classSchema = () => z.enum(["signal", "noise", "neutral"]);
export const timelineClassSchema = () => z.enum(["signal", "noise", "neutral", "afk"]);
export const sourceSchema = () => z.enum(["window", "afk", "phone", "manual"]);
const instantSchema = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });

/** An instant in a query: ISO 8601 with a zone. */
export const queryInstant = () =>
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A whole number in a query. */
export function queryInteger(min: number, max: number) {
  return z.string().regex(/^-?\d{1,12}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number).pipe(z.number().int().min(min).max(max));
}

export const eventSchema = () =>
  z.object({
    id: z.number().int(),
    start: instantSchema(),
    end: instantSchema(),
    duration_seconds: z.number(),
    source: sourceSchema(),
    app: z.string().nullable(),
    title: z.string().nullable(),
    url: z.string().nullable(),
    class: timelineClassSchema(),
    category: z.string().nullable(),
    device: z.string().nullable(),
  });
export type WireEvent = z.infer<ReturnType<typeof eventSchema>>;

export function toWireEvent(event: ActivityEvent): WireEvent {
  return {
    id: event.id,
    start: iso(event.startMs),
    end: iso(event.endMs),
    duration_seconds: seconds(event.endMs - event.startMs),
    source: event.source,
    app: event.app ?? null,
    title: event.title ?? null,
    url: event.url ?? null,
    class: event.class,
    category: event.category ?? null,
    device: event.device ?? null,
  };
}

export const timesSchema = () =>
  z.object({
    signal_seconds: z.number(),
    noise_seconds: z.number(),
    neutral_seconds: z.number(),
    afk_seconds: z.number(),
  });
export type WireTimes = z.infer<ReturnType<typeof timesSchema>>;

export function toWireTimes(totals: ClassTotals): WireTimes {
  return {
    signal_seconds: seconds(totals.signalMs),
    noise_seconds: seconds(totals.noiseMs),
    neutral_seconds: seconds(totals.neutralMs),
    afk_seconds: seconds(totals.afkMs),
  };
}

export const ratioSchema = () =>
  z.object({
    snr: z.number().nullable().describe("signal / noise; null without noise"),
    signal_share: z.number().nullable().describe("signal / (signal + noise); null without either"),
  });

/** Times with their two ratios. */
export type WireTotals = WireTimes & z.infer<ReturnType<typeof ratioSchema>>;

export function toWireTotals(totals: ClassTotals): WireTotals {
  return { ...toWireTimes(totals), snr: snr(totals), signal_share: signalShare(totals) };
}

export const nowSchema = () =>
  z.object({
    app: z.string().nullable(),
    title: z.string().nullable(),
    class: classSchema(),
    category: z.string().nullable(),
    since: instantSchema(),
  });

export const stateSchema = () =>
  z.object({
    now: nowSchema().nullable(),
    afk: z.boolean().nullable().describe("null: not known"),
    afk_since: instantSchema().nullable(),
    tracking: z.boolean(),
  });
export type WireState = z.infer<ReturnType<typeof stateSchema>>;

export function toWireState(
  state: RecorderState,
  tracking: boolean,
  classify: (subject: Subject) => Classification,
): WireState {
  const { window, windowSinceMs, afk, afkSinceMs } = state;
  const judged = window && classify(window);
  return {
    now: window && judged
      ? {
        app: window.app ?? null,
        title: window.title ?? null,
        class: judged.class,
        category: judged.category ?? null,
        since: iso(windowSinceMs ?? 0),
      }
      : null,
    afk: afk ?? null,
    afk_since: afk === true && afkSinceMs !== undefined ? iso(afkSinceMs) : null,
    tracking,
  };
}

export const healthSchema = () =>
  z.object({
    status: z.enum(["ok", "degraded"]),
    version: z.string(),
    demo: z.boolean().describe(
      "what is shown was made up, and nothing is recorded, blocked or sent",
    ),
    started_at: z.string(),
    uptime_seconds: z.number(),
    utc_offset_minutes: z.number().describe("of the clock that days go by, now; east is positive"),
    parts: z.array(z.object({
      name: z.string(),
      status: z.enum(["ok", "starting", "degraded", "off"]),
      detail: z.string(),
    })),
  });
export type WireHealth = z.infer<ReturnType<typeof healthSchema>>;

export const topItemSchema = () =>
  z.object({
    name: z.string().nullable(),
    class: timelineClassSchema(),
    seconds: z.number(),
  });

/** Milliseconds as seconds, to the millisecond. */
export function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}

/** UTC milliseconds as ISO 8601. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
