/**
 * Screenshots in the order they are shown: newest first, by day.
 * @module
 */
import type { ScreenshotReason } from "../../../daemon/core/screenshot.ts";
import type { WireScreenshot } from "./wire.ts";

/** Why one was taken, in words; a word this page does not know is told as it is. */
export function reasonWords(reason: ScreenshotReason): string {
  const words: Readonly<Record<ScreenshotReason, string>> = {
    ...{ noise: "On noise", interval: "By the clock", command: "By command" },
  };
  return words[reason] ?? reason;
}

/** The pictures of one day of this browser's calendar. */
export interface PictureDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly pictures: readonly WireScreenshot[];
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function localDate(at: string): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Pictures by their day, both in the order that they came in. */
export function byDay(pictures: readonly WireScreenshot[]): PictureDay[] {
  const days = Map.groupBy(pictures, ({ at }) => localDate(at));
  return [...days].map(([date, pictures]) => ({ date, pictures }));
}

/** When a local day begins and ends, as instants; a day of 23 or 25 hours is as long as it is. */
export function spanOfLocalDay(date: string): { readonly from: string; readonly to: string } {
  const [year, month, day] = date.split("-").map(Number);
  const at = (days: number) => new Date(year, month - 1, day + days).toISOString();
  return { from: at(0), to: at(1) };
}

/** The pictures beside one in a list that begins with the newest; `undefined`: there is none. */
export function neighboursOf(
  pictures: readonly WireScreenshot[],
  id: number,
): {
  readonly newer: WireScreenshot | undefined;
  readonly older: WireScreenshot | undefined;
} {
  const index = pictures.findIndex((picture) => picture.id === id);
  if (index < 0) return { newer: undefined, older: undefined };
  return { newer: pictures[index - 1], older: pictures[index + 1] };
}
