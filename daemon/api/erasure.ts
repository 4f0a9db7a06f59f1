import * as z from "zod";
import type { ErasureWish } from "../core/erasure.ts";
import type { Retention } from "../core/retention.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { route } from "./route.ts";
import { iso, seconds } from "./wire.ts";

/** What a wish would erase. */
export interface ErasureFacts {
  readonly events: number;
  readonly ms: number;
  readonly screenshots: number;
  readonly messages: number;
  readonly notes: number;
  readonly heartbeats: number;
  readonly focusSessions: number;
  /** Copies that are rewritten. */
  readonly copies: readonly { readonly path: string; readonly bytes: number }[];
  /** Files that are removed. */
  readonly setAside: readonly string[];
  readonly elsewhere: readonly CopyNotReached[];
}

/** A copy at a path of the user's. */
export interface CopyNotReached {
  readonly path: string;
  readonly madeMs: number;
  /** `undefined`: it cannot be told. */
  readonly isThere: boolean | undefined;
}

/** How far an erasing is. */
export interface ErasureProgress {
  readonly id: number;
  readonly phase: "database" | "places" | "done";
  /** Events so far. */
  readonly events: number;
  readonly places: number;
  readonly placesDone: number;
}

export interface ErasureState {
  readonly id: number;
  readonly askedMs: number;
  readonly events: number;
  readonly doneMs?: number;
  readonly pending: readonly {
    readonly place: string;
    readonly triedMs?: number;
    readonly error?: string;
  }[];
}

/** What the API needs of erasing. */
export interface ErasurePort {
  /** @throws {TypeError} {RangeError} for a wish that cannot be. */
  preview(wish: ErasureWish): Promise<ErasureFacts>;
  /** Begins; `settled` resolves when every place was tried. @throws as {@linkcode preview}. */
  begin(wish: ErasureWish): Promise<{ readonly id: number; readonly settled: Promise<void> }>;
  list(): {
    readonly running: ErasureProgress | undefined;
    readonly erasures: readonly ErasureState[];
    readonly elsewhere: readonly CopyNotReached[];
  };
  retention(): Retention;
  setRetention(change: Partial<Retention>): Promise<Retention>;
}

/** So long a request waits for what it asked for; what takes longer is told by 202. */
const ANSWER_MS = 2_000;

const instant = () => z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const text = () => z.string().min(1).max(10_000).optional();

const wishSchema = () =>
  z.strictObject({
    from: instant().optional(),
    to: instant().optional(),
    app: text(),
    title: text(),
    url: text(),
    regex: z.boolean().optional().describe("the texts are patterns, found in any case"),
    privacy: z.literal(true).optional().describe("apply the privacy rules to the past"),
    all: z.literal(true).optional(),
    dry_run: z.boolean().optional().describe("say what it would do, and do nothing"),
  });

const time = () => z.string().meta({ example: "2026-01-31T09:30:00.000Z" });

const elsewhereSchema = () =>
  z.array(z.object({
    path: z.string(),
    made: time(),
    there: z.boolean().nullable().describe("null: it cannot be told"),
  })).describe("copies that you had made at a path of yours; they are not reached");

const previewSchema = () =>
  z.object({
    dry_run: z.literal(true),
    events: z.number().int(),
    hours: z.number().describe("of the events, to two digits"),
    seconds: z.number().describe("of the events"),
    screenshots: z.number().int(),
    messages: z.number().int().describe("that wait to be sent, and will not be"),
    notes: z.number().int(),
    heartbeats: z.number().int().describe("of phones"),
    focus_sessions: z.number().int(),
    copies: z.array(z.object({ path: z.string(), bytes: z.number().int() }))
      .describe("that are rewritten"),
    set_aside: z.array(z.string()).describe("files that are removed"),
    not_reached: elsewhereSchema(),
  });
export type WireErasurePreview = z.infer<ReturnType<typeof previewSchema>>;

const stateSchema = () =>
  z.object({
    id: z.number().int(),
    asked: time(),
    done: time().nullable().describe("null: something is pending"),
    events: z.number().int().describe("removed, or told otherwise"),
    pending: z.array(z.object({
      place: z.string().describe("a path, or: database, phones, outbox, log"),
      tried: time().nullable(),
      error: z.string().nullable(),
    })).describe("tried again every hour and at the start"),
  });
export type WireErasure = z.infer<ReturnType<typeof stateSchema>>;

const progressSchema = () =>
  z.object({
    id: z.number().int(),
    phase: z.enum(["database", "places", "done"]),
    events: z.number().int(),
    places: z.number().int().describe("copies, files and others besides the database"),
    places_done: z.number().int(),
  });
