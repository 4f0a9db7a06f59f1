/**
 * Privacy rules: what of a window may be known, decided before anything is written, logged or shown.
 * Their shape, and the check of those that come from outside.
 * @module
 */

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
const MATCHES = ["app", "title", "url"];
// deno-lint-ignore no-control-regex -- control characters are what it takes out
const CONTROL = /[\x00-\x1f\x7f]/g;

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
    throw new TypeError(`Cannot use the privacy rules: they are ${kind(value)}, wanted a list`);
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
  const wrong = `Cannot use privacy rule ${index + 1}:`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${wrong} it is ${kind(value)}, wanted an object`);
  }
  const text = new Map<string, string>();
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    if (!FIELDS.includes(name)) {
      throw new TypeError(`${wrong} "${cut(name)}" is unknown, allowed are ${FIELDS.join(", ")}`);
    }
    if (typeof field !== "string") {
      throw new TypeError(`${wrong} "${name}" is ${kind(field)}, wanted text`);
    }
    text.set(name, field);
  }
  const patterns = (["regex", "exact"] as const).filter((name) => text.has(name));
  if (patterns.length !== 1) {
    const has = patterns.length === 0 ? "neither" : "both";
    throw new TypeError(`${wrong} it has ${has} of "regex" and "exact", wanted one of them`);
  }
  const [name] = patterns;
  const pattern = text.get(name)!;
  if (pattern.trim() === "") throw new RangeError(`${wrong} "${name}" is empty`);
  const { patternChars } = PRIVACY_LIMITS;
  if (pattern.length > patternChars) {
    throw new RangeError(
      `${wrong} "${name}" has ${pattern.length} characters, at most ${patternChars} are allowed`,
    );
  }
  return {
    match: oneOf(text, "match", MATCHES, wrong) as PrivacyRule["match"],
    [name]: pattern,
    action: oneOf(text, "action", PRIVACY_ACTIONS, wrong) as PrivacyAction,
  };
}

function oneOf(
  text: ReadonlyMap<string, string>,
  name: string,
  allowed: readonly string[],
  wrong: string,
): string {
  const value = text.get(name);
  const wanted = `wanted one of ${allowed.join(", ")}`;
  if (value === undefined) throw new TypeError(`${wrong} "${name}" is missing, ${wanted}`);
  if (allowed.includes(value)) return value;
  throw new RangeError(`${wrong} "${name}" is "${cut(value)}", ${wanted}`);
}

function kind(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The start of a value for a message, on one line. */
function cut(value: string): string {
  const line = value.replace(CONTROL, " ");
  return line.length > 60 ? line.slice(0, 60) + "…" : line;
}
