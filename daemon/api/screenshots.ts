import * as z from "zod";
import { NotFoundError } from "../core/errors.ts";
import {
  SCREENSHOT_REASONS,
  type ScreenshotReason,
  type ScreenshotRecord,
  type ScreenshotSettings,
} from "../core/screenshot.ts";
import type { Span } from "../core/types.ts";
import type { ApiDeps, Position } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { rangeFields } from "./period.ts";
import { route } from "./route.ts";
import { iso, queryInteger } from "./wire.ts";

/** What the API needs of screenshots. */
export interface ScreenshotPort {
  /** Whether they are taken without being asked for. */
  readonly isOn: boolean;
  settings(): ScreenshotSettings;
  setSettings(settings: ScreenshotSettings): Promise<void>;
  /** @throws ConflictError when there may be none now, UnsupportedError where there can be none. */
  take(reason: ScreenshotReason): Promise<ScreenshotRecord[]>;
  /** Newest first; `limit` -1: all. */
  page(
    span: Partial<Span>,
    before: { readonly atMs: number; readonly id: number } | undefined,
    limit: number,
  ): ScreenshotRecord[];
  /** A PNG file's bytes. @throws NotFoundError; ConflictError when the file was changed. */
  read(id: number): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws NotFoundError */
  remove(id: number): Promise<void>;
  /** Resolves with how many. */
  removeWithin(span: Partial<Span>): Promise<number>;
}

const screenshotSchema = () =>
  z.object({
    id: z.number().int(),
    at: z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" }),
    reason: z.enum(SCREENSHOT_REASONS),
    event_id: z.number().int().nullable().describe("what was in front; it may be gone since"),
    monitor: z.string(),
    width_px: z.number().int(),
    height_px: z.number().int(),
    bytes: z.number().int(),
    sha256: z.string().describe("of the file, in hex"),
  });
export type WireScreenshot = z.infer<ReturnType<typeof screenshotSchema>>;

const settingsSchema = () =>
  z.strictObject({
    on_noise: z.boolean(),
    noise_seconds: z.number().min(1).max(3_600).describe("so long noise must last").default(5),
    noise_minutes: z.number().min(0).max(1_440).describe("at most one in so many").default(5),
    interval_minutes: z.number().min(0.1).max(1_440).nullable().describe("null: not by the clock"),
    scale: z.number().min(0.1).max(1).describe("of the width and height").default(1),
  });
const shownSettingsSchema = () =>
  settingsSchema().extend({
    on: z.boolean().describe("whether PRODTRACKER_SCREENSHOTS lets them be taken unasked"),
  });
export type WireScreenshotSettings = z.infer<ReturnType<typeof shownSettingsSchema>>;

