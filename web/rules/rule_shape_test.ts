/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { compileRules, formsOf } from "../../daemon/core/rule_pattern.ts";
import type { Subject } from "../../daemon/core/types.ts";
import { HOWS_OF, patternOf, type Shape, shapeOf } from "./rule_shape.ts";

const match = fc.constantFrom("app" as const, "title" as const, "url" as const);
const text = fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" });
const PLAIN = { noNullPrototype: true };
const shape: fc.Arbitrary<Shape> = match.chain((match) =>
  fc.record({ match: fc.constant(match), how: fc.constantFrom(...HOWS_OF[match]), text }, PLAIN)
);

Deno.test("shapeOf() keeps every pattern as it was stored", () => {
  const stored = fc.oneof(
    shape.map(patternOf),
    fc.record({ match, regex: text }, PLAIN),
    fc.record({ match, exact: text }, PLAIN),
  );
  fc.assert(fc.property(stored, (pattern) => {
    assert.deepEqual(patternOf(shapeOf(pattern)), pattern);
  }));
});

Deno.test("shapeOf() reads what patternOf() wrote", () => {
  fc.assert(fc.property(shape.filter(({ how }) => how !== "pattern"), (shape) => {
    assert.deepEqual(shapeOf(patternOf(shape)), shape);
  }));
});

async function fits(shape: Shape, subject: Subject): Promise<boolean> {
  const [rule] = await compileRules([{ ...patternOf(shape), class: "signal" }]);
  return rule.fits(formsOf(subject));
}

Deno.test("a shape fits what its words say", async () => {
  const url = (url: string) => ({ url });
  const title = (title: string) => ({ title });
  const cases: [Shape, Subject, boolean][] = [
    [{ match: "url", how: "site", text: "github.com" }, url("https://github.com/x"), true],
    [{ match: "url", how: "site", text: "github.com" }, url("https://gist.github.com:443"), true],
    [{ match: "url", how: "site", text: "github.com" }, url("github.com?q"), true],
    [{ match: "url", how: "site", text: "github.com" }, url("https://githubXcom/"), false],
    [{ match: "url", how: "site", text: "github.com" }, url("https://notgithub.com/"), false],
    [{ match: "url", how: "site", text: "github.com" }, url("https://a.b/github.com/"), false],
    [{ match: "title", how: "ends", text: "Hacker News" }, title("A - Hacker News"), true],
    [
      { match: "title", how: "ends", text: "Hacker News" },
      title("(2) A | Hacker News — Mozilla Firefox"),
      true,
    ],
    [{ match: "title", how: "ends", text: "Hacker News" }, title("Hacker News"), true],
    [{ match: "title", how: "ends", text: "Hacker News" }, title("No Hacker News"), false],
    [{ match: "title", how: "contains", text: "C++ (17)" }, title("On c++ (17) today"), true],
    [{ match: "title", how: "contains", text: "C++ (17)" }, title("On C 17"), false],
    [{ match: "app", how: "is", text: "Code" }, { app: "C:\\x\\code.exe" }, true],
    [{ match: "app", how: "pattern", text: "^co.e$" }, { app: "code" }, true],
  ];
  for (const [shape, subject, expected] of cases) {
    assert.equal(await fits(shape, subject), expected, JSON.stringify([shape, subject]));
  }
});
