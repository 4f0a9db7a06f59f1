/**
 * Colours by meaning. They are always put on; {@linkcode ./output.ts} takes them off where none are wanted.
 * @module
 */
import type { TimelineClass } from "../daemon/core/types.ts";

export type Paint = (text: string) => string;

function sgr(open: string, close: string): Paint {
  return (text) => text === "" ? "" : `\x1b[${open}m${text}\x1b[${close}m`;
}

export const bold = sgr("1", "22");
export const dim = sgr("2", "22");
export const green = sgr("32", "39");
export const red = sgr("91", "39");
export const yellow = sgr("33", "39");
export const cyan = sgr("36", "39");
export const inverse = sgr("7", "27");
export const plain: Paint = (text) => text;

/** Each class's colour, its sign in bars (told apart without colour too), and its word. */
export const CLASS_STYLE: Readonly<
  Record<TimelineClass, { readonly paint: Paint; readonly sign: string; readonly word: string }>
> = {
  signal: { paint: green, sign: "█", word: "signal" },
  noise: { paint: red, sign: "▓", word: "noise" },
  neutral: { paint: sgr("90", "39"), sign: "▒", word: "neutral" },
  afk: { paint: dim, sign: "░", word: "away" },
};

export const CLASSES = Object.keys(CLASS_STYLE) as TimelineClass[];
