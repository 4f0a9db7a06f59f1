import * as z from "zod";
import type { BlockActor, BlockFinding } from "../core/block.ts";
import { BLOCK_LIMITS, type BlockRecord, emergencyDueMs } from "../core/block_rules.ts";
import { type BlockSchedule, type Turn, WEEKDAYS } from "../core/block_schedule.ts";
import { endsAtMs } from "../core/block_timing.ts";
import type { Span } from "../core/types.ts";
import { type CheckRun, findingSchema, toWireFinding } from "./blocker_means.ts";
import type { ApiDeps } from "./deps.ts";
import { route } from "./route.ts";
import { iso, queryInteger } from "./wire.ts";

/** What the API needs of the blocker. */
export interface BlockerPort {
  state(): Promise<{
    readonly running: BlockRecord | undefined;
    readonly unknown:
      | { readonly endMs: number | undefined; readonly nameCount: number }
      | undefined;
    readonly next: Turn | undefined;
  }>;
  start(wish: {
    readonly actor: BlockActor;
    readonly endMs?: number;
    readonly lists?: readonly string[];
    readonly domains?: readonly string[];
    readonly reason?: string;
    readonly strict?: boolean;
    readonly endConnections?: boolean;
  }): Promise<BlockRecord>;
  stop(options: { actor: BlockActor; emergency: boolean }): Promise<BlockRecord | undefined>;
  history(limit: number): BlockRecord[];
  check(): AsyncIterable<BlockFinding>;
  /** The last whole check since the start. */
  lastCheck(): CheckRun | undefined;
  lists(): ListInfo[];
  listed(name: string): Promise<readonly string[]>;
  own(): { readonly blocked: readonly string[]; readonly allowed: readonly string[] };
  /** Replaces what is given; resolves once it is stored. */
  change(change: {
    readonly blocked?: readonly string[];
    readonly allowed?: readonly string[];
    readonly files?: readonly { readonly name: string; readonly path: string }[];
  }): Promise<ListInfo[]>;
  schedules(): readonly BlockSchedule[];
  setSchedules(schedules: readonly BlockSchedule[]): Promise<void>;
  /** When each schedule is to block, in their order. */
  turns(): readonly ScheduleTurns[];
}

/** When a schedule is to block. */
export interface ScheduleTurns {
  /** The turn that holds now. */
  readonly now: Span | undefined;
  /** Somebody ended its block: it does not begin again in this turn. */
  readonly wasEnded: boolean;
  /** `undefined`: not within eight days. */
  readonly next: Span | undefined;
}

/** A list as it is offered. */
export interface ListInfo {
  readonly name: string;
  readonly kind: "built-in" | "own" | "allowed" | "file";
  readonly count: number;
  readonly path?: string;
  /** What of a file could not be used. */
  readonly note?: string;
}

const MAX_BYTES = 8 * 1024 * 1024;

const instant = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });
const name = () => z.string().min(1).max(100).meta({ example: "social" });
const names = () => z.array(name()).max(100);
const domains = () => z.array(z.string().min(1).max(2_000)).max(10_000);
const reason = () => z.string().max(500).meta({ example: "thesis" });

const blockSchema = () =>
  z.object({
    id: z.number().int(),
    actor: z.enum(["user", "schedule", "phone", "loop"]),
    reason: z.string().nullable(),
    start: instant(),
    end: instant().meta({ description: "When it is to end, or was to" }),
    strict: z.boolean(),
    lists: z.array(z.string()),
    domains: z.array(z.string()),
    name_count: z.number().int().meta({ description: "Names written into the hosts file" }),
    emergency_end: instant().nullable(),
    ended: instant().nullable(),
    how: z.enum(["time", "user", "emergency", "overdue", "replaced", "failed", "elsewhere"])
      .nullable().meta({ description: "How it ended" }),
  });
export type WireBlock = z.infer<ReturnType<typeof blockSchema>>;

const statusSchema = () =>
  z.object({
    active: z.boolean(),
    block: blockSchema().nullable(),
    remaining_seconds: z.number().int().nullable(),
    unknown: z.object({ end: instant().nullable(), name_count: z.number().int() }).nullable()
      .meta({ description: "A block in the hosts file that this history does not know" }),
    next: spanSchema().nullable()
      .meta({ description: "The next scheduled one" }),
  });
export type WireBlockStatus = z.infer<ReturnType<typeof statusSchema>>;

const minuteOfDay = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM");
const scheduleSchema = () =>
  z.strictObject({
    days: z.array(z.enum(WEEKDAYS)).min(1).max(7),
    from: minuteOfDay().meta({ example: "09:00" }),
    to: minuteOfDay().meta({ example: "12:30" }),
    lists: names().default([]),
    domains: domains().default([]),
    strict: z.boolean().default(false),
  });
