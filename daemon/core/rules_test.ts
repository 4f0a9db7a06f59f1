import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRules, RULE_LIMITS } from "./rules.ts";

const RULE = { match: "app", exact: "code", class: "signal" };

Deno.test("parseRules() returns the rules in order, with only their own fields and lower-case categories", () => {
  assert.deepEqual(
    parseRules([
      { match: "title", regex: "jira", class: "signal", category: "Work / Tickets" },
      { ...RULE, regex: undefined },
    ]),
    [
      { match: "title", regex: "jira", class: "signal", category: "work/tickets" },
      { match: "app", exact: "code", class: "signal" },
    ],
  );
  assert.deepEqual(parseRules([]), []);
});

const long = "x".repeat(RULE_LIMITS.patternChars + 1);
const cases: [string, unknown, ErrorConstructor, RegExp][] = [
  [
    "something else than a list",
    { rules: [] },
    TypeError,
    /^Cannot use the rules: they are an object/,
  ],
  ["a rule that is no object", [RULE, null], TypeError, /^Cannot use rule 2: it is null/],
  [
    "an unknown field",
    [{ ...RULE, pattern: "x" }],
    TypeError,
    /^Cannot use rule 1: "pattern" is unknown/,
  ],
  ["a field that is no text", [{ ...RULE, category: 3 }], TypeError, /"category" is a number/],
  ["neither pattern", [{ match: "app", class: "noise" }], TypeError, /has neither of "regex" and/],
  ["both patterns", [{ ...RULE, regex: "x" }], TypeError, /has both of "regex" and "exact"/],
  ["a missing class", [{ match: "app", exact: "x" }], TypeError, /"class" is missing/],
  [
    "a wrong class",
    [{ ...RULE, class: "good" }],
    RangeError,
    /"class" is "good", wanted one of signal,/,
  ],
  ["a wrong field to match", [{ ...RULE, match: "pid" }], RangeError, /"match" is "pid"/],
  [
    "an empty pattern",
    [{ ...RULE, exact: " " }],
    RangeError,
    /^Cannot use rule 1: "exact" is empty$/,
  ],
  [
    "a long pattern",
    [{ ...RULE, exact: long }],
    RangeError,
    /"exact" has 1001 characters, at most 1000/,
  ],
  ["a long category", [{ ...RULE, category: "c".repeat(101) }], RangeError, /"category" has 101/],
  [
    "three levels",
    [{ ...RULE, category: "a/b/c" }],
    RangeError,
    /"category" is "a\/b\/c", wanted one or/,
  ],
  ["an empty level", [{ ...RULE, category: "a/" }], RangeError, /"category" is "a\/"/],
  [
    "too many rules",
    Array(RULE_LIMITS.rules + 1).fill(RULE),
    RangeError,
    /there are 5001, at most 5000/,
  ],
];
for (const [name, value, type, message] of cases) {
  Deno.test(`parseRules() refuses ${name}`, () => {
    assert.throws(() => parseRules(value), (error) => {
      assert.ok(error instanceof type);
      assert.match(error.message, message);
      assert.ok(!/[\n.]$/.test(error.message));
      return true;
    });
  });
}

Deno.test("parseRules() throws nothing but TypeError and RangeError, whatever it is given", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    try {
      parseRules(value);
    } catch (error) {
      assert.ok(error instanceof TypeError || error instanceof RangeError);
      assert.match(error.message, /^Cannot use /);
    }
  }));
});
