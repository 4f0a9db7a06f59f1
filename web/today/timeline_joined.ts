/**
 * A day's timeline from two parts, so that what goes on is read without the hours before it; pure.
 *
 * ```text
 * before   ├──── a ────┤├─ b ─┤       read now and then
 * after                  ├ b ┤├─ c …  read with every change
 * joined   ├──── a ────┤├── b ─┤├─ c …
 * ```
 * @module
 */
import type { WireTimeline } from "../../daemon/api/timeline.ts";

/** The parts begin on the clock's half hours. */
const PART_MS = 1_800_000;

/**
 * Where the part that goes on begins, in a day that began at `dayMs`: at least half an hour ago, as time away and
 * phones are told late.
 */
export function partBegin(dayMs: number, nowMs: number): number {
  return Math.max(dayMs, (Math.floor(nowMs / PART_MS) - 1) * PART_MS);
}

/** The two as one; `undefined` when time is missing between them. */
export function joined(before: WireTimeline, after: WireTimeline): WireTimeline | undefined {
  const cut = (Date.parse(after.from) - Date.parse(before.from)) / 1000;
  if (cut < 0 || Date.parse(before.to) < Date.parse(after.from)) return undefined;
  const lane = <P extends Piece>(earlier: readonly P[], later: readonly P[]) =>
    joinedLane(earlier, later, cut);
  const laterItem = <P extends { readonly item: number | null }>(piece: P): P => ({
    ...piece,
    item: piece.item === null ? null : piece.item + before.items.length,
  });
  const items = [...before.items, ...after.items];
  const itemLane = (earlier: WireTimeline["window"], later: WireTimeline["window"]) =>
    joinedLane(earlier, later.map(laterItem), cut, (a, b) => sameItem(items, a, b));
  const devices = new Set([...before.phones, ...after.phones].map(({ device }) => device));
  const spansOf = ({ phones }: WireTimeline, device: string) =>
    phones.find((phone) => phone.device === device)?.spans ?? [];
  return {
    from: before.from,
    to: after.to,
    detail_seconds: Math.max(before.detail_seconds, after.detail_seconds),
    items,
    window: itemLane(before.window, after.window),
    afk: itemLane(before.afk, after.afk),
    phones: [...devices].toSorted().map((device) => ({
      device,
      spans: itemLane(spansOf(before, device), spansOf(after, device)),
    })),
    focus: lane(before.focus, after.focus),
    blocks: lane(before.blocks, after.blocks),
  };
}

interface Piece {
  readonly start_seconds: number;
  readonly end_seconds: number;
  readonly seconds?: number;
  readonly count?: number;
}

/** Two pieces of one span, where nothing but their times tells them apart. */
function isSame<P extends Piece>(a: P, b: P): boolean {
  const rest = ({ start_seconds: _s, end_seconds: _e, seconds: _t, count = 1, ...same }: P) =>
    JSON.stringify([count === 1, same]);
  return a.count !== undefined && a.count > 1 ? false : rest(a) === rest(b);
}

function sameItem(
  items: WireTimeline["items"],
  a: WireTimeline["window"][number],
  b: WireTimeline["window"][number],
): boolean {
  const named = (place: number | null) => place === null ? null : items[place];
  return a.count === 1 && b.count === 1 && a.class === b.class &&
    JSON.stringify(named(a.item)) === JSON.stringify(named(b.item));
}

/** A lane up to `cut` seconds, and from there on; a span that goes on over it is one again. */
function joinedLane<P extends Piece>(
  earlier: readonly P[],
  later: readonly P[],
  cut: number,
  isOne: (a: P, b: P) => boolean = isSame,
): P[] {
  const kept = earlier.filter((piece) => piece.start_seconds < cut)
    .map((piece) => piece.end_seconds > cut ? shortened(piece, cut) : piece);
  const moved = later.map((piece) => ({
    ...piece,
    start_seconds: piece.start_seconds + cut,
    end_seconds: piece.end_seconds + cut,
  }));
  const rest: P[] = [];
  for (const piece of moved) {
    const at = piece.start_seconds > cut
      ? -1
      : kept.findLastIndex((each) => each.end_seconds === cut && isOne(each, piece));
    if (at < 0) rest.push(piece);
    else kept[at] = lengthened(kept[at], piece);
  }
  return [...kept, ...rest];
}

function shortened<P extends Piece>(piece: P, end: number): P {
  if (piece.seconds === undefined) return { ...piece, end_seconds: end };
  const share = (end - piece.start_seconds) / (piece.end_seconds - piece.start_seconds);
  return { ...piece, end_seconds: end, seconds: piece.seconds * share };
}

function lengthened<P extends Piece>(piece: P, by: P): P {
  const end_seconds = by.end_seconds;
  if (piece.seconds === undefined) return { ...piece, end_seconds };
  return { ...piece, end_seconds, seconds: piece.seconds + (by.seconds ?? 0) };
}