export type WireSchedule = z.infer<ReturnType<typeof scheduleSchema>>;

const listSchema = () =>
  z.object({
    name: z.string(),
    kind: z.enum(["built-in", "own", "allowed", "file"]),
    count: z.number().int(),
    path: z.string().nullable(),
    note: z.string().nullable(),
  });

const domainsSchema = () =>
  z.object({
    blocked: z.array(z.string()),
    allowed: z.array(z.string()),
    lists: z.array(listSchema()),
  });

const spanSchema = () => z.object({ start: instant(), end: instant() });
const turnsSchema = () =>
  z.object({
    now: spanSchema().nullable(),
    ended: z.boolean().meta({ description: "Its block was ended; it begins with the next turn" }),
    next: spanSchema().nullable().meta({ description: "Null: not within eight days" }),
  });
export type WireTurns = z.infer<ReturnType<typeof turnsSchema>>;

export function toWireBlock(block: BlockRecord): WireBlock {
  const dueMs = emergencyDueMs(block);
  return {
    id: block.id,
    actor: block.actor,
    reason: block.reason ?? null,
    start: iso(block.startMs),
    end: iso(block.endMs),
    strict: block.strict,
    lists: [...block.lists],
    domains: [...block.domains],
    name_count: block.nameCount,
    emergency_end: dueMs === undefined || block.ended ? null : iso(Math.min(dueMs, block.endMs)),
    ended: block.endedMs === undefined ? null : iso(block.endedMs),
    how: block.ended ?? null,
  };
}

function toWireSpan(span: Span | undefined) {
  return span ? { start: iso(span.startMs), end: iso(span.endMs) } : null;
}

export async function wireBlockStatus(
  { blocker, clock }: Pick<ApiDeps, "blocker" | "clock">,
): Promise<WireBlockStatus> {
  const { running, unknown, next } = await blocker.state();
  const endMs = running ? endsAtMs(running.timing) : unknown?.endMs;
  const leftMs = endMs === undefined ? undefined : Math.max(0, endMs - clock.nowMs());
  return {
    active: running !== undefined || unknown !== undefined,
    block: running ? toWireBlock(running) : null,
    remaining_seconds: leftMs === undefined ? null : Math.ceil(leftMs / 1000),
    unknown: unknown
      ? {
        end: unknown.endMs === undefined ? null : iso(unknown.endMs),
        name_count: unknown.nameCount,
      }
      : null,
    next: toWireSpan(next),
  };
}

/** What is blocked, in short, for `GET /status`. */
export const blockSummarySchema = () =>
  z.object({
    end: instant().nullable(),
    remaining_seconds: z.number().int().nullable(),
    strict: z.boolean(),
    lists: z.array(z.string()),
    domains: z.array(z.string()),
    name_count: z.number().int(),
  });
export type WireBlockSummary = z.infer<ReturnType<typeof blockSummarySchema>>;

export async function wireBlockSummary(
  deps: Pick<ApiDeps, "blocker" | "clock">,
): Promise<WireBlockSummary | null> {
  const { block, unknown, remaining_seconds } = await wireBlockStatus(deps);
  if (block) {
    const { emergency_end, strict, lists, domains, name_count } = block;
    return {
      end: emergency_end ?? block.end,
      remaining_seconds,
      strict,
      lists,
      domains,
      name_count,
    };
  }
  if (!unknown) return null;
  return { ...unknown, remaining_seconds, strict: false, lists: [], domains: [] };
}

function toWireLists(lists: readonly ListInfo[]) {
  return lists.map(({ name, kind, count, path = null, note = null }) => ({
    ...{ name, kind, count, path, note },
  }));
}

const pad = (number: number) => String(number).padStart(2, "0");
const clockText = (minutes: number) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function toWireSchedule({ fromMin, toMin, days, ...rest }: BlockSchedule): WireSchedule {
  return {
    days: [...days],
    from: clockText(fromMin),
    to: clockText(toMin),
    lists: [...rest.lists],
    domains: [...rest.domains],
    strict: rest.strict,
  };
}

