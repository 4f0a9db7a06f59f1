/**
 * JSON as it was written: numbers keep their text, a key that stands twice is an error.
 *
 * `JSON.parse` makes a double of every number and lets the last of two equal keys win; what was signed
 * would then not be what is read.
 * @module
 */

/** A number by its text: `1.0` and 2^70 are more than a double says. */
export class JsonNumber {
  constructor(readonly text: string) {}

  /** Its value as a double; may be infinite. */
  get value(): number {
    return Number(this.text);
  }
}

export type JsonObject = Map<string, JsonValue>;
export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject;

/** The deepest nesting that is read. */
export const MAX_DEPTH = 16;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// deno-lint-ignore no-control-regex -- what JSON does not allow in a string
const PLAIN = /[^"\\\x00-\x1f]*/y;
const SPACE = /[ \t\n\r]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** @throws {SyntaxError} for what is not JSON, for a key that stands twice, and beyond {@linkcode MAX_DEPTH}. */
export function parseStrictJson(text: string): JsonValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.space();
  if (reader.at < text.length) reader.fail("text after its end");
  return value;
}

class Reader {
  at = 0;

  constructor(private readonly text: string) {}

  fail(what: string): never {
    throw new SyntaxError(`Cannot read the JSON: ${what} at character ${this.at}`);
  }

  space(): void {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
  }

  value(depth: number): JsonValue {
    this.space();
    switch (this.text[this.at]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.fail("an unknown word");
    this.at += word.length;
    return value;
  }

  #number(): JsonNumber {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (!match) this.fail(this.at < this.text.length ? "no value" : "an early end");
    this.at = NUMBER.lastIndex;
    return new JsonNumber(match[0]);
  }

  #string(): string {
    let result = "";
    this.at++;
    while (true) {
      PLAIN.lastIndex = this.at;
      PLAIN.test(this.text);
      result += this.text.slice(this.at, PLAIN.lastIndex);
      this.at = PLAIN.lastIndex;
      const char = this.text[this.at];
      if (char === '"') {
        this.at++;
        return result;
      }
      if (char !== "\\") this.fail(char === undefined ? "an early end" : "a control character");
      const escape = this.text[this.at + 1] ?? "";
      if (escape === "u") {
        const hex = this.text.slice(this.at + 2, this.at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail("a wrong escape");
        result += String.fromCharCode(parseInt(hex, 16));
        this.at += 6;
      } else {
        if (!Object.hasOwn(ESCAPES, escape)) this.fail("a wrong escape");
        result += ESCAPES[escape];
        this.at += 2;
      }
    }
  }

  #array(depth: number): JsonValue[] {
    if (depth >= MAX_DEPTH) this.fail(`more than ${MAX_DEPTH} levels`);
    const items: JsonValue[] = [];
    this.at++;
    this.space();
    if (this.text[this.at] === "]") {
      this.at++;
      return items;
    }
    while (true) {
      items.push(this.value(depth + 1));
      if (this.#end("]")) return items;
    }
  }

  #object(depth: number): JsonObject {
    if (depth >= MAX_DEPTH) this.fail(`more than ${MAX_DEPTH} levels`);
    const fields: JsonObject = new Map();
    this.at++;
    this.space();
    if (this.text[this.at] === "}") {
      this.at++;
      return fields;
    }
    while (true) {
      this.space();
      if (this.text[this.at] !== '"') this.fail("no key");
      const key = this.#string();
      if (fields.has(key)) this.fail("a key that stands twice");
      this.space();
      if (this.text[this.at] !== ":") this.fail("no colon");
      this.at++;
      fields.set(key, this.value(depth + 1));
      if (this.#end("}")) return fields;
    }
  }

  /** Whether the list ends here; else another item follows. */
  #end(close: string): boolean {
    this.space();
    const char = this.text[this.at];
    if (char !== close && char !== ",") this.fail("neither a comma nor an end");
    this.at++;
    return char === close;
  }
}
