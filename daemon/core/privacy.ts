/**
 * Privacy rules: what of a window may be known, decided before anything is written, logged or shown.
 * Their shape, and the check of those that come from outside.
 * @module
 */

import { kindOf, RuleFields } from "./rule_fields.ts";

/** What is done to what a rule matches. Dropping or hashing a title drops the URL with it. */
export type PrivacyAction = "drop_title" | "hash_title" | "drop_event";

/** One rule; of all that match, the strictest action counts, so their order does not. */
export interface PrivacyRule {
  readonly match: "app" | "title" | "url";
  /** A pattern that occurs in the text, in any case; or the whole text. One of the two. */
  readonly regex?: string;
  readonly exact?: string;
  readonly action: PrivacyAction;
}

/** The actions, the mildest first. */
export const PRIVACY_ACTIONS: readonly PrivacyAction[] = ["hash_title", "drop_title", "drop_event"];

/** How much a list of rules may hold. */
export const PRIVACY_LIMITS = { rules: 1_000, patternChars: 1_000 } as const;

const FIELDS = ["match", "regex", "exact", "action"];
const MATCHES = ["app", "title", "url"] as const;

/** The stricter of two actions; `undefined`: nothing is done. */
export function stricter(
  a: PrivacyAction | undefined,
  b: PrivacyAction | undefined,
): PrivacyAction | undefined {
  const rank = (action: PrivacyAction | undefined) =>
    action === undefined ? -1 : PRIVACY_ACTIONS.indexOf(action);
  return rank(a) >= rank(b) ? a : b;
}

/**
 * The rules in `value`, a list of plain objects. Whether a regular expression is one is seen when it is compiled,
 * by `compilePrivacy()`.
 * @throws {TypeError} for a wrong shape and {RangeError} for a wrong value; the message names the rule, counted
 * from 1, and the field: `Cannot use privacy rule 3: "action" is "hide": …`.
 */
export function parsePrivacyRules(value: unknown): PrivacyRule[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`Cannot use the privacy rules: they are ${kindOf(value)}, wanted a list`);
  }
  const { rules } = PRIVACY_LIMITS;
  if (value.length > rules) {
    throw new RangeError(
      `Cannot use the privacy rules: there are ${value.length}, at most ${rules} are allowed`,
    );
  }
  return value.map((rule, index) => parsePrivacyRule(rule, index));
}

/** One rule, named in errors by its number, `index` + 1. @throws as {@linkcode parsePrivacyRules}. */
export function parsePrivacyRule(value: unknown, index: number): PrivacyRule {
  const fields = new RuleFields(value, FIELDS, `Cannot use privacy rule ${index + 1}:`);
  return {
    match: fields.oneOf("match", MATCHES),
    ...fields.pattern(PRIVACY_LIMITS.patternChars),
    action: fields.oneOf("action", PRIVACY_ACTIONS),
  };
}