export type WireErasureProgress = z.infer<ReturnType<typeof progressSchema>>;

const listSchema = () =>
  z.object({
    running: progressSchema().nullable(),
    erasures: z.array(stateSchema()).describe("newest first"),
    not_reached: elsewhereSchema(),
  });
export type WireErasures = z.infer<ReturnType<typeof listSchema>>;

const limit = (most: number) => z.number().positive().max(most).nullable();
const retentionSchema = () =>
  z.strictObject({
    events_days: limit(36_500).describe("with notes and focus sessions; null: for ever"),
    screenshots_days: limit(36_500),
    screenshots_mb: limit(1_000_000),
    messages_days: limit(36_500).describe("that were sent or given up"),
    loop_days: limit(36_500).describe("what the loop did"),
  });

export function erasureRoutes({ erasure }: ApiDeps) {
  return [
    route({
      method: "POST",
      path: "/erasures",
      access: "token",
      tag: "Erasing",
      summary: "Erases a time, what texts name, what the privacy rules forbid, or all; for good",
      body: () => wishSchema(),
      reply: () => z.union([previewSchema(), stateSchema()]),
      handle: async ({ body }) => {
        const { dry_run, from, to, ...rest } = body;
        const wish: ErasureWish = { ...rest, fromMs: from, toMs: to };
        const port = await erasure();
        if (dry_run) return toWirePreview(await wished(() => port.preview(wish)));
        const { id, settled } = await wished(() => port.begin(wish));
        await inTime(settled);
        const { running, erasures } = port.list();
        const state = erasures.find((each) => each.id === id);
        if (!state) throw new Error(`The erasing ${id} is not listed`);
        const isOver = state.doneMs !== undefined || running?.id !== id;
        return Response.json(toWireState(state), { status: isOver ? 200 : 202 });
      },
    }),
    route({
      method: "GET",
      path: "/erasures",
      access: "token",
      tag: "Erasing",
      summary: "What is being erased, what is pending and why, and the copies that are not reached",
      reply: () => listSchema(),
      handle: async (): Promise<WireErasures> => {
        const { running, erasures, elsewhere } = (await erasure()).list();
        return {
          running: running ? wireProgress(running) : null,
          erasures: erasures.map(toWireState),
          not_reached: elsewhere.map(toWireCopy),
        };
      },
    }),
    route({
      method: "GET",
      path: "/retention",
      access: "token",
      tag: "Erasing",
      summary: "How long things are kept; null: for ever",
      reply: () => retentionSchema(),
      handle: async () => (await erasure()).retention(),
    }),
    route({
      method: "PUT",
      path: "/retention",
      access: "token",
      tag: "Erasing",
      summary: "Sets how long things are kept; what is left out stays as it is",
      body: () => retentionSchema().partial(),
      reply: () => retentionSchema(),
      handle: async ({ body }) => (await erasure()).setRetention(body),
    }),
  ];
}

export function wireProgress(
  { id, phase, events, places, placesDone }: ErasureProgress,
): WireErasureProgress {
  return { id, phase, events, places, places_done: placesDone };
}

function toWireState({ id, askedMs, doneMs, events, pending }: ErasureState): WireErasure {
  return {
    id,
    asked: iso(askedMs),
    done: doneMs === undefined ? null : iso(doneMs),
    events,
    pending: pending.map(({ place, triedMs, error }) => ({
      place,
      tried: triedMs === undefined ? null : iso(triedMs),
      error: error ?? null,
    })),
  };
}

function toWirePreview(facts: ErasureFacts): WireErasurePreview {
  const { ms, focusSessions, setAside, elsewhere, copies, ...counts } = facts;
  return {
    dry_run: true,
    ...counts,
    hours: Math.round(ms / 36_000) / 100,
    seconds: seconds(ms),
    focus_sessions: focusSessions,
    copies: copies.map(({ path, bytes }) => ({ path, bytes })),
    set_aside: [...setAside],
    not_reached: elsewhere.map(toWireCopy),
  };
}

function toWireCopy({ path, madeMs, isThere }: CopyNotReached) {
  return { path, made: iso(madeMs), there: isThere ?? null };
}

/** A wish that names nothing, or too much, is the caller's mistake. */
async function wished<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError) throw new HttpError(400, "wrong_shape", error.message);
    throw error;
  }
}

async function inTime(settled: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ANSWER_MS);
  await Promise.race([settled, late]);
  clearTimeout(timer);
}
