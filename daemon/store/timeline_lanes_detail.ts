/**
 * A lane in as much detail as can be seen: of a busy day, spans too short to be told apart stand as one.
 * @module
 */
import type { Span } from "../core/types.ts";

/** A span of a lane as it is stored. */
export interface LaneSpan<K extends string = string> extends Span {
  /** What it is drawn as: a class, a state of attention. */
  readonly kind: K;
  /** What it is of: a subject's id, a session's. */
  readonly of: number;
}

/** One piece of a lane, which may stand for several spans. */
export interface LanePiece<K extends string = string> extends LaneSpan<K> {
  /** The time of its spans, without the holes between them. */
  readonly ms: number;
  /** How many spans it stands for. */
  readonly count: number;
}

/**
 * How short a span of a lane may be, in milliseconds, and still stand by itself, so that there are not many
 * more than `limit` pieces; 0: all of them do.
 */
export function detailOf(range: Span, count: number, limit: number): number {
  return count <= limit ? 0 : Math.ceil((range.endMs - range.startMs) / limit);
}

/**
 * The lane's pieces in order. Neighbours shorter than `detailMs` are put together into pieces of at most that
 * length; such a piece is of the kind with the most time in it, and of whatever had the most time in that.
 *
 * ```text
 * spans    ├────── s ──────┤├n┤├n┤├s┤├n┤├n┤   ├s┤├──── n ────┤
 * pieces   ├────── s ──────┤├─── n ──┤├─ n ─┤ ├s┤├──── n ────┤
 * ```
 *
 * @param spans In order, none overlapping another.
 */
export function piecesOf<K extends string>(
  spans: Iterable<LaneSpan<K>>,
  detailMs: number,
): LanePiece<K>[] {
  const pieces: LanePiece<K>[] = [];
  let group: LaneSpan<K>[] = [];
  const close = () => {
    if (group.length > 0) pieces.push(joined(group));
    group = [];
  };
  for (const span of spans) {
    const isShort = span.endMs - span.startMs < detailMs;
    if (!isShort || (group.length > 0 && span.endMs - group[0].startMs > detailMs)) close();
    group.push(span);
    if (!isShort) close();
  }
  close();
  return pieces;
}

function joined<K extends string>(group: readonly LaneSpan<K>[]): LanePiece<K> {
  const [first] = group;
  const kind = longest(group, (span) => span.kind);
  const of = longest(group.filter((span) => span.kind === kind), (span) => span.of);
  const { startMs } = first, { endMs } = group[group.length - 1];
  const ms = group.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
  return { startMs, endMs, kind, of, ms, count: group.length };
}

/** What most of the time has; of equals what came first. */
function longest<K extends string, T>(
  group: readonly LaneSpan<K>[],
  named: (span: LaneSpan<K>) => T,
): T {
  if (group.length === 1) return named(group[0]);
  const times = new Map<T, number>();
  for (const span of group) {
    const name = named(span);
    times.set(name, (times.get(name) ?? 0) + span.endMs - span.startMs);
  }
  return [...times].reduce((best, each) => each[1] > best[1] ? each : best)[0];
}

/** The parts of spans that lie within `range` and behind all that came before, in order; empty ones are left out. */
export function* apart<K extends string>(
  spans: Iterable<LaneSpan<K>>,
  range: Span,
): Generator<LaneSpan<K>> {
  let fromMs = range.startMs;
  for (const span of spans) {
    const startMs = Math.max(span.startMs, fromMs), endMs = Math.min(span.endMs, range.endMs);
    if (endMs <= startMs) continue;
    fromMs = endMs;
    yield { ...span, startMs, endMs };
  }
}
