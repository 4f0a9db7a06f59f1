/**
 * The lanes of a day's timeline as they are drawn and walked; pure.
 * @module
 */
import type { WireTimeline } from "../../daemon/api/timeline.ts";
import type { TimelineClass } from "../../daemon/core/types.ts";
import type { FocusState } from "../wire.ts";

/** How a span is drawn. */
export type SpanKind = TimelineClass | FocusState | "block";

/** What a lane is of: a phone's lane has the phone's name behind the colon. */
export type LaneKey = "window" | "afk" | "focus" | "blocks" | `phone:${string}`;

export interface LaneSpan {
  /** Seconds after the day's begin. */
  readonly from: number;
  readonly to: number;
  /** Of what it stands for, without holes. */
  readonly seconds: number;
  /** How many it stands for. */
  readonly count: number;
  readonly kind: SpanKind;
  /** Texts of others: a program and its title, a block's lists. */
  readonly app?: string;
  readonly title?: string;
  readonly category?: string;
}

export interface Lane {
  readonly key: LaneKey;
  readonly name: string;
  readonly heightPx: number;
  /** In order, none overlapping another but for blocks. */
  readonly spans: readonly LaneSpan[];
}

/** Which span is looked at: the one of a lane at a moment. New data may have another span there. */
export interface Place {
  readonly lane: LaneKey;
  /** Seconds after the day's begin. */
  readonly at: number;
}

/**
 * The lanes, from the top. Windows and time away are always there, the others when they have something.
 * @param shiftSeconds How much later than the day this part of its timeline begins.
 */
export function lanesOf(timeline: WireTimeline, shiftSeconds = 0): Lane[] {
  const span = ({ start_seconds, end_seconds }: Ends) => ({
    from: start_seconds + shiftSeconds,
    to: end_seconds + shiftSeconds,
  });
  const ofItems = (pieces: WireTimeline["window"]) =>
    pieces.map((piece): LaneSpan => {
      const item = piece.item === null ? undefined : timeline.items[piece.item];
      return {
        ...span(piece),
        seconds: piece.seconds,
        count: piece.count,
        kind: piece.class,
        app: item?.app ?? undefined,
        title: item?.title ?? undefined,
        category: item?.category ?? undefined,
      };
    });
  const lanes: Lane[] = [
    { key: "window", name: "Windows", heightPx: 36, spans: ofItems(timeline.window) },
    { key: "afk", name: "Away", heightPx: 12, spans: ofItems(timeline.afk) },
    ...timeline.phones.map(({ device, spans }): Lane => ({
      key: `phone:${device}`,
      name: device,
      heightPx: 16,
      spans: ofItems(spans),
    })),
    {
      key: "focus",
      name: "Focus sessions",
      heightPx: 16,
      spans: timeline.focus.map((piece) => ({
        ...span(piece),
        seconds: piece.seconds,
        count: piece.count,
        kind: piece.state,
      })),
    },
    {
      key: "blocks",
      name: "Blocks",
      heightPx: 12,
      spans: timeline.blocks.map((block) => ({
        ...span(block),
        seconds: block.end_seconds - block.start_seconds,
        count: 1,
        kind: "block" as const,
        title: block.lists.join(", ") || undefined,
      })),
    },
  ];
  return lanes.filter(({ key, spans }) => key === "window" || key === "afk" || spans.length > 0);
}

type Ends = { readonly start_seconds: number; readonly end_seconds: number };

/** The index of the first span that ends after `at`; the number of spans when none does. */
export function firstAfter(spans: readonly LaneSpan[], at: number): number {
  let low = 0, high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].to > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The span at a moment, else the nearest that is at most `reach` seconds off. */
export function spanAt(
  spans: readonly LaneSpan[],
  at: number,
  reach = 0,
): LaneSpan | undefined {
  const index = firstAfter(spans, at);
  const offBy = (span: LaneSpan | undefined) =>
    span === undefined ? Infinity : Math.max(span.from - at, at - span.to, 0);
  const [before, after] = [spans[index - 1], spans[index]];
  const nearest = offBy(before) < offBy(after) ? before : after;
  return offBy(nearest) <= reach ? nearest : undefined;
}

/** The span that a place means. */
export function spanOf(lanes: readonly Lane[], place: Place | undefined): LaneSpan | undefined {
  const lane = lanes.find(({ key }) => key === place?.lane);
  return lane && place && spanAt(lane.spans, place.at);
}

/** A span's middle: a place that means it though its ends move. */
export function placeOf(lane: LaneKey, { from, to }: LaneSpan): Place {
  return { lane, at: (from + to) / 2 };
}

/** Where a key leads from a place; `undefined`: it is no such key, or there is nothing that way. */
export function walkedTo(lanes: readonly Lane[], place: Place, key: string): Place | undefined {
  const row = Math.max(0, lanes.findIndex((lane) => lane.key === place.lane));
  const { spans } = lanes[row];
  const within = spanAt(spans, place.at);
  const index = within ? spans.indexOf(within) : firstAfter(spans, place.at);
  const to = (span: LaneSpan | undefined, lane = lanes[row]) => span && placeOf(lane.key, span);
  switch (key) {
    case "ArrowLeft":
      return to(spans[index - 1]);
    case "ArrowRight":
      return to(spans[within ? index + 1 : index]);
    case "Home":
      return to(spans[0]);
    case "End":
      return to(spans.at(-1));
    case "ArrowUp":
      return toLane(lanes.slice(0, row).toReversed(), place.at);
    case "ArrowDown":
      return toLane(lanes.slice(row + 1), place.at);
  }
  return undefined;
}

/** The span nearest to a moment in the first of `lanes` that has any. */
function toLane(lanes: readonly Lane[], at: number): Place | undefined {
  const lane = lanes.find(({ spans }) => spans.length > 0);
  const span = lane && spanAt(lane.spans, at, Infinity);
  return span && placeOf(lane.key, span);
}
