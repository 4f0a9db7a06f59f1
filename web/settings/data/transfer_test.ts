/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { fileName, formatOf, importWords, rangeProblem, sentWords } from "./transfer.ts";

Deno.test("fileName() says what is in it", () => {
  const [from, to] = ["2026-01-01", "2026-01-31"];
  const none = undefined;
  assert.equal(fileName({ from: none, to: none, format: "jsonl" }), "prodtracker-all.jsonl");
  assert.equal(fileName({ from, to: none, format: "csv" }), "prodtracker-from-2026-01-01.csv");
  assert.equal(
    fileName({ from, to, format: "csv" }),
    "prodtracker-from-2026-01-01-to-2026-01-31.csv",
  );
});

Deno.test("rangeProblem() minds only an end before its beginning", () => {
  const format = "csv";
  assert.equal(rangeProblem({ from: "2026-01-02", to: "2026-01-02", format }), undefined);
  assert.equal(rangeProblem({ from: undefined, to: "2026-01-02", format }), undefined);
  assert.ok(rangeProblem({ from: "2026-01-03", to: "2026-01-02", format }));
});

Deno.test("formatOf() goes by the ending", () => {
  assert.equal(formatOf("EVENTS.CSV"), "csv");
  assert.equal(formatOf("events.csv.jsonl"), "jsonl");
  assert.equal(formatOf("events"), "jsonl");
});

Deno.test("importWords() tells of what there was, and of nothing else", () => {
  const none = { duplicates: 0, dropped: 0, redacted: 0, rejected: 0, errors: [] };
  assert.deepEqual(importWords({ read: 1, added: 1, ...none }), ["1 event read, 1 added."]);
  assert.deepEqual(
    importWords({
      read: 9,
      added: 2,
      duplicates: 1,
      dropped: 1,
      redacted: 1,
      rejected: 2,
      errors: [],
    }),
    [
      "9 events read, 2 added.",
      "1 event was there already.",
      "1 event left out by your privacy rules.",
      "1 event without title and address by your privacy rules.",
      "2 events could not be read.",
    ],
  );
});

Deno.test("sentWords() says all only when it is all", () => {
  assert.equal(sentWords(0, 200_000_000), "0 % of 200 MB sent");
  assert.equal(sentWords(199_999_999, 200_000_000), "99 % of 200 MB sent");
  assert.match(sentWords(200_000_000, 200_000_000), /^All of it is sent/);
  // With what the browser wraps it in, or nothing at all.
  assert.match(sentWords(7, 0), /^All/);
});
