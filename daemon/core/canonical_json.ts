/**
 * Canonical JSON, byte for byte as Python's `json.dumps(value, sort_keys=True, separators=(",", ":"))`
 * writes what `json.loads` read: what a phone signs, whatever program signs it.
 * @module
 */
import { JsonNumber, type JsonValue } from "./strict_json.ts";

export interface CanonicalOptions {
  /** Writes everything but ASCII as `\uXXXX`, as Python does unless told otherwise. @default true */
  readonly ascii?: boolean;
}

/** @throws {RangeError} for a number too large for Python's `float`, which JSON cannot write. */
export function canonicalJson(value: JsonValue, { ascii = true }: CanonicalOptions = {}): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return ascii ? asciiString(value) : utf8String(value);
  if (value instanceof JsonNumber) return pythonNumber(value.text);
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonicalJson(item, { ascii })).join(",")}]`;
  }
  const keys = [...value.keys()].sort(byCodePoint);
  const write = ascii ? asciiString : utf8String;
  return `{${
    keys.map((key) => `${write(key)}:${canonicalJson(value.get(key)!, { ascii })}`).join(",")
  }}`;
}

/** UTF-16 sorts what is beyond U+FFFF before U+E000; code points do not. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i), y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogateX = x >= 0xd800 && x <= 0xdfff, surrogateY = y >= 0xd800 && y <= 0xdfff;
    if (surrogateX === surrogateY) return x - y;
    // A half by itself is a code point of its own, below U+E000.
    return (codePointAt(a, i)) - (codePointAt(b, i));
  }
  return a.length - b.length;
}

/** The code point that the unit at `i` belongs to: it may be the second half of a pair. */
function codePointAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if (unit >= 0xdc00 && unit <= 0xdfff && i > 0) {
    const before = text.codePointAt(i - 1)!;
    if (before > 0xffff) return before;
  }
  return text.codePointAt(i)!;
}

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escaped(char: string): string {
  return NAMED[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function asciiString(text: string): string {
  return `"${text.replace(/[^ !#-[\]-~]/g, escaped)}"`;
}

function utf8String(text: string): string {
  // deno-lint-ignore no-control-regex -- what JSON does not allow in a string
  return `"${text.replace(/[\x00-\x1f"\\]/g, escaped)}"`;
}

/** A number as Python's `int` or `float` writes what it read. */
function pythonNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return text === "-0" ? "0" : text;
  const value = Number(text);
  if (!Number.isFinite(value)) {
    throw new RangeError(`Cannot use the number ${text}: it is too large`);
  }
  return pythonFloat(value);
}

/** Python's `repr` of a float: the same digits as JavaScript's, other limits for the exponent. */
export function pythonFloat(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (value === 0) return "0.0";
  const [mantissa, exponentText] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}
