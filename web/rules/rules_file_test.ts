/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Rule } from "../../daemon/core/rules.ts";
import { readRules, rulesText } from "./rules_file.ts";

Deno.test("readRules() reads what rulesText() wrote, and says what else is wrong", () => {
  const rules: Rule[] = [
    { match: "title", regex: "a|<b>\u202e", class: "noise" },
    { match: "app", exact: "Code", class: "signal", category: "work/code" },
  ];
  assert.deepEqual(readRules(rulesText(rules)), rules);
  assert.throws(() => readRules("start,end\r\n"), /not JSON/);
  assert.throws(() => readRules('{"a": 1}'), /wanted a list/);
  assert.throws(() => readRules('[{"match":"app","exact":"x","class":"good"}]'), /rule 1.*class/);
});
