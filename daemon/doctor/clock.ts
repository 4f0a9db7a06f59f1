import { systemClock } from "../os/clock.ts";
import { runProgram } from "../os/exec.ts";
import type { Check } from "./check.ts";

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

/** How far the machine's battery-run clock may be off. */
const RTC_LIMIT_MS = 120_000;

/** Whether somebody keeps the clock right, and what the machine's own clock says. */
export async function checkTimeSync(): Promise<Check> {
  const name = "time server";
  const { code, stdout, stderr } = await runProgram(["timedatectl", "show"], { limitMs: 3_000 });
  if (code === 0) return timeSyncCheck(stdout);
  const why = code === 127
    ? "there is no timedatectl"
    : stderr.trim().split(/[.\n]/)[0] || "timedatectl does not answer";
  return { name, status: "off", detail: `whether one is used cannot be told: ${why}` };
}

/** What `timedatectl show` says. */
export function timeSyncCheck(shown: string): Check {
  const name = "time server";
  const facts = new Map(
    shown.split("\n").map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  const ms = (key: string) => Date.parse((facts.get(key) ?? "").replace(/^\w+ /, ""));
  const offMs = Math.abs(ms("RTCTimeUSec") - ms("TimeUSec"));
  const isSet = facts.get("NTPSynchronized") === "yes";
  if (!isSet) {
    const isOn = facts.get("NTP") === "yes";
    const detail = isOn ? "one is asked, and has not answered yet" : "none is asked";
    const remedy = isOn
      ? "see that the network is up"
      : "timedatectl set-ntp true: what is recorded carries the clock's time";
    return { name, status: "warn", detail, remedy };
  }
  if (offMs > RTC_LIMIT_MS) {
    const detail = `the clock is set by one; the machine's own is off by ${
      Math.round(offMs / 60_000)
    } min`;
    return { name, status: "warn", detail, remedy: "as root: hwclock --systohc" };
  }
  return { name, status: "ok", detail: "the clock is set by one" };
}

/** "+05:30" of minutes east of UTC. */
export function offsetText(minutes: number): string {
  const two = (part: number) => String(Math.floor(part)).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
}
