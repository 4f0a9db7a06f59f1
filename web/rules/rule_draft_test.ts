/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Rule } from "../../daemon/core/rules.ts";
import {
  blankDraft,
  checkDraft,
  draftOf,
  draftOfRule,
  looking,
  sourceOf,
  windowQuery,
} from "./rule_draft.ts";

Deno.test("sourceOf() reads from the address what is being written", () => {
  const read = (text: string) => sourceOf(new URLSearchParams(text));
  assert.equal(read(""), undefined);
  assert.equal(read("days=30&edit=0"), undefined);
  assert.deepEqual(read("edit=3"), { kind: "edit", index: 2 });
  assert.deepEqual(read("new"), { kind: "blank" });
  assert.deepEqual(read("app=a&title=t&class=noise"), {
    kind: "window",
    subject: { app: "a", title: "t", url: undefined },
    class: "noise",
  });
  assert.equal(read("app=a&class=wrong")?.kind, "window");
});

Deno.test("windowQuery() bears titles of any length", () => {
  const { title, url, class: cls } = windowQuery(
    { app: null, title: "x".repeat(10_000), url: null },
    "signal",
  );
  assert.deepEqual([title?.length, url, cls], [512, undefined, "signal"]);
});

Deno.test("a draft becomes the rule that it was made from", () => {
  const rules: Rule[] = [
    { match: "title", regex: "a|b", class: "noise" },
    { match: "app", exact: "Code", class: "signal", category: "work/code" },
    { match: "url", regex: "example\\.org", class: "neutral" },
  ];
  for (const rule of rules) assert.deepEqual(checkDraft(draftOfRule(rule)), { rule });
});

Deno.test("checkDraft() says what is wrong, and with which field", () => {
  const draft = { ...blankDraft(), text: "x" };
  const wrong = (change: object) => {
    const checked = checkDraft({ ...draft, ...change });
    return "problem" in checked ? [checked.field, checked.problem] : undefined;
  };
  assert.deepEqual(wrong({ text: " " }), ["text", "Write what to look for"]);
  assert.match(wrong({ text: "x".repeat(1_001) })!.join(" "), /^text .*1000/);
  assert.match(wrong({ category: "a/b/c" })!.join(" "), /^category .*one or two levels/);
  assert.equal(wrong({ category: " " }), undefined);
});

Deno.test("looking() keeps a way of looking where there is one", () => {
  const draft = { ...blankDraft(), text: "x" };
  assert.equal(looking(draft, "app").how, "contains");
  assert.equal(looking({ ...draft, how: "ends" }, "url").how, "site");
});

Deno.test("draftOf() takes the likeliest rule, and another class than the window has", () => {
  const subject = { app: "Zorgblatt", title: "shed" };
  assert.deepEqual(draftOf(subject, "neutral"), {
    ...blankDraft(),
    ...{ match: "app", how: "is", text: "Zorgblatt", class: "signal" },
  });
  assert.equal(draftOf(subject, "signal").class, "noise");
  assert.equal(draftOf({}, undefined).text, "");
});
