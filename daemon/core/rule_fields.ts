/**
 * The fields of a rule from outside, of whatever kind: their shape, and errors that name rule and field.
 * @module
 */

// deno-lint-ignore no-control-regex -- control characters are what it takes out
const CONTROL = /[\x00-\x1f\x7f]/g;

/** Reads the text fields of one rule; `wrong` begins its errors: `Cannot use rule 3:`. */
export class RuleFields {
  readonly #text: ReadonlyMap<string, string>;

  /** @throws {TypeError} when `value` is no plain object of texts with names among `allowed`. */
  constructor(value: unknown, allowed: readonly string[], private readonly wrong: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new TypeError(`${wrong} it is ${kindOf(value)}, wanted an object`);
    }
    const text = new Map<string, string>();
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined) continue;
      if (!allowed.includes(name)) {
        throw new TypeError(
          `${wrong} "${cut(name)}" is unknown, allowed are ${allowed.join(", ")}`,
        );
      }
      if (typeof field !== "string") {
        throw new TypeError(`${wrong} "${name}" is ${kindOf(field)}, wanted text`);
      }
      text.set(name, field);
    }
    this.#text = text;
  }

  get(name: string): string | undefined {
    return this.#text.get(name);
  }

  /**
   * The one of "regex" and "exact" that it has.
   * @throws {TypeError} unless it has one of the two, {RangeError} when that is empty or over `maxChars` long.
   */
  pattern(maxChars: number): { readonly regex: string } | { readonly exact: string } {
    const { wrong } = this;
    const regex = this.get("regex"), exact = this.get("exact");
    if ((regex === undefined) === (exact === undefined)) {
      const has = regex === undefined ? "neither" : "both";
      throw new TypeError(`${wrong} it has ${has} of "regex" and "exact", wanted one of them`);
    }
    const name = regex === undefined ? "exact" : "regex";
    const pattern = regex ?? exact!;
    if (pattern.trim() === "") throw new RangeError(`${wrong} "${name}" is empty`);
    if (pattern.length > maxChars) {
      throw new RangeError(
        `${wrong} "${name}" has ${pattern.length} characters, at most ${maxChars} are allowed`,
      );
    }
    return name === "regex" ? { regex: pattern } : { exact: pattern };
  }

  /** A field that has one of some values. @throws {TypeError} when it is missing, {RangeError} for another value. */
  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.get(name);
    const wanted = `wanted one of ${allowed.join(", ")}`;
    if (value === undefined) throw new TypeError(`${this.wrong} "${name}" is missing, ${wanted}`);
    const found = allowed.find((each) => each === value);
    if (found !== undefined) return found;
    throw new RangeError(`${this.wrong} "${name}" is "${cut(value)}", ${wanted}`);
  }
}

/** What a value is, with its article. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The start of a value for a message, on one line. */
export function cut(value: string): string {
  const line = value.replace(CONTROL, " ");
  return line.length > 60 ? line.slice(0, 60) + "…" : line;
}
