/**
 * Changes of the list of rules: what each makes of it. Another window, or the command line, may have changed it since it
 * was shown: a change that no longer means what it did is refused.
 * @module
 */
import type { Rule } from "../../daemon/core/rules.ts";

/** Makes another list of one. @throws {RulesMovedError} when it is not what was seen. */
export type RulesChange = (rules: readonly Rule[]) => readonly Rule[];

/** The list is another than the one that somebody saw. */
export class RulesMovedError extends Error {
  override name = "RulesMovedError";
  constructor() {
    super("Your rules were changed elsewhere meanwhile. Look at them, and try again");
  }
}

/** Puts a rule before the one at `index`. */
export function adding(rule: Rule, index: "first" | "last"): RulesChange {
  return (rules) => index === "first" ? [rule, ...rules] : [...rules, rule];
}

/** Puts a rule in the place of one that was seen at `index`. */
export function replacing(index: number, seen: Rule, rule: Rule): RulesChange {
  return (rules) => rules.toSpliced(placeOf(rules, seen, index), 1, rule);
}

export function removing(index: number, seen: Rule): RulesChange {
  return (rules) => rules.toSpliced(placeOf(rules, seen, index), 1);
}

/** Takes the rule that was seen at `from` to the place `to`, counted without it. */
export function moving(from: number, to: number, seen: Rule): RulesChange {
  return (rules) => {
    if (!isSame(rules[from], seen) || to < 0 || to >= rules.length) throw new RulesMovedError();
    return moved(rules, from, to);
  };
}

/** Adds rules behind the others, without those that are there. */
export function addingAll(more: readonly Rule[]): RulesChange {
  return (rules) => [...rules, ...newOf(rules, more)];
}

/** Goes back from `after` to `before`. */
export function undoing(before: readonly Rule[], after: readonly Rule[]): RulesChange {
  return (rules) => {
    if (keyOf(rules) !== keyOf(after)) throw new RulesMovedError();
    return before;
  };
}

/** The list with the item at `from` at the place `to`, and the others in their order. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(to, 0, items[from]);
}

/** Which of `more` are not in `rules`, each once. */
export function newOf(rules: readonly Rule[], more: readonly Rule[]): Rule[] {
  const known = new Set(rules.map(ruleKey));
  return more.filter((rule) => {
    const key = ruleKey(rule);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}

/** The same for two rules that say the same. */
export function ruleKey({ match, regex, exact, class: cls, category }: Rule): string {
  return JSON.stringify([match, regex ?? null, exact ?? null, cls, category ?? null]);
}

export function isSame(a: Rule | undefined, b: Rule): boolean {
  return a !== undefined && ruleKey(a) === ruleKey(b);
}

/** The same for two lists that say the same in the same order. */
export function keyOf(rules: readonly Rule[]): string {
  return rules.map(ruleKey).join("\n");
}

/** Where the rule stands now that was seen at `index`. */
function placeOf(rules: readonly Rule[], seen: Rule, index: number): number {
  if (isSame(rules[index], seen)) return index;
  const place = rules.findIndex((rule) => isSame(rule, seen));
  if (place === -1) throw new RulesMovedError();
  return place;
}
