/**
 * Privacy rules as a form edits them, and what becomes of a list of them.
 * @module
 */
import {
  PRIVACY_LIMITS,
  type PrivacyAction,
  type PrivacyRule,
} from "../../../daemon/core/privacy.ts";

/** How a text is compared: the whole of it, a part of it, or by a pattern (RE2). All in any case. */
export type How = "exact" | "contains" | "regex";

/** A rule that is being written. */
export interface RuleDraft {
  readonly match: PrivacyRule["match"];
  readonly how: How;
  readonly text: string;
  readonly action: PrivacyAction;
}

export const EMPTY_DRAFT: RuleDraft = {
  ...{ match: "app", how: "exact", text: "", action: "drop_title" },
};

export const MATCH_WORDS: Readonly<Record<PrivacyRule["match"], string>> = {
  ...{ app: "App", title: "Title", url: "Address" },
};

export const HOW_WORDS: Readonly<Record<How, string>> = {
  ...{ exact: "is", contains: "contains", regex: "matches the pattern" },
};

/** Each action, and what is known then. */
export const ACTION_WORDS: Readonly<
  Record<PrivacyAction, { readonly name: string; readonly known: string }>
> = {
  hash_title: {
    name: "Hash title",
    known:
      "The app and the time count. In the title's place stands a hash, the same for the same " +
      "title. The address is dropped.",
  },
  drop_title: {
    name: "Drop title",
    known: "The app and the time count. Title and address are dropped.",
  },
  drop_event: {
    name: "Drop event",
    known: "Nothing is known: the time is in no total, as if no window had been in front.",
  },
};

const SPECIAL = /[\\^$.*+?()[\]{}|]/g;
/** What {@linkcode ruleOf} writes for a text that is to be contained, and nothing else. */
const PLAIN = /^(?:[^\\^$.*+?()[\]{}|]|\\[\\^$.*+?()[\]{}|])*$/;

/** The rule that a draft comes to; its text may still be none that can be used. */
export function ruleOf({ match, how, text, action }: RuleDraft): PrivacyRule {
  if (how === "exact") return { match, exact: text, action };
  return { match, regex: how === "regex" ? text : text.replace(SPECIAL, "\\$&"), action };
}

/** A rule as the form shows it: a pattern without any sign is a text that is contained. */
export function draftOf({ match, regex, exact, action }: PrivacyRule): RuleDraft {
  if (regex === undefined) return { match, how: "exact", text: exact ?? "", action };
  if (!PLAIN.test(regex)) return { match, how: "regex", text: regex, action };
  return { match, how: "contains", text: regex.replace(/\\(.)/g, "$1"), action };
}

/** Why a draft cannot be saved yet, in words; `undefined`: it can, as far as the page can tell. */
export function problemOf(draft: RuleDraft): string | undefined {
  if (draft.text.trim() === "") return "Write what to look for.";
  const { regex, exact } = ruleOf(draft);
  const { length } = regex ?? exact ?? "";
  const most = PRIVACY_LIMITS.patternChars;
  if (length <= most) return undefined;
  return `It has ${length} characters, at most ${most} are allowed.`;
}

/** Whether two rules say the same. */
export function isSameRule(a: PrivacyRule, b: PrivacyRule): boolean {
  return a.match === b.match && a.regex === b.regex && a.exact === b.exact &&
    a.action === b.action;
}

/** Where a rule is in a list that may have changed since it was there at `index`; `undefined`: nowhere. */
export function placeOf(
  rules: readonly PrivacyRule[],
  rule: PrivacyRule,
  index: number,
): number | undefined {
  if (rules[index] && isSameRule(rules[index], rule)) return index;
  const found = rules.findIndex((each) => isSameRule(each, rule));
  return found < 0 ? undefined : found;
}

/** The list with `rule` in the place of the one at `index`, or behind all when there is none. */
export function withRule(
  rules: readonly PrivacyRule[],
  rule: PrivacyRule,
  index: number | undefined,
): PrivacyRule[] {
  return index === undefined ? [...rules, rule] : rules.with(index, rule);
}

/** The list with the rule at `from` moved to `to`. */
export function withMoved(
  rules: readonly PrivacyRule[],
  from: number,
  to: number,
): PrivacyRule[] {
  return rules.toSpliced(from, 1).toSpliced(to, 0, rules[from]);
}

/** A rule in words, without its text: "App is", "Title contains". */
export function ruleWords(rule: PrivacyRule): string {
  return `${MATCH_WORDS[rule.match]} ${HOW_WORDS[draftOf(rule).how]}`;
}
