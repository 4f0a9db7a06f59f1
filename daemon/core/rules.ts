/**
 * Classification rules: their shape, and the check of those that come from outside.
 * @module
 */
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
const MATCHES = ["app", "title", "url"];
const CLASSES = ["signal", "noise", "neutral"];
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
    throw new TypeError(`Cannot use the rules: they are ${kind(value)}, wanted a list`);
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
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${wrong} it is ${kind(value)}, wanted an object`);
  }
  const fields = new Map(Object.entries(value).filter(([, field]) => field !== undefined));
  for (const [name, field] of fields) {
    if (!FIELDS.includes(name)) {
      throw new TypeError(`${wrong} "${cut(name)}" is unknown, allowed are ${FIELDS.join(", ")}`);
    }
    if (typeof field !== "string") {
      throw new TypeError(`${wrong} "${name}" is ${kind(field)}, wanted text`);
    }
  }
  const text = fields as Map<string, string>;
  const patterns = ["regex", "exact"].filter((name) => text.has(name));
  if (patterns.length !== 1) {
    const has = patterns.length === 0 ? "neither" : "both";
    throw new TypeError(`${wrong} it has ${has} of "regex" and "exact", wanted one of them`);
  }
  const name = patterns[0] as "regex" | "exact";
  const pattern = text.get(name)!;
  if (pattern.trim() === "") throw new RangeError(`${wrong} "${name}" is empty`);
  if (pattern.length > RULE_LIMITS.patternChars) {
    throw new RangeError(
      `${wrong} "${name}" has ${pattern.length} characters, at most ${RULE_LIMITS.patternChars} are allowed`,
    );
  }
  const category = parseCategory(text.get("category"), wrong);
  return {
    match: oneOf(text, "match", MATCHES, wrong) as Rule["match"],
    [name]: pattern,
    class: oneOf(text, "class", CLASSES, wrong) as ActivityClass,
    ...(category === undefined ? {} : { category }),
  };
}

function oneOf(
  text: ReadonlyMap<string, string>,
  name: string,
  allowed: readonly string[],
  wrong: string,
): string {
  const value = text.get(name);
  if (value === undefined) {
    throw new TypeError(`${wrong} "${name}" is missing, wanted one of ${allowed.join(", ")}`);
  }
  if (!allowed.includes(value)) {
    throw new RangeError(
      `${wrong} "${name}" is "${cut(value)}", wanted one of ${allowed.join(", ")}`,
    );
  }
  return value;
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

function kind(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The start of a value for a message, on one line. */
function cut(value: string): string {
  const line = value.replace(new RegExp(CONTROL, "g"), " ");
  return line.length > 60 ? line.slice(0, 60) + "…" : line;
}
