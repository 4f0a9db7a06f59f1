/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { WireEdit, WireTouched } from "../../daemon/api/edits_wire.ts";
import { kindWord, rangeWords, savedWords, touchedWords } from "./edit_words.ts";

const touched: WireTouched = {
  ...{ from: "2026-03-11T10:00:00Z", to: "2026-03-11T11:00:00Z", events: 12 },
  ...{ signal_seconds: 1800, noise_seconds: 0, neutral_seconds: 0, afk_seconds: 305 },
};

Deno.test("touchedWords() names what there is, and nothing else", () => {
  assert.equal(touchedWords(touched), "12 records: 30\u202fmin signal, 5\u202fmin away");
  const none = { ...touched, events: 0, signal_seconds: 0, afk_seconds: 0 };
  assert.equal(touchedWords(none), "nothing");
  assert.equal(touchedWords({ ...none, events: 1 }), "1 record");
});

Deno.test("savedWords() says what was done and how much", () => {
  const at = new Date(2026, 2, 11, 10).toISOString(), to = new Date(2026, 2, 11, 11).toISOString();
  const edit = { kind: "delete", from: at, to, seconds: 3600 } as WireEdit;
  assert.equal(
    savedWords(edit, touched),
    "Deleted 12 records: 30\u202fmin signal, 5\u202fmin away",
  );
  assert.equal(savedWords({ ...edit, kind: "change" }), `Changed ${rangeWords(at, to)}`);
  assert.equal(savedWords({ ...edit, kind: "add", seconds: 660 }), "Added 11\u202fmin");
  assert.equal(savedWords({ ...edit, kind: "note" }), "Note saved");
  assert.equal(kindWord("moved" as WireEdit["kind"]), "moved");
});
