/**
 * The loop for people.
 * @module
 */
import type { WireLoop, WireLoopNow, WireLoopStep } from "../daemon/api/loop.ts";
import { bold, dim, green, type Paint, plain, red, yellow } from "./style.ts";
import { type Cell, table } from "./table.ts";
import { clean, clip, displayWidth, wrap } from "./text.ts";
import { clock, duration } from "./words.ts";

type Config = WireLoop["config"];
type Rule = keyof Config["rules"];

/** In the order in which they are explained. */
export const RULES = ["noise", "phone", "unfocused", "budget"] as const satisfies readonly Rule[];
export const STEPS = ["nudge", "stronger", "block"] as const;

/** Below, how the rules stand now is left out. */
const NARROW = 64;

/** All that the loop is set to, what it says now and what it did last. */
export function loopLines(
  { config, now, evidence }: WireLoop,
  steps: readonly WireLoopStep[],
  { nowMs, width, isRunning }: {
    readonly nowMs: number;
    readonly width: number;
    readonly isRunning: boolean;
  },
): string[] {
  const lines = nowLines(now, nowMs, { isOn: config.on, isRunning })
    .flatMap(({ text, paint }) => wrap(text, width).map(paint));
  const columns = [
    { title: "rule" },
    { title: "when" },
    ...STEPS.map((title) => ({ title })),
    { title: "now", shrinkTo: 8 },
  ].slice(0, width < NARROW ? -1 : undefined);
  const rows = RULES.map((name): Cell[] => {
    const rule = config.rules[name];
    const found = evidence.rules.find((each) => each.rule === name);
    const isOn = config.on && rule.on;
    const said = found && found.seconds > 0 ? found.explanation : "";
    return [
      { text: name, paint: isOn ? bold : dim },
      { text: conditionText(config, name), paint: isOn ? plain : dim },
      ...STEPS.map((step) => stepCell(isOn && rule.steps[step])),
      { text: said, paint: found?.holds && isOn ? yellow : dim },
    ].slice(0, columns.length);
  });
  lines.push("", ...table(columns, rows, width), "");
  for (const text of settingLines(config)) lines.push(...wrap(text, width).map(dim));
  if (steps.length > 0) lines.push("", bold("Last steps"), ...stepTable(steps, width));
  return lines;
}

/** What the loop says now; one line at least. */
export function nowLines(
  { nudge, snoozed_until, held_by }: WireLoopNow,
  nowMs: number,
  { isOn, isRunning }: { readonly isOn: boolean; readonly isRunning: boolean },
): { readonly text: string; readonly paint: Paint }[] {
  if (!isOn) return [{ text: "Off: nothing nudges and nothing blocks", paint: yellow }];
  const lines: { text: string; paint: Paint }[] = [];
  if (!isRunning) lines.push({ text: "No daemon runs that would nudge", paint: yellow });
  if (nudge) {
    const what = nudge.step === "block" ? "Blocked" : "Nudged";
    const text = `${what} at ${clock(nudge.at)}: ${clean(nudge.explanation)}`;
    lines.push({ text, paint: nudge.step === "nudge" ? yellow : red });
  }
  if (snoozed_until) {
    const left = duration((Date.parse(snoozed_until) - nowMs) / 1000);
    lines.push({ text: `Quiet until ${clock(snoozed_until)}, for ${left}`, paint: yellow });
  }
  if (held_by) lines.push({ text: `Held back: ${clean(held_by)}`, paint: dim });
  return lines.length > 0 ? lines : [{ text: "On; there is nothing to say now", paint: green }];
}

function stepCell(isOn: boolean): Cell {
  return isOn ? { text: "on", paint: green } : { text: "off", paint: dim };
}

function conditionText({ rules }: Config, name: Rule): string {
  const minutes = rules[name].minutes;
  switch (name) {
    case "noise":
      return `${minutes} of ${rules.noise.of_minutes} min`;
    case "phone":
      return `${minutes} min of noise`;
    case "unfocused":
      return `${minutes} min of a session`;
    case "budget":
      return `over ${minutes} min a day`;
  }
}

function settingLines(config: Config): string[] {
  const { block, quiet } = config;
  const what = [...block.lists.map((name) => `the list ${name}`), ...block.domains].join(", ");
  const again = config.again_after_minutes > 0
    ? `, and again every ${config.again_after_minutes} min`
    : "";
  const days = quiet && quiet.days.length < 7 ? ` on ${quiet.days.join(" ")}` : "";
  const blocks = RULES.some((name) => config.rules[name].steps.block)
    ? `Block ${config.block_after_minutes} min after the last nudge, for ${block.minutes} min, at ` +
      `most ${block.most_a_day} a day: ${clean(what) || "the usual sites"}`
    : "No rule blocks; prodtracker loop block on changes that";
  return [
    `Stronger ${config.stronger_after_minutes} min after a nudge${again}; never two within ` +
    `${config.cooldown_minutes} min; over after ${config.clear_minutes} min without it`,
    blocks,
    quiet ? `Quiet from ${quiet.from} to ${quiet.to}${days}` : "No quiet hours",
    config.spares_meetings
      ? "Held back in meetings and while a microphone is in use"
      : "Not held back in meetings",
  ];
}

const ANSWERS = { snoozed: "more time", blocked: "blocked by hand", dismissed: "dismissed" };

/** Columns of date, step and rule. */
const BEFORE_EXPLANATION = 39;

/** Steps, a line each. */
export function stepTable(steps: readonly WireLoopStep[], width: number): string[] {
  const columns = [{}, {}, {}, { shrinkTo: 12 }, { shrinkTo: 8 }];
  // A long reason gives way to what was said.
  const longest = Math.max(...steps.map(({ explanation }) => displayWidth(explanation)));
  const outcomeWidth = Math.max(16, width - BEFORE_EXPLANATION - longest - 2);
  const rows = steps.map((each): Cell[] => [
    { text: `${localDate(each.at)} ${clock(each.at)}`, paint: dim },
    { text: each.step, paint: paintOf(each) },
    each.rule,
    each.explanation,
    outcomeCell(each, outcomeWidth),
  ]);
  // What to do about a failure stands in its reason: all of it is shown.
  return table(columns, rows, width).flatMap((line, i) => {
    const { outcome, reason } = steps[i];
    if (outcome !== "failed") return [line];
    return [line, ...wrap(clean(reason ?? ""), width - 4).map((part) => `    ${yellow(part)}`)];
  });
}

function paintOf({ step, outcome }: WireLoopStep): Paint {
  if (outcome !== "taken") return dim;
  return step === "nudge" ? yellow : red;
}

function outcomeCell({ outcome, reason, answer }: WireLoopStep, width: number): Cell {
  if (outcome === "held") return { text: clip(clean(`held back: ${reason}`), width), paint: dim };
  if (outcome === "failed") return { text: "failed", paint: red };
  return { text: answer ? ANSWERS[answer] : "", paint: dim };
}

function localDate(iso: string): string {
  const date = new Date(iso);
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
