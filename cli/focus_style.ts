/**
 * How the states of a focus session look: told apart by sign and word as well as by colour.
 * @module
 */
import type { FocusState } from "../daemon/core/focus_session.ts";
import { dim, green, type Paint, red, yellow } from "./style.ts";

export interface StateStyle {
  readonly paint: Paint;
  /** In the live line. */
  readonly sign: string;
  /** In bars. */
  readonly block: string;
  readonly word: string;
}

export const STATE_STYLE: Readonly<Record<FocusState, StateStyle>> = {
  focused: { paint: green, sign: "●", block: "█", word: "focused" },
  unfocused: { paint: red, sign: "▲", block: "▓", word: "unfocused" },
  no_face: { paint: dim, sign: "○", block: "░", word: "no face" },
  uncertain: { paint: yellow, sign: "?", block: "▒", word: "uncertain" },
};

/** Why a state is what it is, in words for people. */
export function reasonWords(reason: string | undefined): string | undefined {
  return reason === "bad frame" ? "no picture" : reason;
}

/** A bar of one state, `share` (0..1) of `width` columns long; anything at all is at least one. */
export function stateBar(state: FocusState, share: number, width: number): string {
  if (!(share > 0)) return "";
  const { paint, block } = STATE_STYLE[state];
  return paint(block.repeat(Math.max(1, Math.round(Math.min(1, share) * width))));
}

/** "0:07", "12:03", "1:02:03". */
export function timer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
