/**
 * A summary as plain text, for mail readers that show no HTML. It says the same, and relies on no fixed width.
 * @module
 */
import type { Summary, SummaryItem } from "../core/summary.ts";
import { binsOf } from "./bins.ts";
import {
  comparison,
  GOAL_SIGNS,
  goalFacts,
  hasTime,
  itemName,
  otherFacts,
  type RenderOptions,
  snrText,
  timesText,
  titleOf,
} from "./facts.ts";
import { CLASS_WORDS, CLASSES, duration, moment, percent } from "./words.ts";

/** The text, each line ended by "\n". */
export function renderText(summary: Summary, { zone, nowMs }: RenderOptions): string {
  const { totals, signalShare } = summary;
  const lines = [titleOf(summary, zone), "", summary.sentence];
  if (hasTime(summary)) {
    if (signalShare !== null) {
      const usual = comparison(summary);
      lines.push("", `Signal share: ${percent(signalShare)}${usual ? ` (${usual})` : ""}`);
      lines.push(`Signal to noise: ${snrText(summary)}`);
    }
    lines.push("", ...CLASSES.map((cls) => `${CLASS_WORDS[cls]}: ${duration(totals[`${cls}Ms`])}`));
  }
  const { bins, title, hasAway } = binsOf(summary, zone);
  const told = hasAway ? CLASSES : CLASSES.filter((cls) => cls !== "afk");
  const active = bins.filter((bin) => timesText(bin.totals, told) !== "nothing");
  if (active.length > 0) {
    lines.push(
      ...heading(title),
      ...active.map(({ name, totals }) => `${name}  ${timesText(totals, told)}`),
    );
  }
  lines.push(...list("Top apps", summary.topApps, "(no name)"));
  lines.push(...list("Top categories", summary.topCategories, "(no category)"));
  const others = otherFacts(summary);
  if (others.length > 0) {
    lines.push(...heading("Also"));
    for (const { name, value, detail } of others) lines.push(`${name}: ${value}, ${detail}`);
  }
  const goals = goalFacts(summary);
  if (goals.length > 0) {
    lines.push(...heading("Goals"));
    for (const { text, state, outcome, streak } of goals) {
      lines.push(`${GOAL_SIGNS[state]} ${text}: ${outcome}${streak ? `; ${streak}` : ""}`);
    }
  }
  lines.push("", "-- ", footer(nowMs, zone));
  return `${lines.join("\n")}\n`;
}

/** Who says so, and when. */
export function footer(nowMs: number, zone: RenderOptions["zone"]): string {
  return `Made by ProdTracker on this computer, ${moment(nowMs, zone)}`;
}

function heading(title: string): string[] {
  return ["", title, "-".repeat(title.length)];
}

function list(title: string, items: readonly SummaryItem[], nameless: string): string[] {
  if (items.every(({ name }) => name === undefined)) return [];
  const lines = items.map((item) =>
    `${itemName(item, nameless)}: ${duration(item.ms)} (${CLASS_WORDS[item.class]})`
  );
  return [...heading(title), ...lines];
}
