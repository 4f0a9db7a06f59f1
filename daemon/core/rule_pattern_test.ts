import assert from "node:assert/strict";
import { compileRules, formsOf, PROGRAM_LIMITS } from "./rule_pattern.ts";
import type { Rule } from "./rules.ts";
import type { Subject } from "./types.ts";

async function fits(rule: Omit<Rule, "class">, subject: Subject): Promise<boolean> {
  const [compiled] = await compileRules([{ ...rule, class: "signal" }]);
  return compiled.fits(formsOf(subject));
}

const matching: [string, Omit<Rule, "class">, Subject, boolean][] = [
  ["a regex anywhere, whatever the case", { match: "title", regex: "jira|wiki" }, {
    title: "My JIRA",
  }, true],
  ["plain words anywhere, whatever the case", { match: "title", regex: "Sprint B" }, {
    title: "the sprint board",
  }, true],
  [
    "letters beyond ASCII, whatever the case",
    { match: "title", regex: "^жук" },
    { title: "ЖУК" },
    true,
  ],
  ["an anchored regex against the page's own title", { match: "title", regex: "^tickets?$" }, {
    title: "(2) Tickets — Mozilla Firefox",
  }, true],
  ["an observed title with the browser's name", { match: "title", regex: "mozilla firefox$" }, {
    title: "Tickets — Mozilla Firefox",
  }, true],
  ["a program in any spelling", { match: "app", exact: "Code.exe" }, { app: "code" }, true],
  [
    "a package by its last part",
    { match: "app", exact: "nautilus" },
    { app: "org.gnome.Nautilus" },
    true,
  ],
  ["a program only as a whole", { match: "app", exact: "code" }, { app: "codeblocks" }, false],
  ["an address", { match: "url", regex: "^https://git\\.example\\.org/" }, {
    url: "https://git.example.org/x",
  }, true],
  ["only its own field", { match: "url", regex: "example" }, { title: "example" }, false],
];
for (const [name, rule, subject, expected] of matching) {
  Deno.test(`compileRules() tries ${name}`, async () => {
    assert.equal(await fits(rule, subject), expected);
  });
}

const refused: [string, string, RegExp][] = [
  ["an open group", "(", /^Cannot use rule 2: "regex" is "\(": missing closing \): /],
  ["a lookahead", "a(?=b)", /"regex" is "a\(\?=b\)": invalid or unsupported Perl syntax: `\(\?=`/],
  ["a back-reference", "(a)\\1", /invalid escape sequence: `\\1`/],
  ["a large program", "\\pL{600}\\d{600}", /it needs \d+ steps, at most 1000 are allowed/],
];
for (const [name, regex, message] of refused) {
  Deno.test(`compileRules() refuses ${name}`, async () => {
    const rules: Rule[] = [
      { match: "app", exact: "x", class: "noise" },
      { match: "title", regex, class: "noise" },
    ];
    await assert.rejects(compileRules(rules), (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("compileRules() limits what all rules need together", async () => {
  const rules = Array.from({ length: 60 }, (): Rule => ({
    match: "title",
    regex: "[a-z]{900}!",
    class: "noise",
  }));
  await assert.rejects(
    compileRules(rules),
    new RegExp(`at most ${PROGRAM_LIMITS.all} are allowed$`),
  );
});

Deno.test("compileRules() lets patterns that explode when backtracked decide at once", async () => {
  const rules = [
    "(a+)+$",
    "(x+x+)+y",
    "(a|aa)+$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(.*){9}b=",
    "(\\w+\\s?)*!",
  ]
    .map((regex): Rule => ({ match: "title", regex, class: "noise" }));
  const compiled = await compileRules(rules);
  const titles = ["a".repeat(10_000) + "!", "x".repeat(10_000), "ab ".repeat(3_000) + "\0"];
  const startMs = performance.now();
  for (const title of titles) for (const { fits } of compiled) fits(formsOf({ title }));
  assert.ok(performance.now() - startMs < 2_000);
});
