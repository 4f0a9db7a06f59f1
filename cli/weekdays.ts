/**
 * Days of the week and times of the day as people type them.
 * @module
 */
import { InvalidArgumentError } from "@commander-js/extra-typings";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = typeof DAYS[number];

/** "mon,wed" or "fri-mon". */
export function days(text: string): Day[] {
  const chosen = new Set<Day>();
  for (const part of text.toLowerCase().split(",")) {
    const [first, last = first] = part.trim().split("-").map((day) => DAYS.indexOf(day as Day));
    if (first === -1 || last === -1) {
      throw new InvalidArgumentError(`Allowed are ${DAYS.join(", ")}.`);
    }
    for (let day = first;; day = (day + 1) % 7) {
      chosen.add(DAYS[day]);
      if (day === last) break;
    }
  }
  return DAYS.filter((day) => chosen.has(day));
}

/** "9:05" or "21:00", as HH:MM. */
export function timeOfDay(text: string): string {
  const padded = /^\d:/.test(text) ? `0${text}` : text;
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(padded)) return padded;
  throw new InvalidArgumentError("Allowed is HH:MM.");
}
