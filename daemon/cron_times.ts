/**
 * When a pattern of `cron` comes up by the local clock of this process.
 * @module
 */
import { Cron } from "croner";
import type { Occurrences } from "./core/send_schedule.ts";

/**
 * A time that a clock change skips comes at the first moment after it, one that it repeats comes once: for every
 * pattern without a `*` or a step in its minute and hour.
 * @throws {RangeError} for a pattern that is none.
 */
export const cronTimes: Occurrences = {
  latest(cron, atMs) {
    // It looks before a moment, in whole seconds.
    const afterMs = Math.floor(atMs / 1_000) * 1_000 + 1_000;
    return pattern(cron).previousRuns(1, new Date(afterMs))[0]?.getTime();
  },
  next: (cron, afterMs) => pattern(cron).nextRun(new Date(afterMs))?.getTime(),
};

function pattern(cron: string): Cron {
  try {
    return new Cron(cron, { paused: true, mode: "5-part", fixedTimeRule: "no-wildcard" });
  } catch (error) {
    const reason = (error as Error).message.replace(/^CronPattern: /, "");
    throw new RangeError(
      `Cannot use the pattern ${JSON.stringify(cron.slice(0, 100))}: ${reason}`,
      { cause: error },
    );
  }
}
