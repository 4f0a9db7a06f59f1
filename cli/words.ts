/**
 * Times, shares and sizes in words.
 * @module
 */

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS =
  "January February March April May June July August September October November December"
    .split(" ");

/** "45 s", "12 min", "3 h 05 min": whole minutes from one minute on. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** A share 0..1 in whole percent; 0 % and 100 % only when it is exactly that. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return "<1 %";
  if (share > 0.99 && share < 1) return "99 %";
  return `${Math.round(share * 100)} %`;
}

/** A ratio with two digits that say something. */
export function ratio(value: number): string {
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}

/** "14:05" of the local clock. */
export function clock(at: Date | string): string {
  return timeOf(at).slice(0, 5);
}

/** "14:05:09" of the local clock. */
export function timeOf(at: Date | string): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, "0")).join(":");
}

/** "Monday 23 November 2026" of the local calendar. */
export function dayName(at: Date | string): string {
  const date = new Date(at);
  return `${DAYS[date.getDay()]} ${date.getDate()} ${
    MONTHS[date.getMonth()]
  } ${date.getFullYear()}`;
}

/** "Mon 23 Nov" of a calendar date. */
export function shortDay(date: string): string {
  const at = new Date(`${date}T12:00:00Z`);
  return `${DAYS[at.getUTCDay()].slice(0, 3)} ${String(at.getUTCDate()).padStart(2)} ${
    MONTHS[at.getUTCMonth()].slice(0, 3)
  }`;
}

/** "1 event", "1 200 events". */
export function count(n: number, noun: string): string {
  return `${String(n).replace(/\B(?=(\d{3})+$)/g, " ")} ${noun}${n === 1 ? "" : "s"}`;
}

/** "4.2 MB". */
export function bytes(n: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000;
    unit++;
  }
  return `${unit === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)} ${units[unit]}`;
}
