/**
 * Rules as people think of them: what is looked at, how, and for which words; to and from the patterns that are stored.
 * @module
 */
import type { Rule } from "../../daemon/core/rules.ts";

/** What of a rule says whom it concerns. */
export type Pattern = Pick<Rule, "match" | "regex" | "exact">;

export const HOWS = ["site", "is", "contains", "ends", "pattern"] as const;
/**
 * - `site`: the address's host, or one below it;
 * - `is`: the whole text;
 * - `contains`: anywhere in it;
 * - `ends`: the last of a title's parts ("Page - Site");
 * - `pattern`: a regular expression.
 */
export type How = (typeof HOWS)[number];

/** How something can be looked at. */
export const HOWS_OF: Readonly<Record<Rule["match"], readonly How[]>> = {
  app: ["is", "contains", "pattern"],
  title: ["contains", "ends", "is", "pattern"],
  url: ["site", "contains", "is", "pattern"],
};

export interface Shape {
  readonly match: Rule["match"];
  readonly how: How;
  readonly text: string;
}

const META = /[\\.+*?()|[\]{}^$]/g;
const SITE_BEFORE = "^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?(?:[^/?#@:]*\\.)?";
const SITE_AFTER = "(?::\\d*)?(?:[/?#]|$)";
const ENDING_BEFORE = "(?:^| [-–—|·•:/»›] )";
const ENDING_AFTER = "$";

/** The pattern that is stored for a shape. */
export function patternOf({ match, how, text }: Shape): Pattern {
  switch (how) {
    case "is":
      return { match, exact: text };
    case "contains":
      return { match, regex: literal(text) };
    case "site":
      return { match: "url", regex: SITE_BEFORE + literal(text) + SITE_AFTER };
    case "ends":
      return { match: "title", regex: ENDING_BEFORE + literal(text) + ENDING_AFTER };
    case "pattern":
      return { match, regex: text };
  }
}

/** The shape of a stored pattern; one that nobody here has made is a `pattern`, so that nothing of it is lost. */
export function shapeOf({ match, regex, exact }: Pattern): Shape {
  if (exact !== undefined) return { match, how: "is", text: exact };
  const stored = regex ?? "";
  const inside = (before: string, after: string) =>
    stored.length > before.length + after.length && stored.startsWith(before) &&
      stored.endsWith(after)
      ? plainText(stored.slice(before.length, stored.length - after.length))
      : undefined;
  const site = match === "url" ? inside(SITE_BEFORE, SITE_AFTER) : undefined;
  if (site !== undefined) return { match, how: "site", text: site };
  const ending = match === "title" ? inside(ENDING_BEFORE, ENDING_AFTER) : undefined;
  if (ending !== undefined) return { match, how: "ends", text: ending };
  const words = plainText(stored);
  return words === undefined
    ? { match, how: "pattern", text: stored }
    : { match, how: "contains", text: words };
}

/** The regular expression that finds a text as it stands. */
export function literal(text: string): string {
  return text.replace(META, "\\$&");
}

/** The text that {@linkcode literal} made a pattern of; `undefined`: it did not. */
function plainText(pattern: string): string | undefined {
  const text = pattern.replace(/\\(.)/gs, "$1");
  return literal(text) === pattern ? text : undefined;
}
