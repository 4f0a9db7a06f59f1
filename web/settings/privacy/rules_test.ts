/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { PRIVACY_ACTIONS, type PrivacyRule } from "../../../daemon/core/privacy.ts";
import { compilePrivacy } from "../../../daemon/core/privacy_filter.ts";
import {
  draftOf,
  type How,
  isSameRule,
  placeOf,
  problemOf,
  type RuleDraft,
  ruleOf,
  ruleWords,
  withMoved,
  withRule,
} from "./rules.ts";

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
const draft: fc.Arbitrary<RuleDraft> = fc.record({
  match: fc.constantFrom<PrivacyRule["match"]>("app", "title", "url"),
  how: fc.constantFrom<How>("exact", "contains", "regex"),
  text,
  action: fc.constantFrom(...PRIVACY_ACTIONS),
}, { noNullPrototype: true });

Deno.test("draftOf() shows a rule so that saving it unchanged leaves it as it is", () => {
  fc.assert(fc.property(draft, (each) => {
    const rule = ruleOf(each);
    assert.deepEqual(ruleOf(draftOf(rule)), rule);
    if (each.how !== "regex") assert.deepEqual(draftOf(rule), each);
  }));
});

Deno.test("ruleOf() makes of a text that is to be contained a pattern that finds it", async () => {
  await fc.assert(fc.asyncProperty(fc.string({ minLength: 1, maxLength: 20 }), async (part) => {
    fc.pre(part.trim() !== "");
    const rule = ruleOf({ match: "title", how: "contains", text: part, action: "drop_event" });
    const { decide } = await compilePrivacy([rule]);
    assert.equal(decide({ title: part }).action, "drop_event", JSON.stringify(rule));
  }));
  const rule = ruleOf({ match: "title", how: "contains", text: "a.c", action: "drop_event" });
  const { decide } = await compilePrivacy([rule]);
  assert.equal(decide({ title: "abc" }).action, undefined);
});

Deno.test("problemOf() wants a text, and none longer than the daemon takes", () => {
  const base: RuleDraft = { match: "app", how: "exact", text: "", action: "drop_title" };
  assert.equal(problemOf({ ...base, text: " " }), "Write what to look for.");
  assert.equal(problemOf({ ...base, text: "x".repeat(1_000) }), undefined);
  assert.match(problemOf({ ...base, text: "x".repeat(1_001) })!, /1001 characters, at most 1000/);
  // What is sent is longer than what was typed.
  assert.match(problemOf({ ...base, how: "contains", text: ".".repeat(600) })!, /1200 characters/);
});

Deno.test("withMoved() and withRule() keep every other rule in its order", () => {
  const rules = fc.array(draft.map(ruleOf), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(rules, fc.nat(), fc.nat(), (list, a, b) => {
    const from = a % list.length, to = b % list.length;
    const moved = withMoved(list, from, to);
    assert.equal(moved[to], list[from]);
    assert.deepEqual(moved.toSpliced(to, 1), list.toSpliced(from, 1));
    assert.deepEqual(withMoved(moved, to, from), list);
    assert.equal(withRule(list, list[from], undefined).at(-1), list[from]);
    assert.deepEqual(withRule(list, list[to], from).toSpliced(from, 1), list.toSpliced(from, 1));
  }));
});

Deno.test("placeOf() finds a rule again in a list that others have changed", () => {
  const rule = (exact: string): PrivacyRule => ({ match: "app", exact, action: "drop_title" });
  const [a, b, c] = ["a", "b", "c"].map(rule);
  assert.equal(placeOf([a, b], rule("b"), 1), 1);
  assert.equal(placeOf([c, a, b], rule("b"), 1), 2);
  assert.equal(placeOf([a], rule("b"), 1), undefined);
  assert.ok(!isSameRule(a, { ...a, action: "drop_event" }));
});

Deno.test("ruleWords() says how a rule compares", () => {
  const words = (rule: Omit<PrivacyRule, "action">) => ruleWords({ ...rule, action: "drop_title" });
  assert.equal(words({ match: "app", exact: "KeePassXC" }), "App is");
  assert.equal(words({ match: "title", regex: "bank" }), "Title contains");
  assert.equal(words({ match: "url", regex: "^https://mail\\." }), "Address matches the pattern");
});
