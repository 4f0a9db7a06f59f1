/**
 * Earlier focus sessions for people.
 * @module
 */
import { FOCUS_STATES } from "../daemon/core/focus_session.ts";
import { STATE_STYLE, stateBar } from "./focus_style.ts";
import { bold, dim, green, red } from "./style.ts";
import { table } from "./table.ts";
import type { WireFocusAnalytics, WireFocusSession, WireFocusTimes } from "./wire.ts";
import { clock, count, duration, percent, shortDay } from "./words.ts";

const MAX_BAR = 30;
/** More days than this are shown without those that had no session. */
const ALL_DAYS = 14;
const MAX_ROWS = 30;

/** The sessions, newest first, then the days and the trend, at most `width` columns wide. */
export function historyView(
  sessions: readonly WireFocusSession[],
  analytics: WireFocusAnalytics,
  width: number,
): string[] {
  return [
    bold("Sessions"),
    ...indented(sessionTable(sessions.slice(0, MAX_ROWS), width - 2)),
    ...more(sessions.length - MAX_ROWS),
    ...byDay(analytics, width),
  ];
}

/** Nothing where all sessions are of films: those count for themselves only. */
function byDay(analytics: WireFocusAnalytics, width: number): string[] {
  if (analytics.total.total_seconds === 0) return [];
  return [
    "",
    bold("By day"),
    ...indented(dayTable(analytics.days, width - 2)),
    ...indented([legend()]),
    "",
    ...trend(analytics),
  ];
}

function sessionTable(sessions: readonly WireFocusSession[], width: number): string[] {
  const right = { align: "right" } as const;
  const columns = [
    { title: "from" },
    { title: "lasted", ...right },
    { title: "focused", ...right },
    { title: "streak", ...right },
    { title: "breaks", ...right },
    { title: "camera", shrinkTo: 8 },
  ];
  const rows = sessions.map((session) => [
    `${shortDay(localDate(session.start))} ${clock(session.start)}`,
    duration(session.total_seconds),
    { text: share(session.focus_percent), paint: bold },
    duration(session.longest_streak_seconds),
    String(session.breaks),
    { text: session.camera ?? session.source, paint: dim },
  ]);
  return table(columns, rows, width);
}

/** The date on the local calendar. */
function localDate(iso: string): string {
  const at = new Date(iso);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function dayTable(days: WireFocusAnalytics["days"], width: number): string[] {
  const shown = days.length > ALL_DAYS ? days.filter((day) => day.total_seconds > 0) : days;
  const most = Math.max(1, ...shown.map((day) => day.total_seconds));
  const room = Math.max(4, Math.min(MAX_BAR, width - 34));
  const rows = shown.map((day) => [
    shortDay(day.date),
    { text: day.total_seconds > 0 ? duration(day.focused_seconds) : "–", paint: bold },
    share(day.focus_percent),
    { styled: dayBar(day, most, room) },
  ]);
  return table([{}, { align: "right" }, { align: "right" }, {}], rows, width);
}

/** The states side by side. */
function dayBar(times: WireFocusTimes, most: number, room: number): string {
  return FOCUS_STATES.map((state) => stateBar(state, times[`${state}_seconds`] / most, room))
    .join("");
}

function legend(): string {
  return FOCUS_STATES.map((state) => {
    const { paint, block, word } = STATE_STYLE[state];
    return `${paint(block)} ${dim(word)}`;
  }).join("  ");
}

function trend({ total, trend, streaks, days }: WireFocusAnalytics): string[] {
  const { focus_percent_change: change, focused_seconds_change: more } = trend;
  const lines = [
    `${bold(duration(total.focused_seconds))} focused in ${count(total.sessions, "session")}, ` +
    `${share(total.focus_percent)} of what could be judged`,
  ];
  if (trend.before.sessions > 0) {
    const sign = (value: number) => value < 0 ? "less" : "more";
    const paint = (value: number) => value < 0 ? red : green;
    const time = paint(more)(`${duration(Math.abs(more))} ${sign(more)}`);
    const points = change === null
      ? ""
      : `, ${paint(change)(`${Math.abs(change)} points ${sign(change)}`)}`;
    lines.push(`${time}${points} than in the ${count(days.length, "day")} before`);
  }
  const { current_days, longest_days } = streaks;
  if (longest_days > 0) {
    lines.push(dim(`${count(current_days, "day")} in a row, ${longest_days} at most`));
  }
  return lines;
}

function share(value: number | null): string {
  return value === null ? "–" : percent(value / 100);
}

function more(left: number): string[] {
  return left > 0 ? indented([dim(`and ${left} more; --json has them all`)]) : [];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
