/**
 * A summary as text.
 * @module
 */
import type { WireTimes } from "../daemon/api/wire.ts";
import { goalText } from "../daemon/core/goals.ts";
import { bar, columns, shareBar } from "./bars.ts";
import { focusTotals } from "./focus_words.ts";
import { bold, dim, green, red, yellow } from "./style.ts";
import { table } from "./table.ts";
import { clean, pad, wrap } from "./text.ts";
import { timesTable, topTable, verdict } from "./totals_view.ts";
import type { Summary } from "./wire.ts";
import { clock, count, dayName, duration, percent, shortDay } from "./words.ts";

const MAX_BAR = 24;

/** The lines for a person, at most `width` columns wide. */
export function summaryView(summary: Summary, width: number): string[] {
  const lines = [
    ...wrap(heading(summary), width).map(bold),
    ...wrap(clean(summary.sentence), width),
    "",
    ...timesTable(summary, width),
  ];
  const whole = shareBar(summary, Math.min(60, width - 2));
  if (whole !== "") {
    const { mean_signal_share: mean } = summary;
    const usual = mean === null ? "" : dim(`; ${percent(mean)} in the 28 days before`);
    const words = wrap(`${verdict(summary)}${usual}`, width - 2).map(indented);
    lines.push("", indented(whole), ...words);
  }
  const focus = focusTotals(summary.focus);
  if (focus !== undefined) lines.push("", ...wrap(`${bold("Focus")}  ${focus}`, width));
  if (summary.phones.length > 0) lines.push("", bold("Phone"), ...phones(summary.phones, width));
  if (summary.blocks.count > 0) lines.push("", `${bold("Blocks")}  ${blocks(summary.blocks)}`);
  if (summary.goals.length > 0) lines.push("", bold("Goals"), ...goals(summary, width));
  if (summary.hours.some(isActive)) lines.push("", bold("By hour"), ...hours(summary.hours));
  if (summary.period !== "day" && summary.days.length > 0) {
    lines.push("", bold("By day"), ...days(summary.days, width));
  }
  if (summary.top_apps.length > 0) {
    lines.push("", bold("Top apps"), ...topTable(summary.top_apps, width));
  }
  if (summary.top_categories.some(({ name }) => name !== null)) {
    lines.push("", bold("Top categories"), ...topTable(summary.top_categories, width));
  }
  return lines;
}

function heading({ period, from, to, first_date, last_date }: Summary): string {
  if (period === "range") return `${dayName(from)} ${clock(from)} to ${dayName(to)} ${clock(to)}`;
  // The daemon's own dates: its day begins some hours after midnight, and its zone may be another.
  const [first, last] = [first_date, last_date].map((date) => dayName(`${date}T12:00:00`));
  if (period === "day") return first;
  return `${period === "week" ? "Week" : "Month"} from ${first} to ${last}`;
}

function isActive({ signal_seconds, noise_seconds, neutral_seconds }: WireTimes): boolean {
  return signal_seconds + noise_seconds + neutral_seconds > 0;
}

/** Two columns an hour; their height is the part of the hour. */
function hours(all: Summary["hours"]): string[] {
  const label = (text: string) => `  ${pad(text, 7)} `;
  const lines = (["signal", "noise", "neutral"] as const)
    .filter((cls) => all.some((hour) => hour[`${cls}_seconds`] > 0))
    .map((cls) => {
      const shares = all.map((hour) => hour[`${cls}_seconds`] / 3600);
      return `${label(cls)}${columns(cls, shares.flatMap((share) => [share, share]))}`;
    });
  const scale = all.map(({ start }, i) => i % 3 === 0 ? pad(clock(start).slice(0, 2), 6) : "");
  return [...lines, dim(`${label("")}${scale.join("")}`.trimEnd())];
}

function days(all: Summary["days"], width: number): string[] {
  const most = Math.max(...all.map(total), 1);
  const room = Math.min(30, width - 46);
  const rows = all.map((day) => [
    shortDay(day.date),
    duration(day.signal_seconds),
    duration(day.noise_seconds),
    day.signal_share === null ? "–" : percent(day.signal_share),
    { styled: room < 4 ? "" : shareBar(day, Math.max(4, Math.round(total(day) / most * room))) },
  ]);
  const right = { align: "right" } as const;
  const columns = [
    {},
    { title: "signal", ...right },
    { title: "noise", ...right },
    { title: "share", ...right },
    {},
  ];
  return table(columns, rows, width - 2).map(indented);
}

/** A line a phone; its bar, where there is room for one, is the part of its time that was noise. */
function phones(all: Summary["phones"], width: number): string[] {
  const room = Math.min(MAX_BAR, width - 56);
  const rows = all.map(({ device, seconds, noise_seconds }) => [
    device,
    { text: duration(seconds), paint: bold },
    noisePart(seconds, noise_seconds),
    { styled: room < 4 || seconds === 0 ? "" : bar("noise", noise_seconds / seconds, room) },
  ]);
  return table([{ shrinkTo: 8 }, { align: "right" }, {}, {}], rows, width - 2).map(indented);
}

function noisePart(seconds: number, noiseSeconds: number): string {
  if (noiseSeconds === 0) return "no noise";
  return `${noiseSeconds === seconds ? "all" : duration(noiseSeconds)} of it noise`;
}

/** "2 blocks, 1 h 10 min in all" */
function blocks({ count: n, blocked_seconds }: Summary["blocks"]): string {
  return `${count(n, "block")}, ${duration(blocked_seconds)} in all`;
}

/** A sign and words for each; side by side, with a bar of the days on which it was met, where there is room. */
function goals(summary: Summary, width: number): string[] {
  const told = summary.goals.map((goal) => toldGoal(goal, summary));
  if (width < 80) {
    return told.flatMap(({ sign, text, paint, outcome, streak }) =>
      wrap(`${sign} ${text}: ${[outcome, ...streak ? [streak] : []].join(", ")}`, width - 4)
        .map((line, i) => `  ${i === 0 ? paint(line) : `  ${paint(line)}`}`)
    );
  }
  const rows = told.map(({ sign, text, paint, outcome, streak, share }) => [
    { text: `${sign} ${text}`, paint },
    outcome,
    streak,
    { styled: bar("signal", share, Math.min(12, width - 70)) },
  ]);
  return table([{}, {}, {}, {}], rows, width - 2).map(indented);
}

/** "✓", "at least 4 h of signal", "met on 4 of 5 days", "3 days in a row"; the share of days is 0 on a single one. */
function toldGoal(goal: Summary["goals"][number], { period, is_over }: Summary) {
  const { met_days: met, counted_days: counted, streak_days } = goal;
  const text = goalText(goal);
  const streak = streak_days > 1 ? `${streak_days} days in a row` : "";
  if (counted === 0) {
    const outcome = is_over ? "nothing to count" : "open";
    return { text, streak, outcome, sign: "·", paint: dim, share: 0 };
  }
  const isMet = met === counted;
  const paint = isMet ? green : met === 0 ? red : yellow;
  const outcome = period === "day"
    ? isMet ? "met" : "missed"
    : `met on ${met} of ${count(counted, "day")}`;
  const share = period === "day" ? 0 : met / counted;
  return { text, streak, outcome, sign: isMet ? "✓" : "✗", paint, share };
}

function indented(line: string): string {
  return `  ${line}`;
}

function total({ signal_seconds, noise_seconds, neutral_seconds, afk_seconds }: WireTimes): number {
  return signal_seconds + noise_seconds + neutral_seconds + afk_seconds;
}
