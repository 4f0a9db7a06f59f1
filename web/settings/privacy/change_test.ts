/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { PrivacyRule } from "../../../daemon/core/privacy.ts";
import { changedRules, type RuleChange } from "./change.ts";

const rule = (exact: string): PrivacyRule => ({ match: "app", exact, action: "drop_title" });
const names = (rules: readonly PrivacyRule[]) => rules.map(({ exact }) => exact).join("");
const list = [..."abc"].map(rule);
const seen = (name: string) => ({ rule: rule(name), index: "abc".indexOf(name) });

Deno.test("changedRules() adds, puts back, replaces, removes and moves", () => {
  const cases: [RuleChange, string][] = [
    [{ kind: "add", rule: rule("x") }, "abcx"],
    [{ kind: "add", rule: rule("x"), index: 1 }, "axbc"],
    [{ kind: "add", rule: rule("x"), index: 9 }, "abcx"],
    [{ kind: "replace", seen: seen("b"), rule: rule("x") }, "axc"],
    [{ kind: "remove", seen: seen("b") }, "ac"],
    [{ kind: "move", seen: seen("b"), by: -1 }, "bac"],
    [{ kind: "move", seen: seen("b"), by: 1 }, "acb"],
    [{ kind: "move", seen: seen("a"), by: -1 }, "abc"],
  ];
  for (const [change, wanted] of cases) assert.equal(names(changedRules(list, change)), wanted);
});

Deno.test("changedRules() changes the rule that was meant though others were added, and none in its place", () => {
  const others = [rule("x"), ...list];
  assert.equal(names(changedRules(others, { kind: "remove", seen: seen("b") })), "xac");
  const gone = [rule("a"), rule("c")];
  assert.throws(
    () => changedRules(gone, { kind: "remove", seen: seen("b") }),
    /changed or removed elsewhere/,
  );
});
