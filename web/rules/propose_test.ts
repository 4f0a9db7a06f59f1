/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { compileRules, formsOf } from "../../daemon/core/rule_pattern.ts";
import type { Subject } from "../../daemon/core/types.ts";
import { proposals, tellingWords } from "./propose.ts";
import { patternOf, type Shape } from "./rule_shape.ts";

async function assertFits(shape: Shape, subject: Subject): Promise<void> {
  const [rule] = await compileRules([{ ...patternOf(shape), class: "signal" }]);
  assert.ok(rule.fits(formsOf(subject)), JSON.stringify([shape, subject]));
}

const said = (shapes: readonly Shape[]) =>
  shapes.map(({ match, how, text }) => `${match} ${how} ${text}`);

Deno.test("proposals() has the site of a page first, and a program where there is no site", () => {
  const cases: [Subject, string[]][] = [
    [
      {
        app: "firefox",
        title: "(3) Issue 5 · Blue Shed — Mozilla Firefox",
        url: "https://www.github.com/x/shed/5",
      },
      [
        "url site github.com",
        "title ends Blue Shed",
        "title is Issue 5 · Blue Shed",
        "app is firefox",
      ],
    ],
    [{ app: "Zorgblatt", title: "blue shed" }, ["app is Zorgblatt", "title is blue shed"]],
    [
      { app: "Navigator", title: "Lobsters" },
      ["title is Lobsters", "app is Navigator"],
    ],
    [
      { app: "code", title: "main.ts - shed - Editor" },
      ["app is code", "title ends Editor", "title is main.ts - shed - Editor"],
    ],
    [{ app: "com.example.app" }, ["app is com.example.app"]],
    [{}, []],
  ];
  for (const [subject, expected] of cases) assert.deepEqual(said(proposals(subject)), expected);
});

Deno.test("proposals() and tellingWords() fit what they were made from", async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      " - ",
      " — ",
      " | ",
      "(3) ",
      "● ",
      "Mozilla Firefox",
      "Jira",
      "C++ (x)",
      "😀",
      "\u202e",
    ),
    fc.string({ maxLength: 12, unit: "grapheme" }),
  );
  const title = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
  const url = fc.constantFrom(
    undefined,
    "https://www.a-b.example/x?y",
    "localhost:80",
    "about:blank",
  );
  const app = fc.option(fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }), {
    nil: undefined,
  });
  await fc.assert(
    fc.asyncProperty(fc.record({ app, title, url }), async (subject) => {
      const shapes = proposals(subject);
      assert.equal(new Set(said(shapes)).size, shapes.length);
      for (const shape of shapes) await assertFits(shape, subject);
      for (const text of tellingWords(subject.title)) {
        await assertFits({ match: "title", how: "contains", text }, subject);
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("proposals() leaves out what is too long for a rule", () => {
  const shapes = proposals({ app: "a".repeat(2_000), title: ".".repeat(2_000) });
  assert.deepEqual(shapes.map(({ match }) => match), ["title"]);
});

Deno.test("tellingWords() has names and tickets before common words", () => {
  assert.deepEqual(
    tellingWords("the JIRA-17 report for Blue shed and others - Confluence"),
    ["JIRA-17", "Confluence", "Blue", "report", "others", "shed"],
  );
  assert.deepEqual(tellingWords("(3) 2026 - — Mozilla Firefox"), []);
});
