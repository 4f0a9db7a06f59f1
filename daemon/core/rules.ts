/**
 * Classification rules: their shape, and the check of those that come from outside.
 * @module
 */
import { cut, kindOf, RuleFields } from "./rule_fields.ts";
import type { ActivityClass } from "./types.ts";

/**
 * One judgement: a subject whose field fits gets the class. Case never matters. Each field is tried
 * as it was observed and cleaned: a title also without counters and the browser's name, a program
 * also without ".exe", path, package prefix and version (see `subject_forms.ts`).
 */
export interface Rule {
  readonly match: "app" | "title" | "url";
  /** RE2 syntax, found anywhere in the field unless anchored; exactly one of `regex` and `exact`. */
  readonly regex?: string;
  /** The whole field. */
  readonly exact?: string;
  readonly class: ActivityClass;
  /** Lower case, at most two levels: "work", "media/video". */
  readonly category?: string;
}

/** How much a list of rules may hold. */
export const RULE_LIMITS = { rules: 5_000, patternChars: 1_000, categoryChars: 100 } as const;

const FIELDS = ["match", "regex", "exact", "class", "category"];
const MATCHES = ["app", "title", "url"] as const;
const CLASSES = ["signal", "noise", "neutral"] as const;
// deno-lint-ignore no-control-regex -- control characters are what it refuses
const CONTROL = /[\x00-\x1f\x7f]/;

/**
 * The rules in `value`, a list of plain objects, with their categories in lower case. Whether a
 * regular expression is one is seen when it is compiled, by `createClassifier()`.
 * @throws {TypeError} for a wrong shape and {RangeError} for a wrong value; the message names the
 * rule, counted from 1, and the field: `Cannot use rule 3: "class" is "good": …`.
 */
export function parseRules(value: unknown): Rule[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`Cannot use the rules: they are ${kindOf(value)}, wanted a list`);
  }
  if (value.length > RULE_LIMITS.rules) {
    throw new RangeError(
      `Cannot use the rules: there are ${value.length}, at most ${RULE_LIMITS.rules} are allowed`,
    );
  }
  return value.map(parseRule);
}

function parseRule(value: unknown, index: number): Rule {
  const wrong = `Cannot use rule ${index + 1}:`;
  const fields = new RuleFields(value, FIELDS, wrong);
  const pattern = fields.pattern(RULE_LIMITS.patternChars);
  const category = parseCategory(fields.get("category"), wrong);
  return {
    match: fields.oneOf("match", MATCHES),
    ...pattern,
    class: fields.oneOf("class", CLASSES),
    ...(category === undefined ? {} : { category }),
  };
}

/** A category as it is kept. @throws {RangeError} beginning with `wrong` when it has another form. */
export function parseCategory(value: string | undefined, wrong: string): string | undefined {
  if (value === undefined) return undefined;
  if (value.length > RULE_LIMITS.categoryChars) {
    throw new RangeError(
      `${wrong} "category" has ${value.length} characters, at most ${RULE_LIMITS.categoryChars} are allowed`,
    );
  }
  const levels = value.toLowerCase().split("/").map((level) => level.trim());
  if (levels.length > 2 || levels.includes("") || CONTROL.test(value)) {
    throw new RangeError(
      `${wrong} "category" is "${cut(value)}", wanted one or two levels such as "media/video"`,
    );
  }
  return levels.join("/");
}
