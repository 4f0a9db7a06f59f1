/**
 * A focus session for people: the line that lives with it, and what it came to.
 * @module
 */
import { focusPercent, type FocusTotals } from "../daemon/core/focus.ts";
import { FOCUS_STATES, type FocusState, TIME_OF } from "../daemon/core/focus_session.ts";
import { STATE_STYLE, stateBar, timer } from "./focus_style.ts";
import { bold, dim, inverse, type Paint, plain, yellow } from "./style.ts";
import { table } from "./table.ts";
import { displayWidth, pad } from "./text.ts";
import { count, duration, percent } from "./words.ts";

/** What the live line tells. */
export interface LiveState {
  readonly state: FocusState;
  /** "looking away", "too dark", …. */
  readonly reason?: string;
  readonly totals: FocusTotals;
  /** How long the session is meant to be, or how long the film says it is. */
  readonly wholeMs?: number;
  readonly isFilm: boolean;
  readonly isPaused?: boolean;
  /** It goes on for so long that it is said loudly. */
  readonly isAlarm?: boolean;
  readonly isDrowsy?: boolean;
  readonly isLearning?: boolean;
}

/** A part of the line; where there is no room for all, the least important go. */
interface Part {
  readonly text: string;
  readonly paint?: Paint;
  /** 0 always stays. */
  readonly rank: number;
}

const GAP = "  ";

/** The line in at most `width` columns. */
export function liveLine(live: LiveState, width: number): string {
  const parts = partsOf(live);
  let kept: Part[] = parts;
  const length = () => kept.reduce((sum, { text }) => sum + displayWidth(text) + GAP.length, -2);
  for (let rank = Math.max(...parts.map((part) => part.rank)); rank > 0; rank--) {
    if (length() <= width) break;
    kept = kept.filter((part) => part.rank < rank);
  }
  return kept.map(({ text, paint = plain }) => paint(text)).join(GAP);
}

function partsOf(live: LiveState): Part[] {
  const { totals, wholeMs, isFilm } = live;
  const { paint, sign, word } = live.isPaused
    ? { paint: dim, sign: "‖", word: "paused" }
    : STATE_STYLE[live.state];
  const share = focusPercent(totals);
  const shown = share === null ? "–" : share.toFixed(0);
  const left = timer(Math.max(0, (wholeMs ?? 0) - totals.totalMs));
  const clock = isFilm ? `${timer(totals.totalMs)} of ${timer(wholeMs ?? 0)}` : `${left} left`;
  const strong = live.isAlarm ? inverse : bold;
  const state = { text: pad(`${sign} ${word}`, 11), paint: (text: string) => strong(paint(text)) };
  return [
    { ...state, rank: 0 },
    ...hintOf(live),
    { text: `${shown.padStart(3)} %`, rank: 1 },
    { text: `focused ${timer(totals.focusedMs)}`, rank: 4 },
    { text: `unfocused ${timer(totals.unfocusedMs)}`, rank: 5 },
    ...totals.noFaceMs > 0 ? [{ text: `away ${timer(totals.noFaceMs)}`, rank: 6 }] : [],
    ...wholeMs === undefined ? [] : [{ text: clock, paint: dim, rank: 2 }],
  ];
}

function hintOf(live: LiveState): Part[] {
  const hint = (text: string, paint: Paint) => [{ text, paint, rank: 3 }];
  if (live.isPaused) return hint("p goes on", dim);
  if (live.reason !== undefined) return hint(live.reason, STATE_STYLE[live.state].paint);
  if (live.isDrowsy) return hint("drowsy", yellow);
  return live.isLearning ? hint("learning your pose", dim) : [];
}
const MAX_BAR = 30;

/** What a session came to. */
export function summaryView(totals: FocusTotals, width: number): string[] {
  const share = focusPercent(totals);
  const verdict = share === null
    ? "nothing of it could be judged"
    : `${percent(share / 100)} focused`;
  const longest = Math.max(1, ...FOCUS_STATES.map((state) => totals[TIME_OF[state]]));
  const room = Math.max(4, Math.min(MAX_BAR, width - 26));
  const rows = FOCUS_STATES.map((state) => [
    { text: STATE_STYLE[state].word, paint: STATE_STYLE[state].paint },
    { text: duration(totals[TIME_OF[state]] / 1000), paint: bold },
    { styled: stateBar(state, totals[TIME_OF[state]] / longest, room) },
  ]);
  const streak = `longest streak ${duration(totals.longestStreakMs / 1000)}`;
  return [
    `${bold(`${duration(totals.totalMs / 1000)}, ${verdict}`)}`,
    ...table([{}, { align: "right" }, {}], rows, width - 2).map((line) => `  ${line}`),
    dim(`  ${streak}, ${count(totals.breaks, "break")}`),
  ];
}

/** "12:03:05  unfocused  looking away": a change of state where the line cannot be rewritten. */
export function changeLine(at: string, state: FocusState, reason: string | undefined): string {
  const { paint, word } = STATE_STYLE[state];
  const what = reason === undefined ? paint(word) : `${paint(pad(word, 9))}  ${reason}`;
  return `${dim(at)}  ${what}`;
}
