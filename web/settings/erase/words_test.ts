/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { besidesWords, countOf, formatBytes, goesWords, placeWords, progressOf } from "./words.ts";
import type { WireErasurePreview } from "../privacy_wire.ts";

const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, " ");
const NOTHING: WireErasurePreview = {
  ...{ events: 0, seconds: 0, screenshots: 0, messages: 0, notes: 0, heartbeats: 0 },
  ...{ focus_sessions: 0, copies: [], set_aside: [], not_reached: [] },
};

Deno.test("goesWords() names every kind that something goes of, and only those", () => {
  assert.deepEqual(goesWords(NOTHING), []);
  const some = { ...NOTHING, events: 1, seconds: 5_400, notes: 2, focus_sessions: 1 };
  assert.deepEqual(goesWords(some).map(plain), [
    "1 event (1 h 30 min)",
    "2 notes",
    "1 focus session",
  ]);
  assert.deepEqual(goesWords({ ...NOTHING, heartbeats: 3, screenshots: 1 }), [
    "1 screenshot",
    "3 phone heartbeats",
  ]);
});

Deno.test("besidesWords() tells of messages and of copies with their size", () => {
  assert.deepEqual(besidesWords(NOTHING), []);
  const copy = { path: "/x", bytes: 1_500_000 };
  assert.deepEqual(besidesWords({ ...NOTHING, messages: 1, copies: [copy, copy] }).map(plain), [
    "1 message not yet sent will not be: they may tell of it.",
    "2 daily copies (3 MB) are rewritten without it.",
  ]);
});

Deno.test("formatBytes() keeps one digit below ten", () => {
  const cases: [number, RegExp][] = [
    [0, /^0 B$/],
    [999, /^999 B$/],
    [1_234, /^1[.,]2 kB$/],
    [999_499, /^999 kB$/],
    [12_345_678, /^12 MB$/],
    [2_500_000_000, /^2[.,]5 GB$/],
  ];
  for (const [bytes, words] of cases) assert.match(plain(formatBytes(bytes)), words);
});

Deno.test("progressOf() tells a share only of what can be counted", () => {
  const base = { id: 1, events: 5, places: 4, places_done: 1 };
  assert.deepEqual(progressOf({ ...base, phase: "database" }), {
    words: "Erasing: 5 events so far",
    share: undefined,
  });
  assert.equal(progressOf({ ...base, phase: "places" }).share, 0.25);
  assert.equal(progressOf({ ...base, phase: "places", places: 0 }).share, undefined);
  assert.equal(progressOf({ ...base, phase: "done" }).share, 1);
});

Deno.test("placeWords() and countOf() speak plainly", () => {
  assert.equal(placeWords("log"), "The database's log");
  assert.equal(placeWords("/home/x/copy.db"), "/home/x/copy.db");
  assert.deepEqual([countOf(1, "copy", "copies"), countOf(2, "copy", "copies")], [
    "1 copy",
    "2 copies",
  ]);
});
