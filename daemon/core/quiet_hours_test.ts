import assert from "node:assert/strict";
import { WEEKDAYS } from "./block_schedule.ts";
import { type QuietHours, quietUntil } from "./quiet_hours.ts";

/** Wednesday 14 January 2026, by the local clock. */
const at = (time: string, day = 14) => Date.parse(`2026-01-${day}T${time}:00Z`);
const NIGHTS: QuietHours = { fromMin: 22 * 60, toMin: 7 * 60, days: WEEKDAYS };
const LUNCH: QuietHours = { fromMin: 12 * 60, toMin: 13 * 60 + 30, days: WEEKDAYS };
/** Friday and Saturday nights. */
const LATE: QuietHours = { ...NIGHTS, days: ["fri", "sat"] };

for (
  const [what, quiet, localMs, untilMin] of [
    ["before the night", NIGHTS, at("21:59"), undefined],
    ["at its beginning", NIGHTS, at("22:00"), 420],
    ["after midnight", NIGHTS, at("00:00"), 420],
    ["a minute before its end", NIGHTS, at("06:59"), 420],
    ["at its end", NIGHTS, at("07:00"), undefined],
    ["within a day", LUNCH, at("12:00"), 810],
    ["at the end within a day", LUNCH, at("13:30"), undefined],
    ["on a weekday that has none", LATE, at("23:00", 15), undefined],
    ["on Friday", LATE, at("23:00", 16), 420],
    ["on Saturday morning", LATE, at("06:00", 17), 420],
    ["on Sunday morning, which is Saturday's night", LATE, at("06:00", 18), 420],
    ["on Sunday night", LATE, at("23:00", 18), undefined],
    ["on Friday morning, which is Thursday's night", LATE, at("06:00", 16), undefined],
    ["all day, from a time to itself", { ...NIGHTS, toMin: 22 * 60 }, at("15:00"), 1320],
  ] as const
) {
  Deno.test(`quietUntil() ${what}`, () => assert.equal(quietUntil(quiet, localMs), untilMin));
}
