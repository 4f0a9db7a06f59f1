/**
 * How a single app counts, as one of the user's rules.
 * @module
 */
import type { Rule } from "./rules.ts";
import type { ActivityClass } from "./types.ts";

/**
 * The rules with `app` counted as `wanted`, before all others; `undefined`: as the other rules have it. A category
 * that a rule of its own gave it stays.
 */
export function setAppClass(
  rules: readonly Rule[],
  app: string,
  wanted: ActivityClass | undefined,
): Rule[] {
  const isOf = ({ match, exact }: Rule) =>
    match === "app" && exact?.toLowerCase() === app.toLowerCase();
  const others = rules.filter((rule) => !isOf(rule));
  if (wanted === undefined) return others;
  const { category } = rules.find(isOf) ?? {};
  const own: Rule = { match: "app", exact: app, class: wanted };
  return [category === undefined ? own : { ...own, category }, ...others];
}
