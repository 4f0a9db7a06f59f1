/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { partWord } from "./words.ts";

Deno.test("partWord() names the daemon's parts for people, also those it does not know", () => {
  const cases: [string, string][] = [
    ["mail", "Mail"],
    ["sms", "SMS"],
    ["summaries", "Summaries"],
    ["loop", "Nudges"],
    ["store", "Database"],
    ["live_state", "Live state"],
  ];
  for (const [name, word] of cases) assert.equal(partWord(name), word);
});
