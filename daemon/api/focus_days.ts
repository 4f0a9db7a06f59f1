import * as z from "zod";
import { focusPercent } from "../core/focus.ts";
import type { FocusTimes } from "../core/focus_session.ts";
import type { ActivityClass, Span } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import { focusPercentSchema, focusTimesShape, toWireFocusTimes } from "./focus_wire.ts";
import { lastDays } from "./period.ts";
import { route } from "./route.ts";
import { queryInteger, seconds } from "./wire.ts";

const MAX_DAYS = 3_660;

const daySchema = () =>
  z.object({
    date: z.string(),
    ...focusTimesShape(),
    focus_percent: focusPercentSchema(),
    signal_seconds: z.number().describe("focused while something of this class was in front"),
    noise_seconds: z.number(),
    neutral_seconds: z.number(),
    unknown_seconds: z.number().describe("focused while nothing was recorded"),
  });

/** A day as the store reads it. */
export interface FocusDayRows extends Span {
  readonly date: string;
  readonly times: FocusTimes;
  readonly classes: Readonly<Record<ActivityClass, number>>;
}

export function focusDayRoutes(deps: ApiDeps) {
  const { store, dayStartMin } = deps;
  return [route({
    method: "GET",
    path: "/focus/days",
    access: "token",
    tag: "Focus",
    summary: "Focus sessions day by day, the last is today, and which class was in front",
    query: () => z.strictObject({ days: queryInteger(1, MAX_DAYS).default(28) }),
    reply: () => z.array(daySchema()),
    handle: async ({ query: { days } }) => {
      const rows = await store.reader.call("focusDays", lastDays(days, deps), dayStartMin);
      return rows.map(({ date, times, classes: { signal, noise, neutral } }) => ({
        date,
        ...toWireFocusTimes(times),
        focus_percent: focusPercent(times),
        signal_seconds: seconds(signal),
        noise_seconds: seconds(noise),
        neutral_seconds: seconds(neutral),
        unknown_seconds: seconds(Math.max(0, times.focusedMs - signal - noise - neutral)),
      }));
    },
  })];
}
