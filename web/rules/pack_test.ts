/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { DEFAULT_RULES } from "../../daemon/core/default_rules/mod.ts";
import { namesIn, packGroups, searchPack } from "./pack.ts";

const rules = DEFAULT_RULES;
const groups = packGroups(rules);

Deno.test("namesIn() reads the pack's lists", () => {
  const withNames = rules.filter((rule) => namesIn(rule) !== undefined);
  // What is no list are the patterns that the pack has besides its names.
  assert.ok(withNames.length > rules.length * 0.5, `${withNames.length} of ${rules.length}`);
  for (const rule of withNames) {
    const fits = new RegExp(rule.regex ?? "^$", "i");
    for (const name of namesIn(rule)!) {
      if (rule.match === "url") {
        const [host, step] = name.split("/");
        assert.match(`https://${host}${step ? `/${step}` : ""}`, fits);
      } else if (rule.regex?.startsWith("^") && rule.match === "app") assert.match(name, fits);
    }
  }
});

Deno.test("searchPack() finds names, headings and patterns, and keeps only what fits", () => {
  const found = searchPack(groups, "YouTube");
  assert.ok(found.some(({ names, class: cls }) => cls === "noise" && names.includes("youtube")));
  assert.ok(found.flatMap(({ names }) => names).every((name) => name.includes("youtube")));
  assert.ok(searchPack(groups, "github.com").some(({ names }) => names.includes("github.com")));
  const heading = searchPack(groups, "media/music")[0];
  assert.equal(heading.category, "media/music");
  assert.ok(heading.names.length > 20);
  assert.deepEqual(searchPack(groups, "zorgblatt"), []);
  assert.equal(searchPack(groups, " ").length, groups.length);
});

Deno.test("packGroups() has each name once under its heading, and every rule somewhere", () => {
  for (const { names } of groups) assert.equal(new Set(names).size, names.length);
  const patterns = groups.reduce((sum, group) => sum + group.patterns.length, 0);
  assert.ok(patterns > 0 && patterns < rules.length);
});
