import assert from "node:assert/strict";
import fc from "fast-check";
import { readPairs } from "../../../tests/fixtures/classify_pairs.ts";
import { type CompiledRule, compileRules, formsOf } from "../rule_pattern.ts";
import { parseRules, type Rule } from "../rules.ts";
import type { Classification, Subject } from "../types.ts";
import { CATEGORIES } from "./categories.ts";
import { DEFAULT_RULES, findDefault } from "./mod.ts";
import type { NameTable } from "./name_table.ts";
import { BROWSERS } from "./neutral.ts";
import { APPS, BROWSER_APPS, HOSTS, PACK_DIGEST, SITES, THEMES, VAGUE_SITES } from "./pack.ts";
import { APP, BROWSER, FIRST } from "./patterns.ts";
import { TITLE } from "./title_patterns.ts";
import { words } from "./theme.ts";

/** The listed rules, compiled one by one: together they are more than a user's list may be. */
let compiled: Promise<CompiledRule[]> | undefined;
function listed(): Promise<CompiledRule[]> {
  return compiled ??= (async () => {
    const rules: CompiledRule[] = [];
    for (const rule of DEFAULT_RULES) rules.push(...await compileRules([rule]));
    return rules;
  })();
}

async function sameAsListed(subject: Subject): Promise<void> {
  const forms = formsOf(subject);
  const rule = (await listed()).find((rule) => rule.fits(forms))?.rule;
  const found = findDefault(subject);
  assert.deepEqual(found?.classification, rule && said(rule), JSON.stringify({ subject, rule }));
}

function namesOf(...tables: NameTable[]): string[] {
  return tables.flatMap((table) => [...table.entries().keys()]);
}

function said(rule: Rule): Classification {
  return { class: rule.class, category: rule.category };
}

Deno.test("DEFAULT_RULES are rules that a user could have written", async () => {
  assert.deepEqual(parseRules(DEFAULT_RULES), DEFAULT_RULES);
  assert.equal((await listed()).length, DEFAULT_RULES.length);
});

Deno.test("findDefault() judges every labelled pair as DEFAULT_RULES do, in order", async () => {
  for (const { subject } of readPairs()) await sameAsListed(subject);
});

Deno.test("findDefault() judges every program of the pack as DEFAULT_RULES do", async () => {
  for (const app of namesOf(APPS, BROWSER_APPS, SITES, VAGUE_SITES, HOSTS)) {
    await sameAsListed({ app });
  }
});

Deno.test("findDefault() judges the sites of the pack as DEFAULT_RULES do, wherever they stand", async () => {
  await listed();
  const name = fc.constantFrom(...namesOf(SITES, VAGUE_SITES, HOSTS, APPS));
  const part = fc.oneof(name, fc.constantFrom("a page", "2", ""));
  const title = fc.tuple(
    part,
    fc.constantFrom(" - ", " | ", ": ", ", ", " :: ", " - - "),
    part,
    part,
  )
    .map(([first, separator, second, third]) => [first, second, third].join(separator))
    // The rules are tried on the title as observed too, where cleaning may take a separator away.
    .filter((title) => title === title.trim());
  const app = fc.constantFrom("firefox", "unknown", undefined);
  await fc.assert(
    fc.asyncProperty(fc.record({ app, title }), sameAsListed),
    { numRuns: 300 },
  );
});

Deno.test("findDefault() judges every host of the pack as DEFAULT_RULES do", async () => {
  for (const host of namesOf(HOSTS)) {
    await sameAsListed({ app: "firefox", url: `https://www.${host}?x=1` });
    await sameAsListed({ app: "firefox", url: `https://${host}x/` });
  }
});

Deno.test("PACK_DIGEST is that of the pack's names and patterns", async () => {
  const contents = JSON.stringify([THEMES, BROWSERS, FIRST, APP, TITLE, BROWSER]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(contents));
  assert.equal(PACK_DIGEST, new Uint8Array(digest).toHex().slice(0, 8), "write the wanted one");
});

Deno.test("the pack's names are written as they are looked up", () => {
  for (const theme of [...THEMES, BROWSERS]) {
    assert.ok(theme.category in CATEGORIES);
    for (const name of words(theme.apps)) assert.equal(name, name.toLowerCase().normalize("NFC"));
    for (const name of [...words(theme.sites), ...words(theme.vague)]) {
      assert.equal(name, name.toLowerCase().normalize("NFC"));
      assert.doesNotMatch(name, / (?:[-–—|·•:/»›>~⋅∙]|::|\|\|) |: |｜/, `${name} would be cut`);
    }
    for (const host of words(theme.hosts)) {
      assert.match(host, /^(?:[a-z0-9-]+\.)+[a-z0-9]+(?:\/[a-z0-9_-]+)?$|^localhost$/);
    }
  }
});

Deno.test("CATEGORIES are lower case, of at most two levels, and all in use", () => {
  const used = new Set(DEFAULT_RULES.map((rule) => rule.category));
  for (const category of Object.keys(CATEGORIES)) {
    assert.match(category, /^[a-z0-9]+(?:\/[a-z0-9]+)?$/);
    assert.ok(used.has(category), `${category} is not used`);
  }
});
