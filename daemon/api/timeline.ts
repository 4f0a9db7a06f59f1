import * as z from "zod";
import type { BlockActor } from "../core/block.ts";
import { addDays } from "../core/day.ts";
import type { FocusState } from "../core/focus_session.ts";
import type { Span, TimelineClass } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { queryDate, rangeFields, spanOfDate, spanOfRange } from "./period.ts";
import { route } from "./route.ts";
import {
  iso,
  queryInteger,
  ratioSchema,
  seconds,
  timelineClassSchema,
  timesSchema,
  toWireTotals,
} from "./wire.ts";

/** A day of 25 hours, and a margin beside it. */
const MAX_RANGE_MS = 26 * 3_600_000;

/** A lane's piece as the store gives it. */
interface PieceRow<K> extends Span {
  readonly kind: K;
  readonly of: number;
  readonly ms: number;
  readonly count: number;
}

/** What the store gives of a timeline; see `store/timeline_lanes.ts`. */
export interface TimelineRows {
  readonly detailMs: number;
  readonly window: readonly PieceRow<TimelineClass>[];
  readonly afk: readonly PieceRow<TimelineClass>[];
  readonly phones: readonly {
    readonly device: string;
    readonly pieces: readonly PieceRow<TimelineClass>[];
  }[];
  readonly focus: readonly PieceRow<FocusState>[];
  readonly blocks: readonly (Span & {
    readonly actor: BlockActor;
    readonly strict: boolean;
    readonly lists: readonly string[];
  })[];
  readonly items: readonly {
    readonly id: number;
    readonly app?: string;
    readonly title?: string;
    readonly category?: string;
  }[];
}

const offset = () => z.number().describe("seconds after `from`");
const ends = () => ({ start_seconds: offset(), end_seconds: offset() });
const piece = () => ({
  ...ends(),
  seconds: z.number().describe("of what it stands for, without holes"),
  count: z.number().int().describe("how many spans it stands for"),
});
const itemPieceSchema = () =>
  z.object({
    ...piece(),
    class: timelineClassSchema(),
    item: z.number().int().nullable().describe("place in `items`"),
  });
const timelineSchema = () =>
  z.object({
    from: z.string(),
    to: z.string(),
    detail_seconds: z.number().describe(
      "shorter spans may stand together in one piece; 0: each stands by itself",
    ),
    items: z.array(z.object({
      app: z.string().nullable(),
      title: z.string().nullable().describe("cut to 300 characters"),
      category: z.string().nullable(),
    })),
    window: z.array(itemPieceSchema()).describe("windows and entries by hand, as they count"),
    afk: z.array(itemPieceSchema()),
    phones: z.array(z.object({ device: z.string(), spans: z.array(itemPieceSchema()) })).describe(
      "at most six",
    ),
    focus: z.array(z.object({
      ...piece(),
      state: z.enum(["focused", "unfocused", "no_face", "uncertain"]),
      session: z.number().int(),
    })),
    blocks: z.array(z.object({
      ...ends(),
      actor: z.enum(["user", "schedule", "phone", "loop"]),
      strict: z.boolean(),
      lists: z.array(z.string()),
    })),
  });
export type WireTimeline = z.infer<ReturnType<typeof timelineSchema>>;

const periodSchema = () =>
  z.object({
    from: z.string(),
    to: z.string(),
    ...timesSchema().shape,
    ...ratioSchema().shape,
  });
const comparedSchema = () =>
  z.object({
    date: z.string(),
    day_before: periodSchema(),
    week_before: periodSchema().describe("the seven days before, all their time together"),
  });
export type WireCompared = z.infer<ReturnType<typeof comparedSchema>>;

export function timelineRoutes(deps: ApiDeps) {
  const { store, clock } = deps;
  return [
    route({
      method: "GET",
      path: "/activity/timeline",
      access: "free",
      tag: "Activity",
      summary: "A day by lanes: windows, away, phones, focus sessions, blocks",
      query: () =>
        z.object({
          ...rangeFields(),
          date: queryDate().optional(),
          spans: queryInteger(10, 5_000).default(1_500).describe(
            "about how many of a lane are told apart",
          ),
        }),
      reply: () => timelineSchema(),
      handle: async ({ query }) => {
        const range = spanOfRange(query, spanOfDate(query.date, deps));
        if (range.endMs - range.startMs > MAX_RANGE_MS) {
          throw new HttpError(
            ...[422, "wrong_value", "Cannot show the range: it is longer than 26 hours"] as const,
          );
        }
        const rows = await store.reader.call("timelineLanes", range, query.spans, clock.nowMs());
        return toWireTimeline(range, rows);
      },
    }),
    route({
      method: "GET",
      path: "/activity/compared",
      access: "free",
      tag: "Activity",
      summary: "The day before a date, and the seven days before it",
      query: () => z.object({ date: queryDate().optional() }),
      reply: () => comparedSchema(),
      handle: ({ query }): WireCompared => {
        const { date, startMs } = spanOfDate(query.date, deps);
        const since = (days: number) => {
          const span = { startMs: spanOfDate(addDays(date, -days), deps).startMs, endMs: startMs };
          return { from: iso(span.startMs), to: iso(startMs), ...toWireTotals(store.totals(span)) };
        };
        return { date, day_before: since(1), week_before: since(7) };
      },
    }),
  ];
}

function toWireTimeline(range: Span, rows: TimelineRows): WireTimeline {
  const places = new Map(rows.items.map(({ id }, place) => [id, place]));
  const wireEnds = ({ startMs, endMs }: Span) => ({
    start_seconds: seconds(startMs - range.startMs),
    end_seconds: seconds(endMs - range.startMs),
  });
  const wirePiece = (row: PieceRow<unknown>) => ({
    ...wireEnds(row),
    seconds: seconds(row.ms),
    count: row.count,
  });
  const itemPiece = (row: PieceRow<TimelineClass>) => ({
    ...wirePiece(row),
    class: row.kind,
    item: places.get(row.of) ?? null,
  });
  return {
    from: iso(range.startMs),
    to: iso(range.endMs),
    detail_seconds: seconds(rows.detailMs),
    items: rows.items.map(({ app = null, title = null, category = null }) => ({
      ...{ app, title, category },
    })),
    window: rows.window.map(itemPiece),
    afk: rows.afk.map(itemPiece),
    phones: rows.phones.map(({ device, pieces }) => ({ device, spans: pieces.map(itemPiece) })),
    focus: rows.focus.map((row) => ({ ...wirePiece(row), state: row.kind, session: row.of })),
    blocks: rows.blocks.map((row) => ({
      ...wireEnds(row),
      actor: row.actor,
      strict: row.strict,
      lists: [...row.lists],
    })),
  };
}
