/**
 * How long a block is to last, as people type it; pure.
 * @module
 */
import { BLOCK_LIMITS } from "../../daemon/core/block_rules.ts";
import { formatDuration } from "../format.ts";

/** What is offered, in minutes. */
export const PRESETS = [15, 25, 45, 60, 90, 120, 240] as const;

const { minMinutes, maxMinutes } = BLOCK_LIMITS;

/** Minutes from "90", "90 min", "1:30", "1h30", "1.5 h" or "1 h 30 min"; `undefined` when it is none of them. */
export function parseLength(text: string): number | undefined {
  const plain = text.trim().toLowerCase().replaceAll(",", ".").replace(/\s+/g, " ");
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(plain);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const minutes = /^(\d{1,4}(?:\.\d+)?) ?(?:m|min|mins|minutes?)?$/.exec(plain);
  if (minutes) return Number(minutes[1]);
  const hours = /^(\d{1,2}(?:\.\d+)?) ?(?:h|hrs?|hours?)(?: ?(\d{1,2}) ?(?:m|min|mins|minutes?)?)?$/
    .exec(plain);
  if (hours) return Number(hours[1]) * 60 + Number(hours[2] ?? 0);
  return undefined;
}

/** "45 min", "1 h", "1 h 30 min": a length that somebody chose, without noughts. */
export function lengthWords(minutes: number): string {
  return formatDuration(minutes * 60).replace(/(h).*\D00\D.*$/, "$1");
}

/** What is wrong with a length somebody typed; `undefined`: nothing. */
export function lengthProblem(text: string): string | undefined {
  const minutes = parseLength(text);
  if (minutes === undefined) return "Write minutes, as 50, or hours and minutes, as 1:30.";
  if (minutes < minMinutes || minutes > maxMinutes) return "Allowed is 1 minute to 24 hours.";
  return undefined;
}

/**
 * How long a running block lasts when `more` minutes are added, in minutes from now; at most a day.
 * `undefined` when nothing can be added.
 */
export function extendedMinutes(leftS: number, more: number): number | undefined {
  const minutes = leftS / 60 + more;
  if (leftS / 60 >= maxMinutes - 1 / 60) return undefined;
  return Math.min(maxMinutes, minutes);
}
