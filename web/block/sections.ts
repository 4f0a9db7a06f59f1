/**
 * The parts of the Block view, as its address names them.
 * @module
 */
export const SECTIONS = {
  now: "Now",
  schedules: "Schedules",
  sites: "Sites and lists",
  check: "Does it hold?",
  history: "History",
} as const;
export type Section = keyof typeof SECTIONS;

/** The section an address means; an unknown one is the first. */
export function sectionOf(text: string | null): Section {
  return text !== null && Object.hasOwn(SECTIONS, text) ? text as Section : "now";
}
