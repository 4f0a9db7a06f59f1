/**
 * Times of the day as people choose the end of a pause.
 * @module
 */

/**
 * The next moment at which the local clock shows `HH:MM`, today or tomorrow; `undefined`: that is no time of day.
 * A time that a clock change skips is the moment after it.
 */
export function nextClock(text: string, now: Date): Date | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!parts) return undefined;
  const at = (days: number) =>
    new Date(
      now.getFullYear(),
      now.getMonth(),
      now.getDate() + days,
      Number(parts[1]),
      Number(parts[2]),
    );
  return at(0) > now ? at(0) : at(1);
}

/** "until 17:00", with its day when that is not today; "until you end it" without an end. */
export function untilWords(
  end: string | null,
  now: Date,
  words: { readonly clock: (iso: string) => string; readonly day: (iso: string) => string },
): string {
  if (end === null) return "until you end it";
  const isToday = new Date(end).toDateString() === now.toDateString();
  return isToday ? `until ${words.clock(end)}` : `until ${words.day(end)}, ${words.clock(end)}`;
}
