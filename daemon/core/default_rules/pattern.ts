/**
 * Builds default rules by regular expression: what a list of names cannot say.
 *
 * They are ours, so that they may run in the built-in engine; each also compiles in RE2, which is
 * what the listed rules promise. They see lower-case text of at most `MAX_TEXT_CHARS`.
 * @module
 */
import type { Rule } from "../rules.ts";
import type { ActivityClass } from "../types.ts";
import type { Category } from "./categories.ts";

/** How long an expression grows: under the limits for the rules of users. */
const MAX_CHARS = 700;

/** Rules by regular expression, as many as their alternatives fill. */
export function pattern(
  match: Rule["match"],
  judged: ActivityClass,
  category: Category,
  ...alternatives: string[]
): Rule[] {
  const rules: string[] = [];
  for (const alternative of alternatives) {
    const last = rules.at(-1);
    if (last === undefined || last.length + alternative.length > MAX_CHARS) {
      rules.push(alternative);
    } else {
      rules[rules.length - 1] = `${last}|${alternative}`;
    }
  }
  return rules.map((regex) => ({ match, regex, class: judged, category }));
}

/** The expression for a name as it is written. */
export function literal(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Subjects of lessons that are play, not learning. */
export const PLAYFUL =
  "\\b(?:minecraft|fortnite|roblox|valorant|league of legends|gta|elden ring|pok[eé]mon|genshin" +
  "|dota|call of duty|apex legends|sims|skyrim|fifa|terraria|zelda|mario|makeup|make-up|hair" +
  "|hairstyle|nail|nails|eyeliner|skincare|outfit|dance|tiktok|magic trick|speedrun|cosplay)\\b";
