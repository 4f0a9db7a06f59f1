import assert from "node:assert/strict";
import fc from "fast-check";
import { JsonNumber, type JsonValue, MAX_DEPTH, parseStrictJson } from "./strict_json.ts";

/** As `JSON.parse` would have it. */
function loose(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return value.value;
  if (Array.isArray(value)) return value.map(loose);
  if (value instanceof Map) {
    // `__proto__` is a key like any other.
    return Object.fromEntries([...value].map(([key, each]) => [key, loose(each)]));
  }
  return value;
}

Deno.test("parseStrictJson() reads what JSON.parse reads, the same", () => {
  fc.assert(fc.property(fc.json(), fc.integer({ min: 0, max: 3 }), (text, indent) => {
    const value = JSON.parse(text);
    fc.pre(!text.includes(`${"[".repeat(MAX_DEPTH)}`));
    let read: JsonValue;
    try {
      read = parseStrictJson(JSON.stringify(value, null, indent));
    } catch (error) {
      assert.match((error as Error).message, /levels/);
      return;
    }
    assert.deepEqual(loose(read), value);
  }));
});

const REFUSED: [name: string, text: string][] = [
  ["nothing", ""],
  ["NaN", '{"a":NaN}'],
  ["Infinity", "[Infinity]"],
  ["a key twice", '{"a":1,"a":2}'],
  ["a key twice, once escaped", '{"a":1,"\\u0061":2}'],
  ["a comma at the end", "[1,]"],
  ["two values", "1 2"],
  ["a leading zero", "01"],
  ["a bare point", "1."],
  ["a plus", "+1"],
  ["single quotes", "{'a':1}"],
  ["an open string", '"abc'],
  ["a line break in a string", '"a\nb"'],
  ["a wrong escape", '"\\x41"'],
  ["half an escape", '"\\u12"'],
  ["a comment", "/* */ 1"],
  ["deep nesting", "[".repeat(100_000)],
  ["nesting one too deep", "[".repeat(MAX_DEPTH + 1) + "]".repeat(MAX_DEPTH + 1)],
  ["another space", "[\u00a01]"],
];
for (const [name, text] of REFUSED) {
  Deno.test(`parseStrictJson() refuses ${name}`, () => {
    assert.throws(() => parseStrictJson(text), SyntaxError);
  });
}

Deno.test("parseStrictJson() never throws anything but SyntaxError", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    try {
      parseStrictJson(text);
    } catch (error) {
      assert.ok(error instanceof SyntaxError);
    }
  }));
});
