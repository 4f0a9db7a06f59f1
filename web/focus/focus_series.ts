/**
 * How charts draw focus sessions.
 * @module
 */
import type { ColumnSeries } from "../charts/columns.tsx";
import { CLASS_WORDS, FOCUS_WORDS } from "../words.ts";

/** The states from the base line up: focused is solid, unfocused is striped, away is hollow, uncertain is flat. */
export const STATE_SERIES: readonly ColumnSeries[] = [
  { key: "focused", name: FOCUS_WORDS.focused, colour: "focused", fill: "solid" },
  { key: "unfocused", name: FOCUS_WORDS.unfocused, colour: "unfocused", fill: "striped" },
  { key: "no_face", name: FOCUS_WORDS.no_face, colour: "no-face", fill: "hollow" },
  { key: "uncertain", name: FOCUS_WORDS.uncertain, colour: "uncertain", fill: "flat" },
];

/** Focused time by what was in front. */
export const FOCUSED_ON_SERIES: readonly ColumnSeries[] = [
  { key: "signal", name: CLASS_WORDS.signal, colour: "signal", fill: "solid" },
  { key: "noise", name: CLASS_WORDS.noise, colour: "noise", fill: "striped" },
  { key: "neutral", name: CLASS_WORDS.neutral, colour: "neutral", fill: "flat" },
  { key: "unknown", name: "Not recorded", colour: "afk", fill: "hollow" },
];

export const FOCUSED_SERIES: readonly ColumnSeries[] = STATE_SERIES.slice(0, 1);
