/**
 * When screenshots are taken, as a form says it.
 * @module
 */
import { LOCALE } from "../../format.ts";
import type { WireScreenshotRules } from "./wire.ts";

/** The form; numbers as they were typed. */
export interface ScreenshotDraft {
  readonly onNoise: boolean;
  readonly noiseSeconds: string;
  readonly noiseMinutes: string;
  readonly byClock: boolean;
  readonly intervalMinutes: string;
  readonly scale: number;
}

/** What the daemon takes. */
const RANGES = {
  noiseSeconds: [1, 3_600],
  noiseMinutes: [0, 1_440],
  intervalMinutes: [0.1, 1_440],
} as const;
type NumberName = keyof typeof RANGES;

/** The sizes that are offered; one that was set otherwise is offered too. */
export function scalesFor(scale: number): number[] {
  return [...new Set([1, 0.75, 0.5, 0.25, scale])].toSorted((a, b) => b - a);
}

/** "As large as the screen", "50 % of its width and height". */
export function scaleWords(scale: number): string {
  if (scale === 1) return "As large as the screen";
  const percent = new Intl.NumberFormat(LOCALE, {
    style: "percent",
    maximumFractionDigits: 1,
  });
  return `${percent.format(scale)} of its width and height`;
}

/** When they are taken as it is set, in words: "On noise, at most one in 5 min; not by the clock". */
export function settingsWords(rules: WireScreenshotRules): string {
  const { on_noise, noise_seconds, noise_minutes, interval_minutes } = rules;
  const number = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
  const noise = on_noise
    ? `On noise that lasts ${number.format(noise_seconds)} s, at most one in ` +
      `${number.format(noise_minutes)} min`
    : "Not on noise";
  const clock = interval_minutes === null
    ? "not by the clock"
    : `by the clock every ${number.format(interval_minutes)} min`;
  return `${noise}; ${clock}`;
}

/** The form for what is set. */
export function screenshotDraftOf(rules: WireScreenshotRules): ScreenshotDraft {
  return {
    onNoise: rules.on_noise,
    noiseSeconds: String(rules.noise_seconds),
    noiseMinutes: String(rules.noise_minutes),
    byClock: rules.interval_minutes !== null,
    intervalMinutes: String(rules.interval_minutes ?? 15),
    scale: rules.scale,
  };
}

/** Why a number cannot be saved; `undefined`: it can, or does not matter as things are set. */
export function numberProblem(name: NumberName, draft: ScreenshotDraft): string | undefined {
  if (!(name === "intervalMinutes" ? draft.byClock : draft.onNoise)) return undefined;
  const [least, most] = RANGES[name];
  const value = numberOf(draft[name]);
  if (value >= least && value <= most) return undefined;
  return `Write a number from ${least} to ${most}.`;
}

/**
 * What the form comes to; `undefined` while some of it cannot be saved. A number that does not matter as things are
 * set stays what it was, unless it can be used.
 */
export function rulesOfDraft(
  draft: ScreenshotDraft,
  before: WireScreenshotRules,
): WireScreenshotRules | undefined {
  const names = Object.keys(RANGES) as NumberName[];
  if (names.some((name) => numberProblem(name, draft) !== undefined)) return undefined;
  const kept = (name: NumberName, old: number) => {
    const [least, most] = RANGES[name];
    const value = numberOf(draft[name]);
    return value >= least && value <= most ? value : old;
  };
  return {
    on_noise: draft.onNoise,
    noise_seconds: kept("noiseSeconds", before.noise_seconds),
    noise_minutes: kept("noiseMinutes", before.noise_minutes),
    interval_minutes: draft.byClock ? numberOf(draft.intervalMinutes) : null,
    scale: draft.scale,
  };
}

function numberOf(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}
