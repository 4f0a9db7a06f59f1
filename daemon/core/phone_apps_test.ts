import assert from "node:assert/strict";
import fc from "fast-check";
import { createClassifier } from "./classify.ts";
import { setAppClass } from "./phone_apps.ts";
import type { Rule } from "./rules.ts";

const INSTAGRAM = "com.instagram.android";
const RULES: Rule[] = [
  { match: "title", regex: "jira", class: "signal" },
  { match: "app", exact: "COM.Instagram.Android", class: "neutral", category: "work" },
];

Deno.test("setAppClass() puts one rule first, in place of those for the same app", () => {
  assert.deepEqual(setAppClass(RULES, INSTAGRAM, "signal"), [
    { match: "app", exact: INSTAGRAM, class: "signal", category: "work" },
    RULES[0],
  ]);
  assert.deepEqual(setAppClass(RULES, INSTAGRAM, undefined), [RULES[0]]);
  assert.deepEqual(setAppClass([], "x", "noise"), [{ match: "app", exact: "x", class: "noise" }]);
});

Deno.test("setAppClass() is what the app is judged by, and leaves the others alone", () =>
  fc.assert(fc.asyncProperty(
    fc.constantFrom("signal" as const, "noise" as const, "neutral" as const),
    fc.constantFrom(INSTAGRAM, "com.whatsapp", "Anki", "Größe 😀"),
    async (wanted, app) => {
      const rules = setAppClass(RULES, app, wanted);
      const { classify } = await createClassifier(rules);
      assert.equal(classify({ app }).class, wanted);
      assert.deepEqual(setAppClass(rules, app, undefined), setAppClass(RULES, app, undefined));
      assert.deepEqual(setAppClass(rules, app, wanted), rules);
    },
  )));
