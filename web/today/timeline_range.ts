/**
 * Which part of a day the timeline shows: zoomed, moved, and as the address says it. Seconds after the day's begin.
 * @module
 */

/** A part of the day, in seconds after its begin. */
export interface Shown {
  readonly from: number;
  readonly to: number;
}

/** As close as one gets. */
export const MIN_SECONDS = 60;
const HOUR = 3_600;
/** A day that has just begun is not drawn as if it were nothing but its first minutes. */
const MIN_FIT_SECONDS = 4 * HOUR;

export function lengthOf({ from, to }: Shown): number {
  return to - from;
}

/** `range` with its length kept, if that can be, and moved into the day of `whole` seconds. */
export function within(range: Shown, whole: number): Shown {
  const length = Math.min(whole, Math.max(Math.min(MIN_SECONDS, whole), lengthOf(range)));
  const from = Math.min(Math.max(0, range.from), whole - length);
  return { from, to: from + length };
}

/** `range` made `factor` times as long around the moment `at`, which stays where it is on the screen. */
export function zoomed(range: Shown, factor: number, at: number, whole: number): Shown {
  const length = Math.min(whole, Math.max(MIN_SECONDS, lengthOf(range) * factor));
  const share = (at - range.from) / lengthOf(range);
  const from = at - share * length;
  return within({ from, to: from + length }, whole);
}

/** `range` moved by some of its own length. */
export function moved(range: Shown, share: number, whole: number): Shown {
  const by = lengthOf(range) * share;
  return within({ from: range.from + by, to: range.to + by }, whole);
}

/** `range` moved just so far that a span can be seen. */
export function including(range: Shown, span: Shown, whole: number): Shown {
  const length = lengthOf(range);
  const margin = length * 0.05;
  if (span.to > range.from + margin && span.from < range.to - margin) return range;
  const from = span.from < range.from + margin ? span.from - margin : span.from - length * 0.5;
  return within({ from, to: from + length }, whole);
}

/** The hours in which there was something, full ones, and at least four. */
export function fitting(spans: readonly Shown[], whole: number): Shown {
  if (spans.length === 0) return { from: 0, to: whole };
  const first = Math.min(...spans.map(({ from }) => from));
  const last = Math.max(...spans.map(({ to }) => to));
  const from = Math.floor(first / HOUR) * HOUR;
  const to = Math.max(Math.ceil(last / HOUR) * HOUR, from + MIN_FIT_SECONDS);
  return within({ from, to }, whole);
}

/** What the address says: "18720-24000"; `undefined` when it says nothing that could be shown. */
export function parseShown(text: string | null, whole: number): Shown | undefined {
  const match = /^(\d{1,6})-(\d{1,6})$/.exec(text ?? "");
  if (match === null) return undefined;
  const [from, to] = [Number(match[1]), Number(match[2])];
  return from < to && from < whole ? within({ from, to }, whole) : undefined;
}

export function formatShown({ from, to }: Shown): string {
  return `${Math.round(from)}-${Math.round(to)}`;
}

/**
 * The part of the day to read in full detail for `range`: at least twice as long, and the same for ranges beside it, so
 * that moving along does not read at every step.
 */
export function tileOf(range: Shown, whole: number): Shown {
  let half = 15 * 60;
  while (half < lengthOf(range)) half *= 2;
  const from = Math.floor(range.from / half) * half;
  return { from, to: Math.min(whole, from + 2 * half) };
}
