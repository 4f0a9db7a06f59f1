/**
 * The words the page uses for what the API names.
 * @module
 */
import type { TimelineClass } from "../daemon/core/types.ts";
import type { Connection } from "./live.ts";
import type { View } from "../daemon/core/views.ts";
import type { FocusState } from "./wire.ts";

export const CLASS_WORDS: Record<TimelineClass, string> = {
  signal: "Signal",
  noise: "Noise",
  neutral: "Neutral",
  afk: "Away",
};

export const VIEW_WORDS: Record<View, string> = {
  today: "Today",
  trends: "Trends",
  focus: "Focus",
  phone: "Phone",
  block: "Block",
  rules: "Rules",
  edits: "Edits",
  settings: "Settings",
};

export const CONNECTION_WORDS: Record<Connection, string> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  offline: "Daemon offline",
  locked: "Sign in to see",
};

const PART_WORDS: Record<string, string | undefined> = {
  store: "Database",
  window: "Window tracking",
  idle: "Away detection",
  api: "API",
  backup: "Daily backup",
  vision: "Focus sessions",
  mail: "Mail",
  sms: "SMS",
  summaries: "Summaries",
  loop: "Nudges",
};

export const FOCUS_WORDS: Record<FocusState | "paused", string> = {
  focused: "Focused",
  unfocused: "Unfocused",
  no_face: "Away",
  uncertain: "Uncertain",
  paused: "Paused",
};

/** "Window tracking" for "window"; a part this page does not know keeps its name. */
export function partWord(name: string): string {
  return PART_WORDS[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}