export function screenshotRoutes({ screenshots }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/screenshots",
      access: "token",
      tag: "Screenshots",
      summary: "The screenshots of a range, newest first, in pages",
      query: () =>
        z.object({
          ...rangeFields(),
          cursor: z.string().max(100).optional(),
          limit: queryInteger(1, 1_000).default(100),
        }),
      reply: () =>
        z.object({
          screenshots: z.array(screenshotSchema()),
          next_cursor: z.string().nullable(),
        }),
      handle: async ({ query: { from, to, cursor, limit } }) => {
        const before = cursor === undefined ? undefined : parseCursor(cursor);
        const found = (await screenshots()).page(spanOf({ from, to }), before, limit + 1);
        const page = found.slice(0, limit);
        const last = found.length > limit ? page.at(-1) : undefined;
        return {
          screenshots: page.map(toWire),
          next_cursor: last ? `${last.atMs}-${last.id}` : null,
        };
      },
    }),
    route({
      method: "POST",
      path: "/screenshots",
      access: "token",
      tag: "Screenshots",
      summary: "Takes one of each monitor now; 409 says why not",
      body: () => z.strictObject({}),
      reply: () => z.object({ screenshots: z.array(screenshotSchema()) }),
      handle: async () => ({
        screenshots: (await (await screenshots()).take("command")).map(toWire),
      }),
    }),
    route({
      method: "DELETE",
      path: "/screenshots",
      access: "token",
      tag: "Screenshots",
      summary: "Deletes those of a range",
      query: () => z.strictObject(rangeFields()),
      reply: () => z.object({ deleted: z.number().int() }),
      handle: async ({ query: { from, to } }) => {
        if (from === undefined && to === undefined) {
          throw new HttpError(400, "wrong_shape", 'Name "from", "to" or both: what to delete');
        }
        return { deleted: await (await screenshots()).removeWithin(spanOf({ from, to })) };
      },
    }),
    route({
      method: "GET",
      path: "/screenshots/settings",
      access: "token",
      tag: "Screenshots",
      summary: "When screenshots are taken, and how large",
      reply: () => shownSettingsSchema(),
      handle: async () => toWireSettings(await screenshots()),
    }),
    route({
      method: "PUT",
      path: "/screenshots/settings",
      access: "token",
      tag: "Screenshots",
      summary:
        "Sets when screenshots are taken, and how large; how long they are kept: PUT /retention",
      body: () => settingsSchema(),
      reply: () => shownSettingsSchema(),
      handle: async ({ body }) => {
        const port = await screenshots();
        await port.setSettings({
          onNoise: body.on_noise,
          noiseSeconds: body.noise_seconds,
          noiseMinutes: body.noise_minutes,
          ...(body.interval_minutes !== null && { intervalMinutes: body.interval_minutes }),
          scale: body.scale,
        });
        return toWireSettings(port);
      },
    }),
    route({
      method: "GET",
      path: "/screenshots/:id",
      access: "token",
      tag: "Screenshots",
      summary: "A screenshot; 409 when its file was changed since",
      replyType: "image/png",
      handle: async ({ params }) => {
        const png = await (await screenshots()).read(idOf(params.id));
        return new Response(png, {
          headers: { "Content-Type": "image/png", "Cache-Control": "no-store" },
        });
      },
    }),
    route({
      method: "DELETE",
      path: "/screenshots/:id",
      access: "token",
      tag: "Screenshots",
      summary: "Deletes a screenshot",
      reply: () => z.object({ deleted: z.number().int() }),
      handle: async ({ params }) => {
        await (await screenshots()).remove(idOf(params.id));
        return { deleted: 1 };
      },
    }),
  ];
}

function idOf(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new NotFoundError("There is no such screenshot");
}

function spanOf({ from, to }: { from?: number; to?: number }): Partial<Span> {
  return {
    ...(from !== undefined && { startMs: from }),
    ...(to !== undefined && { endMs: to }),
  };
}

function toWire(screenshot: ScreenshotRecord): WireScreenshot {
  const { id, reason, monitor, widthPx, heightPx, bytes, sha256 } = screenshot;
  return {
    ...{ id, at: iso(screenshot.atMs), reason, event_id: screenshot.eventId ?? null, monitor },
    ...{ width_px: widthPx, height_px: heightPx, bytes },
    sha256: Array.from(sha256, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

function toWireSettings(port: ScreenshotPort): WireScreenshotSettings {
  const { onNoise, noiseSeconds, noiseMinutes, intervalMinutes, scale } = port.settings();
  return {
    ...{ on: port.isOn, on_noise: onNoise, noise_seconds: noiseSeconds },
    ...{ noise_minutes: noiseMinutes, interval_minutes: intervalMinutes ?? null, scale },
  };
}

function parseCursor(text: string): { atMs: number; id: Position["id"] } {
  const match = /^(-?\d{1,16})-(\d{1,16})$/.exec(text);
  if (match) return { atMs: Number(match[1]), id: Number(match[2]) };
  throw new HttpError(422, "wrong_value", "Cannot use the cursor: it is not one that a page gave");
}