export function blockerRoutes(deps: ApiDeps) {
  const { blocker, clock } = deps;
  const status = () => wireBlockStatus(deps);
  return [
    route({
      method: "POST",
      path: "/blocker/manual_block",
      access: "local",
      tag: "Blocker",
      summary: "Starts a block; without a body the usual sites for an hour",
      body: () =>
        z.strictObject({
          duration_minutes: z.number().min(BLOCK_LIMITS.minMinutes).max(BLOCK_LIMITS.maxMinutes)
            .default(BLOCK_LIMITS.defaultMinutes),
          lists: names().optional(),
          domains: domains().optional(),
          reason: reason().optional(),
          strict: z.boolean().optional()
            .meta({ description: "Cannot be shortened, but by an emergency" }),
          end_connections: z.boolean().optional()
            .meta({ description: "Also end connections that are open" }),
        }),
      reply: () => statusSchema(),
      handle: async ({ body }) => {
        const { duration_minutes, end_connections, ...wish } = body;
        const endMs = clock.nowMs() + Math.round(duration_minutes * 60_000);
        await blocker.start({ ...wish, endMs, actor: "user", endConnections: end_connections });
        return await status();
      },
    }),
    route({
      method: "POST",
      path: "/blocker/manual_unblock",
      access: "local",
      tag: "Blocker",
      summary: "Ends the block; a strict one five minutes after an emergency was declared",
      body: () => z.strictObject({ emergency: z.boolean().default(false) }),
      reply: () => statusSchema(),
      handle: async ({ body }) => {
        await blocker.stop({ actor: "user", emergency: body.emergency });
        return await status();
      },
    }),
    route({
      method: "GET",
      path: "/blocker/status",
      access: "free",
      tag: "Blocker",
      summary: "The block that runs, and the next scheduled one",
      reply: () => statusSchema(),
      handle: status,
    }),
    route({
      method: "GET",
      path: "/blocker/history",
      access: "token",
      tag: "Blocker",
      summary: "Blocks, newest first: who, when, why, and how they ended",
      query: () => z.strictObject({ limit: queryInteger(1, 1000).default(50) }),
      reply: () => z.array(blockSchema()),
      handle: ({ query }) => blocker.history(query.limit).map(toWireBlock),
    }),
    route({
      method: "GET",
      path: "/blocker/domains",
      access: "token",
      tag: "Blocker",
      summary: "Your sites to block and to allow, and the lists there are",
      reply: () => domainsSchema(),
      handle: () => ({ ...blocker.own(), lists: toWireLists(blocker.lists()) }),
    }),
    route({
      method: "PUT",
      path: "/blocker/domains",
      access: "token",
      tag: "Blocker",
      summary:
        "Replaces your sites, those allowed, or your list files: what is given; for the next block",
      body: () =>
        z.strictObject({
          blocked: z.array(z.string().min(1).max(2_000)).max(500_000).optional(),
          allowed: z.array(z.string().min(1).max(2_000)).max(500_000).optional(),
          files: z.array(z.strictObject({ name: name(), path: z.string().min(1).max(4_096) }))
            .max(100).optional(),
        }),
      maxBodyBytes: MAX_BYTES,
      reply: () => domainsSchema(),
      handle: async ({ body }) => {
        const lists = await blocker.change(body);
        return { ...blocker.own(), lists: toWireLists(lists) };
      },
    }),
    route({
      method: "GET",
      path: "/blocker/list",
      access: "token",
      tag: "Blocker",
      summary: "The names in one list",
      query: () => z.strictObject({ name: name() }),
      reply: () => z.object({ name: z.string(), domains: z.array(z.string()) }),
      handle: async ({ query }) => ({
        name: query.name,
        domains: await blocker.listed(query.name),
      }),
    }),
    route({
      method: "GET",
      path: "/blocker/schedules",
      access: "token",
      tag: "Blocker",
      summary: "When blocks begin by themselves",
      reply: () => z.array(scheduleSchema()),
      handle: () => blocker.schedules().map(toWireSchedule),
    }),
    route({
      method: "PUT",
      path: "/blocker/schedules",
      access: "token",
      tag: "Blocker",
      summary: "Replaces the schedules",
      body: () => z.array(scheduleSchema()).max(100),
      reply: () => z.array(scheduleSchema()),
      handle: async ({ body }) => {
        await blocker.setSchedules(body.map(({ from, to, ...rest }) => ({
          ...rest,
          fromMin: minutesOf(from),
          toMin: minutesOf(to),
        })));
        return blocker.schedules().map(toWireSchedule);
      },
    }),
    route({
      method: "GET",
      path: "/blocker/turns",
      access: "token",
      tag: "Blocker",
      summary: "When each schedule is to block, in their order",
      reply: () => z.array(turnsSchema()),
      handle: () =>
        blocker.turns().map(({ now, wasEnded, next }) => ({
          ...{ now: toWireSpan(now), ended: wasEnded, next: toWireSpan(next) },
        })),
    }),
    route({
      method: "GET",
      path: "/blocker/check",
      access: "token",
      tag: "Blocker",
      summary: "How each layer and each browser found here does with the block, proved by trying",
      reply: () => z.array(findingSchema()),
      handle: async () => (await Array.fromAsync(blocker.check())).map(toWireFinding),
    }),
  ];
}
