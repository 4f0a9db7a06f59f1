/**
 * A date, and how one day stands to others, in words.
 * @module
 */
import { addDays, type IsoDate } from "../../daemon/core/day.ts";
import { LOCALE } from "../format.ts";

const sameYear = new Intl.DateTimeFormat(LOCALE, {
  ...{ weekday: "long", day: "numeric", month: "long" } as const,
});
const otherYear = new Intl.DateTimeFormat(LOCALE, {
  ...{ weekday: "long", day: "numeric", month: "long", year: "numeric" } as const,
});

/** "Thursday, 26 November", with the year when it is another than today's. */
export function formatDate(date: IsoDate, today: IsoDate): string {
  const isSameYear = date.slice(0, 4) === today.slice(0, 4);
  // At noon it is that date wherever the browser is.
  return (isSameYear ? sameYear : otherYear).format(new Date(`${date}T12:00`));
}

/** What a day is called beside its date. */
export function dayName(date: IsoDate, today: IsoDate): string | undefined {
  if (date === today) return "Today";
  return date === addDays(today, -1) ? "Yesterday" : undefined;
}

/** "up 8 points", as the two shares are shown; `undefined` when one of them is none. */
export function changeWords(
  share: number | null | undefined,
  before: number | null | undefined,
): string | undefined {
  if (share == null || before == null) return undefined;
  const points = Math.round(share * 100) - Math.round(before * 100);
  if (points === 0) return "the same";
  const size = Math.abs(points);
  return `${points > 0 ? "up" : "down"} ${size} ${size === 1 ? "point" : "points"}`;
}

/** The date that the address asks for, if there can be anything on it; else today's. */
export function dateAsked(asked: string | null, today: IsoDate): IsoDate {
  const isDate = asked !== null && /^\d{4}-\d{2}-\d{2}$/.test(asked) &&
    addDays(asked, 0) === asked;
  return isDate && asked <= today ? asked : today;
}
