import { systemClock } from "../os/clock.ts";
import type { Check } from "./checks.ts";

/** No clock that is set can be before this program was written. */
const OLDEST_MS = Date.UTC(2025, 0, 1);
const NEWEST_MS = Date.UTC(2100, 0, 1);

/** Whether the clock can be right, and which time zone days are counted in. */
export function checkClock(nowMs = systemClock.nowMs()): Check {
  const name = "clock";
  const now = new Date(nowMs);
  if (nowMs < OLDEST_MS || nowMs > NEWEST_MS) {
    const detail = `it says ${now.toISOString()}`;
    return {
      name,
      status: "fail",
      detail,
      remedy: "set the clock: what is recorded carries its time",
    };
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const text = now.toString().slice(0, 21);
  return {
    name,
    status: "ok",
    detail: `${text}, ${zone} (UTC${offsetText(-now.getTimezoneOffset())})`,
  };
}

/** "+05:30" of minutes east of UTC. */
export function offsetText(minutes: number): string {
  const two = (part: number) => String(Math.floor(part)).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
}
