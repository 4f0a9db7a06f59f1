import assert from "node:assert/strict";
import { parsePrivacyRules, PRIVACY_ACTIONS, PRIVACY_LIMITS, stricter } from "./privacy.ts";

Deno.test("parsePrivacyRules() takes rules as they are", () => {
  const rules = [
    { match: "app", exact: "Signal", action: "drop_event" },
    { match: "title", regex: "bank|tax", action: "hash_title" },
    { match: "url", regex: "^https://mail\\.", action: "drop_title" },
  ];
  assert.deepEqual(parsePrivacyRules(rules), rules);
  assert.deepEqual(parsePrivacyRules([]), []);
});

const good = { match: "app", exact: "x", action: "drop_title" };
const refused: [string, unknown, RegExp][] = [
  [
    "no list",
    { rules: [] },
    /^TypeError: Cannot use the privacy rules: they are an object, wanted a list$/,
  ],
  [
    "a rule that is none",
    [good, "app"],
    /^TypeError: Cannot use privacy rule 2: it is a string, wanted an object$/,
  ],
  [
    "an unknown field",
    [{ ...good, class: "noise" }],
    /^TypeError: .* rule 1: "class" is unknown, allowed are match, regex, exact, action$/,
  ],
  [
    "a field that is no text",
    [{ ...good, exact: 7 }],
    /^TypeError: .* rule 1: "exact" is a number, wanted text$/,
  ],
  [
    "no pattern",
    [{ match: "app", action: "drop_title" }],
    /^TypeError: .* rule 1: it has neither of "regex" and "exact"/,
  ],
  [
    "two patterns",
    [{ ...good, regex: "x" }],
    /^TypeError: .* rule 1: it has both of "regex" and "exact"/,
  ],
  ["an empty pattern", [{ ...good, exact: " " }], /^RangeError: .* rule 1: "exact" is empty$/],
  [
    "a pattern that is too long",
    [{ ...good, exact: "x".repeat(1_001) }],
    /^RangeError: .* has 1001 characters, at most 1000/,
  ],
  [
    "no action",
    [{ match: "app", exact: "x" }],
    /^TypeError: .* "action" is missing, wanted one of hash_title, drop_title, drop_event$/,
  ],
  [
    "another action",
    [good, good, { ...good, action: "hide" }],
    /^RangeError: .* rule 3: "action" is "hide", wanted one of/,
  ],
  [
    "another field to match",
    [{ ...good, match: "pid" }],
    /^RangeError: .* "match" is "pid", wanted one of app, title, url$/,
  ],
  [
    "too many",
    Array(PRIVACY_LIMITS.rules + 1).fill(good),
    /^RangeError: .* there are 1001, at most 1000 are allowed$/,
  ],
];
for (const [what, value, message] of refused) {
  Deno.test(`parsePrivacyRules() refuses ${what}, naming rule and field`, () => {
    assert.throws(() => parsePrivacyRules(value), (error) => message.test(String(error)));
  });
}

Deno.test("stricter() orders the actions, and takes any over none", () => {
  for (const [i, a] of PRIVACY_ACTIONS.entries()) {
    assert.equal(stricter(a, undefined), a);
    assert.equal(stricter(undefined, a), a);
    for (const [j, b] of PRIVACY_ACTIONS.entries()) {
      assert.equal(stricter(a, b), PRIVACY_ACTIONS[Math.max(i, j)]);
    }
  }
  assert.equal(stricter(undefined, undefined), undefined);
});
