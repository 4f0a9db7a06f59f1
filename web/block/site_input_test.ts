import assert from "node:assert/strict";
import fc from "fast-check";
import { matching, readSites, sitesProblem } from "./site_input.ts";

Deno.test("readSites() takes names, addresses and what separates them", () => {
  const text = "reddit.com, https://www.YouTube.com/watch?v=1\n news.ycombinator.com;reddit.com ";
  assert.deepEqual(readSites(text), {
    sites: ["reddit.com", "www.youtube.com", "news.ycombinator.com"],
    wrong: [],
  });
  assert.deepEqual(readSites("bücher.example").sites, ["xn--bcher-kva.example"]);
  assert.deepEqual(readSites(" \n"), { sites: [], wrong: [] });
  assert.deepEqual(readSites("localhost 127.0.0.1 nonsense").sites, []);
});

Deno.test("sitesProblem() names what is wrong, and not all of a long text", () => {
  assert.equal(sitesProblem(readSites("reddit.com")), undefined);
  assert.match(sitesProblem(readSites("reddit.com nonsense"))!, /^"nonsense": not the name/);
  const long = sitesProblem(readSites("a b c d e".replace("a", "x".repeat(10_000))))!;
  assert.ok(long.length < 300);
  assert.match(long, / and 2 more: /);
});

Deno.test("whatever is typed, sites are names and what is wrong is what was typed", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    const { sites, wrong } = readSites(text);
    for (const site of sites) assert.deepEqual(readSites(site).sites, [site]);
    for (const word of wrong) assert.ok(text.includes(word));
  }));
});

Deno.test("matching() looks anywhere in a name", () => {
  const names = ["old.reddit.com", "youtube.com"];
  assert.deepEqual(matching(names, " REDDIT"), ["old.reddit.com"]);
  assert.deepEqual(matching(names, ""), names);
});
