/**
 * Rules in words.
 * @module
 */
import { clip, LOCALE, withoutControls } from "../format.ts";
import { type How, type Pattern, type Shape, shapeOf } from "./rule_shape.ts";

export const MATCH_WORDS = { app: "Program", title: "Title", url: "Address" } as const;

export const HOW_WORDS: Readonly<Record<How, string>> = {
  site: "on the site",
  is: "is",
  contains: "contains",
  ends: "ends with",
  pattern: "fits the pattern",
};

const SPOKEN_LIMIT = 60;

/** What stands before a rule's own words: "Title contains". */
export function leadOf({ match, how }: Shape): string {
  return how === "site" ? "Site is" : `${MATCH_WORDS[match]} ${HOW_WORDS[how]}`;
}

/** A rule in one sentence, for what is heard or said, of a bearable length: "Title contains Jira". */
export function ruleName(pattern: Pattern): string {
  const shape = shapeOf(pattern);
  return `${leadOf(shape)} ${withoutControls(clip(shape.text, SPOKEN_LIMIT))}`;
}

/** What the daemon says is wrong with a rule, without the number that it has in a list that nobody sees. */
export function problemWords(message: string): string {
  const bare = message.replace(/^Cannot use (?:the rules|rule \d+): ?/, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** "1 title", "12 titles". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString(LOCALE)} ${count === 1 ? one : many}`;
}
