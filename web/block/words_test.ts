import assert from "node:assert/strict";
import type { WireFinding } from "./wire.ts";
import { BUILT_IN_LISTS } from "../../daemon/core/site_lists/names.ts";
import {
  checkWords,
  endWords,
  inWords,
  lastedSeconds,
  listTitle,
  listWord,
  targetWords,
} from "./words.ts";

const WORDS: readonly [lists: string[], domains: string[], words: string][] = [
  [[], [], "The usual sites"],
  [["social", "video"], [], "Social networks and video"],
  [["own"], ["reddit.com"], "Your sites and reddit.com"],
  [[], ["reddit.com", "9gag.com"], "reddit.com and 9gag.com"],
  [["ads"], [], "ads"],
  [[], ["a.io", "b.io", "c.io", "d.io", "e.io"], "a.io, b.io, c.io, d.io and 1 more site"],
];

Deno.test("targetWords() says what is blocked", () => {
  for (const [lists, domains, words] of WORDS) assert.equal(targetWords({ lists, domains }), words);
});

Deno.test("targetWords() stays short and plain, whatever a list is called", () => {
  const lists = ["x".repeat(10_000), "\u202egnp.exe"];
  const words = targetWords({ lists, domains: [] });
  assert.ok(words.length < 200);
  assert.ok(!words.includes("\u202e"));
});

Deno.test("every list that comes with the program has a word, as a sentence and as a title", () => {
  for (const name of [...BUILT_IN_LISTS, "own"]) {
    assert.equal(listTitle(name).toLowerCase(), listWord(name));
    assert.notEqual(listTitle(name), listWord(name));
  }
  assert.equal(listTitle("eBooks"), "eBooks");
});

Deno.test("a block that runs has no end in words, and lasts until now", () => {
  const start = "2026-01-14T09:00:00.000Z";
  assert.equal(endWords({ how: null }), undefined);
  assert.equal(endWords({ how: "time" }), "On time");
  assert.equal(lastedSeconds({ start, ended: null }, Date.parse(start) + 5_000), 5);
  assert.equal(lastedSeconds({ start, ended: "2026-01-14T10:00:00.000Z" }, 0), 3_600);
});

Deno.test("inWords() counts in what one thinks in", () => {
  assert.equal(inWords(30), "in less than a minute");
  assert.match(inWords(1_500), /^in 25\u202fmin$/);
  assert.match(inWords(86_400), /^in 24\u202fh 00\u202fmin$/);
  assert.equal(inWords(3 * 86_400 + 5), "in 3 days");
});

Deno.test("checkWords() says the worst of what was found", () => {
  const of = (...statuses: WireFinding["status"][]) =>
    checkWords(statuses.map((status) => ({ layer: status, status, detail: "", remedy: null })));
  assert.match(of("enforced", "not enforced", "restart needed"), /1 of 3 does not hold/);
  assert.match(of("not enforced", "not enforced"), /2 of 2 do not hold/);
  assert.match(of("enforced", "restart needed"), /restarted/);
  assert.match(of("enforced", "unknown"), /not everything/);
  assert.match(of("enforced", "not there"), /it holds\.$/);
});
