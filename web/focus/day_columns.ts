/**
 * Days of focus sessions as no more columns than fit on a page: pure.
 * @module
 */
import type { WireFocusedDay } from "./wire.ts";

/** Some days in a row, in seconds. */
export interface DayGroup {
  /** The first and the last of them, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly signal: number;
  readonly noise: number;
  readonly neutral: number;
  readonly unknown: number;
  /** 0..100; `null` without anything to judge. */
  readonly percent: number | null;
}

/** The days in groups of equal length, the last of them whole; at most `max` groups. */
export function groupDays(days: readonly WireFocusedDay[], max: number): DayGroup[] {
  const size = stepOf(days.length, max);
  const first = days.length % size;
  const starts = first === 0 ? [] : [0];
  for (let at = first; at < days.length; at += size) starts.push(at);
  return starts.map((at, index) => groupOf(days.slice(at, starts[index + 1])));
}

/** Days, weeks, or as many weeks as it takes. */
function stepOf(count: number, max: number): number {
  if (count <= max) return 1;
  // One group may be cut short, and counts too.
  for (let step = 7;; step += 7) if (Math.ceil(count / step) <= max) return step;
}

function groupOf(days: readonly WireFocusedDay[]): DayGroup {
  const sum = (of: (day: WireFocusedDay) => number) => days.reduce((all, day) => all + of(day), 0);
  const focused = sum(({ focused_seconds }) => focused_seconds);
  const judged = focused +
    sum(({ unfocused_seconds, no_face_seconds }) => unfocused_seconds + no_face_seconds);
  return {
    from: days[0].date,
    to: days[days.length - 1].date,
    signal: sum(({ signal_seconds }) => signal_seconds),
    noise: sum(({ noise_seconds }) => noise_seconds),
    neutral: sum(({ neutral_seconds }) => neutral_seconds),
    unknown: sum(({ unknown_seconds }) => unknown_seconds),
    percent: judged > 0 ? 100 * focused / judged : null,
  };
}
